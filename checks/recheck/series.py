"""Truncated Taylor series c_0 … c_{n−1} of f(p + t) over balls, over ring elements, or over series in a
further variable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from flint import arb, fmpq


class Series:
    def __init__(self, coefficients: Sequence[Any]) -> None:
        self.c = list(coefficients)

    def __add__(self, other: Any) -> Series:
        if isinstance(other, Series):
            return Series([x + y for x, y in zip(self.c, other.c, strict=False)])
        return Series([self.c[0] + other, *self.c[1:]])

    def __mul__(self, other: Any) -> Series:
        if not isinstance(other, Series):
            return Series([x * other for x in self.c])
        length = min(len(self.c), len(other.c))
        return Series([total([self.c[j] * other.c[k - j] for j in range(k + 1)]) for k in range(length)])

    __radd__, __rmul__ = __add__, __mul__

    def rate(self) -> Series:
        return Series([x * k for k, x in enumerate(self.c)][1:])


def total(terms: Sequence[Any]) -> Any:
    result = terms[0]
    for term in terms[1:]:
        result = result + term
    return result


def innermost(value: Any) -> Any:
    return innermost(value.c[0]) if isinstance(value, Series) else value


def apply(base: Callable[..., Any], name: str, *arguments: Any) -> Any:
    """A function of series: y_0 = F(u_0), and y' = F'(u) u' gives the other coefficients."""
    if not any(isinstance(argument, Series) for argument in arguments):
        return base(name, *arguments)
    if name == "atan2":
        length = max(len(argument.c) for argument in arguments if isinstance(argument, Series))
        y, x = (u if isinstance(u, Series) else Series([u] + [fmpq(0)] * (length - 1)) for u in arguments)
        smooth = base("off cut", innermost(y), innermost(x))  # NaN where atan2 jumps, though its slope does not
        first = apply(base, name, y.c[0], x.c[0]) * smooth
        turn = (y.rate() * x + x.rate() * y * -1) * smooth
        slope = turn * apply(base, "pow", x * x + y * y, Fraction(-1)) if length > 1 else None
    elif name == "owen":
        length = max(len(argument.c) for argument in arguments if isinstance(argument, Series))
        h, a = (u if isinstance(u, Series) else Series([u] + [fmpq(0)] * (length - 1)) for u in arguments)
        first = apply(base, name, h.c[0], a.c[0])
        slope = h.rate() * owen_slope(base, h, a, 0) + a.rate() * owen_slope(base, h, a, 1) if length > 1 else None
    elif name == "max":
        left, right = arguments
        side = base("sign", innermost(left + right * -1))
        if not isinstance(side, arb):
            return left if side > 0 else right
        return (left + right + apply(base, "abs", left + right * -1)) * fmpq(1, 2)
    elif name == "abs":
        u = arguments[0]
        side = base("sign", innermost(u))
        if isinstance(side, arb) and len(u.c) == 2 and not isinstance(u.c[0], Series):
            # Lipschitz: the mean value theorem holds with slopes in [-1, 1]
            return Series([base("abs", u.c[0]), u.c[1] * arb(0, 1)])
        return u * side
    else:
        u, *more = arguments
        first = apply(base, name, u.c[0], *more)
        slope = u.rate() * derivative(base, name, Series(u.c[:-1]), *more) if len(u.c) > 1 else None
    return Series([first, *(x * fmpq(1, k + 1) for k, x in enumerate(slope.c if slope else []))])


def owen_slope(base: Callable[..., Any], h: Series, a: Series, which: int) -> Any:
    """∂T/∂h = −e^{−h²/2} erf(ah/√2) / √(8π) and ∂T/∂a = e^{−h²(1+a²)/2} / (2π(1+a²)), one term shorter."""
    h, a = Series(h.c[:-1]), Series(a.c[:-1])
    if which == 0:
        root = base("pow", fmpq(2), Fraction(-1, 2))
        scale = base("pow", base("pi"), Fraction(-1, 2)) * root * fmpq(-1, 2)
        inside = h * a * root
        return apply(base, "exp", h * h * fmpq(-1, 2)) * apply(base, "erf", inside) * scale
    ends = a * a + 1
    return (
        apply(base, "exp", h * h * ends * fmpq(-1, 2))
        * apply(base, "pow", ends, Fraction(-1))
        * (base("pow", base("pi"), Fraction(-1)) * fmpq(1, 2))
    )


def derivative(base: Callable[..., Any], name: str, u: Any, exponent: Fraction = Fraction(1)) -> Any:
    def call(name: str, *arguments: Any) -> Any:
        return apply(base, name, *arguments)

    def power(u: Any, exponent: Fraction) -> Any:
        return call("pow", u, exponent)

    if name == "pow":
        return power(u, exponent - 1) * fmpq(exponent.numerator, exponent.denominator) if exponent else u * 0
    if name in ("tan", "tanh"):
        return power(call(name, u), Fraction(2)) * (1 if name == "tan" else -1) + 1
    if name in ("asin", "acos"):
        return power(u * u * -1 + 1, Fraction(-1, 2)) * (1 if name == "asin" else -1)
    if name == "erf":
        return call("exp", u * u * -1) * (base("pow", base("pi"), Fraction(-1, 2)) * 2)
    if name == "cos":
        return call("sin", u) * -1
    if name == "log":  # 1/u is finite also where the logarithm is undefined
        return power(u, Fraction(-1)) * base("positive", innermost(u))
    if name == "atan":
        return power(u * u + 1, Fraction(-1))
    return call({"exp": "exp", "sin": "cos", "sinh": "cosh", "cosh": "sinh"}[name], u)
