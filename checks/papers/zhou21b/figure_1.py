"""Figure 1, p. 2: twenty students in the plane against three teachers, from three kinds of start."""

from collections.abc import Mapping
from typing import Any

from sympy import Expr, Integer, Rational, sqrt

from checks.claim import Assumption, Claim, Mutant
from checks.given import Experiment, Run
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict
from theory.heads import dot, magnitude, norm
from theory.indicators import Nonnegative
from theory.observables import final, initial, median, run
from theory.symbols import a, i, over, teachers, w
from theory.vocabulary import loss, near, nearest_angle, student_mass

_TEACHERS = (("1", "0"), ("3/5", "4/5"), ("3/5", "-4/5"))
# Two students at 3/5 of every teacher, the others at 0, all of them displaced at random.
_CENTRE = tuple(tuple(Rational(3, 5) * Rational(entry) for entry in row) for row in 2 * _TEACHERS)
_STARTS: Mapping[str, Mapping[str, Any]] = {
    "large": {"deviation": "0.3"},
    "small": {"deviation": "0.01"},
    "local": {"deviation": "0.05", "centre": (*_CENTRE, *(14 * ((0, 0),)))},
}


def _experiment(steps: int) -> Experiment:
    at = tuple(range(0, steps + 1, 20))
    runs = {label: Run(students=20, step="0.15", steps=steps, at=at, **kind) for label, kind in _STARTS.items()}
    return Experiment(
        model="zhou21b",
        runs=runs,
        dimension=2,
        teacher_rows=_TEACHERS,
        seeds=(4, 20),
        curves=(loss,),
        logarithmic=(loss,),
    )


def _moved(along: Expr) -> Expr:
    return (final(dot(w[i], along)) - initial(dot(w[i], along))) ** 2


# ‖W(T) − W(0)‖_F/‖W(0)‖_F in the orthogonal directions v_1 and v_2 − v_3 = (0, 8/5).
_across = Rational(5, 8) * (teachers[1] - teachers[2])
_displacement = sqrt(over(_moved(teachers[0]) + _moved(_across), i) / initial(student_mass))
# Share of the mass that ends more than 1/10 away from all lines of teachers, and that ends with another nearest one.
_stray = final(over(norm(w[i]) ** 2 * Nonnegative(nearest_angle[i] - Rational(1, 10)), i) / student_mass)
_changed = over(final(norm(w[i]) ** 2) * magnitude(final(near[i, a]) - initial(near[i, a])), i, a)
_changed_share = _changed / (2 * final(student_mass))


def _middle(label: str, tree: Expr) -> Expr:
    return median(run(label, tree))


CLAIMS = (
    Claim(
        id="zhou21b/figure-1",
        title="trajectories in the NTK regime, in the mean-field regime and near the teachers",
        label="Figure 1",
        page="2",
        printed=r"d=2,\ m=20,\ r=3:\ \text{(a) NTK regime, (b) mean-field regime, (c) local convergence}",
        assumption=Assumption(
            reason="scales of the starts, step size, time and teachers are not given; nor could a network whose output "
            "weights are all positive stay where a large start puts it",
            forms=("zhou21b/figure-1/checkable",),
        ),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="zhou21b/figure-1/checkable",
        title="from a large start students move little, from a small one far, to the lines of the teachers; near the "
        "teachers each goes to its nearest",
        label="Figure 1",
        page="2",
        given=_experiment(300),
        then=All(
            AtMost(_middle("large", _displacement), Rational(1, 2)),
            AtLeast(_middle("small", _displacement), 10),
            AtMost(_middle("small", _stray), Rational(25, 100)),
            AtMost(_middle("local", _stray), Rational(5, 100)),
            AtMost(_middle("local", _changed_share), Rational(2, 100)),
            AtMost(_middle("local", _displacement), Rational(1, 2)),
            *(AtMost(_middle(label, final(loss)), Rational(1, 1000)) for label in _STARTS),
        ),
        mutants={
            "students of a small start move little": Mutant(
                given=_experiment(60), then=AtMost(_middle("small", _displacement), Integer(1))
            ),
            "at once": Mutant(given=_experiment(20)),
        },
        note="medians over starts; large means the mass of the teachers, small a hundredth of their length. A start with "
        "more mass than the teachers has to lose it",
        expected=Verdict.SUPPORTED,
    ),
)
