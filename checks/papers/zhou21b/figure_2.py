"""Figure 2, p. 8: two students on either side of the teacher."""

from sympy import Rational, Symbol, cos, sin

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.relation import All, Equal
from checks.verdict import Verdict

_delta = Symbol("delta", real=True)
_mass = 1 / (2 * cos(_delta))

CLAIMS = (
    Claim(
        id="zhou21b/figure-2",
        title="students at ±δ of length 1/√(2 cos δ): their effective sum is the teacher",
        label="Figure 2",
        page="8",
        printed=r"w_1,\ w_2\text{ at the angles }\pm\delta\text{ to }w^*",
        given=Box(variables={_delta: (0, Rational(3, 2))}),
        then=All(
            Equal(_mass * cos(_delta) + _mass * cos(-_delta), 1),
            Equal(_mass * sin(_delta) + _mass * sin(-_delta), 0),
        ),
        mutants={
            "unit students": Mutant(then=Equal(2 * cos(_delta), 1)),
            "on one side": Mutant(then=Equal(2 * _mass * sin(_delta), 0)),
        },
        uses=("zhou21b/claim-2",),
        note="‖w_i‖ w_i = w̄_i/(2 cos δ), components along the teacher e_1 and across it",
        expected=Verdict.PROVED,
    ),
)
