"""The law of an event that some of n independent rows meets."""

from __future__ import annotations

import pytest
from sympy import Rational

from checks.claim import Claim
from checks.engine import Engine
from checks.given import Draws
from checks.method import BUDGETS, Context
from checks.relation import AtMost, Likely
from checks.runs.gaussian_law import derived_law
from checks.verdict import Verdict
from theory.heads import dot, largest, norm
from theory.laws import chi_square_tail, f_tail
from theory.symbols import d, i, j, over, v, w

DRAWS = Draws(model="zhou21b", students=4, dimension=3)
# Within π/6 of the line of the teacher.
CLOSE = 4 * dot(w[i], v) ** 2 - 3 * dot(w[i], w[i]) * dot(v, v)


def verdict(slack: object, **bounds: object) -> Verdict:
    claim = Claim(given=DRAWS, then=Likely(AtMost(0, largest(slack, i)), **bounds))
    return Engine(context=Context(budget=BUDGETS["quick"])).outcome(claim).verdict


def test_some_row_meets_the_event() -> None:
    assert derived_law(DRAWS, AtMost(0, largest(CLOSE, i))) == 1 - (1 - f_tail(6, 1, 2)) ** 4
    assert derived_law(DRAWS, AtMost(0, largest(norm(w[i]) ** 2 - d, i))) == 1 - (1 - chi_square_tail(3, 3)) ** 4


@pytest.mark.parametrize(
    "slack",
    [
        4 * dot(w[i], v) ** 2 - 3 * dot(w[0], w[0]),
        dot(w[i], w[i]) - over(dot(w[j], w[j]), j) / 4,
        dot(w[i], w[0]),
        largest(dot(w[j], w[j]), j) - dot(w[i], w[i]),
    ],
)
def test_rows_that_depend_on_each_other_have_no_rule(slack: object) -> None:
    assert derived_law(DRAWS, AtMost(0, largest(slack, i))) is None


def test_the_law_certifies_and_refutes_and_draws_agree() -> None:
    # 1 − (√3/2)⁴ = 7/16.
    tiny = Rational(1, 10**6)
    assert verdict(CLOSE, at_least=Rational(7, 16) - tiny, at_most=Rational(7, 16) + tiny) is Verdict.CERTIFIED
    assert verdict(CLOSE, at_least=Rational(7, 16) + tiny) is Verdict.REFUTED
