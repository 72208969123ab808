"""Lemma C.4, pp. 29–31: the least eigenvalue of the matrix of two teachers, and steps of its proof."""

from sympy import Rational, Symbol, cos, erf, exp, pi, sin, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Point
from checks.relation import AtLeast, AtMost
from checks.verdict import Verdict

_delta, _x = Symbol("Delta", real=True), Symbol("delta_1", real=True)
_least = 2 * (_delta - sin(_delta)) / pi
_strip = erf(_x / sqrt(2))
_angles = Box(variables={_x: (Rational(1, 100), 1), _delta: (Rational(1, 10), pi / 2)})
_both = _strip * erf(_x * (1 + cos(_delta)) / (sqrt(2) * sin(_delta)))
_area = _x**2 * (1 + cos(_delta)) / (pi * sin(_delta))

CLAIMS = (
    Claim(
        id="zhou21b/lemma-C.4/r2",
        title="for two teachers the least eigenvalue 2/π (Δ − sin Δ) is at least 0.0937 Δ³",
        label="Lemma C.4",
        page="29",
        given=Box(variables={_delta: (0, pi / 2)}),
        then=AtLeast(_least, 937 * _delta**3 / 10000),
        contact={_delta: (0, 3)},
        mutants={"0.094": Mutant(then=AtLeast(_least, 94 * _delta**3 / 1000))},
        note="the spectrum is that of zhou21b/eq-4-spectrum-r2",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.4-internals-a",
        title="P(|αᵀx| ≤ δ) ≥ √(2/π) e^{−1/2} δ for δ ≤ 1",
        label="pp. 29–31 (a)",
        page="29",
        given=Box(variables={_x: (0, 1)}),
        then=AtLeast(_strip, sqrt(2 / pi) * exp(-Rational(1, 2)) * _x),
        contact={_x: (0, 1)},
        mutants={"nine tenths": Mutant(then=AtLeast(_strip, sqrt(2 / pi) * Rational(9, 10) * _x))},
        uses=("zhou21b/lemma-C.7-a",),
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
        title="each factor of P(two strips of width δ) ≤ 2 δ² (1 + cos Δ)/(π sin Δ)",
        label="pp. 29–31 (b), mended",
        page="29",
        given=Box(variables={_x: (0, 6)}),
        then=AtMost(_strip, sqrt(2 / pi) * _x),
        contact={_x: (0, 3)},
        mutants={"without the factor 2": Mutant(then=AtMost(_strip, _x / sqrt(pi)))},
        uses=("zhou21b/lemma-C.7-b/corrected",),
        note="each of the two factors, x = δ and x = δ (1 + cos Δ)/sin Δ; for x > 6 the right side exceeds 1",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.4-internals-f",
        title="sin x ≥ 2x/π on [0, π/2]",
        label="pp. 29–31 (f)",
        page="29",
        given=Box(variables={_delta: (0, pi / 2)}),
        then=AtLeast(sin(_delta), 2 * _delta / pi),
        contact={_delta: (0, 1)},
        mutants={"3/4": Mutant(then=AtLeast(sin(_delta), 3 * _delta / 4))},
        expected=Verdict.CERTIFIED,
    ),
)
