"""Lemma 8, pp. 9 and 21: the descent direction near the optimum."""

from sympy import Rational

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.zhou21b.lemma_c_2 import descent_sum, widest
from checks.relation import AtMost, Bounded
from checks.verdict import Verdict
from theory.heads import norm
from theory.symbols import v
from theory.vocabulary import loss


def _near(power):  # type: ignore[no-untyped-def]
    return Networks(
        model="zhou21b",
        students=(1, 4),
        dimension=(1, 4),
        near_optimum=True,
        where=(
            AtMost(10**power * loss, norm(v) ** 2),
            AtMost(widest**3 * norm(v) ** 2, 8 * loss),
        ),
    )


CLAIMS = (
    Claim(
        id="zhou21b/lemma-8",
        title="the descent sum is at least a multiple of the loss near the optimum",
        label="Lemma 8",
        page="9",
        printed=r"L(W)\le\epsilon_0\ \Rightarrow\ \sum_{i,j}\langle\nabla_{w_j}L,(I+\bar w_j\bar w_j^\top)^{-1}"
        r"(w_j-q_{ij}\mathrm{sgn}(w_j^\top w_i^*)w_i^*)\rangle\ge L(W)",
        given=_near(6),
        then=Bounded(ratio=loss / descent_sum),
        mutants={"without the loss": Mutant(then=Bounded(ratio=norm(v) ** 2 / descent_sum))},
        uses=("zhou21b/lemma-9", "zhou21b/lemma-10", "zhou21b/lemma-C.2"),
        note="one teacher, q_j = ‖w_j‖/Σ‖w_k‖², all angles at most δ_max = 2(L/‖v‖²)^{1/3}, L ≤ 10⁻⁶‖v‖²; the constant "
        "is sup L/sum, which the lemma wants to be at most 1",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="zhou21b/lemma-8/limit",
        title="the descent sum tends to twice the loss",
        label="Lemma 8",
        page="9",
        given=_near(9),
        then=AtMost(Rational(19, 10) * loss, descent_sum),
        mutants={"more than twice": Mutant(then=AtMost(Rational(21, 10) * loss, descent_sum))},
        uses=("zhou21b/lemma-8",),
        note="at least 1.9 L for L ≤ 10⁻⁹‖v‖², under the hypotheses of lemma-8",
        expected=Verdict.SUPPORTED,
    ),
)
