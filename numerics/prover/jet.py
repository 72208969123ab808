"""Truncated Taylor series (jets) over any coefficients: balls, the exact ring, or jets in another variable.

A jet (c₀, …, c_{n−1}) stands for f(p + t) = Σ_j c_j tʲ + O(tⁿ), c_j = f⁽ʲ⁾/j!.  All elementary functions
follow from their derivative: y = F(u) has y₀ = F(u₀) and k y_k = Σ_{j=1}^k j u_j D_{k−j} with D the jet of
F′(u), shorter by one. With ball coefficients that start from a ball X instead of a point, c_j encloses
f⁽ʲ⁾(x)/j! for every x in X.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from numerics.ball import HEAD_FUNCTIONS, ball, power
from numerics.prover.tree import Tree, straight_line

__all__ = ["Jet", "ball_call", "evaluate", "variable"]

Call = Callable[..., Any]


class Jet:
    """Coefficients c₀ … c_{n−1}; sums and products truncate to the shorter length."""

    __slots__ = ("c",)

    def __init__(self, coefficients: list[Any]) -> None:
        self.c = coefficients

    def __add__(self, other: Any) -> Jet:
        if isinstance(other, Jet):
            return Jet([x + y for x, y in zip(self.c, other.c, strict=False)])
        return Jet([self.c[0] + other, *self.c[1:]])

    __radd__ = __add__

    def __neg__(self) -> Jet:
        return Jet([-x for x in self.c])

    def __sub__(self, other: Any) -> Jet:
        return self + -other

    def __rsub__(self, other: Any) -> Jet:
        return -self + other

    def __mul__(self, other: Any) -> Jet:
        if not isinstance(other, Jet):
            return Jet([x * other for x in self.c])
        length = min(len(self.c), len(other.c))
        return Jet([_convolve(self.c, other.c, k) for k in range(length)])

    __rmul__ = __mul__


def _convolve(left: list[Any], right: list[Any], k: int) -> Any:
    total = left[0] * right[k]
    for j in range(1, k + 1):
        total = total + left[j] * right[k - j]
    return total


def _innermost(value: Any) -> Any:
    while isinstance(value, Jet):
        value = value.c[0]
    return value


def variable(value: Any, length: int) -> Jet:
    """The jet of the variable itself at ``value``."""
    return Jet([value, fmpq(1), *[fmpq(0)] * (length - 2)][:length])


def ball_call(name: str, *arguments: Any) -> Any:
    """Functions of ball coefficients, as `Ring.call` for exact ones."""
    if name == "pi":
        return arb.pi()
    if name == "euler":
        return arb.const_euler()
    if name == "pow":
        return power(*arguments)
    if name == "positive":
        return 1 if ball(arguments[0]) > 0 else arb.nan()
    if name == "sign":
        u = ball(arguments[0])
        return 1 if u > 0 else -1 if u < 0 else arb.nan()
    if name == "off cut":
        y, x = map(ball, arguments)
        return 1 if x > 0 or y > 0 or y < 0 else arb.nan()
    return HEAD_FUNCTIONS[name](*map(ball, arguments))


def _call(base: Call, name: str, *arguments: Any) -> Any:
    if not isinstance(arguments[0], Jet) and not (name in ("atan2", "max", "owen") and isinstance(arguments[1], Jet)):
        return base(name, *arguments)
    if name == "owen":
        return _owen(base, *arguments)
    if name == "atan2":
        return _atan2(base, *arguments)
    if name == "max":
        left, right = arguments
        side = base("sign", _innermost(left - right))
        if not isinstance(side, arb):
            return left if side > 0 else right
        return (left + right + _call(base, "abs", left - right)) * fmpq(1, 2)
    u: Jet = arguments[0]
    if name == "abs":
        return u * base("sign", _innermost(u))
    first = _call(base, name, u.c[0], *arguments[1:])
    if len(u.c) == 1:
        return Jet([first])
    outer = _derivative(base, name, Jet(u.c[:-1]), arguments[1:])
    return _integrate(first, _rate(u), outer)


def _rate(u: Jet) -> Jet:
    return Jet([x * fmpq(j) for j, x in enumerate(u.c)][1:])


def _integrate(first: Any, rate: Jet, outer: Any) -> Jet:
    product = rate * outer
    return Jet([first, *(x * fmpq(1, k + 1) for k, x in enumerate(product.c))])


def _derivative(base: Call, name: str, u: Jet, extra: tuple[Any, ...]) -> Any:
    """F′(u) for F = name."""

    def call(name: str, argument: Any, *more: Any) -> Any:
        return _call(base, name, argument, *more)

    if name == "pow":
        exponent = Fraction(extra[0])
        if exponent == 0:
            return Jet([fmpq(0)] * len(u.c))
        return call("pow", u, exponent - 1) * fmpq(exponent.numerator, exponent.denominator)
    if name == "exp":
        return call("exp", u)
    if name == "log":  # 1/u is finite also where the logarithm is undefined
        return call("pow", u, Fraction(-1)) * base("positive", _innermost(u))
    if name in ("sin", "sinh"):
        return call("cos" if name == "sin" else "cosh", u)
    if name in ("cos", "cosh"):
        return -call("sin", u) if name == "cos" else call("sinh", u)
    if name in ("tan", "tanh"):
        square = call("pow", call(name, u), Fraction(2))
        return square + 1 if name == "tan" else 1 - square
    if name in ("asin", "acos"):
        slope = call("pow", 1 - u * u, Fraction(-1, 2))
        return slope if name == "asin" else -slope
    if name == "atan":
        return call("pow", u * u + 1, Fraction(-1))
    if name == "erf":
        factor = base("pow", base("pi"), Fraction(-1, 2)) * fmpq(2)
        return call("exp", -(u * u)) * factor
    raise ValueError(f"no derivative is known for {name!r}")


def _both(left: Any, right: Any) -> tuple[Jet, Jet]:
    """Two arguments as jets of one length."""
    length = max(len(value.c) for value in (left, right) if isinstance(value, Jet))
    one, other = (
        value if isinstance(value, Jet) else Jet([value, *[fmpq(0)] * (length - 1)]) for value in (left, right)
    )
    return one, other


def _owen(base: Call, h: Any, a: Any) -> Jet:
    h, a = _both(h, a)
    first = _call(base, "owen", h.c[0], a.c[0])
    if len(h.c) == 1:
        return Jet([first])
    inside, slope = Jet(h.c[:-1]), Jet(a.c[:-1])
    half = inside * inside * fmpq(1, 2)
    root = base("pow", fmpq(2), Fraction(-1, 2))
    over_pi = base("pow", base("pi"), Fraction(-1))
    along = _call(base, "exp", -half) * _call(base, "erf", inside * slope * root)
    along = along * (base("pow", base("pi"), Fraction(-1, 2)) * root * fmpq(-1, 2))
    square = slope * slope + 1
    across = _call(base, "exp", -half * square) * _call(base, "pow", square, Fraction(-1)) * (over_pi * fmpq(1, 2))
    rate = _rate(h) * along + _rate(a) * across
    return Jet([first, *(x * fmpq(1, k + 1) for k, x in enumerate(rate.c))])


def _atan2(base: Call, y: Any, x: Any) -> Jet:
    y, x = _both(y, x)
    length = len(y.c)
    smooth = base("off cut", _innermost(y), _innermost(x))  # NaN where atan2 jumps, though its slope does not
    first = _call(base, "atan2", y.c[0], x.c[0]) * smooth
    if length == 1:
        return Jet([first])
    inverse = _call(base, "pow", x * x + y * y, Fraction(-1))
    return _integrate(first, (_rate(y) * x - _rate(x) * y) * smooth, inverse)


def evaluate(tree: Tree, values: Mapping[str, Any], base: Call) -> Any:
    """The tree at ``values`` (fmpq, base elements, or jets), with common subexpressions shared.

    ``base(name, *arguments)`` is `ball_call` or the ``call`` of a `Ring`; with balls the result is an
    enclosure, with a ring it is exact.  Raises what the base raises.
    """
    memory: list[Any] = []
    for step in straight_line(tree):
        inner = [memory[index] for index in step.arguments]
        result: Any
        if step.head == "rat":
            result = step.value
        elif step.head == "var":
            result = values[step.value]
        elif step.head in ("pi", "euler"):
            result = base(step.head)
        elif step.head in ("add", "mul"):
            result = inner[0]
            for other in inner[1:]:
                result = result + other if step.head == "add" else result * other
        elif step.head == "pow":
            result = _call(base, "pow", inner[0], step.value)
        else:
            result = _call(base, step.head, *inner)
        memory.append(result)
    return memory[-1]
