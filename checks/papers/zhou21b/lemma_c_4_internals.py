"""Steps of the proof of Lemma C.4, pp. 29–31."""

from sympy import Rational, Symbol, cos, erf, exp, pi, sin, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Networks, Point
from checks.relation import All, AtLeast, AtMost, Equal
from checks.verdict import Verdict
from theory.heads import dot
from theory.symbols import V, w, xi

_delta, _x = Symbol("Delta", real=True), Symbol("delta_1", real=True)
_strip = erf(_x / sqrt(2))
_b = Symbol("b", real=True)
_angles = Box(variables={_x: (0, 1), _delta: (Rational(1, 10), pi / 2)})
_both = _strip * erf(_x * (1 + cos(_delta)) / (sqrt(2) * sin(_delta)))
_area = _x**2 * (1 + cos(_delta)) / (pi * sin(_delta))

# (c): with w of norm 1, β = w_i and v = V_i, at the points x⁺ + δ₁w/2, x⁺, x⁺ − δ₁w/2, x⁺ − δ₁w.
_level, _width = Symbol("alpha_0", real=True), Symbol("delta_1", real=True)
_points = Networks(
    model="zhou21b",
    students=2,
    dimension=(1, 4),
    directions=("V",),
    vectors=("xi",),
    scalars={_level: (-1, 1), _width: (0, 1)},
)


def _value(step, side):  # type: ignore[no-untyped-def]
    """g at ξ + step w_1, where sgn(w_1·x) = side; w_2 stands for β and V_1 for v_i."""
    point = xi + step * w[1]
    return _level + dot(w[0], point) + side * dot(V[0], point)


_far = _value(-_width, -1)
_here = _value(0, 1)
_near = _value(-_width / 2, -1)

# (d): |x|² at x⁻, x⁻⁻, x⁺⁺ against x⁺, t = w·x⁺ ∈ [0, δ₁/2].
_t = Symbol("t", real=True)
_slice = Box(variables={_width: (0, 1), _t: (0, Rational(1, 2))}, where=(AtMost(_t, _width / 2),))


def _exponent(step):  # type: ignore[no-untyped-def]
    """−log of the ratio of the densities at x⁺ + step w* and at x⁺."""
    return ((_t + step) ** 2 - _t**2) / 2


_c = Symbol("c_2", real=True)
_chain = pi / 8 * _c**2 * _width**2 * _c / 2 * _width / (4 * sqrt(exp(1)))


