"""Evidence: what a method found out about a claim, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from checks.verdict import Verdict

__all__ = ["Evidence", "Outcome", "trust"]

_MAY_ISSUE: dict[Verdict, frozenset[str]] = {
    # Floats never prove or refute: only these arithmetics may back the strong words.
    Verdict.PROVED: frozenset({"normal form", "rules"}),
    Verdict.CERTIFIED: frozenset({"balls", "bernstein", "rules"}),
    Verdict.REFUTED: frozenset({"balls", "exact", "normal form"}),
}


@cache
def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


def trust(*packages: str, precision: int | None = None) -> tuple[str, ...]:
    """What a piece of evidence rests on: libraries with versions, and the working precision in bits."""
    entries = [f"{package} {_version(package)}" for package in packages]
    return (*entries, f"precision {precision} bits") if precision else tuple(entries)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One finding.  ``arithmetic`` is what carries it; ``numbers`` are exact or decimal strings and plain numbers."""

    method: str
    verdict: Verdict
    arithmetic: str
    quantified_over: str
    detail: str = ""
    numbers: Mapping[str, Any] = field(default_factory=dict)
    witness: Mapping[str, Any] | None = None
    trust: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        allowed = _MAY_ISSUE.get(self.verdict)
        if allowed is not None and self.arithmetic not in allowed:
            raise ValueError(f"{self.method} works in {self.arithmetic} and may not issue {self.verdict}")

    def as_data(self) -> dict[str, Any]:
        """JSON-able record."""
        return {
            "method": self.method,
            "verdict": self.verdict.name,
            "arithmetic": self.arithmetic,
            "quantified_over": self.quantified_over,
            "detail": self.detail,
            "numbers": dict(self.numbers),
            "witness": None if self.witness is None else dict(self.witness),
            "trust": list(self.trust),
        }


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The verdict of a claim with the evidence that it was computed from."""

    claim: str
    digest: str
    verdict: Verdict
    expected: Verdict | None
    evidence: tuple[Evidence, ...]
    capped_by: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the verdict is the one expected; without an expectation, whether nothing was found against the claim."""
        if self.expected is None:
            return self.verdict not in (Verdict.REFUTED, Verdict.CONTRADICTED)
        return self.verdict is self.expected

    @property
    def leading(self) -> Evidence | None:
        """The piece of evidence that carries the verdict."""
        return next((piece for piece in self.evidence if piece.verdict is self.verdict), None) or next(
            iter(self.evidence), None
        )
