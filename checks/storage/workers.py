"""Verification in several processes.  A process is told ids, not objects: it reads the claims itself and
answers in text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from checks.claim import Claim
from checks.storage.ledger import Ledger
from checks.storage.record import Record
from checks.storage.verification import Plan, Result, Verifier

__all__ = ["in_processes"]


def in_processes(claims: Sequence[Claim], plan: Plan, jobs: int, selectors: Mapping[str, str]) -> Iterator[Result]:
    """Results in the order in which they arrive."""
    from joblib import Parallel, delayed

    folder = None if plan.ledger is None else str(plan.ledger.folder)
    tasks = (
        delayed(_one)(selectors.get(claim.id, claim.id), claim.id, plan.budget, plan.seed, folder, plan.fresh)
        for claim in claims
    )
    by_id = {claim.id: claim for claim in claims}
    # One claim at a time to whoever is free: their lengths differ by orders of magnitude.
    pool = Parallel(n_jobs=jobs, return_as="generator_unordered", batch_size=1, pre_dispatch=2 * jobs)
    for name, line, seconds, error in pool(tasks):
        yield Result(claim=by_id[name], record=Record.parse(line), seconds=seconds, error=error)


@cache
def _verifier(budget: str, seed: int, folder: str | None, fresh: bool) -> Verifier:
    """One per process and plan, so that claims which others rest on are computed once in it."""
    ledger = None if folder is None else Ledger(folder)
    return Verifier(plan=Plan(budget=budget, seed=seed, ledger=ledger, fresh=fresh))


def _one(
    selector: str, name: str, budget: str, seed: int, folder: str | None, fresh: bool
) -> tuple[str, str, float | None, str]:
    """(id, record as text, seconds, error) of one claim."""
    from checks.catalog import select

    verifier = _verifier(budget, seed, folder, fresh)
    verifier.add(select([selector]))
    result = verifier.result(verifier.find(name))
    return name, result.record.line(), result.seconds, result.error
