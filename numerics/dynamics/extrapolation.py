"""The limit of a quantity that settles slowly, with an interval that allows for the slowness.

A sequence x₀, x₁, x₂, … is given at times t, t/ρ, t/ρ², …  Corrections t^{−α} make differences d_j = x_j − x_{j+1}
geometric, and Aitken's x₀ + d₀ q/(1 − q), q = d₀/d₁, removes them; corrections a/ln t + b/ln² t make q tend
to 1, and polynomials in 1/ln t remove them.  Which of the two is at work is read off q, and where that is in
doubt, the interval spans both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Interval", "extrapolate", "look_back"]

Floats = NDArray[np.float64]

RATIO = 10.0**0.5
POINTS = 5
# d₀/d₁ at the ratio √10 of times: below this the correction is a power t^{−α}, α > 0.4; one in 1/ln t has 0.7 and more.
FAST = 0.62
NOISE = 1e-7


@dataclass(frozen=True, kw_only=True)
class Interval:
    """An estimate and the interval it is believed to lie in; ``correction`` "power", "logarithmic", "settled"
    or "unclear"."""

    value: float
    low: float
    high: float
    correction: str

    @property
    def width(self) -> float:
        return self.high - self.low


def look_back(t: Floats, values: Floats) -> tuple[Floats, Floats]:
    """(times, values) at the last time and up to `POINTS` − 1 half decades before, linear in ln t between samples."""
    times = t[-1] / RATIO ** np.arange(POINTS)
    times = times[times >= t[0] * (1 - 1e-12)]
    return times, np.interp(np.log(times), np.log(t), values)


def extrapolate(times: Floats, values: Floats, *, noise: float = NOISE) -> Interval | None:
    """The limit of ``values`` (latest first, times falling by one ratio), None for fewer than three.

    ``noise``: relative error of the values.  The interval is an estimate, no enclosure.
    """
    if len(values) < 3 or not np.isfinite(values).all():
        return None
    steps = values[:-1] - values[1:]
    floor = noise * max(abs(float(values[0])), 1e-300)
    last, drift = float(values[0]), float(abs(steps[0]) + abs(steps[1]))
    if drift <= 10 * floor:
        return _around(last, 2 * drift + floor, "settled")
    ratio = steps[0] / steps[1] if steps[1] else np.inf
    fast = _aitken(values[:3])
    if 0 < ratio < FAST and fast is not None:
        earlier = _aitken(values[1:4]) if len(values) > 3 else None
        doubt = abs(fast - earlier) if earlier is not None else abs(fast - last)
        return _around(fast, 2 * doubt + floor / (1 - ratio), "power")
    if not 0 < ratio < 1:
        return _around(last, 4 * drift + floor, "unclear")
    logs = 1.0 / np.log(times)
    linear, quadratic = (_at_zero(logs[:count], values[:count]) for count in (2, 3))
    every = [last, linear, quadratic, *([fast] if fast is not None and ratio < 0.95 else [])]
    doubt = abs(linear - quadratic) + floor
    return Interval(value=quadratic, low=min(every) - doubt, high=max(every) + doubt, correction="logarithmic")


def _around(value: float, radius: float, correction: str) -> Interval:
    return Interval(value=value, low=value - radius, high=value + radius, correction=correction)


def _aitken(values: Floats) -> float | None:
    first, second = float(values[0] - values[1]), float(values[1] - values[2])
    return None if second == first else float(values[0]) + first * first / (second - first)


def _at_zero(x: Floats, y: Floats) -> float:
    """Value at 0 of the polynomial through the points (Lagrange)."""
    total = 0.0
    for place in range(len(x)):
        others = np.delete(x, place)
        total += float(y[place] * np.prod(others / (others - x[place])))
    return total
