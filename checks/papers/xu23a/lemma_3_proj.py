"""Proof of Lemma 3, p. 37, second display: the projection of a Gaussian row onto the teacher."""

from sympy import Rational, exp

from checks.claim import Claim, Mutant
from checks.given import Integers
from checks.relation import AtMost
from checks.verdict import Verdict
from theory.laws import chi_square_tail
from theory.symbols import d

# ⟨w, v̄⟩²/σ² has the χ² law with one degree of freedom.
_large = chi_square_tail(d / 16, 1)

CLAIMS = (
    Claim(
        id="xu23a/lemma-3-proj",
        title="the projection of a Gaussian row onto the teacher is small against its norm",
        label="p. 37 display (projection)",
        page="37",
        printed=r"P\left(|\langle w,\bar v\rangle|>\tfrac14\sigma\sqrt d\right)\le"
        r"2\exp\left(-\frac{(\frac14\sigma\sqrt d)^2}{2\sigma^2}\right)",
        given=Integers(variables={d: (1, 2000)}),
        then=AtMost(_large, 2 * exp(-d / Rational(32))),
        mutants={"32 replaced by 30": Mutant(then=AtMost(_large, 2 * exp(-d / Rational(30))))},
        note="through the exact law, for every dimension up to 2000",
        expected=Verdict.CERTIFIED,
    ),
)
