"""Lemma C.10, p. 40: products of two students where the signs of both differ from that of the teacher."""

from sympy import Rational, Symbol, cos, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Box, Networks
from checks.papers.zhou21b._kernel import kernel, slope
from checks.relation import All, AtMost, Bounded, Equal
from checks.verdict import Verdict
from theory.heads import dot, expectation, gaussian_input, least, line_angle, norm
from theory.indicators import sgn
from theory.symbols import v, w

_x = gaussian_input


def _turned(row):  # type: ignore[no-untyped-def]
    return dot(_x, row) * (sgn(dot(_x, row)) - sgn(dot(_x, v)))


# Both unit students, and all of this is invariant under their lengths.
_product = expectation(_turned(w[0]) * _turned(w[1])) / (norm(w[0]) * norm(w[1]))
_first, _second = line_angle(w[0], v), line_angle(w[1], v)
_bound = _first * _second * least(_first, _second)
_acute = (AtMost(0, dot(w[0], v)), AtMost(0, dot(w[1], v)))
_pair = Networks(model="zhou21b", students=2, dimension=(1, 3), where=_acute)
_any = Networks(model="zhou21b", students=2, dimension=(1, 3))
# Σ of the four expectations: E|w_0·x||w_1·x|, E|w_0·x| w_1·x sgn(v·x), …, ⟨w_0, w_1⟩.
_closed = kernel(w[0], w[1]) - dot(slope(v, w[0]), w[1]) - dot(slope(v, w[1]), w[0]) + dot(w[0], w[1])

# In one plane and on one side: φ_j = a, φ_k = a + b.
_a, _b = Symbol("a", real=True), Symbol("b", real=True)
_planar = 4 / pi * (_a * cos(_b) - (cos(_a) * cos(_b) - sin(_a) * sin(_b)) * sin(_a))
_box = Box(variables={_a: (0, pi / 2), _b: (0, pi / 2)}, where=(AtMost(_a + _b, pi / 2),))


def _planar_bound(constant):  # type: ignore[no-untyped-def]
    return AtMost(_planar, constant / pi * _a**2 * (_a + _b))


CLAIMS = (
    Claim(
        id="zhou21b/lemma-C.10",
        title="0 ≤ E ≤ (4/π) φ_j φ_k min(φ_j, φ_k)",
        label="Lemma C.10",
        page="40",
        printed=r"0\le\mathbb E_x\big[w_j^\top x\cdot w_k^\top x(\mathrm{sgn}(w_j^\top x)-\mathrm{sgn}(w^{*\top}x))"
        r"(\mathrm{sgn}(w_k^\top x)-\mathrm{sgn}(w^{*\top}x))\big]=O(\phi_j\phi_k\min\{\phi_j,\phi_k\})",
        given=_pair,
        then=All(AtMost(1, 1 + _product), AtMost(1 + _product, 1 + 4 / pi * _bound)),
        mutants={"half the constant": Mutant(then=AtMost(1 + _product, 1 + 2 / pi * _bound))},
        uses=("zhou21b/lemma-C.9",),
        note="both sides with 1 added, so that rounding is judged by the size of what cancels",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-C.10/exact",
        title="the product in closed form",
        label="Lemma C.10",
        page="40",
        given=_any,
        then=Equal(expectation(_turned(w[0]) * _turned(w[1])), _closed),
        mutants={
            "sign of the inner product": Mutant(
                then=Equal(expectation(_turned(w[0]) * _turned(w[1])), _closed - 2 * dot(w[0], w[1]))
            )
        },
        uses=("zhou21b/eq-1", "zhou21b/eq-grad/closed"),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-C.10/reduced",
        title="0 ≤ E ≤ (4/π) φ_j² φ_k for three vectors in one plane, on one side",
        label="Lemma C.10, in the plane",
        page="40",
        given=_box,
        then=All(AtMost(0, _planar), _planar_bound(4)),
        options={"along": [(), (_b,)]},
        mutants={"four fifths": Mutant(then=_planar_bound(Rational(16, 5)))},
        note="φ_j = a ≤ φ_k = a + b; on opposite sides of the teacher E = 0",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.10/sharp",
        title="the best constant",
        label="Lemma C.10",
        page="40",
        given=_pair,
        then=Bounded(ratio=_product / _bound),
        mutants={"the constant 1": Mutant(then=AtMost(1 + _product, 1 + _bound))},
        note="4/π = 1.2732… is approached for φ_j ≪ φ_k ≪ 1 in one plane",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="zhou21b/lemma-C.10/three-halves",
        title="E ≤ 8/(3π) (φ_j φ_k)^{3/2}",
        label="Lemma C.10",
        page="40",
        given=_pair,
        then=AtMost(1 + _product, 1 + 8 / (3 * pi) * (_first * _second) ** Rational(3, 2)),
        mutants={
            "three quarters": Mutant(then=AtMost(1 + _product, 1 + 2 / pi * (_first * _second) ** Rational(3, 2)))
        },
        note="Cauchy–Schwarz from the case φ_j = φ_k",
        expected=Verdict.SUPPORTED,
    ),
)
