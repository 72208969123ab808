"""Lemma 30, p. 41: the largest angle between the components across the teacher stays away from 0."""

from sympy import Rational, pi

from checks.claim import Claim, Erratum, Mutant
from checks.papers.xu23a._lower_bound import small_flow
from checks.relation import AtMost
from checks.verdict import Verdict
from theory.heads import least
from theory.observables import initial
from theory.vocabulary import kappa_max

_start = initial(kappa_max)
_flow = small_flow(until=1000, apart=True)

CLAIMS = (
    Claim(
        id="xu23a/lemma-30",
        title="κ_max stays above a third of its initial value",
        label="Lemma 30",
        page="41",
        printed=r"\forall t\ge0:\quad\exists i:\ z_i(t)=0\quad\text{or}\quad\kappa_{\max}(t)\ge\tfrac13\kappa_{\max}(0)",
        given=_flow,
        then=AtMost(_start / 3, kappa_max),
        mutants={"nearly all of it": Mutant(then=AtMost(Rational(99, 100) * _start, kappa_max))},
        uses=("xu23a/lemma-17", "xu23a/lemma-29"),
        erratum=Erratum(
            weight="typo",
            what="the proof opens with κ_max(0)/2 and goes on with κ_max(0)/3; “Q⁺(t*) ≥ 1” means |Q⁺(t*)| ≥ 1; "
            "p. 13 refers to it as Theorem 30",
            reader="compare the first line of the proof with the definition of t*",
            mend="κ_max(0)/3 throughout; Lemma 30",
            charity="the argument is right with either constant",
        ),
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/lemma-30-strong",
        title="κ_max stays above min(κ_max(0), π/2)",
        label="new",
        given=_flow,
        then=AtMost(least(_start, pi / 2), kappa_max),
        mutants={"without π/2": Mutant(then=AtMost(_start, kappa_max))},
        uses=("xu23a/lemma-17/corrected",),
        note="by the printed proof, as long as no w_i and no z_i vanishes",
        expected=Verdict.SUPPORTED,
    ),
)
