"""Records of arguments: the certificates in them are re-checked, and no change goes unseen."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from checks.catalog import find_claim
from checks.certificate_checker import digest
from checks.cli.evidence_text import piece_lines
from checks.dependencies import dependents
from checks.engine import Engine
from checks.method import BUDGETS, Context
from checks.methods.box import certificates
from checks.reduction.record import argument_record, check_record, is_record

_NAME, _SIMPLE = "xu23a/lemma-20/corrected", "xu23a/lemma-20/reduced"


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    return argument_record(find_claim(_NAME), find_claim, lambda claim: certificates(claim, 3_000))


def _sealed(record: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in record.items() if key != "seal"}
    return {**rest, "seal": digest(rest)}


def test_certificates_are_rechecked(record: dict[str, Any]) -> None:
    assert is_record(record)
    report = check_record(record)
    assert report.ok
    assert report.boxes > 0
    assert "recorded only" in report.reason
    assert [entry["claim"] for entry in record["inherited"]] == [_SIMPLE]


def test_changes_are_seen(record: dict[str, Any]) -> None:
    changed = {**record, "says": "1 ≤ 0"}
    assert not check_record(changed).ok
    # Resealed by somebody who knows how: the certificate inside still has its own seal and its own proof.
    inner = copy.deepcopy(record)
    inner["inherited"][0]["certificates"][0]["statement"]["variables"][0][2] = ["rat", "4"]
    assert not check_record(_sealed(inner)).ok
    without = copy.deepcopy(record)
    without["inherited"][0]["certificates"] = []
    report = check_record(_sealed(without))
    assert not report.ok
    assert "nothing" in report.reason
    assert not check_record(_sealed({**record, "inherited": ["x"]})).ok
    assert not is_record([record])


def test_a_claim_without_an_argument_has_no_record() -> None:
    with pytest.raises(ValueError, match="slack_as"):
        argument_record(find_claim(_SIMPLE), find_claim, lambda claim: [])


def test_the_chain_is_shown_line_by_line() -> None:
    engine = Engine(context=Context(budget=BUDGETS["quick"]))
    (piece,) = engine.outcome(find_claim(_NAME)).evidence
    lines = list(piece_lines(piece.as_data()))
    assert any(line.strip() == f"[{_SIMPLE} at theta = θᵢ] ≥ 0: inherited, CERTIFIED" for line in lines)
    assert any("E[" in line for line in lines)
    assert (_NAME, "inherits") in dependents(_SIMPLE, [find_claim(_NAME)])
