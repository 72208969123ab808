"""Page 22: the two logarithm inequalities and what they give under (C2)."""

from sympy import Rational, Symbol, log

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict

_x = Symbol("x", real=True)
_y = Symbol("y", real=True)

CLAIMS = (
    Claim(
        id="wang21a/eq-35-logs",
        title="log x ≥ 1 − 1/x, log(1 + x) ≤ x, and log 10 ≥ 9/10",
        label="p. 22",
        page="22",
        printed=r"\log x\ge1-\tfrac1x,\quad\log(1+x)\le x,\quad\log\tfrac{\gamma}{\|w_0^\perp\|}\ge\tfrac9{10}",
        given=Box(variables={_x: (Rational(-99, 100), 100), _y: (10, 1000)}),
        then=All(
            AtMost(log(1 + _x), _x),
            AtLeast(log(1 + _x) * (1 + _x), _x),
            AtLeast(log(_y), 1 - 1 / _y),
            AtLeast(1 - 1 / _y, Rational(9, 10)),
        ),
        contact={_x: (0, 2)},
        mutants={
            "constant": Mutant(then=AtLeast(1 - 1 / _y, Rational(91, 100))),
            "second order": Mutant(then=AtMost(log(1 + _x), _x - 3 * _x**2 / 5)),
        },
        note="the first is written at 1 + x and multiplied by it; y stands for γ/‖w_0^⊥‖ ≥ 10, by (C2)",
        expected=Verdict.CERTIFIED,
    ),
)
