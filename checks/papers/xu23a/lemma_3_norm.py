"""Proof of Lemma 3, p. 37, first display: the norm of a Gaussian row leaves [σ√d/2, 2σ√d] with small
probability.
"""

from sympy import Rational, exp

from checks.claim import Claim, Mutant
from checks.given import Integers
from checks.relation import All, AtMost
from checks.verdict import Verdict
from theory.laws import chi_square_cdf, chi_square_tail
from theory.symbols import d

# ‖w‖²/σ² has the χ² law with d degrees of freedom.
_bad = chi_square_cdf(d / 4, d) + chi_square_tail(4 * d, d)
_deviates = chi_square_cdf(d / 4, d) + chi_square_tail(Rational(7, 4) * d, d)
_dimensions = Integers(variables={d: (1, 2000)})


def _bound(divisor: int) -> object:
    return exp(-Rational(9, 16) * d / divisor)


CLAIMS = (
    Claim(
        id="xu23a/lemma-3-norm",
        title="norms of a Gaussian initialisation concentrate",
        label="p. 37 display (norm)",
        page="37",
        printed=r"P\left(\|w\|\notin[\tfrac12\sigma\sqrt d,2\sigma\sqrt d]\right)\le"
        r"P\left(\left|\|w\|^2-\sigma^2d\right|>\tfrac34\sigma^2d\right)\le\exp\left(-\left(\tfrac34\right)^2d/24\right)",
        given=_dimensions,
        then=All(AtMost(_bad, _deviates), AtMost(_deviates, _bound(24))),
        mutants={
            "24 replaced by 5": Mutant(then=AtMost(_deviates, _bound(5))),
            "other order": Mutant(then=AtMost(_deviates, _bad)),
        },
        note="through the exact law of ‖w‖²/σ², for every dimension up to 2000",
        expected=Verdict.CERTIFIED,
    ),
)
