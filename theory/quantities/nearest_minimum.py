"""Distances to the set of global minima of the quadratic single-teacher model, W = v qᵀ with ‖q‖ = 1, in row notation.

With s = ‖v‖, P = ‖Wᵀ v‖ = (Σ ⟨w_i, v⟩²)^{1/2} and z_i the part of w_i across the teacher:
dist² = min over unit q of Σ ‖w_i − q_i v‖² = (P/s − s)² + Σ ‖z_i‖², attained at q_i = ⟨w_i, v⟩ / P.
The factored form is used because ‖W‖² + s² − 2P cancels near a minimum.
"""

from sympy import IndexedBase, Symbol, sqrt

from theory.heads import dot, norm, positive_part
from theory.quantity import Quantity
from theory.symbols import i, j, over, v, w

_parallel = IndexedBase("parallel", real=True)
_z = IndexedBase("z", real=True)
_alignment = Symbol("alignment", nonnegative=True)
_across = Symbol("across_square", nonnegative=True)
_dist_square = Symbol("dist_square", nonnegative=True)

QUANTITIES = (
    Quantity(
        name="parallel",
        latex=r"w^{\parallel}",
        meaning="inner product of w_i with the teacher (it carries the factor ‖v‖)",
        source="wang21a p. 4",
        define=lambda setting: dot(w[i], v),
        axes=(i,),
    ),
    Quantity(
        name="alignment",
        latex=r"\lVert W^{\top}v\rVert",
        meaning="norm of the vector of inner products with the teacher",
        source="wang21a p. 4",
        define=lambda setting: sqrt(over(_parallel[j] ** 2, j)),
        nonnegative=True,
    ),
    Quantity(
        name="q",
        latex="q",
        meaning="unit coefficients of the nearest minimum v qᵀ",
        source="wang21a (4)",
        define=lambda setting: _parallel[i] / _alignment,
        axes=(i,),
        undefined="where every student is orthogonal to the teacher",
    ),
    Quantity(
        name="across_square",
        latex=r"\lVert W^{\perp}\rVert_F^2",
        meaning="squared Frobenius norm of the students' components across the teacher",
        source="wang21a section 4",
        define=lambda setting: over(dot(_z[j], _z[j]), j),
        nonnegative=True,
    ),
    Quantity(
        name="dist_square",
        latex=r"\mathrm{dist}^2",
        meaning="squared distance to the nearest minimum v qᵀ with ‖q‖ = 1",
        source="wang21a (4), with the unit sphere of its section 6",
        define=lambda setting: (_alignment / norm(v) - norm(v)) ** 2 + _across,
        nonnegative=True,
    ),
    Quantity(
        name="dist",
        latex=r"\mathrm{dist}",
        meaning="distance to the nearest minimum v qᵀ with ‖q‖ = 1",
        source="wang21a (4), with the unit sphere of its section 6",
        define=lambda setting: sqrt(_dist_square),
        nonnegative=True,
    ),
    Quantity(
        name="dist_ball_square",
        latex=r"\mathrm{dist}_B^2",
        meaning="squared distance to {v qᵀ : ‖q‖ ≤ 1}, the literal reading of the printed definition",
        source="wang21a (4) as printed",
        define=lambda setting: positive_part(_alignment / norm(v) - norm(v)) ** 2 + _across,
        nonnegative=True,
    ),
)
