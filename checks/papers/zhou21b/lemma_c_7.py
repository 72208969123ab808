"""Lemma C.7, p. 37: Gaussian measure of a strip and of the intersection of two strips."""

from sympy import Expr, Rational, Symbol, cos, erf, exp, pi, sin, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Point
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict

_x, _y = Symbol("delta_1", real=True), Symbol("b", real=True)
_phi, _second = Symbol("phi", real=True), Symbol("delta_2", real=True)
_strip = erf(_x / sqrt(2))
_line = Box(variables={_x: (0, 6)})
_width = (_second + _x * cos(_phi)) / sin(_phi)
_both = erf(_x / sqrt(2)) * erf(_width / sqrt(2))
_angles = Box(
    variables={
        _x: (Rational(1, 100), 1),
        _second: (Rational(1, 100), 1),
        _phi: (Rational(1, 10), pi / 2),
    }
)


def _root(scale: Expr) -> Expr:
    return sqrt(2 / pi) * _x * exp(-(_x**2) / scale)


CLAIMS = (
    Claim(
        id="zhou21b/lemma-C.7-a",
        title="√(2/π) δ e^{−δ²/2} ≤ P(|αᵀx| ≤ δ) ≤ √(2/π) δ",
        label="Lemma C.7 (a)",
        page="37",
        printed=r"\sqrt{\tfrac2\pi}\,\delta_1e^{-\delta_1^2/2}\le P(|\alpha^\top x|\le\delta_1)"
        r"\le\sqrt{\tfrac2\pi}\,\delta_1",
        given=_line,
        then=All(AtLeast(_strip, _root(Rational(2))), AtMost(_strip, sqrt(2 / pi) * _x)),
        contact={_x: (0, 3)},
        mutants={"slower decay": Mutant(then=AtLeast(_strip, _root(Rational(10))))},
        note="P(|αᵀx| ≤ δ) = erf(δ/√2); for δ > 6 the left side is below 10⁻⁷ and the right side above 1",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.7-a/sharp",
        title="the exponent of the lower bound may be divided by three",
        label="Lemma C.7 (a)",
        page="37",
        given=Box(variables={_y: (0, 4)}),
        then=AtLeast(erf(_y), 2 * _y * exp(-(_y**2) / 3) / sqrt(pi)),
        contact={_y: (0, 5)},
        mutants={"slower still": Mutant(then=AtLeast(erf(_y), 2 * _y * exp(-(_y**2) / 4) / sqrt(pi)))},
        note="y stands for δ/√2: √(2/π) δ e^{−δ²/6} ≤ P(|αᵀx| ≤ δ)",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.7-b",
        title="P(two strips) ≤ δ_1 b / π, as printed",
        label="Lemma C.7 (b)",
        page="37",
        printed=r"P(A)\le\frac{\delta_1\delta_2+\delta_1^2\cos\phi}{\pi\sin\phi}",
        given=_angles,
        then=AtMost(_both, _x * _width / pi),
        witness=Point.of(delta_1="1/100", delta_2="1/100", phi=pi / 2),
        mutants={"half of it": Mutant(then=AtMost(_both, _x * _width / (2 * pi)))},
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="constant",
            what="the planar Gaussian density is taken with 1/(4π) in place of 1/(2π): a factor 2 is lost",
            reader="φ = π/2, δ_1 = δ_2 = 1/100: 6.366·10⁻⁵ against 3.183·10⁻⁵",
            mend="zhou21b/lemma-C.7-b/corrected",
            charity="only constants of Lemma C.4 change",
        ),
    ),
    Claim(
        id="zhou21b/lemma-C.7-b/corrected",
        title="each factor of P(A) = erf(δ_1/√2) erf(b/√2) is at most √(2/π) times its width",
        label="Lemma C.7 (b), mended",
        page="37",
        given=Box(variables={_x: (0, 6)}),
        then=AtMost(_strip, sqrt(2 / pi) * _x),
        contact={_x: (0, 3)},
        mutants={"smaller slope": Mutant(then=AtMost(_strip, sqrt(1 / pi) * _x))},
        note="multiplied for x = δ_1 and x = b it gives P(A) ≤ 2 δ_1 b / π; for x > 6 the right side exceeds 1",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.7-b-lower",
        title="each factor of P(A) is at least x e^{−x²/2} / √π, so that P(A) ≥ δ_1 b e^{−(δ_1² + b²)/2} / π",
        label="Lemma C.7 (b)",
        page="37",
        printed=r"P(A)\ge\frac{\delta_1\delta_2+\delta_1^2\cos\phi}{\pi\sin\phi}e^{-Q/2}",
        given=_line,
        then=AtLeast(_strip, _x * exp(-(_x**2) / 2) / sqrt(pi)),
        contact={_x: (0, 1)},
        mutants={"twice the slope": Mutant(then=AtLeast(_strip, 2 * _x * exp(-(_x**2) / 2) / sqrt(pi)))},
        note="the product over the two widths δ_1 and b; Q = δ_1² + b²",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.7-b-lower/sharp",
        title="each factor of P(A) is at least √(2/π) x e^{−x²/2}, twice the printed bound together",
        label="Lemma C.7 (b)",
        page="37",
        given=_line,
        then=AtLeast(_strip, _root(Rational(2))),
        contact={_x: (0, 3)},
        mutants={"slower decay": Mutant(then=AtLeast(_strip, _root(Rational(10))))},
        note="P(A) ≥ 2 δ_1 b e^{−Q/2} / π, twice the printed bound",
        expected=Verdict.CERTIFIED,
    ),
)
