"""Equation (28), p. 20: norms of the students in phase 1."""

from sympy import Rational, Symbol

from checks.claim import Claim, Mutant
from checks.given import Box, Point
from checks.relation import All, AtMost
from checks.verdict import Verdict

# In units of ‖v‖: s_2 = σC and ηt = uC with σ, u ≤ 1; n as a real number.
_sigma, _u, _C, _n = (Symbol(name, real=True) for name in ("sigma_", "u", "C", "n_"))


def _box(*where: AtMost, largest_start: int = 1) -> Box:
    return Box(variables={_sigma: (0, largest_start), _u: (0, 1), _C: (0, 1), _n: (1, 1000)}, where=where)


_constant = AtMost(9 * _n * _C, 1)
_norm = _sigma * _C + 2 * _u * _C

CLAIMS = (
    Claim(
        id="xu23a/eq-28",
        title="students stay below ‖v‖/(3n) in phase 1",
        label="(28)",
        page="20",
        printed=r"\|w_i(t')\|\le s_2+2\eta\|v\|t'\le s_2+2\eta\|v\|T_1\le3C\|v\|=O(\epsilon_1^2/n)\|v\|\le"
        r"\frac{\|v\|}{3n}",
        given=_box(_constant),
        then=All(AtMost(_norm, 3 * _C), AtMost(3 * _C, 1 / (3 * _n))),
        slack_as=(_C * (1 - _sigma) + 2 * _C * (1 - _u), (1 - 9 * _n * _C) / (3 * _n)),
        mutants={
            "2C": Mutant(then=AtMost(_norm, 2 * _C), witness=Point.of(sigma_=1, u=1, C=Rational(1, 18), n_=2)),
            "larger starts": Mutant(
                given=_box(_constant, largest_start=2),
                then=AtMost(_norm, 3 * _C),
                witness=Point.of(sigma_=2, u=1, C=Rational(1, 18), n_=2),
            ),
            "8nC ≤ 1": Mutant(given=_box(AtMost(8 * _n * _C, 1)), then=AtMost(3 * _C, 1 / (3 * _n))),
        },
        uses=("xu23a/eq-6",),
        note="the first ≤ is (6); O(·) made explicit: s_2 ≤ C‖v‖ and 9nC ≤ 1",
        expected=Verdict.PROVED,
    ),
)
