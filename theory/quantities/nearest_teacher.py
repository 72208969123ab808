"""The partition of the students by their nearest teachers, and what zhou21b builds on it.

T_a are the students whose lines are nearest to that of the teacher v_a, σ_i = sgn⟨w_i, v_a⟩ for i in T_a:

    average_a = Σ_{i in T_a} σ_i ‖w_i‖ w_i,    deviation_a = average_a − v_a,
    R_1(x) = Σ_a ⟨deviation_a, x⟩ sgn⟨v_a, x⟩,    R_2 = R − R_1,    ‖R‖² = E R² = 2L.

‖R_2‖² is computed as 2L + ‖R_1‖² − 2 E[R R_1], which near the optimum keeps the digits of a small loss.
"""

from sympy import Expr, IndexedBase, Symbol, cos, pi, sin

from theory.heads import Distinct, angle, dot, least, line_angle, norm, smallest
from theory.indicators import Attained, sgn
from theory.quantity import Quantity, Setting
from theory.sign_spectrum import least_sign_eigenvalue
from theory.symbols import a, b, i, over, teachers, w

_near = IndexedBase("near", nonnegative=True)
_average = IndexedBase("average", real=True)
_deviation = IndexedBase("deviation", real=True)
_pull = IndexedBase("teacher_pull", real=True)
_loss = Symbol("loss", nonnegative=True)
_first = Symbol("R1_square", nonnegative=True)


def _slope(x: Expr, y: Expr) -> Expr:
    """E[|y·u| sgn(x·u) u] = (2/π) (sin φ ‖y‖ x̄ + (π/2 − φ) y)."""
    phi = angle(x, y)
    return 2 / pi * (norm(y) * sin(phi) / norm(x) * x + (pi / 2 - phi) * y)


def _define_average(setting: Setting) -> Expr:
    return over(_near[i, a] * sgn(dot(w[i], teachers[a])) * norm(w[i]) * w[i], i)


def _define_first_square(setting: Setting) -> Expr:
    x, y = teachers[a], teachers[b]
    phi = angle(x, y)

    def parts(row: Expr) -> tuple[Expr, Expr]:
        return dot(_deviation[a], row) / norm(row), dot(_deviation[b], row) / norm(row)

    (left_x, right_x), (left_y, right_y) = parts(x), parts(y)
    plane = left_x * right_y + left_y * right_x - cos(phi) * (left_x * right_x + left_y * right_y)
    mixed = (1 - 2 * phi / pi) * dot(_deviation[a], _deviation[b]) + 2 / (pi * sin(phi)) * plane
    return over(dot(_deviation[a], _deviation[a]), a) + over(Distinct(a, b) * mixed, a, b)


def _define_pull(setting: Setting) -> Expr:
    return over(norm(w[i]) * _slope(teachers[a], w[i]), i) - over(_slope(teachers[a], teachers[b]), b)


def _define_second_square(setting: Setting) -> Expr:
    return 2 * _loss + _first - 2 * over(dot(_deviation[a], _pull[a]), a)


_SMALL = "at a vanishing student"

QUANTITIES = (
    Quantity(
        name="near",
        latex=r"\mathbb{1}_{#}",
        meaning="1 if the teacher v_a is the one nearest to the line of the student w_i, else 0",
        source="zhou21b section 3, T_i",
        define=lambda setting: Attained(line_angle(w[i], teachers[a]), a),
        axes=(i, a),
        nonnegative=True,
        undefined=_SMALL,
    ),
    Quantity(
        name="nearest_angle",
        latex=r"\delta_{#}",
        meaning="angle of the line of the student w_i with that of its nearest teacher",
        source="zhou21b section 3",
        define=lambda setting: smallest(line_angle(w[i], teachers[a]), a),
        axes=(i,),
        nonnegative=True,
        undefined=_SMALL,
    ),
    Quantity(
        name="average",
        latex=r"\hat w_{#}",
        meaning="average neuron of the teacher v_a, the sum of the oriented effective neurons nearest to it",
        source="zhou21b section 5.1",
        define=_define_average,
        axes=(a,),
        vector=True,
        undefined=_SMALL,
    ),
    Quantity(
        name="deviation",
        latex=r"v_{#}",
        meaning="average neuron of the teacher v_a minus v_a",
        source="zhou21b section 5.4",
        define=lambda setting: _average[a] - teachers[a],
        axes=(a,),
        vector=True,
        undefined=_SMALL,
    ),
    Quantity(
        name="near_mass",
        latex=r"\sum_{j\in T}\lVert w_j\rVert^2",
        meaning="total mass, Σ‖w_i‖², of the students nearest to the teacher v_a",
        source="zhou21b Lemma 9",
        define=lambda setting: over(_near[i, a] * norm(w[i]) ** 2, i),
        axes=(a,),
        nonnegative=True,
        undefined=_SMALL,
    ),
    Quantity(
        name="teacher_pull",
        latex=r"\mathbb{E}[R x\operatorname{sgn}(v_{#}\cdot x)]",
        meaning="correlation of the residual with x sgn⟨v_a, x⟩, a vector",
        source="zhou21b section 5.4",
        define=_define_pull,
        axes=(a,),
        vector=True,
        undefined=_SMALL,
    ),
    Quantity(
        name="R1_square",
        latex=r"\lVert R_1\rVert^2",
        meaning="squared norm of the part of the residual that the average neurons make",
        source="zhou21b (4)",
        define=_define_first_square,
        nonnegative=True,
        undefined="at a vanishing student and where two teachers are parallel",
    ),
    Quantity(
        name="R2_square",
        latex=r"\lVert R_2\rVert^2",
        meaning="squared norm of the part of the residual that the angles inside the groups make",
        source="zhou21b Lemma 12",
        define=_define_second_square,
        nonnegative=True,
        undefined="at a vanishing student and where two teachers are parallel",
    ),
    Quantity(
        name="M_least",
        latex=r"\lambda_{\min}(M)",
        meaning="least eigenvalue of the matrix M with the blocks E[x xᵀ sgn⟨v_a, x⟩ sgn⟨v_b, x⟩]",
        source="zhou21b Lemma C.4",
        define=lambda setting: least_sign_eigenvalue(teachers[a], a),
        nonnegative=True,
    ),
    Quantity(
        name="Delta",
        latex=r"\Delta",
        meaning="smallest angle of the lines of two teachers; π/2 for a single one",
        source="zhou21b Assumption 1",
        define=lambda setting: least(
            smallest(smallest(line_angle(teachers[a], teachers[b]) + 2 * pi * (1 - Distinct(a, b)), a), b), pi / 2
        ),
        nonnegative=True,
    ),
)
