"""Inequalities proved by the form of their slack, and forms that must not prove anything."""

from __future__ import annotations

import pytest
from sympy import Expr, Symbol, sqrt

from checks.claim import Claim
from checks.given import Box, Networks
from checks.method import BUDGETS, Context
from checks.methods.manifest import METHOD
from checks.relation import AtMost, Below
from checks.verdict import Verdict
from theory.heads import dot, norm
from theory.symbols import V, beta, i, j, over, v, w

x, y = Symbol("x", real=True), Symbol("y", real=True)
_context = Context(budget=BUDGETS["quick"])
_plane = Box(variables={x: (-5, 5), y: (-5, 5)})
_networks = Networks(model="wang21a", students=(1, 3), directions=("V",), coefficients=("beta",))


def _verdict(given: Networks | Box, then: AtMost | Below, slack: Expr) -> Verdict:
    return METHOD.run(Claim(id="test/claim", given=given, then=then, slack_as=(slack,)), _context).verdict


@pytest.mark.parametrize(
    ("given", "then", "slack"),
    (
        (_plane, AtMost(2 * x * y, x**2 + y**2), (x - y) ** 2),
        (_plane, Below(2 * x * y, x**2 + y**2 + 1), (x - y) ** 2 + 1),
        (
            Box(variables={x: (0, 5), y: (0, 5)}, where=(AtMost(x, y),)),
            AtMost(x * (x + 1), y * (y + 1)),
            (y - x) * (x + y + 1),
        ),
        (
            _networks,
            AtMost(dot(w[i], v) ** 2, dot(w[i], w[i]) * dot(v, v)),
            dot(w[i], w[i]) * dot(v, v) - dot(w[i], v) ** 2,
        ),
        # A hypothesis over an index that the conclusion has not is about all rows.
        (
            Networks(model="wang21a", students=(1, 3), coefficients=("beta",), where=(AtMost(0, beta[i]),)),
            AtMost(0, over(beta[j], j)),
            over(beta[j], j),
        ),
    ),
    ids=("square", "strict", "hypothesis", "Cauchy–Schwarz", "all rows"),
)
def test_slack_of_the_right_sign_proves(given: Networks | Box, then: AtMost, slack: Expr) -> None:
    assert _verdict(given, then, slack) is Verdict.PROVED


@pytest.mark.parametrize(
    ("given", "then", "slack"),
    (
        # x² − y² ≥ 0 is false; the form is only defined where it holds.
        (_plane, AtMost(y**2, x**2), sqrt(x**2 - y**2) * sqrt((x - y) * (x + y))),
        (_plane, AtMost(x, 0), x**2 * (1 / x) ** 2 * -x),
        (_plane, AtMost(1, x), x - 1),
        (_plane, Below(2 * x * y, x**2 + y**2), (x - y) ** 2),
        (_plane, AtMost(2 * x * y, x**2 + y**2), (x - y) ** 2 + 1),
        # A hypothesis about one row is none about all rows.
        (
            Networks(model="wang21a", students=(1, 3), coefficients=("beta",), where=(AtMost(0, beta[i]),)),
            AtMost(-norm(w[i]), over(beta[j], j)),
            norm(w[i]) + over(beta[j], j),
        ),
        (_networks, AtMost(0, dot(w[i], V[i])), sqrt(dot(w[i], V[i]) * 2) ** 2 / 2),
    ),
    ids=("roots", "sign", "box", "strict", "not equal", "one row", "root of a product"),
)
def test_other_slacks_prove_nothing(given: Networks | Box, then: AtMost, slack: Expr) -> None:
    assert _verdict(given, then, slack) is Verdict.UNDECIDED
