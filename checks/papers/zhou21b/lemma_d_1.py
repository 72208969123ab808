"""Lemma D.1, pp. 47–48: smoothness of g(w) = ‖w‖ w, whose derivative is ∇g(w) h = ‖w‖ h + ⟨w, h⟩ w / ‖w‖."""

from sympy import Expr, Integer, Rational, Symbol, cos, sin, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Networks, Point
from checks.relation import All, AtMost
from checks.verdict import Verdict
from theory.heads import angle, dot, norm
from theory.steps import CauchySchwarz, RootStep
from theory.symbols import H, V, d, i, w

_two = Networks(model="zhou21b", students=1, dimension=(1, 6), directions=("V", "H"))
_one = Networks(model="zhou21b", students=1, dimension=(1, 6), directions=("V",))


def _slope(x: Expr, direction: Expr) -> Expr:
    return norm(x) * direction + x * dot(x, direction) / norm(x)


_next = w[i] + V[i]
_change = norm(_slope(_next, H[i]) - _slope(w[i], H[i]))
_cross = 2 * norm(_next) * norm(w[i]) * (d + 2 + dot(_next, w[i]) ** 2 / (norm(_next) * norm(w[i])) ** 2)
_frobenius = (d + 3) * (norm(_next) ** 2 + norm(w[i]) ** 2) - _cross
_small = norm(V[i]) ** 2
_gram = norm(w[i]) ** 2 * norm(V[i]) ** 2 - dot(w[i], V[i]) ** 2

_turn = dot(_next, w[i]) ** 2 / (norm(_next) * norm(w[i]))
_second = norm(_next) ** 2 + norm(w[i]) ** 2 - 2 * _turn
_theta = angle(w[i], V[i])

# w = e_1, w + u = ρ (c, √(1 − c²)) with ρ ≤ 1: the difference of slopes in their plane is D = (ρ − 1) I + ρ n nᵀ − e_1 e_1ᵀ.
_r, _c = Symbol("rho", real=True), Symbol("c", real=True)
_determinant = 2 * (_r - 1) ** 2 - _r * (1 - _c**2)
_trace = 9 * (_r - 1) ** 2 - 2 * _determinant
_moved = (1 - _r) ** 2 + 2 * _r * (1 - _c)
_plane = Box(variables={_r: (0, 1), _c: (-1, 1)})


# With α, β the components of h along w + u and w, c the cosine of their angle and s = 2‖w + u‖‖w‖(1 − c):
# 4‖u‖²‖h‖² − ‖∇g(w + u)h − ∇g(w)h‖² = 3 (‖u‖²‖h‖² − ⟨u, h⟩²) + s [½(‖h‖² − α²) + ½(‖h‖² − β²) + ¼(α − β)²]
#   + ‖w + u‖‖w‖ (2 + (1 − c)/2)(α − β)².
_h = H[i]
_alpha, _beta = dot(_next, _h) / norm(_next), dot(w[i], _h) / norm(w[i])
_apart = (_alpha - _beta) ** 2
_turned = CauchySchwarz(_next, w[i])


def _across(x: Expr) -> Expr:
    """‖x‖²‖h‖² − ⟨x, h⟩²."""
    return CauchySchwarz(x, _h) * CauchySchwarz(x, -_h)


_slope_gap = (
    3 * _across(V[i])
    + _turned * (_across(_next) / norm(_next) ** 2 + _across(w[i]) / norm(w[i]) ** 2 + _apart / 2)
    + (2 * norm(_next) * norm(w[i]) + _turned / 2) * _apart
)
_twice = RootStep(2 * norm(V[i]) * norm(_h), _change, _slope_gap)

# ‖w‖‖u‖ sin θ is the area of w and u, at most ‖u‖‖w + u‖.
_area = norm(w[i]) * norm(V[i]) * sin(_theta)
_wide = RootStep(norm(V[i]) * norm(_next), _area, dot(V[i], _next) ** 2)


def _dominated(bound):  # type: ignore[no-untyped-def]
    """D² ≤ bound I, by the trace and the determinant of bound I − D²."""
    return All(AtMost(_trace, 2 * bound), AtMost(bound * _trace, bound**2 + _determinant**2))


