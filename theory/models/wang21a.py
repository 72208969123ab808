"""Students ‖Wᵀx‖² with quadratic activation against one teacher (w_*·x)², loss scale 1/4."""

from __future__ import annotations

from sympy import Rational

from theory.activations.quadratic import ACTIVATION
from theory.model import Letters, Model
from theory.parametrisation import IDENTITY

MODEL = Model(
    name="wang21a",
    title="quadratic activation, single teacher",
    activation=ACTIVATION,
    parametrisation=IDENTITY,
    scale=Rational(1, 4),
    single_teacher=True,
    letters=Letters(student="w^{(k)}", teacher="w_*", students="K", teachers="1"),
    citation=(
        "Jun-Kun Wang and Jacob Abernethy, Understanding How Over-Parametrization Leads to Acceleration: "
        "A case of learning a single teacher neuron, ACML 2021, PMLR 157"
    ),
)
