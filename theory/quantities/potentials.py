"""Potential functions of the single-teacher ReLU analysis: projections, deficits and the pairwise distance Z."""

from sympy import IndexedBase, Rational, sin

from theory.heads import Distinct, angle, dot, largest, norm
from theory.quantity import Quantity
from theory.symbols import i, j, over, v, w

_h = IndexedBase("h", real=True)
_z = IndexedBase("z", real=True)
_theta = IndexedBase("theta", nonnegative=True)
_kappa = IndexedBase("kappa", nonnegative=True)

QUANTITIES = (
    Quantity(
        name="h",
        latex="h",
        meaning="component of w_i along the unit teacher",
        source="xu23a section 2",
        define=lambda setting: dot(w[i], v) / norm(v),
        axes=(i,),
    ),
    Quantity(
        name="H",
        latex="H",
        meaning="missing mass along the teacher, ‖v‖ − Σ h_i",
        source="xu23a section 4",
        define=lambda setting: norm(v) - over(_h[i], i),
    ),
    Quantity(
        name="z",
        latex="z",
        meaning="component of w_i across the teacher, a vector",
        source="xu23a section 5",
        define=lambda setting: w[i] - dot(w[i], v) / dot(v, v) * v,
        axes=(i,),
        vector=True,
    ),
    Quantity(
        name="Z",
        latex="Z",
        meaning="pairwise-distance potential Σ_{i<j} ‖z_i − z_j‖",
        source="xu23a section 5",
        # The diagonal is masked: it is 0, but has no derivative along the flow.
        define=lambda setting: Rational(1, 2) * over(Distinct(i, j) * norm(_z[i] - _z[j]), i, j),
        nonnegative=True,
    ),
    Quantity(
        name="V",
        latex="V",
        meaning="angle potential Σ sin²(θ_i/2)",
        source="xu23a section 4.2",
        define=lambda setting: over(sin(_theta[i] / 2) ** 2, i),
        nonnegative=True,
        undefined="at a vanishing student",
    ),
    Quantity(
        name="kappa",
        latex=r"\kappa",
        meaning="angle between z_i and z_j",
        source="xu23a section 5",
        define=lambda setting: angle(_z[i], _z[j]),
        axes=(i, j),
        nonnegative=True,
        undefined="where z_i or z_j vanishes",
    ),
    Quantity(
        name="kappa_max",
        latex=r"\kappa_{\max}",
        meaning="largest angle between the components across the teacher",
        source="xu23a section 5",
        define=lambda setting: largest(largest(_kappa[i, j], i), j),
        nonnegative=True,
        undefined="where some z_i vanishes",
    ),
)
