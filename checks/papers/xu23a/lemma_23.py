"""Lemma 23, pp. 33–34: the Hessian is bounded where the norms of the students are in range."""

from sympy import Expr, Rational, cos, pi, sin

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Networks, Point
from checks.papers.xu23a._phases import drawn_in_range, in_range
from checks.papers.xu23a._setting import angle_variable
from checks.reduction.inherited import slack_of
from checks.relation import All, AtMost, Below, Bounded
from checks.verdict import Verdict
from theory.heads import dot, magnitude, norm
from theory.steps import CauchySchwarz, RootStep, SmallerOf
from theory.symbols import H, V, i, n, over, w, xi
from theory.vocabulary import hessian_form, theta, w_norm


def _range(students: tuple[int, int]) -> Networks:
    return in_range(
        students=students,
        dimension=(2, 4),
        directions=("V", "H"),
        coefficients=("beta",),
        drawn_as=drawn_in_range().xreplace({V[i]: H[i]}),
    )


_form = magnitude(hessian_form)
_square = over(dot(V[i], V[i]), i)
_linear = (Rational(1, 2) + 16 * (n - 1) / pi + (n - 1) / 2) * _square

_pair = Networks(
    model="xu23a", students=2, dimension=(2, 4), vectors=("xi",), directions=("V",), where=(Below(0, w_norm[i]),)
)
_t = theta[0, 1]
_first, _second = w[0] / norm(w[0]), w[1] / norm(w[1])
_n_01 = (_first - cos(_t) * _second) / sin(_t)
_n_10 = (_second - cos(_t) * _first) / sin(_t)
# ξᵀ ζ(w_1, w_2) ξ of (51).
_ratio = norm(w[1]) / norm(w[0])
_zeta = sin(_t) * _ratio / (2 * pi) * (dot(xi, xi) - dot(_first, xi) ** 2 + dot(_n_10, xi) ** 2)
# V_1ᵀ Λ_12 V_2 of (51).
_block = (
    (pi - _t) * dot(V[0], V[1]) + dot(V[0], _n_01) * dot(_second, V[1]) + dot(V[0], _n_10) * dot(_first, V[1])
) / (2 * pi)
_length = norm(V[0]) * norm(V[1])

# 2|ξ|² − (|ξ|² − ⟨w̄_1, ξ⟩² + ⟨n̄, ξ⟩²) for the unit vector n̄.
_zeta_scale = sin(_t) * _ratio / (2 * pi)
_zeta_slack = _zeta_scale * dot(_first, xi) ** 2 + _zeta_scale * (dot(_n_10, _n_10) * dot(xi, xi) - dot(_n_10, xi) ** 2)
# The block is (π − θ) ⟨V_1, V_2⟩ + ⟨V_1, u⟩ over 2π, and u is sin θ times a reflection of V_2 in the plane of the rows.
_u = dot(_second, V[1]) * _n_01 + dot(_first, V[1]) * _n_10
_off_plane = V[1] - dot(_first, V[1]) * _first - dot(_n_10, V[1]) * _n_10
_u_length = RootStep(sin(_t) * norm(V[1]), norm(_u), sin(_t) ** 2 * dot(_off_plane, _off_plane))


def _one_sided(sign: int) -> Expr:
    """(π − θ + sin θ) ‖V_1‖‖V_2‖/2π − sign · block."""
    parallel = (pi - _t) * CauchySchwarz(V[0], sign * V[1])
    return (parallel + CauchySchwarz(V[0], sign * _u) + norm(V[0]) * _u_length) / (2 * pi)


_block_slack = SmallerOf(_one_sided(1), _one_sided(-1))
_sine = slack_of("xu23a/lemma-19/sine", at={angle_variable: _t})
_right_angle = Point.of(
    students=[[1, 0], [0, 1]],
    teachers=[[1, 0]],
    xi=[[0, 1]],
    V=[[0, 0], [0, 0]],
    note="orthogonal students of equal norm, ξ = w_2",
)

