"""True rates of gradient descent near the optimum, against which the 1/t of Theorem 5 is loose."""

from sympy import Rational, pi

from checks.claim import Claim, Mutant
from checks.given import Descent, Point
from checks.relation import Tends
from checks.verdict import Verdict
from theory.symbols import t
from theory.vocabulary import loss

_step = Rational(1, 5)
_time = _step * t
_pair = Point.of(students=[["0.7", "0.1"], ["0.7", "-0.1"]], teachers=[[1, 0]], note="a pair at ±δ")
_far = Point.of(students=[["0.95", "0"], ["0", "0.3"]], teachers=[[1, 0]], note="a far neuron across the teacher")


def _run(start):  # type: ignore[no-untyped-def]
    return Descent(model="zhou21b", students=2, dimension=2, steps=20_000, step=_step, start=start)


CLAIMS = (
    Claim(
        id="zhou21b/theorem-5-rate-balanced",
        title="on a balanced pair L (ηt)³ tends to π²/12",
        given=_run(_pair),
        then=Tends(loss * _time**3, pi**2 / 12),
        mutants={
            "rate t⁻²": Mutant(then=Tends(loss * _time**2, pi**2 / 12)),
            "half the constant": Mutant(then=Tends(loss * _time**3, pi**2 / 24)),
        },
        note="from ‖∇L‖ = (2/π)^{1/3} 3^{2/3} L^{2/3} along Claim 2",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="zhou21b/theorem-5-rate-far",
        title="with a far neuron across the teacher L (ηt)² tends to 1/(32(1 − 4/π²))",
        given=_run(_far),
        then=Tends(loss * _time**2, 1 / (32 * (1 - 4 / pi**2))),
        mutants={
            "rate t⁻³": Mutant(then=Tends(loss * _time**3, 1 / (32 * (1 - 4 / pi**2)))),
            "half the constant": Mutant(then=Tends(loss * _time**2, 1 / (64 * (1 - 4 / pi**2)))),
        },
        note="from ‖∇L‖ = 2^{7/4} (1 − 4/π²)^{1/4} L^{3/4} along the exact family",
        expected=Verdict.MEASURED,
    ),
)
