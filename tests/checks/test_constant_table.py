"""Tables of constants, and the polish that gives their rows digits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from checks.claim import Claim
from checks.constant import measure_constant, searches
from checks.constant_polish import polished
from checks.given import Networks
from checks.method import BUDGETS, Context
from checks.relation import AtMost, Bounded
from theory.vocabulary import Delta, loss, residual_norm, v_norm

CONTEXT = Context(budget=replace(BUDGETS["quick"], samples=400))
SMALL = Networks(model="xu23a", students=(1, 2), dimension=(1, 2))


@pytest.mark.parametrize(("wall", "expected"), [(4.0, [3.0, -1.0]), (2.0, None)])
def test_polish_goes_downhill_within_the_hypotheses(wall: float, expected: list[float] | None) -> None:
    def margin(batch):
        x = batch["x"]
        value = (x[:, 0] - 3.0) ** 2 + (x[:, 1] + 1.0) ** 2
        return np.where(x[:, 0] <= wall, value, np.nan)

    start = {"x": np.array([0.5, 0.5]), "unused": np.array(7.0)}
    found = polished(margin, start, iterations=50)
    assert found["unused"] == 7.0
    assert found["x"][0] <= wall
    assert margin({"x": found["x"][None]})[0] < margin({"x": start["x"][None]})[0] / 3
    if expected is not None:
        assert found["x"] == pytest.approx(expected, abs=1e-3)
    outside = polished(margin, {"x": np.array([5.0, 0.0])}, iterations=5)
    assert outside["x"].tolist() == [5.0, 0.0]


def test_a_table_has_a_row_per_size_that_is_asked_for() -> None:
    claim = Claim(
        id="test/table",
        given=SMALL,
        then=Bounded(ratio=residual_norm**2 / loss),
        options={"table": {"students": (1, 2, 3)}},
    )
    notes: list[str] = []
    found = measure_constant(claim, CONTEXT, table=True, advance=notes.append)
    assert found is not None
    assert len(notes) == searches(claim) == 4
    rows = found.as_data()["table"]["students"]
    assert [size for size, _ in rows] == [1, 2, 3]
    assert all(value == pytest.approx(8, rel=1e-2) for _, value in rows)


def test_a_table_may_go_along_the_separation_of_the_teachers() -> None:
    pair = Networks(model="zhou21b", students=1, teachers=2, dimension=2, separation="1/2")
    claim = Claim(
        id="test/separation",
        given=pair,
        then=Bounded(ratio=1 / Delta),
        options={"table": {"Delta": ("1/4", "1/2", "1")}},
    )
    found = measure_constant(claim, CONTEXT, table=True)
    assert found is not None
    rows = found.as_data()["table"]["Delta"]
    assert [place for place, _ in rows] == [0.25, 0.5, 1.0]
    assert [value for _, value in rows] == pytest.approx([4, 2, 1], rel=0.05)
    # The row at 1/4 is no instance of the claim.
    assert found.number <= 2 + 1e-9


def test_what_cannot_be_tabulated_is_refused() -> None:
    claim = Claim(id="test/t", given=SMALL, then=Bounded(ratio=loss), options={"table": {"temperature": (1,)}})
    with pytest.raises(ValueError, match="temperature"):
        measure_constant(claim, CONTEXT, table=True)


def test_searches_are_led_to_rare_hypotheses() -> None:
    given = replace(SMALL, where=(AtMost(residual_norm, v_norm / 1000),))
    claim = Claim(id="test/rare", given=given, then=Bounded(ratio=residual_norm**2 / loss))
    found = measure_constant(claim, CONTEXT)
    assert found is not None
    assert found.number <= 8
