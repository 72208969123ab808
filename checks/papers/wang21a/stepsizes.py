"""Section 4.4, p. 12: which steps converge, and which is best."""

from collections.abc import Iterable
from typing import Any

from sympy import Expr, Rational

from checks.claim import Assumption, Claim, Mutant
from checks.given import Run
from checks.papers.wang21a._training import SIZES, experiment, sooner, training
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict
from theory.heads import least
from theory.observables import final, initial, run, share
from theory.vocabulary import empirical_loss, loss


def _label(size: str, step: str) -> str:
    return f"{size}, η={step}"


def _runs(
    etas: Iterable[str], sizes: Iterable[str] = tuple(SIZES), *, steps: int = 400, **options: Any
) -> dict[str, Run]:
    """Runs of every size with every step size, recorded at both ends unless told otherwise."""
    options = {"at": (0, steps), **options}
    return {
        _label(size, step): training(SIZES[size], step=step, steps=steps, **options) for step in etas for size in sizes
    }


def _converged(tree: Expr) -> Expr:
    return Rational(1, 10_000) - final(tree)


def _share(size: str, step: str, tree: Expr) -> Expr:
    return share(run(_label(size, step), _converged(tree)))


_fallen = initial(empirical_loss) / 50 - empirical_loss
# The printed curves start at f = 0.515: draws that are as small, or not much larger.
_small = Rational(56, 100) - initial(empirical_loss)
_small_share = share(run("K=1, η=0.3", _small))
_too_large = ("0.34", "0.4", "0.5", "1")
_compared = ("K=1", "K=10")

CLAIMS = (
    Claim(
        id="wang21a/stepsizes",
        title="η ≥ 0.3 does not converge, and 0.2 is about the best step",
        label="Section 4.4",
        page="12",
        printed=r"\eta\in\{1,\,0.5,\,0.4,\,0.3\}\text{ diverge or do not converge to zero testing error}"
        r"\text{ for }K=1,3,10,"
        r"\quad\eta=0.2\text{ is basically the best}",
        assumption=Assumption(
            reason="a report on one sample of 200 inputs that is not published: which steps converge "
            "depends on the largest "
            "curvature of that sample at its minima; 0.3 converges on the population and on draws that "
            "start like the printed one",
            forms=(
                "wang21a/stepsizes/population",
                "wang21a/stepsizes/samples",
                "wang21a/stepsizes/like-printed",
            ),
        ),
        uses=("wang21a/fig-6", "wang21a/fig-7"),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="wang21a/stepsizes/population",
        title="on the population 0.3 and 0.33 converge, and 0.34, 0.4, 0.5 and 1 do not",
        given=experiment(_runs(("0.3", "0.33", *_too_large), samples=0), seeds=(16, 40)),
        then=All(
            *(AtLeast(_share(size, step, loss), 1) for size in SIZES for step in ("0.3", "0.33")),
            *(AtMost(_share(size, step, loss), Rational(1, 10)) for size in SIZES for step in _too_large),
        ),
        mutants={
            "0.34 converges too": Mutant(then=AtLeast(_share("K=3", "0.34", loss), Rational(1, 2))),
            "0.3 does not": Mutant(then=AtMost(_share("K=3", "0.3", loss), Rational(1, 2))),
        },
        note="loss below 10⁻⁴ after 400 steps; the threshold 1/(3‖w_*‖²) is wang21a/stability-threshold",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="wang21a/stepsizes/samples",
        title="on samples 0.2 converges nearly always, 0.3 in about half of the draws, 0.5 rarely",
        given=experiment(
            _runs(("0.1", "0.2", "0.3", "0.5"), _compared, at=(*range(71), 200), steps=200),
            seeds=(24, 40),
        ),
        then=All(
            *(AtLeast(_share(size, "0.2", empirical_loss), Rational(8, 10)) for size in _compared),
            *(AtLeast(_share(size, "0.3", empirical_loss), Rational(2, 10)) for size in _compared),
            *(AtMost(_share(size, "0.3", empirical_loss), Rational(9, 10)) for size in _compared),
            *(AtMost(_share(size, "0.5", empirical_loss), Rational(2, 10)) for size in _compared),
            *(
                AtLeast(sooner(_label(size, "0.2"), _label(size, "0.1"), _fallen), Rational(7, 10))
                for size in _compared
            ),
            AtLeast(sooner(_label("K=10", "0.2"), _label("K=1", "0.2"), _fallen), Rational(6, 10)),
        ),
        mutants={
            "0.3 never": Mutant(then=AtMost(_share("K=1", "0.3", empirical_loss), Rational(1, 10))),
            "0.1 is faster": Mutant(
                then=AtLeast(sooner(_label("K=10", "0.1"), _label("K=10", "0.2"), _fallen), Rational(1, 2))
            ),
        },
        note="loss below 10⁻⁴ after 200 steps of training; and 0.2 is faster than 0.1 to a fiftieth of f(0)",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="wang21a/stepsizes/like-printed",
        title="on draws with a small f(0), like the printed one, 0.3 converges and 0.5 mostly does not",
        given=experiment(_runs(("0.3", "0.5"), ("K=1",)), seeds=(300, 1000)),
        then=All(
            AtLeast(_small_share, Rational(3, 100)),
            AtLeast(
                share(run("K=1, η=0.3", least(_converged(empirical_loss), _small))),
                Rational(9, 10) * _small_share,
            ),
            AtMost(share(run("K=1, η=0.5", least(_converged(empirical_loss), _small))), _small_share / 2),
        ),
        mutants={
            "0.3 does not": Mutant(
                then=AtMost(
                    share(run("K=1, η=0.3", least(_converged(empirical_loss), _small))),
                    Rational(1, 2) * _small_share,
                )
            )
        },
        note="f(0) ≤ 0.56 for a printed 0.515, K = 1; loss below 10⁻⁴ after 400 steps",
        expected=Verdict.SUPPORTED,
    ),
)
