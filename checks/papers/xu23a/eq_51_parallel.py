"""The Hessian (51) at parallel students, where the normal n̄ is undefined."""

from sympy import Rational, cos, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.papers.xu23a._setting import angle_variable
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict

_t = angle_variable
# Entries of the off-diagonal block in the plane of the two students; (π − θ)/2π across it.
_first = ((pi - _t) + sin(_t) * cos(_t)) / (2 * pi)
_second = ((pi - _t) - sin(_t) * cos(_t)) / (2 * pi)
_mixed = sin(_t) ** 2 / (2 * pi)
_parallel = (
    AtMost(_first, Rational(1, 2)),
    AtLeast(_second, Rational(1, 2) - _t / pi),
    AtMost(_mixed, _t**2 / (2 * pi)),
)
_antiparallel = (
    AtLeast(_first, 0),
    AtMost(_second, (pi - _t) / pi),
    AtMost(_mixed, (pi - _t) ** 2 / (2 * pi)),
)

CLAIMS = (
    Claim(
        id="xu23a/eq-51/parallel",
        title="the off-diagonal block tends to ½I at parallel and to 0 at antiparallel students",
        given=Box(variables={_t: (0, pi)}),
        then=All(*_parallel, *_antiparallel),
        contact={},
        mutants={
            "a third at θ = 0": Mutant(then=AtLeast(_second, Rational(1, 2) - _t / (4 * pi))),
            "above a half": Mutant(then=AtMost(_first, Rational(49, 100))),
        },
        note="all entries of the block lie between bounds that meet at θ = 0 and at θ = π; ζ carries the "
        "factor sin θ "
        "and vanishes there, so the Hessian is continuous",
        expected=Verdict.CERTIFIED,
    ),
)
