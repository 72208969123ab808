"""Sentences that can't be checked as stated: the reason, and what became of their strongest checkable forms."""

from __future__ import annotations

from checks.claim import Claim
from checks.evidence import Evidence
from checks.method import Context, Method
from checks.verdict import Verdict


def _run(claim: Claim, context: Context) -> Evidence:
    assert claim.assumption is not None
    forms = {name: context.resolve(name).verdict.name for name in claim.assumption.forms}
    return Evidence(
        method=METHOD.name,
        verdict=Verdict.ASSUMED,
        arithmetic="none",
        quantified_over="nothing",
        detail=claim.assumption.reason,
        numbers=forms,
    )


METHOD = Method(name="not checkable", order=0, applies=lambda claim: claim.assumption is not None, run=_run)
