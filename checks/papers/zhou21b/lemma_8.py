"""Lemma 8, pp. 9 and 21: the descent direction near the optimum.

q_ij = |β_j| / Σ |β_k|‖w_k‖ over the students of T_i within δ_max, for arbitrary β: every q that the lemma admits.
"""

from sympy import Rational

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.zhou21b._residual import largest_norm, orientation
from checks.papers.zhou21b._setting import separation, smallest_teacher
from checks.relation import AtMost, Below
from checks.verdict import Verdict
from theory.heads import dot, magnitude, norm, smallest
from theory.indicators import Nonnegative
from theory.symbols import a, beta, i, j, m, over, teachers, w
from theory.vocabulary import gradient, loss, near, nearest_angle

_widest = 2 * m * largest_norm(teachers) * smallest_teacher ** Rational(-5, 3) * loss ** Rational(1, 3)
_weight = magnitude(beta[j]) * Nonnegative(_widest - nearest_angle[j])
_total = over(near[j, a] * _weight * norm(w[j]), j)
_target = over(near[i, a] * orientation(i, a) / _total * teachers[a], a)
_step = w[i] - _weight.xreplace({j: i}) * _target
# (I + w̄w̄ᵀ)⁻¹ = I − ½ w̄w̄ᵀ.
descent_sum = over(dot(gradient[i], _step - dot(w[i], _step) / (2 * dot(w[i], w[i])) * w[i]), i)


def _near(threshold):  # type: ignore[no-untyped-def]
    return Networks(
        model="zhou21b",
        students=(1, 5),
        teachers=(1, 2),
        dimension=(1, 4),
        coefficients=("beta",),
        near_optimum=True,
        separation=separation,
        where=(AtMost(threshold * loss, smallest_teacher**2), Below(0, smallest(_total, a)), Below(0, loss)),
    )


CLAIMS = (
    Claim(
        id="zhou21b/lemma-8",
        title="the descent sum is at least the loss for L ≤ 10⁻¹⁰ w_min², at most two teachers",
        label="Lemma 8",
        page="9",
        printed=r"L(W)\le\epsilon_0\ \Rightarrow\ \sum_{i=1}^r\sum_{j\in T_i}\big\langle\nabla_{w_j}L(W),(I+\bar w_j\bar w_j^\top)^{-1}"
        r"(w_j-q_{ij}\mathrm{sgn}(w_j^\top w_i^*)w_i^*)\big\rangle\ge L(W)",
        given=_near(10**10),
        then=AtMost(loss, descent_sum),
        mutants={"three times the loss": Mutant(then=AtMost(3 * loss, descent_sum))},
        uses=("zhou21b/lemma-9", "zhou21b/lemma-10", "zhou21b/lemma-C.2"),
        note="δ_max = 2 r w_max w_min^{−5/3} L^{1/3}, teachers whose lines are 1/2 apart; ε_0 is of the paper's form, its "
        "constant is what was tried here",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-8/limit",
        title="the descent sum tends to twice the loss",
        label="Lemma 8",
        page="9",
        given=_near(10**10),
        then=AtMost(Rational(19, 10) * loss, descent_sum),
        mutants={"more than twice": Mutant(then=AtMost(Rational(21, 10) * loss, descent_sum))},
        uses=("zhou21b/lemma-8",),
        note="at least 1.9 L for L ≤ 10⁻¹⁰ w_min², under the hypotheses of lemma-8",
        expected=Verdict.SUPPORTED,
    ),
)