CLAIMS = (
    Claim(
        id="xu23a/lemma-23",
        title="the Hessian is O(n²)",
        label="Lemma 23",
        page="33",
        printed=r"\tfrac{4\|v\|}n\ge\|w_i\|\ge\tfrac{\|v\|}{4n}\Rightarrow\|\Lambda\|_2\le O(n^2)",
        given=_range((1, 4)),
        then=Bounded(ratio=_form / (n**2 * _square)),
        mutants={
            "without the lower bound of the norms": Mutant(
                given=Networks(model="xu23a", students=(1, 4), dimension=(2, 4), directions=("V",))
            )
        },
        uses=("xu23a/eq-51", "xu23a/zeta-bound", "xu23a/lambda-offdiag"),
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/lemma-23-linear",
        title="the Hessian is O(n), with an explicit constant",
        label="new",
        given=_range((2, 4)),
        then=AtMost(_form, _linear),
        mutants={"a tenth": Mutant(then=AtMost(_form, _linear / 10))},
        note="block row sums: ‖Λ‖ ≤ ½ + 16(n − 1)/π + (n − 1)/2",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/lemma-23-linear/single",
        title="one student: ‖Λ‖ ≤ 4/π − ½",
        given=_range((1, 1)),
        then=AtMost(_form, (4 / pi - Rational(1, 2)) * _square),
        mutants={"a half": Mutant(then=AtMost(_form, _square / 4))},
        note="attained at w ⊥ v, ‖w‖ = ‖v‖/4",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/zeta-bound",
        title="norm of ζ, as printed",
        label="p. 34 display (ζ)",
        page="34",
        printed=r"\|\zeta(w_i,w_j)\|\le\tfrac{\|w_j\|}{2\pi\|w_i\|}",
        given=_pair,
        then=AtMost(_zeta, _ratio / (2 * pi) * dot(xi, xi)),
        witness=_right_angle,
        mutants={"smaller": Mutant(then=AtMost(_zeta, _ratio / (3 * pi) * dot(xi, xi)), witness=_right_angle)},
        uses=("xu23a/eq-51",),
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="constant",
            what="I − w̄w̄ᵀ + n̄n̄ᵀ has the eigenvalue 2 along n̄, so ‖ζ‖ = sin θ‖w_j‖/(π‖w_i‖)",
            reader="θ = π/2, equal norms, along w_j: 2/(2π) = 0.318… > 0.159…",
            mend="xu23a/zeta-bound/corrected",
            charity="only O(1) is used",
        ),
    ),
    Claim(
        id="xu23a/zeta-bound/corrected",
        title="norm of ζ",
        given=_pair,
        then=AtMost(_zeta, sin(_t) * _ratio / pi * dot(xi, xi)),
        mutants={
            "as printed": Mutant(then=AtMost(_zeta, sin(_t) * _ratio / (2 * pi) * dot(xi, xi)), witness=_right_angle)
        },
        slack_as=(_zeta_slack,),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/lambda-offdiag",
        title="norm of an off-diagonal block, as printed",
        label="p. 34 display (Λ_ij)",
        page="34",
        printed=r"\|\Lambda_{ij}\|\le\tfrac1{2\pi}(\pi+1+1)\le1",
        given=_pair,
        then=All(
            AtMost(magnitude(_block), (pi + 2) / (2 * pi) * _length), AtMost((pi + 2) / (2 * pi) * _length, _length)
        ),
        slack_as=(
            _block_slack + _length * (_sine + 2) / (2 * pi),
            _length * slack_of("xu23a/lambda-offdiag/room", at={angle_variable: _t}),
        ),
        mutants={"a quarter": Mutant(then=AtMost(magnitude(_block), _length / 4))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/lambda-offdiag/sharp",
        title="norm of an off-diagonal block, exactly",
        given=_pair,
        then=All(
            AtMost(magnitude(_block), (pi - _t + sin(_t)) / (2 * pi) * _length),
            AtMost((pi - _t + sin(_t)) / (2 * pi) * _length, _length / 2),
        ),
        slack_as=(_block_slack, _length / (2 * pi) * _sine),
        mutants={"without sin θ": Mutant(then=AtMost(magnitude(_block), (pi - _t) / (2 * pi) * _length))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/lambda-offdiag/room",
        title="1/π ≤ 1/2",
        given=Box(variables={angle_variable: (0, pi)}),
        then=AtMost(1 / pi, Rational(1, 2)),
        mutants={"three tenths": Mutant(then=AtMost(1 / pi, Rational(3, 10)))},
        expected=Verdict.CERTIFIED,
    ),
)
