"""What a method is, and the context it runs in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    from checks.claim import Claim
    from checks.evidence import Evidence, Outcome

__all__ = ["BUDGETS", "Budget", "Context", "Method"]


@dataclass(frozen=True, kw_only=True)
class Budget:
    """Work, not seconds, so that a verdict does not depend on the machine.

    ``samples`` instances drawn per claim, ``searches`` margin evaluations of the optimisers, ``boxes`` of the prover,
    ``draws`` of a Monte Carlo, ``seeds`` of a figure's runs; ``effort`` scales trajectories.
    """

    name: str
    samples: int
    searches: int
    boxes: int
    draws: int
    seeds: int
    effort: int


BUDGETS = {
    "quick": Budget(name="quick", samples=4_000, searches=4_000, boxes=3_000, draws=20_000, seeds=4, effort=1),
    "full": Budget(name="full", samples=200_000, searches=200_000, boxes=100_000, draws=1_000_000, seeds=20, effort=5),
    "deep": Budget(
        name="deep", samples=5_000_000, searches=5_000_000, boxes=10_000_000, draws=20_000_000, seeds=100, effort=25
    ),
}


@dataclass(frozen=True, kw_only=True)
class Context:
    """Budget, seed, and the outcomes of other claims (``resolve(id)``, computed on demand)."""

    budget: Budget
    seed: int = 0
    resolve: Callable[[str], Outcome] = field(default=lambda name: _unresolvable(name))
    claims: Mapping[str, Claim] = field(default_factory=dict)
    progress: Callable[[str], Any] = field(default=lambda message: None)

    def rng(self, claim: Claim, stream: str = "") -> np.random.Generator:
        """A generator of the claim's own, independent of which other claims run; same seed, same numbers."""
        import numpy as np

        digest = hashlib.sha256(f"{self.seed}|{claim.digest}|{stream}".encode()).digest()
        return np.random.default_rng(int.from_bytes(digest[:16], "big"))


def _unresolvable(name: str) -> Outcome:
    raise ValueError(f"claim {name!r} can't be resolved outside a run of the engine")


@dataclass(frozen=True, kw_only=True)
class Method:
    """``run`` is called where ``applies``; methods run in ascending ``order`` until a verdict is final."""

    name: str
    order: int
    applies: Callable[[Claim], bool]
    run: Callable[[Claim, Context], Evidence]
