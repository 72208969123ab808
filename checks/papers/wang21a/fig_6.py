"""Figure 6, p. 13: quantity (9) for larger steps."""

from sympy import Expr, Rational

from checks.claim import Claim, Mutant
from checks.papers.wang21a._training import SIZES, ahead, experiment, middle, sooner, training
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict
from theory.observables import final, first_time, peak, run
from theory.vocabulary import Q_N

# η with the recorded steps of its panel, which are dense while anything happens.
_PANELS = {
    "0.2": (*range(31), 40, 50),
    "0.05": (*range(0, 101, 4), 120, 160, 200),
    "0.01": (*range(0, 401, 10), 450, 500),
}


def _label(size: str, step: str) -> str:
    return f"{size}, η={step}"


def _time(step: str, size: str = "K=10") -> Expr:
    return middle(_label(size, step), first_time(Q_N))


def _order(step: str) -> tuple[AtMost, ...]:
    one, three, ten = (_label(size, step) for size in SIZES)
    return (
        AtLeast(sooner(ten, one, Q_N), Rational(6, 10)),
        ahead(three, one, Q_N),
        ahead(ten, three, Q_N),
    )


CLAIMS = (
    Claim(
        id="wang21a/fig-6",
        title="larger steps and more neurons reach the benign region sooner, each by its own factor",
        label="Figure 6",
        page="13",
        printed=r"\text{(9) over }t\text{ for }\eta=0.2,\ 0.05,\ 0.01",
        given=experiment(
            {
                _label(size, step): training(students, step=step, steps=recorded[-1], at=recorded)
                for step, recorded in _PANELS.items()
                for size, students in SIZES.items()
            },
            seeds=(24, 40),
            curves=tuple(tuple(run(_label(size, step), Q_N) for size in SIZES) for step in _PANELS),
        ),
        then=All(
            *(feature for step in _PANELS for feature in _order(step)),
            AtLeast(_time("0.05") / _time("0.2"), Rational(25, 10)),
            AtMost(_time("0.05") / _time("0.2"), Rational(45, 10)),
            AtLeast(_time("0.01") / _time("0.05"), Rational(35, 10)),
            AtMost(_time("0.01") / _time("0.05"), Rational(65, 10)),
            *(AtMost(middle(_label(size, step), final(Q_N)), Rational(2, 100)) for step in _PANELS for size in SIZES),
            *(AtLeast(middle(_label(size, step), peak(Q_N)), Rational(2, 100)) for step in _PANELS for size in SIZES),
        ),
        mutants={
            "a larger step does not help": Mutant(then=AtMost(_time("0.01"), 2 * _time("0.05"))),
            "fewer neurons are faster": Mutant(
                then=AtLeast(sooner(_label("K=1", "0.05"), _label("K=10", "0.05"), Q_N), Rational(1, 2))
            ),
        },
        uses=("wang21a/early-speedup",),
        note="training runs; times to Q_N > 0 scale like 1/η, and depend on the draw",
        expected=Verdict.SUPPORTED,
    ),
)
