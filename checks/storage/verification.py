"""Verification of many claims: what the ledger knows is taken from it, the rest is computed, in processes if
wanted.

Every outcome is written to the ledger by the process that computed it, as soon as it is there.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from checks.catalog import find_claim
from checks.claim import Claim
from checks.engine import Engine
from checks.evidence import Evidence, Outcome
from checks.method import BUDGETS, Context
from checks.storage.ledger import Ledger
from checks.storage.record import Key, Record, fingerprint, versions
from checks.verdict import Verdict

__all__ = ["Plan", "Result", "verify"]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How to verify: an amount of work, a seed, and where evidence is kept (None: nowhere)."""

    budget: str = "quick"
    seed: int = 0
    ledger: Ledger | None = None
    fresh: bool = False

    def key(self, claim: Claim, find: Callable[[str], Claim]) -> Key:
        """The key under which the ledger keeps the answer to this plan for a claim."""
        return Key(
            claim=claim.id,
            fingerprint=fingerprint(claim, find),
            budget=self.budget,
            seed=self.seed,
            versions=versions(),
        )


@dataclass(frozen=True, kw_only=True)
class Result:
    """A claim with its outcome; ``seconds`` is None for what the ledger knew.

    ``error`` tells that lemmata itself failed on the claim: the outcome is then UNDECIDED, and was not
    recorded.
    """

    claim: Claim
    record: Record
    seconds: float | None
    error: str = ""

    @property
    def outcome(self) -> Outcome:
        """The outcome, compared with what the claim expects."""
        return self.record.outcome(self.claim)


@dataclass(kw_only=True)
class Verifier:
    """One process's work: an engine, whose outcomes of all claims it meets on the way are kept."""

    plan: Plan
    _claims: dict[str, Claim] = field(default_factory=dict)
    _engine: Engine | None = None

    def add(self, claims: Iterable[Claim]) -> None:
        """Let claims be found that are in no paper."""
        self._claims |= {claim.id: claim for claim in claims}

    def find(self, name: str) -> Claim:
        """The claim of that id, among those at hand or in the papers."""
        if name in self._claims:
            return self._claims[name]
        base, _, mutant = name.partition("#")
        return self.find(base).mutated(mutant) if mutant else find_claim(name)

    def known(self, claim: Claim) -> Record | None:
        """What the ledger has for exactly this question."""
        ledger = self.plan.ledger
        return None if ledger is None or self.plan.fresh else ledger.find(self.plan.key(claim, self.find))

    def result(self, claim: Claim) -> Result:
        """The outcome of a claim, recorded."""
        record = self.known(claim)
        if record is not None:
            return Result(claim=claim, record=record, seconds=None)
        if self._engine is None:
            context = Context(budget=BUDGETS[self.plan.budget], seed=self.plan.seed)
            self._engine = Engine(context=context)
        engine = self._engine
        engine.claims = self._claims
        before, start = set(engine.known), time.perf_counter()
        try:
            self._recall(claim, engine, ())
            before = set(engine.known)
            outcome = engine.outcome(claim)
        except Exception as error:
            if os.environ.get("LEMMATA_DEBUG"):
                raise
            record = Record.of(_failed(claim, error), self.plan.key(claim, self.find))
            return Result(claim=claim, record=record, seconds=None, error=f"{type(error).__name__}: {error}")
        seconds = None if claim.id in before else time.perf_counter() - start
        for name in sorted(engine.known.keys() - before - {claim.id}):
            self._keep(self.find(name), engine.known[name], None)
        return Result(claim=claim, record=self._keep(claim, outcome, seconds), seconds=seconds)

    def _recall(self, claim: Claim, engine: Engine, above: tuple[str, ...]) -> None:
        """Give the engine what the ledger knows of the claims that this one rests on."""
        forms = claim.assumption.forms if claim.assumption else ()
        for name in (*claim.because, *forms):
            if name in engine.known or name in above:
                continue
            step = self.find(name)
            record = self.known(step)
            if record is not None:
                engine.known[name] = record.outcome(step)
            else:
                self._recall(step, engine, (*above, claim.id))

    def _keep(self, claim: Claim, outcome: Outcome, seconds: float | None) -> Record:
        record = Record.of(outcome, self.plan.key(claim, self.find))
        if self.plan.ledger is not None:
            self.plan.ledger.add(record, seconds)
        return record


def _failed(claim: Claim, error: Exception) -> Outcome:
    piece = Evidence(
        method="none",
        verdict=Verdict.UNDECIDED,
        arithmetic="none",
        quantified_over="nothing",
        detail=f"lemmata failed: {type(error).__name__}: {error}",
    )
    return Outcome(
        claim=claim.id,
        digest=claim.digest,
        verdict=Verdict.UNDECIDED,
        expected=claim.expected,
        evidence=(piece,),
    )


def verify(
    claims: Sequence[Claim],
    plan: Plan,
    *,
    jobs: int = 1,
    selectors: Mapping[str, str] | None = None,
) -> Iterator[Result]:
    """Results one by one as they arrive, those that the ledger knows first.

    With ``jobs`` > 1 the other claims run in that many processes, which find them by ``selectors[id]`` (the
    id itself where there is none); the outcomes do not depend on it.  Raises LedgerError before any work if
    the ledger is not usable.
    """
    if plan.ledger is not None:
        plan.ledger.check_usable()
    verifier = Verifier(plan=plan)
    verifier.add(claims)
    missing: list[Claim] = []
    for claim in claims:
        record = verifier.known(claim)
        if record is None:
            missing.append(claim)
        else:
            yield Result(claim=claim, record=record, seconds=None)
    if jobs <= 1 or len(missing) < 2:
        for claim in missing:
            yield verifier.result(claim)
        return
    from checks.storage.workers import in_processes

    yield from in_processes(missing, plan, min(jobs, len(missing)), selectors or {})
