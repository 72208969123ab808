"""Probabilities, averages and integers: laws derived by rule, confidence intervals, and their failures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sympy import Rational, Symbol, exp, log

from checks.claim import Claim
from checks.engine import Engine
from checks.given import Companion, Draws, Integers
from checks.instances import walk_over
from checks.method import BUDGETS, Context
from checks.relation import All, AtLeast, AtMost, Below, Equal, Likely
from checks.runs.draws import drawn_blocks
from checks.runs.gaussian_law import derived_law
from checks.truth import float_margin
from checks.verdict import Verdict
from numerics.arithmetic.floating import Floating
from theory.heads import dot, largest, magnitude
from theory.laws import chi_square_cdf, chi_square_tail, f_tail, normal_tail, psi
from theory.observables import first_time, mean, run
from theory.symbols import d, i, over, w
from theory.vocabulary import Q, alignment, parallel, v_norm, w_norm

CONTEXT = Context(budget=BUDGETS["quick"])
DRAWS = Draws(
    model="wang21a", students=1, dimension=6, deviation="1/3", teacher_norm="3/2",
    companions={"many": Companion(students=4)},
)  # fmt: skip
MANY = run("many", over(parallel[i] ** 2, i))


def verdict(claim: Claim) -> Verdict:
    return Engine(context=CONTEXT).outcome(claim).verdict


def likely(event: object, draws: Draws = DRAWS, **bounds: object) -> Verdict:
    return verdict(Claim(id="test/likely", given=draws, then=Likely(event=event, **bounds)))


LAWS = {
    "χ² of one row": (AtMost(w_norm[0] ** 2, Rational(1, 2)), chi_square_cdf(Rational(9, 2), 6)),
    "tail": (AtMost(1, dot(w[0], w[0])), chi_square_tail(9, 6)),
    "interval": (
        All(AtMost(w_norm[0] ** 2, 1), AtMost(Rational(1, 4), w_norm[0] ** 2)),
        chi_square_cdf(9, 6) - chi_square_cdf(Rational(9, 4), 6),
    ),
    "one against four": (AtMost(4 * parallel[0] ** 2, MANY), f_tail(1, 4, 1)),
    "angle": (AtMost(dot(w[0], w[0]) / 4, parallel[0] ** 2 / v_norm**2), f_tail(Rational(5, 3), 1, 5)),
    "one of five": (Below(run("many", parallel[i] ** 2), parallel[0] ** 2), Rational(1, 5)),
}


@pytest.mark.parametrize("name", LAWS)
def test_derived_laws_agree_with_the_stated_ones_and_with_draws(name: str) -> None:
    event, law = LAWS[name]
    found = derived_law(DRAWS, event)
    assert found == law
    total = yes = 0
    for frame in drawn_blocks(DRAWS, 40_000, np.random.default_rng(3)):
        margins = float_margin(walk_over(DRAWS, frame, Floating()), (), event)
        total, yes = total + len(margins), yes + int((margins > 0).sum())
    value = float(walk_over(DRAWS, frame, Floating())(law).data[0])
    assert yes / total == pytest.approx(value, abs=5 * np.sqrt(value * (1 - value) / total))


@pytest.mark.parametrize(
    "event",
    [
        AtMost(w_norm[0], 1),  # not a square
        AtMost(parallel[0] * run("many", parallel[0]), 1),
        AtMost(parallel[0] ** 2 + 1, MANY),  # three terms of different kinds
        AtMost(parallel[0] ** 4, 1),
        AtMost(largest(run("many", parallel[i] ** 2), i), parallel[0] ** 2),
        All(AtMost(parallel[0] ** 2, 1), AtMost(dot(w[0], w[0]), 2)),  # dependent, not the same sum
        AtMost(parallel[i] ** 2, parallel[0] ** 2),  # one and the same row
    ],
)
def test_no_law_is_derived_where_no_rule_applies(event: object) -> None:
    assert derived_law(DRAWS, event) is None


def test_conditions_runs_and_dependent_companions_have_no_derived_law() -> None:
    event = AtMost(4 * parallel[0] ** 2, MANY)
    assert derived_law(replace(DRAWS, where=(AtMost(w_norm[0], 1),)), event) is None
    assert derived_law(replace(DRAWS, steps=3, step=Rational(1, 10)), event) is None
    same = replace(DRAWS, companions={"many": Companion(rows=(w[0],))})
    assert derived_law(same, event) is None


def test_a_derived_law_certifies_and_refutes() -> None:
    event, _ = LAWS["one against four"]
    # P(F_{4,1} > 1) = 0.6261
    assert likely(event, at_least=Rational(62, 100), at_most=Rational(63, 100)) is Verdict.CERTIFIED
    assert likely(event, at_least=Rational(63, 100)) is Verdict.REFUTED
    assert likely(event, at_most=Rational(62, 100)) is Verdict.REFUTED
    # A stated law that is not the derived one is not believed, whatever the bounds.
    assert likely(event, at_least=Rational(1, 10), law=f_tail(1, 4, 2)) is Verdict.CONTRADICTED


EVENT = AtMost(run("many", magnitude(parallel[i])), magnitude(parallel[0]))


def test_a_stated_law_only_supports() -> None:
    bounds = {"at_least": Rational(19, 100), "at_most": Rational(21, 100)}
    assert derived_law(DRAWS, EVENT) is None
    assert likely(EVENT, **bounds, law=Rational(1, 5)) is Verdict.SUPPORTED
    assert likely(EVENT, at_least=Rational(1, 4), law=Rational(1, 5)) is Verdict.CONTRADICTED
    # A wrong law within the bounds is caught by the draws.
    assert likely(EVENT, at_least=Rational(1, 10), law=Rational(1, 4)) is Verdict.CONTRADICTED
    assert likely(EVENT, at_least=0, law=normal_tail(0)) is Verdict.CONTRADICTED


def test_draws_alone() -> None:
    assert likely(EVENT, at_least=Rational(17, 100), at_most=Rational(23, 100)) is Verdict.SUPPORTED
    assert likely(EVENT, at_least=Rational(1, 4)) is Verdict.CONTRADICTED
    assert likely(EVENT, at_least=Rational(1, 5)) is Verdict.UNDECIDED
    impossible = replace(DRAWS, where=(AtMost(2 * w_norm[0], w_norm[0]),))
    assert likely(EVENT, impossible, at_least=0) is Verdict.UNDECIDED


def test_runs_of_draws() -> None:
    draws = Draws(
        model="wang21a",
        students=1,
        dimension=10,
        deviation="1/100",
        companions={"many": Companion(students=3)},
        steps=300,
        step="1/50",
        at=tuple(range(0, 301, 3)),
    )
    sooner = AtMost(run("many", first_time(Q)), first_time(Q))
    assert likely(sooner, draws, at_least=Rational(1, 2)) is Verdict.SUPPORTED
    assert likely(sooner, draws, at_most=Rational(1, 2)) is Verdict.CONTRADICTED
    # An event that no run reaches within the horizon stays open in every draw.
    never = AtMost(first_time(alignment - 100), run("many", first_time(alignment - 100)))
    assert likely(never, draws, at_least=Rational(1, 2)) is Verdict.UNDECIDED


def test_high_dimensions_cost_nothing() -> None:
    draws = Draws(model="xu23a", students=2, dimension=10**9)
    assert likely(AtLeast(w_norm[0] ** 2, Rational(99, 100) * d), draws, at_least=Rational(9, 10)) in (
        Verdict.CERTIFIED,
        Verdict.SUPPORTED,
    )


# -- averages ---------------------------------------------------------------------------------------------

LEAD = log(run("many", over(parallel[i] ** 2, i)) / parallel[0] ** 2)
LAW = psi(2) - psi(Rational(1, 2))


@pytest.mark.parametrize(
    "then, expected",
    [
        (Equal(mean(LEAD), LAW), Verdict.SUPPORTED),
        (Equal(mean(LEAD), Rational(6, 5) * LAW), Verdict.CONTRADICTED),
        (AtMost(mean(LEAD), 2 * LAW), Verdict.SUPPORTED),
        (AtMost(2 * mean(LEAD), LAW), Verdict.CONTRADICTED),
        (AtMost(mean(LEAD), LAW), Verdict.UNDECIDED),
    ],
)
def test_averages(then: object, expected: Verdict) -> None:
    assert verdict(Claim(id="test/average", given=DRAWS, then=then)) is expected


# -- integers ---------------------------------------------------------------------------------------------

p = Symbol("p", integer=True)
BAD = chi_square_cdf(d / 4, d) + chi_square_tail(Rational(7, 4) * d, d)


@pytest.mark.parametrize(
    "then, expected",
    [
        (AtMost(BAD, exp(-Rational(9, 16) * d / 24)), Verdict.CERTIFIED),
        (AtMost(BAD, exp(-Rational(9, 16) * d / 5)), Verdict.REFUTED),
        (AtMost(d**2, 40_000), Verdict.CERTIFIED),
        (Below(d**2, 40_000), Verdict.REFUTED),
    ],
)
def test_integers(then: object, expected: Verdict) -> None:
    claim = Claim(id="test/integers", given=Integers(variables={d: (1, 200)}), then=then)
    assert verdict(claim) is expected


def test_an_equality_of_balls_stays_undecided() -> None:
    touching = AtMost(chi_square_cdf(d, d) + chi_square_tail(d, d), 1)
    assert verdict(Claim(id="test/touch", given=Integers(variables={d: (1, 3)}), then=touching)) is Verdict.UNDECIDED


def test_the_first_failing_integer_is_named() -> None:
    claim = Claim(id="test/first", given=Integers(variables={d: (1, 9), p: (2, 9)}), then=AtMost(d * p, 30))
    leading = Engine(context=CONTEXT).outcome(claim).leading
    assert leading is not None
    assert leading.witness == {"d": 4, "p": 8}
