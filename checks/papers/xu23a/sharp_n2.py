"""The exact late-time law of two ReLU students: the loss falls like t⁻³ with a constant that the limit shares
determine.
"""

from sympy import Rational, pi

from checks.claim import Claim, Mutant
from checks.given import Flow, Point
from checks.relation import Tends
from checks.verdict import Verdict
from theory.heads import norm
from theory.observables import final
from theory.symbols import t
from theory.vocabulary import Z, h, loss, v_norm, z

# Four digits and more, with every flow integrated three times.
_measured = {"tolerance": "1e-5", "loss_error": "1e-6", "flows": 3}
_flow = Flow(model="xu23a", students=2, dimension=(2, 4), until=10**9)
# The share of the first student in the limit.
_share = final(h[0]) / v_norm
_spread = _share * (1 - _share)
_law = 8 * pi**2 / 3 * _spread**2 * v_norm**2
_mirrored = Flow(
    model="xu23a",
    students=2,
    dimension=2,
    until=10**9,
    start=Point.of(
        students=[["0.3", "0.4"], ["0.3", "-0.4"]], teachers=[[1, 0]], note="w_2 is the mirror image of w_1"
    ),
)

CLAIMS = (
    Claim(
        id="xu23a/sharp-n2",
        title="late-time law of two students",
        label="new",
        printed="",
        given=_flow,
        then=Tends(loss * t**3, _law),
        mutants={
            "constant": Mutant(then=Tends(loss * t**3, Rational(10001, 10000) * _law)),
            "power": Mutant(then=Tends(loss * t**2, _law)),
            "share not squared": Mutant(then=Tends(loss * t**3, 8 * pi**2 / 3 * _spread * v_norm**2)),
        },
        note="the derivation is heuristic; the constant is confirmed along flows",
        options=_measured,
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/sharp-n2/potential",
        title="late-time law of the pairwise-distance potential of two students",
        label="new",
        given=_flow,
        then=Tends(Z * t, 4 * pi * _spread * v_norm),
        mutants={"constant": Mutant(then=Tends(Z * t, Rational(10001, 10000) * 4 * pi * _spread * v_norm))},
        options=_measured,
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/sharp-n2/loss-of-z",
        title="the loss of two students in terms of their components across the teacher",
        label="new",
        given=_flow,
        then=Tends(loss * v_norm / norm(z[0]) ** 3, 1 / (3 * pi * _spread)),
        mutants={
            "constant": Mutant(then=Tends(loss * v_norm / norm(z[0]) ** 3, Rational(10001, 10000) / (3 * pi * _spread)))
        },
        options=_measured,
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/sharp-n2/symmetric",
        title="late-time law of two mirrored students",
        label="new",
        given=_mirrored,
        then=Tends(loss * t**3, pi**2 / 6 * v_norm**2),
        mutants={"constant": Mutant(then=Tends(loss * t**3, Rational(10001, 10000) * pi**2 / 6 * v_norm**2))},
        options=_measured,
        expected=Verdict.MEASURED,
    ),
)
