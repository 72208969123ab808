"""Verification of many claims: the ledger is used and fed, dependencies are kept, failures are contained."""

import pytest

from checks.catalog import select
from checks.claim import Claim
from checks.engine import methods
from checks.method import Method
from checks.storage.ledger import Ledger
from checks.storage.verification import Plan, Verifier, verify
from checks.verdict import Verdict

FILE = """from sympy import Rational, Symbol
from checks import AtMost, Box, Claim, Mutant, Point, Verdict

x = Symbol("x", real=True)
unit = Box(variables={x: (0, 1)})
square = Claim(given=unit, then=AtMost(x**2, 2 * x), contact={x: (0, 1)}, expected=Verdict.CERTIFIED,
               mutants={"half": Mutant(then=AtMost(x**2, x / 2)), "alive": Mutant(then=AtMost(x**2, 3 * x))})
wrong = Claim(given=unit, then=AtMost(x, x**2), witness=Point.of(x="1/2"), expected=Verdict.REFUTED)
quarter = Claim(given=unit, then=AtMost(x - x**2, Rational(1, 3)))
"""


@pytest.fixture
def claims(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.py").write_text(FILE)
    return select(["mine.py"])


def test_outcomes_are_recorded_and_not_computed_again(claims, tmp_path, monkeypatch):
    plan = Plan(ledger=Ledger(tmp_path / "ledger"))
    first = list(verify(claims, plan))
    assert [result.outcome.verdict.name for result in first] == ["CERTIFIED", "REFUTED", "CERTIFIED"]
    assert all(result.seconds is not None for result in first)
    monkeypatch.setattr("checks.engine.Engine.outcome", None)  # any use would fail
    again = list(verify(claims, plan))
    assert [result.record for result in again] == [result.record for result in first]
    assert all(result.seconds is None for result in again)


def test_another_budget_seed_or_statement_is_another_question(claims, tmp_path):
    ledger = Ledger(tmp_path / "ledger")
    list(verify(claims, Plan(ledger=ledger)))
    (tmp_path / "mine.py").write_text(FILE.replace("2 * x)", "3 * x)"))
    changed = select(["mine.py"])
    for question, fresh in (
        (Plan(ledger=ledger, seed=1), 3),
        (Plan(ledger=ledger, budget="full"), 3),
        (Plan(ledger=ledger, fresh=True), 3),
        (Plan(ledger=ledger), 0),
    ):
        assert sum(result.seconds is not None for result in verify(claims, question)) == fresh
    assert sum(result.seconds is not None for result in verify(changed, Plan(ledger=ledger))) == 1


def test_the_same_bytes_from_nothing_and_in_processes(claims, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    list(verify(claims, Plan(ledger=Ledger(one))))
    results = list(verify(claims, Plan(ledger=Ledger(two)), jobs=2))
    assert {result.claim.id for result in results} == {claim.id for claim in claims}
    assert all(result.seconds is not None for result in results)
    names = sorted(path.relative_to(one) for path in (one / "evidence").rglob("*.jsonl"))
    assert len(names) == 3
    for name in names:
        assert (one / name).read_bytes() == (two / name).read_bytes()


def test_mutants_are_found_by_their_claim(claims, tmp_path):
    verifier = Verifier(plan=Plan(ledger=None))
    verifier.add(claims)
    mutant = verifier.find("mine.py::square#half")
    assert mutant.then == claims[0].mutants["half"].then
    assert verifier.result(mutant).outcome.verdict is Verdict.REFUTED


def test_claims_that_a_claim_rests_on_are_kept_too(claims, tmp_path):
    from dataclasses import replace

    top = replace(claims[0], id="top", because=("mine.py::quarter",))
    ledger = Ledger(tmp_path / "ledger")
    verifier = Verifier(plan=Plan(ledger=ledger))
    verifier.add([top, *claims])
    assert verifier.result(top).outcome.verdict is Verdict.CERTIFIED
    assert len(ledger.records("mine.py::quarter")) == 1
    again = Verifier(plan=Plan(ledger=ledger))
    again.add([replace(top, options={"new": True}), *claims])
    assert again.result(again.find("top")).outcome.verdict is Verdict.CERTIFIED
    assert len(ledger.records("mine.py::quarter")) == 1


def test_a_failing_method_is_contained_and_not_recorded(claims, tmp_path, monkeypatch):
    def fail(claim: Claim, context):
        if claim.id.endswith("quarter"):
            raise ZeroDivisionError("oh")
        return next(method for method in methods() if method.name == "branch and bound").run(claim, context)

    broken = Method(name="broken", order=0, applies=lambda claim: not claim.witness, run=fail)
    monkeypatch.setattr("checks.engine.methods", lambda: (broken, *methods()))
    ledger = Ledger(tmp_path / "ledger")
    results = {result.claim.id: result for result in verify(claims, Plan(ledger=ledger))}
    failed = results["mine.py::quarter"]
    assert failed.error == "ZeroDivisionError: oh"
    assert failed.outcome.verdict is Verdict.UNDECIDED
    assert ledger.records("mine.py::quarter") == ()
    assert results["mine.py::square"].outcome.verdict is Verdict.CERTIFIED


def test_a_bad_ledger_stops_before_any_work(claims, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="--ledger"):
        next(verify(claims, Plan(ledger=Ledger(tmp_path / "file"))))
