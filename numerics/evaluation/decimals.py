"""Decimal strings whose every digit is right: exact where the value is a short decimal, rounded to nearest
otherwise.
"""

from __future__ import annotations

from fractions import Fraction

from flint import arb, fmpq

__all__ = ["decimal_of_ball", "decimal_of_rational", "power_of_ten_above"]


def decimal_of_rational(value: fmpq, digits: int) -> str:
    """The value itself if it has at most ``digits`` significant digits, else the nearest such decimal, ties
    to even.
    """
    if value == 0:
        return "0"
    exact = Fraction(int(value.p), int(value.q))
    mantissa, exponent, remainder = _rounded(abs(exact), digits)
    return _written(exact < 0, mantissa, exponent, digits, trim=not remainder)


def decimal_of_ball(ball: arb, digits: int) -> str | None:
    """The decimal of ``digits`` significant digits nearest to every number of the ball, None if they differ.

    Trailing zeros are kept: they are digits like the others.
    """
    if not ball.is_finite():
        return None
    middle, radius = _dyadic(ball.mid()), _dyadic(ball.rad())
    low, high = middle - radius, middle + radius
    if low <= 0 <= high:
        return None
    texts = {_nearest(end, digits) for end in (low, high)}
    return texts.pop() if len(texts) == 1 else None


def power_of_ten_above(ball: arb) -> str:
    """The smallest power of ten above |x| for every x of the ball, such as "1e-30"."""
    largest = abs(_dyadic(ball.mid())) + _dyadic(ball.rad())
    if largest == 0:
        return "0"
    exponent = _exponent(largest)
    return f"1e{exponent + 1}"


def _nearest(value: Fraction, digits: int) -> str:
    mantissa, exponent, _ = _rounded(abs(value), digits)
    return _written(value < 0, mantissa, exponent, digits, trim=False)


def _dyadic(number: arb) -> Fraction:
    mantissa, exponent = (int(part) for part in number.man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent


def _exponent(value: Fraction) -> int:
    """e with 10^e ≤ value < 10^(e + 1)."""
    # log₁₀ 2 = 0.30103 gets within one of it; the comparison is exact.
    guess = (value.numerator.bit_length() - value.denominator.bit_length()) * 30103 // 100000
    while Fraction(10) ** guess > value:
        guess -= 1
    while Fraction(10) ** (guess + 1) <= value:
        guess += 1
    return guess


def _rounded(value: Fraction, digits: int) -> tuple[int, int, bool]:
    """(m, e, inexact) with value ≈ m · 10^(e − digits + 1), m of exactly ``digits`` digits."""
    exponent = _exponent(value)
    scaled = value / Fraction(10) ** (exponent - digits + 1)
    mantissa = round(scaled)  # Fraction rounds halves to even
    inexact = mantissa != scaled
    if mantissa == 10**digits:
        mantissa, exponent = mantissa // 10, exponent + 1
    return mantissa, exponent, inexact


def _written(negative: bool, mantissa: int, exponent: int, digits: int, *, trim: bool) -> str:
    text = str(mantissa)
    if -5 <= exponent < 0:
        text = "0." + "0" * (-exponent - 1) + text
    elif 0 <= exponent < digits:
        text = text[: exponent + 1] + "." + text[exponent + 1 :]
    else:
        text = text[0] + "." + text[1:]
    if trim and "." in text:
        text = text.rstrip("0")
    text = text.removesuffix(".")
    if not -5 <= exponent < digits:
        text += f"e{exponent}"
    return ("-" if negative else "") + text
