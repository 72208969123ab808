"""Theorem 1, p. 2: the informal statement, that all students end up matching a teacher."""

from sympy import Rational, pi

from checks.claim import Assumption, Claim, Erratum, Mutant
from checks.given import Descent, Networks, Point
from checks.relation import All, AtMost, Equal, Tends
from checks.verdict import Verdict
from theory.heads import dot, largest, line_angle, norm
from theory.observables import final, initial
from theory.symbols import i, t, v, w
from theory.vocabulary import gradient, nearest_angle


def _run(steps: int) -> Descent:
    """Two students around one teacher, a third beside the other."""
    start = Point.of(students=[["0.7", "0.2"], ["0.7", "-0.1"], ["0.1", "1"]], teachers=[[1, 0], [0, 1]])
    return Descent(model="zhou21b", students=3, teachers=2, dimension=2, steps=steps, step=Rational(1, 5), start=start)


_mismatch = largest(norm(w[i]) ** 2 * nearest_angle[i] ** 2, i)

_across = Networks(
    model="zhou21b",
    students=2,
    dimension=(2, 4),
    where=(Equal(dot(w[0], w[1]), 0), Equal(dot(w[1], v), 0)),
)
_step = Rational(1, 5)
_far = Descent(
    model="zhou21b",
    students=2,
    dimension=2,
    steps=20_000,
    step=_step,
    start=Point.of(students=[["0.95", "0"], ["0", "0.3"]], teachers=[[1, 0]], note="a far neuron across the teacher"),
)

CLAIMS = (
    Claim(
        id="zhou21b/theorem-1",
        title="from a small loss descent reaches an optimum where all students match a teacher in direction",
        label="Theorem 1",
        page="2",
        printed=r"L\le\tau=\mathrm{poly}(\Delta/r)\ \Rightarrow\ \text{gradient descent converges to a global optimum where all "
        r"student neurons match (in direction) one of the teacher neurons}",
        assumption=Assumption(
            reason="informal: Theorem 5 with a limit point in which students may have vanished, which have no direction; "
            "checked is that ‖w_j‖² δ_j² falls to 0, and that a direction itself need not converge to a teacher",
            forms=("zhou21b/theorem-1/checkable", "zhou21b/theorem-1/family", "zhou21b/theorem-5"),
        ),
        uses=("zhou21b/theorem-5",),
        erratum=Erratum(
            weight="wording",
            what="a student may vanish instead of matching a teacher",
            reader="w* = e_1, W⁰ = (a e_1, b e_2): by symmetry w_2 stays on the axis e_2 for ever, while it shrinks to 0",
            mend="all student neurons that do not vanish match one of the teacher neurons",
            charity="the sentence is about the limit, where a vanished student has no direction",
        ),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="zhou21b/theorem-1/checkable",
        title="max_j ‖w_j‖² δ_j² falls to a fifth in 40 steps from a start with three students and two teachers",
        label="Theorem 1",
        page="2",
        given=_run(40),
        then=AtMost(5 * final(_mismatch), initial(_mismatch)),
        mutants={
            "in ten steps": Mutant(given=_run(10)),
            "to a tenth": Mutant(then=AtMost(10 * final(_mismatch), initial(_mismatch))),
        },
        uses=("zhou21b/theorem-5", "zhou21b/lemma-C.6"),
        note="η = 1/5; δ_j is the angle to the nearest teacher",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/theorem-1/family",
        title="a student across the teacher and the other student is moved along itself alone, so that it stays there",
        label="Theorem 1",
        page="2",
        given=_across,
        then=All(
            Equal(dot(gradient[1], v), 0),
            Equal(dot(gradient[1], w[0]), 0),
            Equal(dot(w[1], w[1]) * gradient[1], dot(gradient[1], w[1]) * w[1]),
        ),
        mutants={
            "it does not move": Mutant(then=Equal(dot(gradient[1], w[1]), 0)),
            "every network": Mutant(given=Networks(model="zhou21b", students=2, dimension=(2, 4))),
        },
        note="the printed conclusion fails for its direction, not for the limit of the network",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/theorem-1/family-rate",
        title="and vanishes: ‖w_2‖² ηt tends to 1/(4(1 − 4/π²)), at the angle π/2",
        label="Theorem 1",
        page="2",
        given=_far,
        then=Tends(norm(w[1]) ** 2 * line_angle(w[1], v) * _step * t, pi / 2 / (4 * (1 - 4 / pi**2))),
        mutants={
            "half the constant": Mutant(
                then=Tends(norm(w[1]) ** 2 * line_angle(w[1], v) * _step * t, pi / 4 / (4 * (1 - 4 / pi**2)))
            )
        },
        uses=("zhou21b/theorem-5-rate-far",),
        expected=Verdict.MEASURED,
    ),
)
