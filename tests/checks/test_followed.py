"""Flows that claims share, and what a second integration says about them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from checks.claim import Claim
from checks.engine import Engine
from checks.given import Flow, Point
from checks.method import BUDGETS, Context
from checks.relation import AtMost, Tends
from checks.runs.followed import SECOND_METHOD, descend, follow, loss_errors
from checks.verdict import Verdict
from theory.observables import initial
from theory.symbols import t
from theory.vocabulary import loss, v_norm

STUDENTS, TEACHERS = np.array([[0.3, 0.4], [0.3, -0.4]]), np.array([[1.0, 0.0]])
TIMES = [0.0, 1.0, 10.0, 1e4]
CONTEXT = Context(budget=replace(BUDGETS["quick"], samples=200, searches=200))
MIRRORED = Point.of(students=[["0.3", "0.4"], ["0.3", "-0.4"]], teachers=[[1, 0]])
ANOTHER = Point.of(students=[["0.4", "0.3", 0], ["0.3", "-0.4", "0.1"], ["0.2", 0, "-0.2"]], teachers=[[1, 0, 0]])


def test_the_same_flow_is_followed_once() -> None:
    assert follow("xu23a", STUDENTS, TEACHERS, TIMES) is follow("xu23a", STUDENTS, TEACHERS, TIMES)
    assert descend("xu23a", STUDENTS, TEACHERS, 0.1, [0, 10]) is descend("xu23a", STUDENTS, TEACHERS, 0.1, [0, 10])
    assert isinstance(follow("xu23a", 0 * STUDENTS, TEACHERS, TIMES), str)


def test_losses_agree_between_tolerances_and_integrators() -> None:
    errors = loss_errors("xu23a", STUDENTS, TEACHERS, TIMES)
    assert set(errors) == {"tighter tolerance", SECOND_METHOD}
    assert all(0 <= error < 1e-6 for error in errors.values())


def test_several_stated_starts_and_their_errors_are_evidence() -> None:
    given = Flow(model="xu23a", students=(2, 3), dimension=(2, 3), until=1000, start=(MIRRORED, ANOTHER))
    claim = Claim(id="test/f", given=given, then=AtMost(loss, initial(loss)), options={"loss_error": "1e-6"})
    outcome = Engine(context=CONTEXT).outcome(claim)
    assert outcome.verdict is Verdict.SUPPORTED
    assert outcome.leading.numbers["flows"] == 2
    assert set(outcome.leading.numbers["relative error of the loss"]) == {"tighter tolerance", SECOND_METHOD}


@pytest.mark.parametrize("then", [AtMost(loss, initial(loss)), Tends(loss * t**3, 5 * v_norm**2 / 3)])
def test_an_accuracy_that_is_not_reached_decides_nothing(then: object) -> None:
    given = Flow(model="xu23a", students=2, dimension=2, until=10**4, start=MIRRORED)
    claim = Claim(id="test/e", given=given, then=then, options={"loss_error": "1e-30"})
    outcome = Engine(context=CONTEXT).outcome(claim)
    assert outcome.verdict is Verdict.UNDECIDED
    assert "differs" in outcome.leading.detail
