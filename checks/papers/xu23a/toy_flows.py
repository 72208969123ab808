"""Appendix A, pp. 18–19: degenerate starts, from which gradient flow converges exponentially fast."""

from __future__ import annotations

from sympy import Integer, Rational, cos, exp, sin, sqrt

from checks.claim import Claim, Mutant
from checks.given import Flow, Networks
from checks.relation import AtMost, Below, Equal, Tends
from checks.verdict import Verdict
from theory.heads import dot, norm, smallest
from theory.observables import initial
from theory.symbols import beta, i, n, nu, t, v, w, xi
from theory.vocabulary import gradient_norm, loss, theta, v_norm

_TIMES = (Rational(1, 200), Rational(1, 100), Rational(1, 20), Rational(1, 2), *range(1, 13))


def _flow(starts: Networks, until: int = 12) -> Flow:
    at = tuple(time for time in _TIMES if time <= until)
    return Flow(model="xu23a", students=starts.students, dimension=starts.dimension, until=until, at=at, starts=starts)


_ray = Networks(
    model="xu23a",
    students=(1, 4),
    dimension=(1, 3),
    coefficients=("beta",),
    students_as=(1 + beta[i] / sqrt(1 + beta[i] ** 2)) / n * v,
    # Not at a minimum up to rounding, where the loss has no digits to lose.
    where=(Below(0, smallest(dot(w[i], v), i)), AtMost(v_norm**2 / 10**6, loss)),
)
# Equal students at angles up to 2π/3, so not opposite to the teacher.
_equal = Networks(
    model="xu23a",
    students=(1, 4),
    dimension=(2, 3),
    coefficients=("beta",),
    vectors=("xi",),
    scalars={nu: (Rational(1, 10), 1)},
    # The first factor is 1; a tree without an index would build a single student.
    students_as=(cos(beta[i]) ** 2 + sin(beta[i]) ** 2) * nu * norm(v) / (n * norm(xi)) * xi,
    where=(Below(0, norm(xi)), AtMost(-dot(v, w[i]), norm(v) * norm(w[i]) / 2)),
)

CLAIMS = (
    Claim(
        id="xu23a/toy-2/linear",
        title="on the teacher's ray the loss falls exactly like e^{−nt}",
        label="Toy Case 2",
        page="19",
        given=_flow(_ray, until=6),
        then=Equal(loss, initial(loss) * exp(-n * t)),
        mutants={"half the rate": Mutant(then=Equal(loss, initial(loss) * exp(-n * t / 2)))},
        uses=("xu23a/toy-2/gradient",),
        note="L = ‖r‖²/4 there, and each student moves by −r/2; up to t = 6, where L has fallen by e^{−6n}; from starts with L ≥ 10⁻⁶‖v‖²",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/toy-3/linear",
        title="for equal students ‖∇L‖²/L, the rate at which log L falls, tends to n: the loss falls exponentially",
        label="Toy Case 3",
        page="19",
        given=_flow(_equal),
        then=Tends(gradient_norm**2 / loss, n),
        mutants={"n/2": Mutant(then=Tends(gradient_norm**2 / loss, n / Integer(2)))},
        uses=("xu23a/toy-3",),
        note="equal students at an angle of at most 2π/3 to the teacher, up to t = 12",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/toy-3/aligned",
        title="equal students turn to the teacher exponentially fast: the angle falls faster than e^{−t/4}",
        label="Toy Case 3",
        page="19",
        given=_flow(_equal),
        then=AtMost(theta[i], 10 * exp(-t / 4)),
        mutants={"e^{−10t}": Mutant(then=AtMost(theta[i], 10 * exp(-10 * t)))},
        expected=Verdict.SUPPORTED,
    ),
)