CLAIMS = (
    Claim(
        id="zhou21b/lemma-C.4-internals-a",
        title="P(|αᵀx| ≤ δ) ≥ √(2/π) e^{−1/2} δ for δ ≤ 1",
        label="pp. 29–31 (a)",
        page="29",
        printed=r"\mathbb E\mathbb 1_{S_i^*(\delta_1)}\ge\sqrt{2/\pi}\,e^{-1/2}\delta_1",
        given=Box(variables={_x: (0, 1)}),
        then=AtLeast(_strip, sqrt(2 / pi) * exp(-Rational(1, 2)) * _x),
        contact={_x: (0, 1)},
        mutants={"nine tenths": Mutant(then=AtLeast(_strip, sqrt(2 / pi) * Rational(9, 10) * _x))},
        uses=("zhou21b/lemma-C.7-a",),
        note="the probability is erf(δ/√2)",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.4-internals-b",
        title="P(two strips of width δ) ≤ δ² (1 + cos Δ)/(π sin Δ), as printed",
        label="pp. 29–31 (b)",
        page="29",
        printed=r"\mathbb E\mathbb 1_A\le\frac{\delta_1^2(1+\cos\Delta)}{\pi\sin\Delta}",
        given=_angles,
        then=AtMost(_both, _area),
        witness=Point.of(delta_1="1/100", Delta=pi / 2),
        mutants={"half": Mutant(then=AtMost(_both, _area / 2))},
        uses=("zhou21b/lemma-C.7-b",),
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="constant",
            what="a factor 2 is missing, inherited from Lemma C.7",
            reader="Δ = π/2, δ = 1/100: 6.366·10⁻⁵ against 3.183·10⁻⁵",
            mend="zhou21b/lemma-C.4-internals-b/corrected",
            charity="only constants change",
        ),
    ),
    Claim(
        id="zhou21b/lemma-C.4-internals-b/corrected",
        title="P(two strips of width δ) ≤ 2 δ² (1 + cos Δ)/(π sin Δ)",
        label="pp. 29–31 (b), mended",
        page="29",
        given=Box(variables={_x: (0, 1), _b: (0, 6)}),
        then=AtMost(_strip * erf(_b / sqrt(2)), 2 * _x * _b / pi),
        contact={_x: (0, 1), _b: (0, 1)},
        mutants={"without the factor 2": Mutant(then=AtMost(_strip * erf(_b / sqrt(2)), _x * _b / pi))},
        uses=("zhou21b/lemma-C.7-b/corrected",),
        note="with b = δ (1 + cos Δ)/sin Δ; beyond b = 6 the left side is at most erf(δ/√2) ≤ √(2/π) δ < 12 δ/π",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.4-internals-c",
        title="a combination of three values of g is −2 vᵀx⁺",
        label="pp. 29–31 (c)",
        page="30",
        printed=r"0\cdot g(x^{++})-g(x^{--})-g(x^+)+2g(x^-)=-2v_i^\top x^+",
        given=_points,
        then=Equal(-_far - _here + 2 * _near, -2 * dot(V[0], xi)),
        mutants={
            "once": Mutant(then=Equal(-_far - _here + 2 * _near, -dot(V[0], xi))),
            "other side": Mutant(then=Equal(-_far - _here + 2 * _value(-_width / 2, 1), -2 * dot(V[0], xi))),
        },
        note="g(x) = α + βᵀx + vᵀx sgn(w*ᵀx) with w* = w_2, β = w_1, v = V_1; so max |g| ≥ |vᵀx⁺|/2 over the points, because "
        "the coefficients −1, −1, 2 add up to 4 in modulus",
        erratum=Erratum(
            weight="typo",
            what="p. 31 multiplies g²(x⁺⁺) and g²(x⁻⁻) where it adds them",
            reader="a + is missing in the sum over the four points",
            mend="read g²(x⁺⁺) + g²(x⁻⁻)",
        ),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-C.4-internals-d",
        title="the density falls at most by the factors e^{−1/8}, e^{−1/2} and e^{−3/8}",
        label="pp. 29–31 (d)",
        page="30",
        printed=r"e^{-1/8},\ e^{-1/2},\ e^{-3/8}\quad(\delta_1\le1)",
        given=_slice,
        then=All(
            AtMost(_exponent(-_width / 2), Rational(1, 8)),
            AtMost(_exponent(-_width), Rational(1, 2)),
            AtMost(_exponent(_width / 2), Rational(3, 8)),
        ),
        mutants={"a tenth": Mutant(then=AtMost(_exponent(-_width / 2), Rational(1, 10)))},
        note="for the exponents, t = w*ᵀx⁺ ≤ δ₁/2 at the points x⁻, x⁻⁻ and x⁺⁺",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.4-internals-e",
        title="the constants of the last chain",
        label="pp. 29–31 (e)",
        page="31",
        printed=r"\tfrac1{4\sqrt e}\cdot\tfrac\pi8c_2^2\delta_1^2\cdot\tfrac{c_2}2\delta_1=\tfrac{\pi c_2^3\delta_1^3}{64\sqrt e}",
        given=Box(variables={_width: (0, 1), _c: (0, 1)}),
        then=Equal(_chain, pi * _c**3 * _width**3 / (64 * sqrt(exp(1)))),
        mutants={"half": Mutant(then=Equal(_chain, pi * _c**3 * _width**3 / (128 * sqrt(exp(1)))))},
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-C.4-internals-f",
        title="sin x ≥ 2x/π on [0, π/2]",
        label="pp. 29–31 (f)",
        page="29",
        printed=r"\sin x\ge2x/\pi\quad(0\le x\le\pi/2)",
        given=Box(variables={_delta: (0, pi / 2)}),
        then=AtLeast(sin(_delta), 2 * _delta / pi),
        contact={_delta: (0, 1)},
        mutants={"3/4": Mutant(then=AtLeast(sin(_delta), 3 * _delta / 4))},
        expected=Verdict.CERTIFIED,
    ),
)
