"""The engine: runs the methods that apply to a claim and computes its verdict from their evidence.

Status is computed, never declared.  A refutation outweighs everything; then the strongest finding counts, capped by
the weakest step that our own argument (``because``) rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from checks.admissible import inadmissible
from checks.claim import Claim
from checks.evidence import Evidence, Outcome
from checks.method import Context, Method
from checks.verdict import Verdict, weakest
from theory.discovery import discover

__all__ = ["Engine", "InternalConflict", "methods", "verdict_of"]

_WEIGHT = (
    Verdict.REFUTED,
    Verdict.CONTRADICTED,
    Verdict.PROVED,
    Verdict.CERTIFIED,
    Verdict.MEASURED,
    Verdict.SUPPORTED,
    Verdict.ASSUMED,
    Verdict.UNDECIDED,
)
_FINAL = (Verdict.REFUTED, Verdict.PROVED, Verdict.CERTIFIED)
_RIGOROUS = (Verdict.PROVED, Verdict.CERTIFIED)


class InternalConflict(RuntimeError):
    """Two rigorous methods disagree: lemmata itself is wrong somewhere, and says so instead of choosing."""


@cache
def methods() -> tuple[Method, ...]:
    """All methods, in the order in which they run."""
    return tuple(sorted(discover("checks.methods", "METHOD", Method).values(), key=lambda method: method.order))


def verdict_of(evidence: Sequence[Evidence]) -> Verdict:
    """The verdict that pieces of evidence amount to.

    Raises InternalConflict if one proves and another refutes.
    """
    found = [piece.verdict for piece in evidence]
    if Verdict.REFUTED in found and any(verdict in _RIGOROUS for verdict in found):
        raise InternalConflict("; ".join(f"{piece.method}: {piece.verdict}" for piece in evidence))
    return min(found, key=_WEIGHT.index, default=Verdict.UNDECIDED)


@dataclass(kw_only=True)
class Engine:
    """Computes outcomes of claims in one context, each claim once."""

    context: Context
    claims: Mapping[str, Claim] = field(default_factory=dict)
    known: dict[str, Outcome] = field(default_factory=dict)
    _running: list[str] = field(default_factory=list)

    def run(self, claims: Sequence[Claim]) -> Iterator[Outcome]:
        """Outcomes one by one, as they are computed."""
        self.claims = {**self.claims, **{claim.id: claim for claim in claims}}
        for claim in claims:
            yield self.outcome(claim)

    def outcome(self, claim: Claim) -> Outcome:
        """Outcome of a claim; the claims it rests on are computed first.

        Raises ValueError for a circular ``because``.
        """
        if claim.id in self.known and self.known[claim.id].digest == claim.digest:
            return self.known[claim.id]
        if claim.id in self._running:
            raise ValueError(f"circular argument: {' → '.join([*self._running, claim.id])}")
        self._running.append(claim.id)
        try:
            result = self._compute(claim)
        finally:
            self._running.pop()
        if claim.id:
            self.known[claim.id] = result
        return result

    def resolve(self, name: str) -> Outcome:
        """Outcome of the claim of that id."""
        if name not in self.claims:
            from checks.catalog import find_claim

            self.claims = {**self.claims, name: find_claim(name)}
        return self.outcome(self.claims[name])

    def _compute(self, claim: Claim) -> Outcome:
        wrong = inadmissible(claim)
        if wrong:
            raise ValueError(f"{claim.id or 'a claim'}: {wrong}")
        context = replace(self.context, resolve=self.resolve, claims=self.claims)
        evidence: list[Evidence] = []
        for method in methods():
            if method.applies(claim):
                evidence.append(method.run(claim, context))
                if evidence[-1].verdict in _FINAL:
                    break
        if not evidence:
            evidence.append(
                Evidence(
                    method="none",
                    verdict=Verdict.UNDECIDED,
                    arithmetic="none",
                    quantified_over="nothing",
                    detail=f"no method applies to a claim of kind {claim.kind!r} of this shape",
                )
            )
        verdict, capped = self._capped(claim, verdict_of(evidence))
        return Outcome(
            claim=claim.id,
            digest=claim.digest,
            verdict=verdict,
            expected=claim.expected,
            evidence=tuple(evidence),
            capped_by=capped,
        )

    def _capped(self, claim: Claim, verdict: Verdict) -> tuple[Verdict, tuple[str, ...]]:
        """A rigorous verdict needs rigorous steps; with a weaker step the claim is supported at best."""
        if verdict not in _RIGOROUS:
            return verdict, ()
        steps = {name: self.resolve(name).verdict for name in claim.because}
        weak = tuple(name for name, step in steps.items() if step not in _RIGOROUS)
        if not weak:
            return weakest([verdict, *steps.values()]), ()
        return Verdict.SUPPORTED, weak
