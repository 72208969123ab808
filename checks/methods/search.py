"""Stratified sampling and adversarial search on the margin of a statement about networks, with exact recheck.

Floats only look: a negative margin becomes REFUTED when balls confirm it at the exact binary64 instance (simplified first
where possible), CONTRADICTED when it is far beyond rounding but can't be confirmed, and nothing otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from checks.claim import Claim
from checks.evidence import Evidence, trust
from checks.given import Networks
from checks.instances import shared_walks, space_of
from checks.method import Context, Method
from checks.relation import All, AtMost, Below
from checks.simplify import simplest_violation
from checks.truth import float_margin, premise_slack
from checks.verdict import Verdict
from numerics.evaluation.walk import Walk
from numerics.search.adversarial import SearchResult, search

# Relative slack below which a float margin is a violation and not rounding, if balls can't decide it.
_BEYOND_ROUNDING = -1e-6


def margin_of(claim: Claim, walk_of: Callable[[Mapping[str, Any]], Walk] | None = None) -> Any:
    """The claim's margin as a function of a batch of instances; NaN where a teacher vanishes, which no claim admits."""
    given, then = claim.given, claim.then
    assert isinstance(given, Networks)
    assert then is not None
    walk_of = walk_of or shared_walks(claim)

    def margin(batch: Mapping[str, Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
        size = max(len(array) for array in batch.values())
        with np.errstate(all="ignore"):
            walk = walk_of(batch)
            smallest = np.broadcast_to(float_margin(walk, given.where, then), (size,))
            return np.where((batch["v"] != 0).any(axis=-1).all(axis=-1), smallest, np.nan)

    return margin


def hypothesis_slack_of(claim: Claim, walk_of: Callable[[Mapping[str, Any]], Walk] | None = None) -> Any:
    """How far a batch of instances is from meeting the hypotheses, which leads the optimisers to them; None without any."""
    given, then = claim.given, claim.then
    assert isinstance(given, Networks)
    assert then is not None
    walk_of = walk_of or shared_walks(claim)

    def slack(batch: Mapping[str, Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
        size = max(len(array) for array in batch.values())
        with np.errstate(all="ignore"):
            return np.broadcast_to(premise_slack(walk_of(batch), given.where, then), (size,))

    return slack if given.where else None


def _applies(claim: Claim) -> bool:
    return (
        isinstance(claim.given, Networks)
        and isinstance(claim.then, AtMost | Below | All)
        and claim.kind == "inequality"
    )


def _run(claim: Claim, context: Context) -> Evidence:
    given = claim.given
    assert isinstance(given, Networks)
    work = context.budget.samples + context.budget.searches
    walk_of = shared_walks(claim)
    rng, guide = context.rng(claim, "search"), hypothesis_slack_of(claim, walk_of)
    found = search(margin_of(claim, walk_of), space_of(given), rng, work=work, hypothesis_slack=guide)
    scope = _scope(given, found)
    numbers: dict[str, Any] = {"instances": found.evaluations, "hypotheses met": found.met}
    unsettled = []
    for candidate in found.candidates:
        if candidate.margin >= 0:
            continue
        finding = simplest_violation(claim, candidate.instance)
        if not finding.violated and not finding.settled:
            unsettled.append(candidate.margin)
        if finding.violated:
            return Evidence(
                method=METHOD.name,
                verdict=Verdict.REFUTED,
                arithmetic="balls",
                quantified_over="one exact instance",
                detail=f"found by search in stratum {candidate.stratum}, rechecked in balls",
                numbers={**numbers, **finding.numbers},
                witness=finding.witness,
                trust=trust("numpy", "python-flint", precision=finding.precision),
            )
    if found.met == 0:
        return Evidence(
            method=METHOD.name,
            verdict=Verdict.UNDECIDED,
            arithmetic="binary64",
            quantified_over=scope,
            numbers=numbers,
            detail="no sampled instance met the hypotheses: the statement may be vacuous; state them constructively",
            trust=trust("numpy"),
        )
    # A negative float margin at which balls certainly confirm the claim is rounding, and says nothing of the room left.
    room = min((candidate.margin for candidate in found.candidates if candidate.margin >= 0), default=0.0)
    numbers["smallest relative margin"] = f"{min(unsettled, default=room):.3e}"
    verdict = Verdict.CONTRADICTED if min(unsettled, default=0.0) < _BEYOND_ROUNDING else Verdict.SUPPORTED
    return Evidence(
        method=METHOD.name,
        verdict=verdict,
        arithmetic="binary64",
        quantified_over=scope,
        numbers=numbers,
        detail="no violation found" if verdict is Verdict.SUPPORTED else "violated in floats, not confirmed in balls",
        trust=trust("numpy"),
    )


def _scope(given: Networks, found: SearchResult) -> str:
    low, high = given.students  # type: ignore[misc]
    d_low, d_high = given.dimension  # type: ignore[misc]
    return f"{found.met} networks, {low} ≤ n ≤ {high}, {d_low} ≤ d ≤ {d_high}"


METHOD = Method(name="adversarial search", order=50, applies=_applies, run=_run)
