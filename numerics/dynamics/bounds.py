"""Two-sided bounds on a falling quantity from a differential inequality that was watched along the flow.

If c₁ Q^κ ≤ −Q̇ ≤ c₂ Q^κ on [t₀, t₁] with κ = 1 + 1/q, q > 0, then with y = Q^{−1/q} and y₀ = y(t₀)

    (y₀ + c₂ (t − t₀)/q)^{−q} ≤ Q(t) ≤ (y₀ + c₁ (t − t₀)/q)^{−q},

and for κ = 1 the same with exponentials.  Unlike a fitted slope this follows from the derivative alone; c₁
and c₂ are its extremes over the steps of the integrator.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Bounds", "two_sided"]

Floats = NDArray[np.float64]

DECADES = 2.0


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """c₁ = ``lower_rate`` ≤ −Q̇/Q^``power`` ≤ c₂ = ``upper_rate`` at ``steps`` steps in [``since``, ``until``].

    ``lower`` and ``upper`` bound Q(``until``) by way of Q(``since``) = ``start``; `envelope` does so in between
    and, as long as the inequality goes on to hold, beyond.
    """

    power: float
    lower_rate: float
    upper_rate: float
    since: float
    until: float
    start: float
    steps: int
    lower: float
    upper: float

    def envelope(self, t: Any) -> tuple[Any, Any]:
        """(lower, upper) bound on Q(t), t ≥ ``since``.  Raises ValueError for earlier times."""
        t = np.asarray(t, dtype=np.float64)
        if (t < self.since).any():
            raise ValueError(f"t={t.min():g} lies before {self.since:g}, where the bounds begin")
        low, high = (
            _solved(self.power, rate, self.start, t - self.since) for rate in (self.upper_rate, self.lower_rate)
        )
        return low, high


def _solved(power: float, rate: float, start: float, elapsed: Floats) -> Floats:
    if power == 1.0:
        return np.asarray(start * np.exp(-rate * elapsed), dtype=np.float64)
    order = 1.0 / (power - 1.0)
    return np.asarray((start ** (-1.0 / order) + rate * elapsed / order) ** -order, dtype=np.float64)


def two_sided(
    t: Floats, values: Floats, slope: Floats, *, law: float | None, decades: float = DECADES
) -> Bounds | None:
    """Bounds from the last ``decades`` of (t, Q, Q̇) for Q ~ t^``law``, or exponential decay for None.

    None where there are fewer than three steps.  Raises ValueError unless law < 0.
    """
    if law is not None and not law < 0:
        raise ValueError(f"law={law!r} must be negative")
    power = 1.0 if law is None else 1.0 - 1.0 / law
    late = t >= t[-1] / 10.0**decades if law is not None else t >= 0.5 * t[-1]
    if late.sum() < 3:
        return None
    t, values, slope = t[late], values[late], slope[late]
    speed = -slope / values**power
    low, high = float(speed.min()), float(speed.max())
    bounds = [float(_solved(power, rate, float(values[0]), t[-1] - t[0])) for rate in (high, low)]
    return Bounds(
        power=power,
        lower_rate=low,
        upper_rate=high,
        since=float(t[0]),
        until=float(t[-1]),
        start=float(values[0]),
        steps=len(t),
        lower=bounds[0],
        upper=bounds[1],
    )
