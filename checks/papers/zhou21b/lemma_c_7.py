"""Lemma C.7, p. 37: Gaussian measure of a strip, and of the part of it that can be moved into a second strip.

In the plane of α and β the set A is |x_1| ≤ δ_1, |x_2| ≤ b with b = (δ_2 + δ_1 cos φ)/sin φ, so that
P(A) = erf(δ_1/√2) erf(b/√2).  With b in place of δ_2 = b sin φ − δ_1 cos φ all δ_2 ≥ 0 are covered.
"""

from sympy import Expr, Rational, Symbol, cos, erf, exp, oo, pi, sin, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Point
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict

_x, _b = Symbol("delta_1", real=True), Symbol("b", real=True)
_phi, _second = Symbol("phi", real=True), Symbol("delta_2", real=True)
_strip = erf(_x / sqrt(2))
_line = Box(variables={_x: (0, oo)})
_angles = {_phi: (0, pi / 2)}

_width = (_second + _x * cos(_phi)) / sin(_phi)
_printed = Box(variables={_x: (0, oo), _second: (0, oo), **_angles})
_both = _strip * erf(_width / sqrt(2))

# The same in the chart (δ_1, b, φ).
_chart = Box(variables={_x: (0, oo), _b: (0, oo), **_angles})
_other = _b * sin(_phi) - _x * cos(_phi)
_measure = _strip * erf(_b / sqrt(2))
_area = _x * (_other + _x * cos(_phi)) / (pi * sin(_phi))
_exponent = (_x**2 + _other**2 + 2 * _x * _other * cos(_phi)) / (2 * sin(_phi) ** 2)
_hypothesis = AtLeast(_other, 0)
_chart_positive = Box(variables=_chart.variables, where=(_hypothesis,))


def _strip_bound(scale: Expr) -> Expr:
    return sqrt(2 / pi) * _x * exp(-(_x**2) / scale)


CLAIMS = (
    Claim(
        id="zhou21b/lemma-C.7-a",
        title="√(2/π) δ e^{−δ²/2} ≤ P(|αᵀx| ≤ δ) ≤ √(2/π) δ",
        label="Lemma C.7 (a)",
        page="37",
        printed=r"\sqrt{\tfrac2\pi}\,\delta_1e^{-\delta_1^2/2}\le\mathbb E_x[\mathbb 1_{|\alpha^\top x|\le\delta_1}]"
        r"\le\sqrt{\tfrac2\pi}\,\delta_1",
        given=_line,
        then=All(AtLeast(_strip, _strip_bound(Rational(2))), AtMost(_strip, sqrt(2 / pi) * _x)),
        options={"along": (_x, _x)},
        mutants={
            "slower decay": Mutant(then=AtLeast(_strip, _strip_bound(Rational(10)))),
            "smaller slope": Mutant(then=AtMost(_strip, sqrt(1 / pi) * _x)),
        },
        note="αᵀx is standard normal, so that the measure of the strip is erf(δ_1/√2)",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.7-a/sharp",
        title="the exponent of the lower bound may be divided by three",
        label="Lemma C.7 (a)",
        page="37",
        given=_line,
        then=AtLeast(_strip, _strip_bound(Rational(6))),
        options={"along": (_x, _x, _x, _x)},
        mutants={"slower still": Mutant(then=AtLeast(_strip, _strip_bound(Rational(8))))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.7-b",
        title="P(A) ≤ δ_1 b / π, as printed",
        label="Lemma C.7 (b)",
        page="37",
        printed=r"\mathbb E_x[\mathbb 1_A]\le\frac{\delta_1(\delta_2+\delta_1\cos\phi)}{\pi\sin\phi}",
        given=_printed,
        then=AtMost(_both, _x * _width / pi),
        witness=Point.of(delta_1="1/100", delta_2="1/100", phi=pi / 2),
        options={"along": (_x,)},
        mutants={"half of it": Mutant(then=AtMost(_both, _x * _width / (2 * pi)))},
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="constant",
            what="the planar Gaussian density is taken with 1/(4π) in place of 1/(2π): a factor 2 is lost",
            reader="φ = π/2, δ_1 = δ_2 = 1/100: P(A) = 6.366·10⁻⁵ against 3.183·10⁻⁵",
            mend="zhou21b/lemma-C.7-b/corrected",
            charity="only constants of Lemma C.4 change",
        ),
    ),
    Claim(
        id="zhou21b/lemma-C.7-b/corrected",
        title="P(A) ≤ 2 δ_1 b / π",
        label="Lemma C.7 (b), mended",
        page="37",
        given=_chart_positive,
        then=AtMost(_measure, 2 * _area),
        options={"along": (_x, _b, _b, _x)},
        mutants={"as printed": Mutant(then=AtMost(_measure, _area))},
        note="δ_2 = b sin φ − δ_1 cos φ",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.7-b-lower",
        title="P(A) ≥ δ_1 b e^{−Q/2} / π",
        label="Lemma C.7 (b)",
        page="37",
        printed=r"\frac{\delta_1(\delta_2+\delta_1\cos\phi)}{\pi\sin\phi}"
        r"e^{-\frac{\delta_1^2+\delta_2^2+2\delta_1\delta_2\cos\phi}{2\sin^2\phi}}\le\mathbb E_x[\mathbb 1_A]",
        given=_chart_positive,
        then=AtMost(_area * exp(-_exponent), _measure),
        options={"along": (_x, _x, _b)},
        mutants={"three times": Mutant(then=AtMost(3 * _area * exp(-_exponent), _measure))},
        note="δ_2 = b sin φ − δ_1 cos φ, so that Q = (δ_1² + δ_2² + 2δ_1δ_2 cos φ)/sin²φ = δ_1² + b²",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.7-b-lower/sharp",
        title="P(A) ≥ 2 δ_1 b e^{−Q/6} / π",
        label="Lemma C.7 (b)",
        page="37",
        given=_chart_positive,
        then=AtMost(2 * _area * exp(-_exponent / 3), _measure),
        options={"along": (_x, _x, _b, _b, _b)},
        mutants={"slower decay": Mutant(then=AtMost(2 * _area * exp(-_exponent / 4), _measure))},
        note="twice the printed bound, with a third of its exponent",
        expected=Verdict.CERTIFIED,
    ),
)
