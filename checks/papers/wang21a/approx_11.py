"""Approximation (11), p. 8: a single neuron is ahead of each neuron of a network."""

from sympy import Rational

from checks.claim import Assumption, Claim, Mutant
from checks.given import Companion, Descent, Draws, Experiment, Point, Run
from checks.papers.wang21a._comparison import SINGLE, single, single_parallel
from checks.relation import AtLeast, AtMost, Likely
from checks.verdict import Verdict
from theory.heads import dot, largest, magnitude
from theory.observables import at_time, median, run
from theory.symbols import i, v, w
from theory.vocabulary import parallel

_alone = median(run("K=1", at_time(magnitude(parallel[0]), 1000)))
_together = median(run("K=10", at_time(largest(magnitude(parallel[i]), i), 1000)))
_start = Point.of(
    students=[["-0.0892", "0.4012"], ["0.0892", "-0.4012"], ["-0.0892", "-0.4012"]],
    teachers=[[1, 0]],
    eta="0.1",
    note="three neurons of equal magnitude: the third, on its own side, gains on the single one at once",
)
_equal_start = Descent(
    model="wang21a",
    students=3,
    dimension=2,
    steps=6,
    start=_start,
    step="0.1",
    companions={SINGLE: Companion(rows=(w[0],))},
)
_ahead = AtMost(magnitude(parallel[i]), single_parallel)
_draws = Draws(model="wang21a", students=3, dimension=10, companions={SINGLE: Companion(students=1)})
_larger = AtMost(dot(w[i], v) ** 2, single(dot(w[0], v) ** 2))

CLAIMS = (
    Claim(
        id="wang21a/approx-11",
        title="a single neuron is ahead of each neuron of a network",
        label="(11)",
        page="8",
        printed=r"|w_{\#1,t}^{(1),\parallel}|\gtrsim|w_{\#K,t}^{(k),\parallel}|,\quad\|w_{\#1,t}^{(1)}\|\gtrsim\|w_{\#K,t}^{(k)}\|",
        assumption=Assumption(
            reason="≳ has no constant, and “accounts for the fact that the size of initial points may be different”; exact, it "
            "holds at t = 0 with probability 1/(K + 1) only and is not preserved from equal starts",
            forms=("wang21a/approx-11/measured", "wang21a/approx-11/equal-start", "wang21a/approx-11-init"),
        ),
        uses=("wang21a/eq-8", "wang21a/sign-ab"),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="wang21a/approx-11/measured",
        title="up to a factor six a single neuron keeps up with the best of ten",
        given=Experiment(
            model="wang21a",
            runs={
                "K=1": Run(students=1, step="0.001", steps=1000, deviation="0.00316"),
                "K=10": Run(students=10, step="0.001", steps=1000, deviation="0.00316"),
            },
            dimension=10,
            seeds=(40, 200),
            coarse=10,
        ),
        then=AtLeast(6 * _alone, _together),
        mutants={"with constant one": Mutant(then=AtLeast(_alone, _together))},
        note="medians over seeds at t = 1000, population runs; the best of ten Gaussian starts is larger to begin with",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="wang21a/approx-11/equal-start",
        title="from equal magnitudes the single neuron stays ahead",
        given=_equal_start,
        then=_ahead,
        mutants={"by one tenth": Mutant(then=AtMost(magnitude(parallel[i]), Rational(101, 100) * single_parallel))},
        note="as an exact statement about one start",
        expected=Verdict.REFUTED,
    ),
    Claim(
        id="wang21a/approx-11-init",
        title="at a Gaussian start the single neuron is ahead of all K with probability 1/(K + 1)",
        given=_draws,
        then=Likely(event=_larger, at_least=Rational(2499, 10_000), at_most=Rational(2501, 10_000)),
        mutants={"half the time": Mutant(then=Likely(event=_larger, at_least=Rational(1, 2)))},
        note="K = 3",
        expected=Verdict.CERTIFIED,
    ),
)
