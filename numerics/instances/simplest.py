"""The simplest rational numbers in intervals and near given ones."""

from __future__ import annotations

import math
from fractions import Fraction


def simplest_between(low: Fraction, high: Fraction) -> Fraction:
    """The fraction of smallest denominator, then smallest magnitude, in the closed interval [low, high].
    Exact.

    It is the first node of the Stern–Brocot tree inside the interval. Raises ValueError if low > high.
    Source: Graham, Knuth and Patashnik, Concrete Mathematics, section 4.5.
    """
    if low > high:
        raise ValueError(f"low={low} exceeds high={high}; swap them")
    if low <= 0 <= high:
        return Fraction(0)
    if high < 0:
        return -simplest_between(-high, -low)
    steps: list[int] = []
    while True:
        whole = math.ceil(low)
        if whole <= high:
            result = Fraction(whole)
            break
        floor = whole - 1
        steps.append(floor)
        low, high = 1 / (high - floor), 1 / (low - floor)
    for floor in reversed(steps):
        result = floor + 1 / result
    return result


def simplest_near(value: Fraction, tolerance: Fraction) -> Fraction:
    """The simplest fraction within the relative ``tolerance`` in [0, 1) of ``value``. Exact.

    The shortest decimal within the tolerance is preferred to a fraction that takes longer to write.
    """
    gap = abs(value) * tolerance
    found = simplest_between(value - gap, value + gap)
    if value == 0:
        return found
    digits, power = len(str(abs(value.numerator))) - len(str(value.denominator)), Fraction(0)
    for shorter in range(18):
        power = Fraction(10) ** (digits - shorter)
        if abs(round(value / power) * power - value) <= gap:
            break
    decimal = round(value / power) * power
    near = [x for x in (found, decimal, value) if abs(x - value) <= gap]
    return min(near, key=complexity)


def complexity(value: Fraction) -> tuple[int, int, Fraction]:
    """Order in which numbers count as simple: digits to write (trailing zeros are free), then size, +
    before −.
    """

    def digits(number: int) -> int:
        return len(str(abs(number)).rstrip("0"))

    den = value.denominator
    return (digits(value.numerator) + (digits(den) if den != 1 else 0), abs(value.numerator) + den, -value)
