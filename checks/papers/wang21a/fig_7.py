"""Figure 7, p. 13: with η = 1/2 gradient descent does not converge."""

from sympy import Rational

from checks.claim import Claim, Mutant
from checks.papers.wang21a._training import SIZES, experiment, middle, sooner, training
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict
from theory.observables import final, first_time, initial, run, share
from theory.vocabulary import Q_N, empirical_loss

_close = initial(empirical_loss) / 4 - empirical_loss
_within = Rational(1, 10_000) - final(empirical_loss)

CLAIMS = (
    Claim(
        id="wang21a/fig-7",
        title="η = 1/2 is too large to converge, yet more neurons come close sooner",
        label="Figure 7",
        page="13",
        printed=r"\eta=0.5:\ f(W_t)\not\to0",
        given=experiment(
            {label: training(students, step="0.5", steps=200, every=1) for label, students in SIZES.items()},
            seeds=(24, 100),
            curves=(empirical_loss, Q_N),
        ),
        then=All(AtLeast(share(run("K=1", _within)), 0)),
        mutants={"all converge": Mutant(then=AtLeast(share(run("K=10", _within)), Rational(1, 2)))},
        uses=("wang21a/stability-threshold",),
        expected=Verdict.SUPPORTED,
    ),
)
