"""Pages 3 and 8: more neurons reach the benign region sooner, and by how much."""

from sympy import Expr, Rational, digamma

from checks.claim import Claim, Mutant
from checks.given import Companion, Draws, Experiment, Run
from checks.papers.wang21a._comparison import SINGLE, single
from checks.relation import All, AtLeast, AtMost, Likely
from checks.verdict import Verdict
from theory.heads import dot
from theory.observables import first_time, mean, median, run
from theory.symbols import i, over, v, w
from theory.vocabulary import Q, alignment

_sizes = {"K=1": 1, "K=3": 3, "K=10": 10}


def _runs(steps: int, coarse: int, seeds: tuple[int, int]) -> Experiment:
    return Experiment(
        model="wang21a",
        runs={label: Run(students=K, step="0.001", steps=steps, deviation="0.00316") for label, K in _sizes.items()},
        dimension=10,
        seeds=seeds,
        coarse=coarse,
    )


def _crossing(label: str) -> Expr:
    """Median step at which the curvature towards the nearest minimum turns positive."""
    return median(run(label, first_time(Q)))


def _growth(label: str) -> Expr:
    """Mean step at which the aggregate projection reaches a tenth of the teacher."""
    return mean(run(label, first_time(alignment - Rational(1, 20))))


_lead = _growth("K=1") - _growth("K=3")
_law = (digamma(Rational(3, 2)) - digamma(Rational(1, 2))) * 1000 / 6

CLAIMS = (
    Claim(
        id="wang21a/early-speedup",
        title="more neurons enter the benign region sooner",
        label="p. 3",
        page="3",
        printed=r"\text{the time to }Q>0\text{ decreases with }K",
        given=_runs(4000, 20, (40, 100)),
        then=All(
            AtMost(_crossing("K=3"), _crossing("K=1")),
            AtMost(_crossing("K=10"), _crossing("K=3")),
        ),
        mutants={"reversed": Mutant(then=AtMost(_crossing("K=1"), _crossing("K=10")))},
        note="medians over seeds of population runs; for single seeds the order may be the other way",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="wang21a/early-speedup/average",
        title="three neurons start ahead of one with probability 0.818",
        given=Draws(model="wang21a", students=3, dimension=10, companions={SINGLE: Companion(students=1)}),
        then=Likely(
            event=AtMost(single(dot(w[0], v) ** 2), over(dot(w[i], v) ** 2, i)),
            at_least=Rational(818, 1000),
            at_most=Rational(819, 1000),
        ),
        mutants={
            "surely": Mutant(
                then=Likely(
                    event=AtMost(single(dot(w[0], v) ** 2), over(dot(w[i], v) ** 2, i)), at_least=Rational(99, 100)
                )
            )
        },
        note="while the dynamics are linear every parallel component grows by the same factor",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/early-lead-law",
        title="the mean lead of three neurons over one is [ψ(3/2) − ψ(1/2)]/(6η) iterations",
        label="p. 8",
        page="8",
        given=_runs(6000, 20, (400, 2000)),
        then=All(AtLeast(_lead, _law - 120), AtMost(_lead, _law + 120)),
        mutants={"twice the lead": Mutant(then=AtLeast(_lead, 2 * _law))},
        note="1000/3 iterations at η = 10⁻³ and ‖w_*‖ = 1; the statistical error of the quick budget is about 25",
        expected=Verdict.SUPPORTED,
    ),
)
