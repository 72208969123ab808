"""Intervals in binary64 over many boxes at once: fast proposals for the search, never a verdict.

    a box is a pair (low, high) of arrays (N, k); every value is a pair of arrays (N,), or of numbers for constants

The rules of interval arithmetic without directed rounding: what is found here is enclosed again in balls before
anything rests on it (`numerics.prover.leaves`), so a wrong last digit costs time and nothing else.  NaN wherever
an expression may be undefined.  Raises `NoIntervals` for functions that have none here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from numerics.prover.enclosure import Enclosure

__all__ = ["Interval", "Intervals", "NoIntervals"]

Interval = tuple[Any, Any]
Floats = NDArray[np.float64]

EULER = 0.5772156649015329
HALF_TURN = np.pi / 2


class NoIntervals(ValueError):
    """Raised for a function that has no vectorised interval form; the search then goes on in balls alone."""


def add(a: Interval, b: Interval) -> Interval:
    return a[0] + b[0], a[1] + b[1]


def multiply(a: Interval, b: Interval) -> Interval:
    for (bottom, top), (low, high) in ((a, b), (b, a)):
        if isinstance(bottom, np.float64) and bottom == top:  # a constant: no four products per box
            return (low * bottom, high * bottom) if bottom >= 0 else (high * bottom, low * bottom)
    # As balls multiply, a little wider than need be: what holds here is to hold there.
    middle, radius = (a[0] + a[1]) / 2, (a[1] - a[0]) / 2
    other, spread = (b[0] + b[1]) / 2, (b[1] - b[0]) / 2
    centre, reach = middle * other, abs(middle) * spread + radius * (abs(other) + spread)
    return centre - reach, centre + reach


def inverse(a: Interval) -> Interval:
    through = (a[0] <= 0) & (a[1] >= 0)
    return np.where(through, np.nan, 1 / a[1]), np.where(through, np.nan, 1 / a[0])


def power(a: Interval, exponent: Fraction) -> Interval:
    if exponent < 0:
        return inverse(power(a, -exponent))
    if exponent == 0:
        return a[0] * 0 + 1.0, a[1] * 0 + 1.0
    low, high = a
    if exponent.denominator > 1:
        number = float(exponent)
        low = np.where(low < 0, np.nan, low)
        return low**number, np.where(np.isnan(low), np.nan, high) ** number
    number = exponent.numerator
    if number == 1:
        return a
    bottom, top = low**number, high**number
    if number % 2:
        return bottom, top
    return np.where((low <= 0) & (high >= 0), 0.0, np.minimum(bottom, top)), np.maximum(bottom, top)


def sine(a: Interval) -> Interval:
    low, high = np.sin(a[0]), np.sin(a[1])

    def meets(place: float) -> Any:
        return np.ceil((a[0] - place) / (2 * np.pi)) * (2 * np.pi) + place <= a[1]

    return (
        np.where(meets(-HALF_TURN), -1.0, np.minimum(low, high)),
        np.where(meets(HALF_TURN), 1.0, np.maximum(low, high)),
    )


def cosine(a: Interval) -> Interval:
    return sine((a[0] + HALF_TURN, a[1] + HALF_TURN))


def tangent(a: Interval) -> Interval:
    pole = np.floor(a[0] / np.pi + 0.5) != np.floor(a[1] / np.pi + 0.5)
    return np.where(pole, np.nan, np.tan(a[0])), np.where(pole, np.nan, np.tan(a[1]))


def magnitude(a: Interval) -> Interval:
    through = (a[0] <= 0) & (a[1] >= 0)
    return np.where(through, 0.0, np.minimum(abs(a[0]), abs(a[1]))), np.maximum(abs(a[0]), abs(a[1]))


def even(function: Callable[[Any], Any]) -> Callable[[Interval], Interval]:
    def on(a: Interval) -> Interval:
        low, high = magnitude(a)
        return function(low), function(high)

    return on


def increasing(function: Callable[[Any], Any]) -> Callable[[Interval], Interval]:
    return lambda a: (function(a[0]), function(a[1]))


def logarithm(a: Interval) -> Interval:
    low = np.log(np.where(a[0] > 0, a[0], np.nan))
    return low, np.where(np.isnan(low), np.nan, np.log(a[1]))


def arcsine(a: Interval) -> Interval:
    outside = (a[0] < -1) | (a[1] > 1)
    return np.where(outside, np.nan, np.arcsin(a[0])), np.where(outside, np.nan, np.arcsin(a[1]))


def arccosine(a: Interval) -> Interval:
    low, high = arcsine(a)
    return HALF_TURN - high, HALF_TURN - low


def angle(y: Interval, x: Interval) -> Interval:
    """atan2 off the cut: its extremes lie at corners."""
    clear = (x[0] > 0) | (y[0] > 0) | (y[1] < 0)
    corners = [np.arctan2(v, u) for v in y for u in x]
    return (
        np.where(clear, np.minimum.reduce(corners), np.nan),
        np.where(clear, np.maximum.reduce(corners), np.nan),
    )


FUNCTIONS: dict[str, Callable[..., Interval]] = {
    "sin": sine, "cos": cosine, "tan": tangent, "asin": arcsine, "acos": arccosine, "log": logarithm, "atan2": angle,
    "abs": magnitude, "cosh": even(np.cosh), "exp": increasing(np.exp), "atan": increasing(np.arctan),
    "sinh": increasing(np.sinh), "tanh": increasing(np.tanh), "erf": increasing(erf),
    "max": lambda a, b: (np.maximum(a[0], b[0]), np.maximum(a[1], b[1])),
}  # fmt: skip

ONE: Interval = (np.float64(1), np.float64(1))


def _minus(a: Interval) -> Interval:
    return -a[1], -a[0]


def _one_minus(a: Interval) -> Interval:
    return 1 - a[1], 1 - a[0]


def _square(a: Interval) -> Interval:
    return power(a, Fraction(2))


def _kink(a: Interval, _: Interval) -> Interval:
    return np.where(a[0] > 0, 1.0, -1.0), np.where(a[1] < 0, -1.0, 1.0)


# f′ as a function of (x, f(x)).
SLOPES: dict[str, Callable[[Interval, Interval], Interval]] = {
    "sin": lambda a, _: cosine(a),
    "cos": lambda a, _: _minus(sine(a)),
    "tan": lambda _, f: add(ONE, _square(f)),
    "asin": lambda a, _: power(_one_minus(_square(a)), Fraction(-1, 2)),
    "acos": lambda a, _: _minus(power(_one_minus(_square(a)), Fraction(-1, 2))),
    "atan": lambda a, _: inverse(add(ONE, _square(a))),
    "exp": lambda _, f: f,
    "log": lambda a, _: inverse(a),
    "sinh": lambda a, _: FUNCTIONS["cosh"](a),
    "cosh": lambda a, _: FUNCTIONS["sinh"](a),
    "tanh": lambda _, f: _one_minus(_square(f)),
    "erf": lambda a, _: multiply((np.float64(2 / np.sqrt(np.pi)),) * 2, FUNCTIONS["exp"](_minus(_square(a)))),
    "abs": _kink,
}


class Intervals:
    """The straight-line code of an enclosure on many boxes. Raises NoIntervals if a function has no interval form."""

    def __init__(self, enclosure: Enclosure) -> None:
        self.code = enclosure.code
        self.count = len(enclosure.names)
        known = {"add", "mul", "rat", "var", "pow", "pi", "euler", *FUNCTIONS}
        if missing := {head for head, _, _ in self.code} - known:
            raise NoIntervals(f"no interval form of {sorted(missing)}")

    def values(self, low: Floats, high: Floats) -> list[Interval]:
        """Intervals around all parts, the whole one last."""
        memory: list[Interval] = []
        for head, arguments, extra in self.code:
            inner = [memory[index] for index in arguments]
            if head in ("add", "mul"):
                value = inner[0]
                for other in inner[1:]:
                    value = add(value, other) if head == "add" else multiply(value, other)
            elif head == "rat":
                value = (np.float64(int(extra.p) / int(extra.q)),) * 2
            elif head == "var":
                value = low[:, extra], high[:, extra]
            elif head == "pow":
                value = power(inner[0], extra)
            elif head in ("pi", "euler"):
                value = (np.float64(np.pi if head == "pi" else EULER),) * 2
            else:
                value = FUNCTIONS[head](*inner)
            memory.append(value)
        return memory

    def gradient(self, memory: Sequence[Interval]) -> list[Interval | None]:
        """Intervals around the partial derivatives, from the values of all parts; None for 0."""
        slopes: list[list[Interval | None]] = []
        for index, (head, arguments, extra) in enumerate(self.code):
            slope: list[Interval | None] = [None] * self.count
            if head == "var":
                slope[extra] = ONE
            elif head == "add":
                slope = [_total([slopes[part][axis] for part in arguments]) for axis in range(self.count)]
            elif head == "mul":
                product, slope = memory[arguments[0]], slopes[arguments[0]]
                for part in arguments[1:]:
                    factor, other = memory[part], slopes[part]
                    slope = [
                        _total([_times(slope[axis], factor), _times(other[axis], product)])
                        for axis in range(self.count)
                    ]
                    product = multiply(product, factor)
            elif any(entry is not None for part in arguments for entry in slopes[part]):
                outer = self._outer(head, extra, [memory[part] for part in arguments], memory[index])
                slope = [
                    _total([_times(slopes[part][axis], factor) for part, factor in zip(arguments, outer, strict=True)])
                    for axis in range(self.count)
                ]
            slopes.append(slope)
        return slopes[-1]

    @staticmethod
    def _outer(head: str, extra: Any, inner: Sequence[Interval], value: Interval) -> list[Interval]:
        if head == "pow":
            return [multiply((np.float64(extra),) * 2, power(inner[0], extra - 1))]
        if head == "atan2":
            y, x = inner
            below = inverse(add(_square(x), _square(y)))
            cut = np.where((x[0] > 0) | (y[0] > 0) | (y[1] < 0), 0.0, np.nan)
            return [add(multiply(x, below), (cut, cut)), add(multiply(_minus(y), below), (cut, cut))]
        if head == "max":
            (left_low, left_high), (right_low, right_high) = inner
            share = np.where(left_low > right_high, 1.0, 0.0), np.where(left_high < right_low, 0.0, 1.0)
            return [share, _one_minus(share)]
        return [SLOPES[head](inner[0], value)]


def _total(terms: Sequence[Interval | None]) -> Interval | None:
    result = None
    for term in terms:
        if term is not None:
            result = term if result is None else add(result, term)
    return result


def _times(left: Interval | None, right: Interval) -> Interval | None:
    return None if left is None else multiply(left, right)
