"""The gap matrix A = W Wᵀ − v vᵀ of the quadratic single-teacher model, through its trace and Frobenius norm."""

from theory.heads import dot
from theory.quantity import Quantity
from theory.symbols import i, j, over, v, w

QUANTITIES = (
    Quantity(
        name="trace_gap",
        latex=r"\operatorname{tr}A",
        meaning="trace of A = Σ w_i w_iᵀ − v vᵀ",
        source="wang21a section 3",
        define=lambda setting: over(dot(w[i], w[i]), i) - dot(v, v),
    ),
    Quantity(
        name="gap_square",
        latex=r"\lVert A\rVert_F^2",
        meaning="squared Frobenius norm of A = Σ w_i w_iᵀ − v vᵀ",
        source="wang21a section 3",
        define=lambda setting: over(dot(w[i], w[j]) ** 2, i, j) - 2 * over(dot(w[i], v) ** 2, i) + dot(v, v) ** 2,
        nonnegative=True,
    ),
)
