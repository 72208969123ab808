"""Verification in several processes.  A process is told ids, not objects: it reads the claims itself and
answers in text.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager
from functools import cache
from pathlib import Path
from threading import current_thread, main_thread

from checks.claim import Claim
from checks.given import Descent, Flow
from checks.storage.ledger import Ledger
from checks.storage.record import Record
from checks.storage.verification import Plan, Result, Verifier

__all__ = ["in_processes"]


def in_processes(claims: Sequence[Claim], plan: Plan, jobs: int, selectors: Mapping[str, str]) -> Iterator[Result]:
    """Results in the order in which they arrive."""
    from joblib import Parallel, delayed

    folder = None if plan.ledger is None else str(Path(plan.ledger.folder).absolute())
    tasks = (
        delayed(_several)(
            [(selectors.get(claim.id, claim.id), claim.id) for claim in group],
            plan.budget,
            plan.seed,
            folder,
            plan.fresh,
            str(Path.cwd()),
        )
        for group in _groups(claims)
    )
    by_id = {claim.id: claim for claim in claims}
    # One group at a time to whoever is free: their lengths differ by orders of magnitude.
    pool = Parallel(n_jobs=jobs, return_as="generator_unordered", batch_size=1, pre_dispatch=2 * jobs)
    with _interrupts_ignored():
        answered = pool(tasks)  # starts the processes
    for answers in answered:
        for name, line, seconds, error in answers:
            yield Result(claim=by_id[name], record=Record.parse(line), seconds=seconds, error=error)


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Processes that are started here leave an interrupt to this one, which ends them, and print nothing about it."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _groups(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims that one process should run: those that rest on each other, and those about flows from the same starts,
    which are followed once per process. The largest groups come first, so that none is started last.
    """
    leader: dict[object, object] = {}

    def find(node: object) -> object:
        while leader.setdefault(node, node) != node:
            node = leader[node]
        return node

    for claim in claims:
        given = claim.given
        others: list[object] = [*claim.because, *(claim.assumption.forms if claim.assumption else ())]
        if isinstance(given, Flow | Descent):
            sizes = (given.students, given.teachers, given.dimension)
            others.append(repr((type(given), given.model, sizes, given.starts, given.start)))
        for other in others:
            leader[find(other)] = find(claim.id)
    groups: dict[object, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(find(claim.id), []).append(claim)
    return sorted(groups.values(), key=len, reverse=True)


@cache
def _verifier(budget: str, seed: int, folder: str | None, fresh: bool) -> Verifier:
    """One per process and plan, so that claims which others rest on are computed once in it."""
    ledger = None if folder is None else Ledger(folder)
    return Verifier(plan=Plan(budget=budget, seed=seed, ledger=ledger, fresh=fresh))


def _several(
    names: Sequence[tuple[str, str]], budget: str, seed: int, folder: str | None, fresh: bool, home: str
) -> list[tuple[str, str, float | None, str]]:
    """(id, record as text, seconds, error) of each of some claims, told by (selector, id).

    Users' files are named from ``home``: a process that is used again may stand where an earlier run stood.
    """
    from checks.catalog import select

    verifier, answers = _verifier(budget, seed, folder, fresh), []
    with chdir(home):
        for selector, name in names:
            verifier.add(select([selector]))
            result = verifier.result(verifier.find(name))
            answers.append((name, result.record.line(), result.seconds, result.error))
    return answers
