"""Theorem 5, p. 9, and its proof, pp. 11–12: the lead of K neurons over one, in distance."""

from sympy import sqrt

from checks.claim import Assumption, Claim, Mutant
from checks.papers.wang21a._comparison import (
    aggregate_square,
    c1,
    c2,
    growing_before,
    inside_before,
    paired_runs,
    psi,
    root,
    single,
    smaller_before,
    smaller_now,
    theta_before,
)
from checks.papers.wang21a._setting import s, weight_square
from checks.relation import AtLeast, AtMost, Below
from checks.verdict import Verdict
from theory.symbols import n, t
from theory.vocabulary import dist_square

_conditions = (
    smaller_before,
    growing_before,
    *inside_before,
    *smaller_now,
    Below(0, psi),
    AtMost(2 * t * theta_before, 1),
)
_runs = paired_runs(*_conditions)
_aggregate = AtLeast(sqrt(aggregate_square), root * c1 * s**2)
_mass = AtMost(weight_square, n * s**2 * (c1**2 + c2**2))
_bound = s**2 * (2 * c1 * (root - 1) - n * (c1**2 + c2**2) + c1**2)
_difference = single(dist_square) - dist_square
_lead = AtLeast(_difference, _bound)
_reason = "≳ has no constant, and the hypotheses (10) and (11) are modelling assumptions; the exact form replaces them by exact ones"


def _assumed(name: str, title: str, label: str, page: str, printed: str, uses: tuple[str, ...]) -> Claim:
    return Claim(
        id=f"wang21a/{name}",
        title=title,
        label=label,
        page=page,
        printed=printed,
        assumption=Assumption(reason=_reason, forms=(f"wang21a/{name}/exact",)),
        uses=uses,
        expected=Verdict.ASSUMED,
    )


CLAIMS = (
    _assumed(
        "eq-16",
        "the aggregate projection at time t",
        "(16)",
        "11",
        r"\sqrt{\sum_k|w_{\#K,t}^{(k),\parallel}|^2}\gtrsim\sqrt{1-2t\theta}\sqrt K\,c_{1,t}\|w_*\|^2",
        ("wang21a/lemma-3",),
    ),
    Claim(
        id="wang21a/eq-16/exact",
        title="the aggregate projection at time t, exactly",
        given=_runs,
        then=_aggregate,
        mutants={"twice": Mutant(then=AtLeast(sqrt(aggregate_square), 2 * root * c1 * s**2))},
        expected=Verdict.SUPPORTED,
    ),
    _assumed(
        "eq-17",
        "the total mass at time t",
        "(17)",
        "12",
        r"\|W_t^{\#K}\|_F^2\lesssim K\|w_*\|^2(c_{2,t}^2+c_{1,t}^2)",
        ("wang21a/lemma-4", "wang21a/approx-11"),
    ),
    Claim(
        id="wang21a/eq-17/exact",
        title="the total mass at time t, exactly",
        given=_runs,
        then=_mass,
        mutants={"half": Mutant(then=AtMost(2 * weight_square, n * s**2 * (c1**2 + c2**2)))},
        expected=Verdict.SUPPORTED,
    ),
    _assumed(
        "eq-18",
        "the difference of the distances",
        "(18)",
        "12",
        r"\mathrm{dist}^2(W_t^{\#1})-\mathrm{dist}^2(W_t^{\#K})\gtrsim\|w_*\|^2(2c_1(\sqrt{1-2t\theta}\sqrt K-1)"
        r"-K(c_1^2+c_2^2)+c_1^2)",
        ("wang21a/eq-15", "wang21a/eq-16", "wang21a/eq-17"),
    ),
    Claim(
        id="wang21a/eq-18/exact",
        title="the difference of the distances, exactly",
        given=_runs,
        then=_lead,
        mutants={"without the mass term": Mutant(then=AtLeast(_difference, s**2 * (2 * c1 * (root - 1) + c1**2)))},
        expected=Verdict.SUPPORTED,
    ),
    _assumed(
        "theorem-5",
        "K neurons are ahead of one at time t",
        "Theorem 5",
        "9",
        r"\mathrm{dist}^2(W_t^{\#1},w_*)-\mathrm{dist}^2(W_t^{\#K},w_*)\gtrsim\|w_*\|^2(2c_{1,t}(\sqrt{1-2t\theta}\sqrt K-1)"
        r"-K(c_{1,t}^2+c_{2,t}^2)+c_{1,t}^2)",
        ("wang21a/eq-18",),
    ),
    Claim(
        id="wang21a/theorem-5/exact",
        title="the lead in distance with every approximation made exact",
        given=paired_runs(*_conditions, steps=160),
        then=_lead,
        mutants={"twice the gain": Mutant(then=AtLeast(_difference, _bound + s**2 * c1 * root))},
        note="informative only while tθ is much smaller than 1; beyond, the bound is negative",
        expected=Verdict.SUPPORTED,
    ),
)
