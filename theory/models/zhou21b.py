"""Students Σ ‖w_j‖ |w_j·x|, u_j = ‖w_j‖ w_j, against teachers Σ |w*_i·x|, loss scale 1/2."""

from __future__ import annotations

from theory.activations.absolute_value import ACTIVATION
from theory.model import HALF, Letters, Model
from theory.parametrisation import NORM_TIMES

MODEL = Model(
    name="zhou21b",
    title="absolute value, norm-weighted students, several teachers",
    activation=ACTIVATION,
    parametrisation=NORM_TIMES,
    scale=HALF,
    single_teacher=False,
    letters=Letters(student="w_{j}", teacher="w_{i}^{*}", students="m", teachers="r"),
    citation=(
        "Mo Zhou, Rong Ge and Chi Jin, A Local Convergence Theory for Mildly Over-Parameterized Two-Layer "
        "Neural Network, COLT 2021, PMLR 134"
    ),
)
