"""The separation of the teachers is a hypothesis of every search, not only of the samplers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.claim import Claim
from checks.constant import measure_constant
from checks.given import Networks
from checks.method import BUDGETS, Context
from checks.relation import Bounded
from checks.separation import with_separation
from theory.vocabulary import Delta

CONTEXT = Context(budget=replace(BUDGETS["quick"], samples=400))
PAIR = Networks(model="zhou21b", students=1, teachers=2, dimension=2, separation="1/2")


def test_nothing_is_added_where_there_is_nothing_to_separate() -> None:
    assert with_separation(replace(PAIR, separation=None)).where == ()
    assert with_separation(replace(PAIR, teachers=1)).where == ()
    assert len(with_separation(PAIR).where) == 1


def test_a_constant_is_searched_among_separated_teachers() -> None:
    claim = Claim(id="test/apart", given=PAIR, then=Bounded(ratio=1 / Delta))
    found = measure_constant(claim, CONTEXT)
    assert found is not None
    assert found.number == pytest.approx(2, rel=0.05)
    assert found.number <= 2 + 1e-9
