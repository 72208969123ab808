"""Every claim of every paper: the verdict expected of it, its mutants killed, its record complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.catalog import claims_of, papers
from checks.claim import Claim
from checks.engine import Engine
from checks.method import BUDGETS, Context
from checks.verdict import Verdict

CLAIMS = {claim.id: claim for paper in papers() for claim in claims_of(paper).values()}
# Papers all of whose results are claims; what a claim of another paper `uses` may still be to come.
COMPLETE = ("wang21a", "xu23a", "zhou21b")
MUTANTS = [(claim.id, name) for claim in CLAIMS.values() for name in claim.mutants]


def engine() -> Engine:
    return Engine(context=Context(budget=BUDGETS["quick"]))


@pytest.mark.parametrize("name", CLAIMS)
def test_verdict_is_the_expected_one(name: str) -> None:
    outcome = engine().outcome(CLAIMS[name])
    assert outcome.verdict is CLAIMS[name].expected, [piece.as_data() for piece in outcome.evidence]


@pytest.mark.parametrize(("name", "mutant"), MUTANTS)
def test_mutant_is_killed(name: str, mutant: str) -> None:
    outcome = engine().outcome(CLAIMS[name].mutated(mutant))
    assert outcome.verdict.fatal, [piece.as_data() for piece in outcome.evidence]


@pytest.mark.parametrize("name", CLAIMS)
def test_record_is_complete(name: str) -> None:
    claim: Claim = CLAIMS[name]
    assert claim.title
    assert claim.expected is not None
    if claim.assumption is None:
        assert claim.mutants, "a check that cannot fail is a defect: give at least one mutant"
    else:
        assert claim.expected is Verdict.ASSUMED
        assert claim.assumption.reason
    ours = (*claim.because, *(claim.assumption.forms if claim.assumption else ()))
    for referred in (*ours, *(claim.uses if claim.paper in COMPLETE else ())):
        assert referred in CLAIMS, f"{name} refers to the unknown claim {referred}"
    if claim.expected is Verdict.REFUTED and not claim.erratum and claim.id.count("/") == 1:
        raise AssertionError("a refuted printed form needs an erratum that a reader can check")


@pytest.mark.parametrize("paper", COMPLETE)
def test_paper_is_complete(paper: str) -> None:
    listed = (Path(__file__).parent / f"{paper}_ids.txt").read_text(encoding="utf-8").split()
    assert sorted(set(listed) - set(CLAIMS)) == []
