"""Lemma 12, pp. 12 and 32: R_2 is small when the loss is small."""

from sympy import Rational, cos, log, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks
from checks.papers.zhou21b._residual import largest_norm
from checks.papers.zhou21b._setting import separation, smallest_teacher
from checks.relation import AtMost, Bounded
from checks.verdict import Verdict
from theory.heads import norm
from theory.symbols import V, beta, i, m, over, teachers
from theory.vocabulary import R2_square, loss

_small = AtMost(1000 * loss, smallest_teacher**2)
_near = Networks(
    model="zhou21b",
    students=(1, 6),
    teachers=(1, 3),
    dimension=(1, 4),
    near_optimum=True,
    separation=separation,
    where=(_small,),
)
_wide = sqrt(largest_norm(teachers))
# l of the corrected Lemma C.6, with the separation 1/2 and in units of the smallest teacher.
_relative = loss / smallest_teacher**2
_degree = 2 * (1 + log(1 / _relative) / log(1 / cos(separation / 2)))
_printed = m ** Rational(5, 2) * _wide * loss ** Rational(3, 4)
_chain = m ** Rational(9, 4) * _wide * _degree ** Rational(15, 8) * loss ** Rational(3, 4)
_holder = Networks(model="zhou21b", students=(1, 6), dimension=1, coefficients=("beta",), directions=("V",))
_mass, _angle = beta[i] ** 2, norm(V[i])

CLAIMS = (
    Claim(
        id="zhou21b/lemma-12",
        title="‖R_2‖² is at most of the order r^{5/2} w_max^{1/2} L^{3/4}",
        label="Lemma 12",
        page="12",
        printed=r"L(W)=\epsilon\le\epsilon_0\ \Rightarrow\ \|R_2\|^2=O(r^{5/2}w_{\max}^{1/2}\epsilon^{3/4})",
        given=_near,
        then=Bounded(ratio=R2_square / _printed),
        mutants={
            "the constant 1/2": Mutant(then=AtMost(R2_square, _printed / 2)),
            "square of the loss": Mutant(then=Bounded(ratio=R2_square / loss**2)),
        },
        uses=("zhou21b/lemma-12-holder", "zhou21b/lemma-C.5", "zhou21b/lemma-C.6", "zhou21b/lemma-C.10"),
        note="for separation 1/2 and L ≤ w_min²/1000",
        erratum=Erratum(
            weight="proof step",
            what="the derivation uses Lemma C.6 with an absolute constant, which is false",
            reader="zhou21b/lemma-C.6 has the counterexample",
            mend="zhou21b/lemma-12/corrected",
            charity="the bound itself holds in all that was tried, and even with the first power of L",
        ),
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="zhou21b/lemma-12/corrected",
        title="‖R_2‖² is at most of the order r^{9/4} w_max^{1/2} l^{15/8} L^{3/4}, l ~ log(1/L)",
        label="Lemma 12, mended",
        page="32",
        given=_near,
        then=Bounded(ratio=R2_square / _chain),
        mutants={"the constant 10⁻⁶": Mutant(then=AtMost(R2_square, _chain / 10**6))},
        uses=("zhou21b/lemma-12-holder", "zhou21b/lemma-C.5", "zhou21b/lemma-C.6/corrected", "zhou21b/lemma-C.10"),
        note="for separation 1/2 and L ≤ w_min²/1000: what the printed chain gives with the corrected Lemma C.6; "
        "the power of the logarithm is not seen to be needed",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="zhou21b/lemma-12/exponent",
        title="‖R_2‖² is at most of the order of the loss",
        label="Lemma 12",
        page="12",
        given=_near,
        then=Bounded(ratio=R2_square / loss),
        mutants={"square of the loss": Mutant(then=Bounded(ratio=R2_square / loss**2))},
        note="the exponent 3/4 is not tight; for separation 1/2",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="zhou21b/lemma-12-holder",
        title="Σ a_j δ_j^{3/2} ≤ (Σ a_j)^{1/4} (Σ a_j δ_j²)^{3/4}",
        label="p. 32",
        page="32",
        printed=r"\sum_ja_j\delta_j^{3/2}\le\Big(\sum_ja_j\Big)^{1/4}\Big(\sum_ja_j\delta_j^2\Big)^{3/4}",
        given=_holder,
        then=AtMost(
            over(_mass * _angle ** Rational(3, 2), i),
            over(_mass, i) ** Rational(1, 4) * over(_mass * _angle**2, i) ** Rational(3, 4),
        ),
        mutants={
            "half": Mutant(
                then=AtMost(
                    over(_mass * _angle ** Rational(3, 2), i),
                    over(_mass, i) ** Rational(1, 4) * over(_mass * _angle**2, i) ** Rational(3, 4) / 2,
                )
            )
        },
        note="for arbitrary a_j = β_j² and δ_j = |V_j| ≥ 0",
        expected=Verdict.SUPPORTED,
    ),
)
