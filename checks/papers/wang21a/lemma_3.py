"""Lemma 3, p. 8, and its proof, p. 23: the aggregate projection is about √K times that of a single neuron."""

from sympy import Rational

from checks.claim import Assumption, Claim, Erratum, Mutant
from checks.given import Companion, Draws
from checks.papers.wang21a._comparison import (
    SINGLE,
    aggregate_square,
    growing_before,
    lead,
    paired_runs,
    single,
    single_parallel,
    smaller_before,
    theta_before,
)
from checks.relation import All, AtLeast, AtMost, Below, Likely
from checks.verdict import Verdict
from theory.heads import dot
from theory.symbols import i, over, t, v, w

_conditions = (smaller_before, growing_before, Below(theta_before, 1))
_exact = All(
    AtLeast(aggregate_square, (1 - theta_before) ** (2 * t) * lead * single_parallel**2),
    AtLeast(aggregate_square, (1 - 2 * t * theta_before) * lead * single_parallel**2),
)

_draws = Draws(model="wang21a", students=3, dimension=10, companions={SINGLE: Companion(students=1)})
_all_squares = over(dot(w[i], v) ** 2, i)
_own_square = single(dot(w[0], v) ** 2)

CLAIMS = (
    Claim(
        id="wang21a/lemma-3",
        title="the aggregate projection exceeds √K times the single one, roughly",
        label="Lemma 3",
        page="8",
        printed=r"\sqrt{\sum_k|w_{\#K,t}^{(k),\parallel}|^2}\gtrsim\sqrt{1-2t\theta}\sqrt K\,|w_{\#1,t}^{(1),\parallel}|",
        assumption=Assumption(
            reason="≳ has no constant, and its hypotheses (10) and (11) are modelling assumptions; with (10) and the second "
            "relation of (11) exact, it is the exact form with Λ = Σ|w_0^∥|²/|w_{#1,0}^∥|² in place of K",
            forms=("wang21a/lemma-3/exact", "wang21a/lemma-3-bernoulli", "wang21a/lemma-3-init"),
        ),
        uses=("wang21a/approx-10", "wang21a/approx-11", "wang21a/lemma-3-bernoulli", "wang21a/lemma-3-init"),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="wang21a/lemma-3/exact",
        title="the aggregate projection with every approximation made exact",
        label="(38)",
        page="23",
        given=paired_runs(*_conditions),
        then=_exact,
        mutants={
            "twice as much": Mutant(then=AtLeast(aggregate_square, 2 * lead * single_parallel**2)),
        },
        note="θ is the one that the run needed so far, Λ = K by the equal starts",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="wang21a/lemma-3-init",
        title="Gaussian starts make Λ at least K",
        label="(38)(d)",
        page="23",
        printed=r"\sum_{k=1}^K\frac{|w_{\#K,0}^{(k),\parallel}|^2}{|w_{\#1,0}^{(1),\parallel}|^2}\gtrsim K"
        r"\quad\text{by the i.i.d. Gaussian initialization}",
        given=_draws,
        then=Likely(event=AtMost(3 * _own_square, _all_squares), at_least=Rational(9, 10)),
        mutants={
            "surely": Mutant(then=Likely(event=AtMost(3 * _own_square, _all_squares), at_least=Rational(99, 100)))
        },
        note="K = 3 and “by the initialisation” read as: with probability at least 9/10",
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="proof step",
            what="Λ/K follows the F law with (K, 1) degrees of freedom: it is below 1 with probability 0.42, 0.39, 0.34, 0.32 for "
            "K = 2, 3, 10, 100, so a third of the time the step fails",
            reader="K = 1: Λ is the ratio of two i.i.d. variables, at least 1 with probability ½",
            mend="wang21a/lemma-3-init/probability",
            charity="≳ may absorb a constant; none is given, and the law has infinite mean and no positive lower bound",
        ),
    ),
    Claim(
        id="wang21a/lemma-3-init/probability",
        title="how often Λ is at least K = 3",
        given=_draws,
        then=Likely(
            event=AtMost(3 * _own_square, _all_squares),
            at_least=Rational(6089, 10000),
            at_most=Rational(6091, 10000),
        ),
        mutants={
            "one half": Mutant(
                then=Likely(event=AtMost(3 * _own_square, _all_squares), at_most=Rational(1, 2)),
            )
        },
        expected=Verdict.CERTIFIED,
    ),
)
