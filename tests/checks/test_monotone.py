"""The method for inequalities by monotonicity: verdicts, refutations, refusals."""

from __future__ import annotations

import pytest
from sympy import Rational, Symbol, atan, erf, exp, oo, pi, sqrt

from checks.claim import Claim
from checks.engine import Engine
from checks.given import Box
from checks.method import BUDGETS, Context
from checks.relation import All, AtMost, Below, Equal
from checks.verdict import Verdict
from theory.owen import owens_t

x, y = Symbol("x", real=True), Symbol("y", real=True)


def verdict(then, along, where=(), **ends):
    variables = {symbol: ends[symbol.name] for symbol in (x, y) if symbol.name in ends}
    claim = Claim(id="", given=Box(variables=variables, where=where), then=then, options={"along": along})
    return Engine(context=Context(budget=BUDGETS["quick"])).outcome(claim)


def test_an_infinite_range_is_certified_and_says_so():
    outcome = verdict(AtMost(erf(x), 2 * x / sqrt(pi)), (x, x), x=(0, oo))
    assert outcome.verdict is Verdict.CERTIFIED
    assert "oo" in outcome.leading.quantified_over


def test_a_violation_is_an_exact_point():
    outcome = verdict(AtMost(erf(x), Rational(11, 10) * x), (x, x), x=(0, oo))
    assert outcome.verdict is Verdict.REFUTED
    assert outcome.leading.witness


@pytest.mark.parametrize("along", [[(x, x), ()], [(), (x, x)]])
def test_every_part_has_its_own_order_and_must_close(along):
    then = All(AtMost(erf(x), 2 * x / sqrt(pi)), AtMost(0, erf(x)))
    expected = Verdict.CERTIFIED if along[0] else Verdict.UNDECIDED
    assert verdict(then, along, x=(0, oo)).verdict is expected


def test_what_no_derivative_decides_stays_open():
    assert verdict(AtMost(0, (x - 1) ** 2 * (x - 2) ** 2), (x,), x=(0, oo)).verdict is Verdict.UNDECIDED


def test_hypotheses_that_nothing_meets_prove_nothing():
    outcome = verdict(AtMost(0, x), (), where=(Below(x, -1),), x=(0, 1))
    assert outcome.verdict is Verdict.UNDECIDED
    assert "vacuous" in outcome.leading.detail


def test_identities_of_owens_function():
    same = Equal(owens_t(0, x) * exp(x + y), atan(x) / (2 * pi) * exp(x) * exp(y))
    assert verdict(same, (), x=(0, 1), y=(0, 1)).verdict is Verdict.PROVED
    other = Equal(owens_t(0, x) * exp(x), atan(x) * exp(x))
    assert verdict(other, (), x=(0, 1)).verdict is Verdict.REFUTED


def test_strict_inequalities_are_refused():
    with pytest.raises(ValueError, match="proves ≤, not Below"):
        verdict(Below(0, x + 1), (), x=(0, 1))


def test_too_few_orders_are_refused():
    with pytest.raises(ValueError, match="fewer orders"):
        verdict(All(AtMost(0, x), AtMost(0, y)), [()], x=(0, 1), y=(0, 1))
