"""Students Σ max(w_i·x, 0) against one teacher max(v·x, 0), loss scale 1/2."""

from __future__ import annotations

from theory.activations.relu import ACTIVATION
from theory.model import HALF, Letters, Model
from theory.parametrisation import IDENTITY

MODEL = Model(
    name="xu23a",
    title="ReLU, single teacher",
    activation=ACTIVATION,
    parametrisation=IDENTITY,
    scale=HALF,
    single_teacher=True,
    letters=Letters(student="w_{i}", teacher="v", students="n", teachers="1"),
    citation=(
        "Weihang Xu and Simon S. Du, Over-Parameterization Exponentially Slows Down Gradient Descent for "
        "Learning a Single Neuron, COLT 2023, PMLR 195"
    ),
)
