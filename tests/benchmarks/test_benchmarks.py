"""What the benchmarks compare is the same thing, and their bookkeeping is right; nothing here is timed."""

import json
import re

import alternatives
import numpy as np
import pytest
from machine import describe
from race import race
from record import Goal, Table, changes, shown
from run import BASELINE, main

from numerics import Network

RNG = np.random.default_rng(0)
STUDENTS, TEACHER = RNG.normal(size=(2, 3)), RNG.normal(size=(1, 3))


@pytest.mark.parametrize(
    "gradient",
    [
        alternatives.textbook,
        alternatives.pair_kernel(2),
        *(
            make(2, 3, modules)
            for make in (alternatives.hand_shared, alternatives.per_component)
            for modules in ("numpy", "math")
        ),
    ],
)
def test_alternatives_compute_the_same_gradient(gradient):
    expected = Network(model="xu23a", students=STUDENTS, teachers=TEACHER).gradient
    found = gradient(STUDENTS, TEACHER)
    assert isinstance(found, np.ndarray)
    assert found == pytest.approx(expected, rel=1e-12)


def test_goals():
    assert Goal(what="a", value=2.0, bound=1.5).met
    assert not Goal(what="a", value=1.0, bound=1.5).met
    assert Goal(what="a", value=1.0, bound=1.5, at_least=False).met
    assert not Goal(what="a", value=float("nan"), bound=1.5, at_least=False).met
    assert Goal(what="a", value=1.0).met is None
    assert "NOT MET" in str(Goal(what="a", value=1.0, bound=1.5))
    assert shown(2.5e-6) == "2.5 µs"


def test_a_slowdown_is_seen():
    def table(ratio, time):
        goals = (Goal(what="ratio", value=ratio), Goal(what="time", value=time, at_least=False))
        return Table(title="t", seconds={"a": 1.0}, goals=goals)

    before = {"t": json.loads(json.dumps(table(10.0, 1.0).data()))}
    assert changes([table(10.0, 1.0)], before) == []
    assert changes([table(8.0, 1.2)], before) == []
    assert len(changes([table(5.0, 1.0)], before)) == 1
    assert len(changes([table(5.0, 2.0)], before)) == 2
    assert changes([table(1.0, 9.0)], {}) == []


def test_contenders_are_called_in_turn():
    calls = []
    seconds = race({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, rounds=3, seconds=0.05)
    assert set(seconds) == {"a", "b"} == set(calls)
    assert all(0 < value < 1 for value in seconds.values())


def test_the_baseline_is_committed_and_names_no_machine():
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))
    assert set(baseline["machine"]) == set(describe())
    names = {path.stem for path in (BASELINE.parent / "tables").glob("*.py")}
    assert {re.match(r"\w+", title)[0] for title in baseline["tables"]} == names


def test_an_unknown_table_is_refused(capsys):
    with pytest.raises(SystemExit):
        main(["nonsense"])
    assert "no such table" in capsys.readouterr().err
