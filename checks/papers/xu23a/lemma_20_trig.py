"""Lemma 20, last step, p. 31: the trigonometric inequality x − sin x ≥ x³/30."""

from sympy import Rational, Symbol, pi, sin

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Point
from checks.relation import AtLeast
from checks.verdict import Verdict

_x = Symbol("x", real=True)
_cubic = AtLeast(_x - sin(_x), _x**3 / 30)

CLAIMS = (
    Claim(
        id="xu23a/lemma-20-trig",
        title="x − sin x ≥ x³/30 at x = 2θ, θ ∈ [0, π]",
        label="Lemma 20, last step",
        page="31",
        printed=r"x-\sin x\ge\tfrac{x^3}{30}\quad\text{used at }x=2\theta_i",
        given=Box(variables={_x: (0, 2 * pi)}),
        then=_cubic,
        witness=Point.of(x=2 * pi),
        mutants={"smaller denominator": Mutant(then=AtLeast(_x - sin(_x), _x**3 / 20))},
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="proof step",
            what="no range is printed, but x = 2θ_i runs over [0, 2π], and the inequality fails from x = 5.7249… on",
            reader="x = 2π: 6.283… against (2π)³/30 = 8.268…",
            mend="xu23a/lemma-20-trig/corrected",
            charity="right for θ_i ≤ 2.8624, which holds where the lemma is used",
        ),
    ),
    Claim(
        id="xu23a/lemma-20-trig/corrected",
        title="x − sin x ≥ x³/30 up to x = 5.7249",
        given=Box(variables={_x: (0, Rational(57249, 10000))}),
        then=_cubic,
        contact={_x: (0, 3)},
        mutants={"farther": Mutant(given=Box(variables={_x: (0, Rational(5725, 1000))}))},
        expected=Verdict.CERTIFIED,
    ),
)