CLAIMS = (
    Claim(
        id="zhou21b/lemma-D.1",
        title="w ↦ ‖w‖w is (1 + √3)-smooth in the operator norm",
        label="Lemma D.1",
        page="47",
        printed=r"\|\nabla g(w+u)-\nabla g(w)\|\le(1+\sqrt3)\|u\|",
        given=_two,
        then=AtMost(_change, (1 + sqrt(3)) * norm(V[i]) * norm(H[i])),
        slack_as=(_twice + (sqrt(3) - 1) * norm(V[i]) * norm(_h),),
        mutants={"once": Mutant(then=AtMost(_change, norm(V[i]) * norm(H[i])))},
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-D.1/sharp",
        title="w ↦ ‖w‖w is 2-smooth in the operator norm",
        label="Lemma D.1",
        page="47",
        given=_two,
        then=AtMost(_change, 2 * norm(V[i]) * norm(H[i])),
        slack_as=(_twice,),
        mutants={"3/2": Mutant(then=AtMost(_change, 3 * norm(V[i]) * norm(H[i]) / 2))},
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-D.1/reduced",
        title="in the plane of w and w + u the constant is at most 1 + √3",
        label="Lemma D.1",
        page="47",
        given=_plane,
        then=_dominated(Rational(373, 50) * _moved),
        mutants={"once": Mutant(then=_dominated(_moved))},
        note="with 373/50 < (1 + √3)², for ‖w + u‖ = ρ ≤ ‖w‖ = 1, the two being exchangeable, c the cosine of their angle; "
        "D² ≤ K I if and only if trace and determinant of K I − D² are not negative. Across the plane the difference of "
        "slopes is ρ − 1, of modulus at most ‖u‖",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-D.1-I1",
        title="I_1² ≤ (1 + 2 sin θ)‖u‖² ≤ 3‖u‖²",
        label="pp. 47–48",
        page="48",
        printed=r"I_1^2\le(1+2\sin\theta)\|u\|^2\le3\|u\|^2",
        given=_one,
        then=All(
            AtMost(_second, (1 + 2 * sin(_theta)) * _small),
            AtMost((1 + 2 * sin(_theta)) * _small, 3 * _small),
        ),
        slack_as=(
            2 * norm(V[i]) * sin(_theta) / norm(_next) * _wide + 2 * _turned,
            2 * RootStep(Integer(1), sin(_theta), cos(_theta) ** 2) * _small,
        ),
        mutants={"without the sine": Mutant(then=AtMost(_second, _small))},
        uses=("zhou21b/lemma-D.1-sine",),
        note="I_1² = ‖w + u‖² + ‖w‖² − 2‖w + u‖‖w‖ cos²∠(w + u, w)",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-D.1-frobenius",
        title="the Frobenius norm of the difference is at most (1 + √3) ‖u‖, as printed",
        label="pp. 47–48",
        page="47",
        printed=r"\|\nabla g(w+u)-\nabla g(w)\|_F\le(1+\sqrt3)\|u\|",
        given=_one,
        then=AtMost(_frobenius, (1 + sqrt(3)) ** 2 * _small),
        witness=Point.of(students=[[1, 0, 0, 0, 0]], teachers=[[1, 0, 0, 0, 0]], V=[[1, 0, 0, 0, 0]]),
        mutants={"with 1": Mutant(then=AtMost(_frobenius, _small))},
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="proof step",
            what="‖c I‖_F ≤ |c| is used, but ‖c I‖_F = |c| √d: false from d = 5 on",
            reader="w = u = e_1 in five dimensions: ∇g(2e_1) − ∇g(e_1) = I + e_1 e_1ᵀ of Frobenius norm √8 > 1 + √3",
            mend="zhou21b/lemma-D.1-frobenius/corrected",
            charity="the lemma holds in the operator norm, with constant 2",
        ),
    ),
    Claim(
        id="zhou21b/lemma-D.1-frobenius/corrected",
        title="the Frobenius norm of the difference is at most √(d + 3) ‖u‖",
        label="pp. 47–48, mended",
        page="47",
        given=_one,
        then=AtMost(_frobenius, (d + 3) * _small),
        slack_as=(2 * _turned * (d + 1) + 2 * _turned**2 / (norm(_next) * norm(w[i])),),
        mutants={"with 1": Mutant(then=AtMost(_frobenius, _small))},
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-D.1-zero",
        title="at w = 0 the Frobenius norm of the difference is at most 2‖u‖, as printed",
        label="p. 48",
        page="48",
        printed=r"\|\nabla g(u)-\nabla g(0)\|_F\le2\|u\|",
        given=_one,
        then=AtMost((d + 3) * _small, 4 * _small),
        witness=Point.of(students=[[1, 0]], teachers=[[1, 0]], V=[[1, 0]]),
        mutants={"with 1": Mutant(then=AtMost((d + 3) * _small, _small))},
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="proof step",
            what="the squared Frobenius norm of ∇g(u) is (d + 3) ‖u‖²: false from d = 2 on",
            reader="u = e_1: I + e_1 e_1ᵀ has Frobenius norm √(d + 3)",
            mend="zhou21b/lemma-D.1-zero/corrected",
            charity="true in the operator norm",
        ),
    ),
    Claim(
        id="zhou21b/lemma-D.1-zero/corrected",
        title="at w = 0 the operator norm of the difference is at most 2‖u‖",
        label="p. 48, mended",
        page="48",
        given=_two,
        then=AtMost(norm(_slope(V[i], H[i])), 2 * norm(V[i]) * norm(H[i])),
        slack_as=(RootStep(2 * norm(V[i]) * norm(_h), norm(_slope(V[i], _h)), 3 * _across(V[i])),),
        mutants={"once": Mutant(then=AtMost(norm(_slope(V[i], H[i])), norm(V[i]) * norm(H[i])))},
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-D.1-sine",
        title="‖w‖ sin ∠(w, u) ≤ ‖w + u‖",
        label="pp. 47–48",
        page="47",
        printed=r"\|w\|\sin\theta\le\|w+u\|",
        given=_one,
        then=AtMost(_gram, _small * dot(_next, _next)),
        slack_as=((dot(w[i], V[i]) + dot(V[i], V[i])) ** 2,),
        mutants={"half": Mutant(then=AtMost(norm(w[i]) * sin(angle(w[i], V[i])), norm(_next) / 2))},
        note="squared and multiplied by ‖u‖²",
        expected=Verdict.PROVED,
    ),
)
