"""Exact witnesses: a stated point at which the hypotheses certainly hold and the conclusion certainly fails."""

from __future__ import annotations

from checks.claim import Claim
from checks.evidence import Evidence, trust
from checks.given import Box, Integers, Networks
from checks.method import Context, Method
from checks.relation import All, AtMost, Below, Equal
from checks.verdict import Verdict
from checks.witness import examine


def _applies(claim: Claim) -> bool:
    exact = isinstance(claim.then, AtMost | Below | Equal | All)
    return bool(claim.witness) and exact and isinstance(claim.given, Networks | Box | Integers)


def _run(claim: Claim, context: Context) -> Evidence:
    tried = []
    for point in claim.witnesses:
        finding = examine(claim, point)
        if finding.violated:
            return Evidence(
                method=METHOD.name,
                verdict=Verdict.REFUTED,
                arithmetic="balls",
                quantified_over="one exact instance",
                detail=point.note or "the hypotheses certainly hold and the conclusion certainly fails at this point",
                numbers=finding.numbers,
                witness=finding.witness,
                trust=trust("python-flint", precision=finding.precision),
            )
        tried.append(finding.reason)
    return Evidence(
        method=METHOD.name,
        verdict=Verdict.UNDECIDED,
        arithmetic="balls",
        quantified_over="the stated witnesses",
        detail="no stated witness violates the claim: " + "; ".join(tried),
        trust=trust("python-flint"),
    )


METHOD = Method(name="exact witness", order=10, applies=_applies, run=_run)
