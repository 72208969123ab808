"""Figure 8, p. 14: iterations until the second derivative (9) turns positive, against the step size."""

from sympy import Expr, Rational

from checks.claim import Claim, Mutant
from checks.given import Experiment, Run
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict
from theory.observables import first_time, fitted_slope, median, run
from theory.vocabulary import Q

_sizes = (1, 3, 10)
_steps = tuple(Rational(1, parts) for parts in (1000, 500, 200, 100, 50, 20, 10, 5))
# Everything is over before η t = 2.8; the time is resolved to 1 % of that at least.
_horizon, _resolution = Rational(28, 10), Rational(1, 100)


def _label(size: int, step: Rational) -> str:
    return f"K={size}, eta={step}"


def _run(size: int, step: Rational) -> Run:
    steps, stride = int(_horizon / step), max(1, int(_resolution / step))
    return Run(
        students=size,
        step=step,
        steps=steps,
        deviation=Rational(316, 100_000),
        at=tuple(range(0, steps + 1, stride)),
    )


def _time(size: int, step: Rational) -> Expr:
    return median(run(_label(size, step), first_time(Q)))


def _slope(size: int, steps: tuple[Rational, ...]) -> Expr:
    return fitted_slope(*(entry for step in steps for entry in (step, _time(size, step))))


_small = tuple(step for step in _steps if step <= Rational(1, 20))

CLAIMS = (
    Claim(
        id="wang21a/fig-8",
        title="iterations until (9) is positive fall like 1/η, sooner for more neurons",
        label="Fig. 8",
        page="14",
        printed=r"\log\text{–}\log\text{: three parallel lines of slope about }-1",
        given=Experiment(
            model="wang21a",
            runs={_label(size, step): _run(size, step) for size in _sizes for step in _steps},
            dimension=10,
            seeds=(12, 40),
            coarse=2,
            curves=(tuple(_slope(size, _steps) for size in _sizes),),
        ),
        then=All(
            *(AtLeast(_slope(size, _small), Rational(-105, 100)) for size in _sizes),
            *(AtMost(_slope(size, _small), Rational(-93, 100)) for size in _sizes),
            *(AtMost(_time(more, step), _time(fewer, step)) for fewer, more in ((1, 3), (3, 10)) for step in _small),
            *(AtMost(_time(size, Rational(1, 1000)), 2500) for size in _sizes),
            *(AtLeast(_time(size, Rational(1, 1000)), 1200) for size in _sizes),
        ),
        mutants={
            "slope of minus two": Mutant(then=AtMost(_slope(3, _small), Rational(-3, 2))),
            "slope of minus one half": Mutant(then=AtLeast(_slope(3, _small), Rational(-1, 2))),
            "no difference between sizes": Mutant(
                then=AtLeast(_time(10, Rational(1, 1000)), _time(1, Rational(1, 1000)))
            ),
        },
        note="population runs; the slope is fitted up to η = 1/20, beyond which few steps are left",
        expected=Verdict.SUPPORTED,
    ),
)
