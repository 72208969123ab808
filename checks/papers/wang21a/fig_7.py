"""Figure 7, p. 13: with η = 1/2 gradient descent does not converge."""

from sympy import Expr, Rational

from checks.claim import Claim, Mutant
from checks.papers.wang21a._training import SIZES, ahead, experiment, sooner, training
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict
from theory.heads import least, magnitude
from theory.observables import at_time, final, initial, occurrences, run, share
from theory.vocabulary import Q_N, empirical_loss

_close = initial(empirical_loss) / 4 - empirical_loss
_reached = Rational(1, 10_000) - final(empirical_loss)
_LONG = {size: f"{size}, 400 steps" for size in SIZES}


def _change(steps: int) -> Expr:
    """|f(W_30) − f(W_{30−steps})|."""
    return magnitude(at_time(empirical_loss, 30) - at_time(empirical_loss, 30 - steps))


_moves = _change(1) - Rational(5, 1000)
# A cycle of period two at the printed height, in draws that start like the printed one, at f = 0.515.
_small = Rational(56, 100) - initial(empirical_loss)
_cycle = least(_small, _change(1) / 3 - _change(2), Rational(15, 100) - at_time(empirical_loss, 30))
_small_share = share(run("K=1", _small))

CLAIMS = (
    Claim(
        id="wang21a/fig-7",
        title="η = 1/2 is too large to converge, yet more neurons come close sooner",
        label="Figure 7",
        page="13",
        printed=r"\eta=0.5:\ f(W_t)\not\to0,\ \text{fewer iterations to get close for a larger model}",
        given=experiment(
            {
                **{label: training(students, steps=30, every=1, step="0.5") for label, students in SIZES.items()},
                **{_LONG[size]: training(number, steps=400, every=400, step="0.5") for size, number in SIZES.items()},
            },
            seeds=(32, 40),
            curves=tuple(tuple(run(label, curve) for label in SIZES) for curve in (empirical_loss, Q_N)),
        ),
        then=All(
            *(AtMost(share(run(label, _reached)), Rational(2, 10)) for label in _LONG.values()),
            *(AtLeast(share(run(label, _moves)), Rational(1, 2)) for label in SIZES),
            *(AtLeast(share(run(label, occurrences(_close) - 1)), Rational(1, 2)) for label in SIZES),
            *(AtLeast(share(run(label, occurrences(Q_N) - 1)), Rational(9, 10)) for label in SIZES),
            *(ahead(more, fewer, _close) for more, fewer in (("K=10", "K=1"), ("K=3", "K=1"), ("K=10", "K=3"))),
        ),
        mutants={
            "most draws converge": Mutant(then=AtLeast(share(run(_LONG["K=10"], _reached)), Rational(1, 2))),
            "one neuron comes close first": Mutant(then=AtLeast(sooner("K=1", "K=10", _close), Rational(1, 2))),
        },
        uses=("wang21a/stability-threshold",),
        note="training runs; about two draws in a hundred have a sample of so little curvature that η = "
        "1/2 converges, and "
        "about a quarter diverge",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="wang21a/fig-7/like-printed",
        title="draws that start like the printed one end in a cycle of period two at the printed height",
        given=experiment({"K=1": training(1, steps=30, at=(0, 28, 29, 30), step="0.5")}, seeds=(300, 1000)),
        then=All(
            AtLeast(_small_share, Rational(3, 100)),
            AtLeast(share(run("K=1", _cycle)), Rational(3, 10) * _small_share),
        ),
        mutants={"seldom": Mutant(then=AtMost(share(run("K=1", _cycle)), Rational(1, 10) * _small_share))},
        note="f(0) ≤ 0.56 for a printed 0.515; |f(W_30) − f(W_28)| at most a third of |f(W_30) − f(W_29)|, "
        "and f(W_30) ≤ 0.15; "
        "K = 1",
        expected=Verdict.SUPPORTED,
    ),
)
