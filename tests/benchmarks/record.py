"""What a table says: times, ratios with their goals, and how both read on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["Goal", "Table", "changes", "shown"]

SLOWER = 1.5


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A measured ``value`` and what it should be: at least or at most ``bound``; None states no goal."""

    what: str
    value: float
    bound: float | None = None
    at_least: bool = True
    unit: str = "×"

    @property
    def met(self) -> bool | None:
        if self.bound is None:
            return None
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def __str__(self) -> str:
        text = f"{self.what:<78} {_number(self.value)} {self.unit:<4}"
        if self.bound is None:
            return text.rstrip()
        sign = "≥" if self.at_least else "≤"
        return f"{text} goal {sign} {_number(self.bound).strip()} {self.unit:<4} {'met' if self.met else 'NOT MET'}"


@dataclass(frozen=True, kw_only=True)
class Table:
    """``seconds`` per call (or per instance, as the names say) and the ``goals`` made of them."""

    title: str
    seconds: Mapping[str, float] = field(default_factory=dict)
    goals: Sequence[Goal] = ()
    notes: Sequence[str] = ()

    def lines(self) -> list[str]:
        best = min(self.seconds.values(), default=1.0)
        times = [f"  {name:<78} {shown(value):>10}  (×{value / best:.3g})" for name, value in self.seconds.items()]
        return [self.title, *times, *(f"  → {goal}" for goal in self.goals), *(f"  {note}" for note in self.notes), ""]

    def data(self) -> dict[str, object]:
        return {
            "seconds": {name: float(f"{value:.4g}") for name, value in self.seconds.items()},
            "goals": {
                goal.what: {"value": float(f"{goal.value:.4g}"), "goal": goal.bound, "at_least": goal.at_least}
                for goal in self.goals
            },
        }


def _number(value: float) -> str:
    return f"{value:10.3g}" if abs(value) < 1000 else f"{value:10.0f}"


def shown(seconds: float) -> str:
    """A time in the unit that suits it."""
    for scale, unit in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if seconds >= scale:
            return f"{seconds / scale:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def changes(tables: Sequence[Table], baseline: Mapping[str, Mapping[str, object]]) -> list[str]:
    """Ratios that are worse than the baseline's by more than a factor 1.5; times are of one machine and load."""
    found = []
    for table in tables:
        before = baseline.get(table.title, {}).get("goals", {})
        for goal in table.goals:
            known = before.get(goal.what) if isinstance(before, Mapping) else None
            if known is None or not known["value"] or not goal.value:
                continue
            worse = known["value"] / goal.value if goal.at_least else goal.value / known["value"]
            if worse > SLOWER:
                found.append(
                    f"{table.title}: {goal.what}: {known['value']:.4g} → {goal.value:.4g} (×{worse:.2f} worse)"
                )
    return found
