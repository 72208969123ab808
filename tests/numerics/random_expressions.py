"""Random expression trees, random boxes and exact points inside, and an evaluator in mpmath that shares no
code with ours.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
from flint import arb, fmpq
from mpmath import mpf

UNARY = ["sin", "cos", "tan", "asin", "acos", "atan", "exp", "log", "sinh", "cosh", "tanh", "erf", "abs"]
POWERS = ["2", "3", "4", "5", "-1", "-2", "-3", "1/2", "1/3", "3/2", "2/3", "-1/2"]
DIGITS = 100
NAMES = ("x", "y")


class Undefined(ArithmeticError):
    """The expression has no real value at the point; ``robust`` if that is no matter of rounding."""

    def __init__(self, robust: bool) -> None:
        super().__init__(robust)
        self.robust = robust


def number(rng: np.random.Generator) -> Fraction:
    """A rational, biased to small ones and to 0."""
    return Fraction(int(rng.integers(-6, 7)), int(rng.integers(1, 6)))


def tree(rng: np.random.Generator, depth: int) -> Any:
    """A random tree over the whole allow-list."""
    kind = rng.random()
    if depth == 0 or kind < 0.08:
        leaf = rng.random()
        if leaf < 0.7:
            return ("var", NAMES[rng.integers(2)])
        return ("rat", str(number(rng))) if leaf < 0.95 else (("pi",), ("euler",))[rng.integers(2)]
    if kind < 0.3:
        return ("add", *(tree(rng, depth - 1) for _ in range(rng.integers(2, 4))))
    if kind < 0.52:
        return ("mul", *(tree(rng, depth - 1) for _ in range(rng.integers(2, 4))))
    if kind < 0.68:
        return ("pow", tree(rng, depth - 1), POWERS[rng.integers(len(POWERS))])
    if kind < 0.74:
        return (("atan2", "max")[rng.integers(2)], tree(rng, depth - 1), tree(rng, depth - 1))
    return (UNARY[rng.integers(len(UNARY))], tree(rng, depth - 1))


def box(rng: np.random.Generator) -> tuple[tuple[fmpq, fmpq], ...]:
    """A closed rational box, wide or narrow, sometimes a point, often with an edge at a nice number."""
    sides = []
    for _ in NAMES:
        start = number(rng)
        width = Fraction(int(rng.integers(0, 9)), 8) * Fraction(1, 2 ** int(rng.choice([0, 0, 2, 6, 12, 20])))
        lo, hi = (start, start + width) if rng.random() < 0.5 else (start - width, start)
        sides.append((as_fmpq(lo), as_fmpq(hi)))
    return tuple(sides)


def point(rng: np.random.Generator, box: tuple[tuple[fmpq, fmpq], ...]) -> tuple[fmpq, ...]:
    """An exact point of the box, often on its edges."""
    shares = [Fraction(0), Fraction(1), Fraction(1, 2), Fraction(int(rng.integers(0, 1025)), 1024)]
    return tuple(lo + (hi - lo) * as_fmpq(shares[rng.integers(4)]) for lo, hi in box)


def as_fmpq(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def value(tree: Any, point: dict[str, mpf]) -> mpf:
    """The value at the working precision of mpmath. Raises Undefined."""
    head, *parts = tree
    if head == "rat":
        number = Fraction(parts[0])
        return mpf(number.numerator) / number.denominator
    if head == "var":
        return point[parts[0]]
    if head in ("pi", "euler"):
        return +(mpmath.pi if head == "pi" else mpmath.euler)
    inner = [value(part, point) for part in parts if isinstance(part, tuple)]
    if head == "add":
        return mpmath.fsum(inner)
    if head == "mul":
        return mpmath.fprod(inner)
    u = inner[0]
    small = abs(u) < mpf(10) ** (10 - DIGITS)
    if head == "pow":
        exponent = Fraction(parts[1])
        if (u == 0 and exponent < 0) or (u < 0 and exponent.denominator > 1):
            raise Undefined(not small or u == 0)
        if exponent.denominator == 1:
            return u**exponent.numerator
        return mpmath.root(u, exponent.denominator) ** exponent.numerator if u else mpf(0)
    if head == "log" and u <= 0:
        raise Undefined(not small or u == 0)
    if head in ("asin", "acos") and abs(u) > 1:
        raise Undefined(abs(abs(u) - 1) > mpf(10) ** (10 - DIGITS))
    if head == "atan2" and inner[0] == inner[1] == 0:
        raise Undefined(True)
    if abs(u) > 10**6 and head in ("exp", "sinh", "cosh"):
        raise Undefined(False)  # too large to write down
    if head in ("abs", "max"):
        return abs(u) if head == "abs" else max(inner)
    return getattr(mpmath, head)(*inner)


def as_ball(value: mpf) -> arb:
    """A ball around a value that is known to about DIGITS digits."""
    sign, mantissa, exponent, _ = value._mpf_
    exact = arb(int(mantissa) * (-1 if sign else 1)) * arb(2) ** int(exponent)
    return exact + arb(0, 1) * (abs(exact) + 1) * arb(10) ** (20 - DIGITS)
