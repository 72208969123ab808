"""Limits of recorded series: an extrapolated value with an interval, and whether a stated limit is compatible
with it.

With values y at T, T/q and T/q² (q = √10) and corrections that decay like a power of t, Aitken's formula
gives y_∞ = y − (Δ₁)² / (Δ₁ − Δ₀), Δ₁ = y(T) − y(T/q), Δ₀ = y(T/q) − y(T/q²).  The interval spans the last
value and the extrapolations from the last and the last but one decade; it is an estimate, not an enclosure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["Answer", "Limit", "compare", "extrapolate"]

Floats = np.ndarray[Any, np.dtype[np.float64]]

# Relative error of a recorded value itself.
_RESOLUTION = 1e-6
_RATIO = np.sqrt(10.0)


@dataclass(frozen=True, kw_only=True)
class Limit:
    """Extrapolated value with its interval, the last value, and the relative change over the last decade."""

    value: float
    low: float
    high: float
    last: float
    change: float


@dataclass(frozen=True, kw_only=True)
class Answer:
    """``sign`` +1: the stated limit is compatible; −1: it is not; 0: the run is too short to tell."""

    sign: int
    reason: str
    distance: float


def _at(t: Floats, y: Floats, time: float) -> float:
    """Value at a time, linear in log t between recorded ones."""
    positive = t > 0
    return float(np.interp(np.log(time), np.log(t[positive]), y[positive]))


def _aitken(t: Floats, y: Floats, time: float) -> float | None:
    last, middle, early = (_at(t, y, time / _RATIO**place) for place in range(3))
    first, second = middle - early, last - middle
    ratio = second / first if first else 1.0
    # Only a decaying correction can be summed up: 0 < ratio < 1.
    return last + second * ratio / (1 - ratio) if 0 < ratio < 0.97 else None


def extrapolate(t: Floats, y: Floats) -> Limit:
    """Limit of y(t) as t → ∞ from positive times over at least three decades.

    Raises ValueError if the series is shorter.
    """
    positive = t > 0
    if not positive.any() or t[-1] / t[positive][0] < 1e3:
        raise ValueError("a limit needs recorded times over three decades at least; let the run go on for longer")
    last = float(y[-1])
    guesses = [last]
    for time in (t[-1], t[-1] / 10):
        guess = _aitken(t, y, time)
        if guess is not None:
            guesses.append(guess)
    value = guesses[1] if len(guesses) > 1 else last
    slack = _RESOLUTION * max(abs(last), abs(value))
    spread = max(guesses[:2]) - min(guesses[:2])
    # The second extrapolation widens the interval as far as it is from the first, but never to more than ten
    # corrections.
    if len(guesses) > 2:
        spread = max(spread, min(abs(guesses[2] - guesses[1]), 10 * spread))
    before = _at(t, y, t[-1] / 10)
    change = abs(last - before) / max(abs(last), abs(before), 1e-300)
    return Limit(
        value=value,
        low=min(last, value) - spread - slack,
        high=max(last, value) + spread + slack,
        last=last,
        change=change,
    )


def compare(t: Floats, y: Floats, stated: Floats, tolerance: float) -> Answer:
    """Whether y(t) tends to the stated limit, itself a series whose last value counts.

    Compatible: the stated limit lies in an interval that is not wider than 5 ``tolerance``, or within
    ``tolerance`` of the last value while the distance falls. Not compatible: it lies outside, and the
    distance exceeds the tolerance and what the series still moves.
    """
    if not (np.isfinite(y).all() and np.isfinite(stated[-1])):
        return Answer(sign=-1 if np.isinf(y[-1]) else 0, reason="the series is not finite", distance=float("inf"))
    if stated[-1] == 0:
        return _to_zero(t, y)
    gap = np.abs(y / stated - 1)
    limit = extrapolate(t, y / stated)
    distance = float(gap[-1])
    falls = _at(t, gap, t[-1]) <= 0.9 * _at(t, gap, t[-1] / 10) or distance < _RESOLUTION
    if limit.low <= 1 <= limit.high and max(distance, limit.high - limit.low) <= 5 * tolerance:
        return Answer(sign=1, reason="the stated limit lies in the extrapolated interval", distance=distance)
    if distance <= tolerance and falls:
        return Answer(
            sign=1, reason="within tolerance of the stated limit, and still approaching it", distance=distance
        )
    away = abs(limit.value - 1)
    if distance > tolerance / 2 and (away > max(tolerance / 2, 3 * (limit.high - limit.low)) or not falls):
        return Answer(sign=-1, reason="settles elsewhere, or moves away", distance=distance)
    return Answer(sign=0, reason="not there yet, and still moving", distance=distance)


def _to_zero(t: Floats, y: Floats) -> Answer:
    """Decay to 0: by a factor over each of the last two decades."""
    top = float(np.abs(y).max())
    if top == 0:
        return Answer(sign=1, reason="identically 0", distance=0.0)
    last, before, earlier = (abs(_at(t, y, t[-1] / 10**place)) for place in range(3))
    distance = last / top
    if distance < 1e-12 or (last < 0.8 * before and before < 0.9 * earlier and distance < 0.05):
        return Answer(sign=1, reason="decays over the last two decades", distance=distance)
    if last > 0.95 * before:
        return Answer(sign=-1, reason="does not decay over the last decade", distance=distance)
    return Answer(sign=0, reason="decays too slowly to tell", distance=distance)
