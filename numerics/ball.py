"""Arb balls: elementary functions and powers whose result encloses every value on the input ball.

A ball is mid ± rad.  Where the exact function is undefined anywhere on the ball the result is NaN; NaN
compares false with everything, so it reads as "undecided" and never as a proof.  Working precision is
``flint.ctx.prec``; `precision` sets it for a block and restores it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from math import prod
from typing import Any

import sympy
from flint import arb, ctx, fmpq
from sympy import Expr, Symbol

from numerics.owen import owens_t
from numerics.prover.tree import HEADS, NotEnclosable, Step, Tree, encode, straight_line

__all__ = [
    "DERIVATIVES",
    "FUNCTIONS",
    "HEAD_FUNCTIONS",
    "NotEnclosable",
    "ball",
    "compile_ball",
    "compile_tree",
    "constant",
    "hull",
    "power",
    "precision",
    "sqr",
    "sqrt_nonnegative",
]


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Work with ``bits`` bits inside the block; the former precision comes back whatever happens."""
    with ctx.workprec(bits):
        yield


def ball(value: Any) -> arb:
    """The ball of an exact number (int, fmpq, Fraction, SymPy Rational), or the ball itself.

    Encloses the value. Raises ValueError for floats: a float literal is seldom the number that was meant.
    """
    if isinstance(value, arb):
        return value
    if isinstance(value, fmpq | int):
        return arb(value)
    if isinstance(value, Fraction):
        return arb(fmpq(value.numerator, value.denominator))
    if isinstance(value, sympy.Rational):
        return arb(fmpq(int(value.p), int(value.q)))
    raise ValueError(f"{value!r} is not an exact number; give an int, a Fraction, a Rational or a ball")


def hull(lower: Any, upper: Any) -> arb:
    """A ball containing [lower, upper]."""
    return ball(lower).union(ball(upper))


def constant(symbol: Any) -> arb:
    """π, E or EulerGamma at the working precision. Raises NotEnclosable for any other symbol."""
    if symbol is sympy.pi:
        return arb.pi()
    if symbol is sympy.E:
        return arb.const_e()
    if symbol is sympy.EulerGamma:
        return arb.const_euler()
    raise NotEnclosable(symbol)


def _natural_power(x: arb, exponent: int) -> arb:
    """x^exponent, exponent ≥ 1. `arb.__pow__` is NaN for balls around 0 and loses the sign of even powers."""
    if x.is_exact():
        return _repeated(x, exponent)
    lower, upper = x.lower(), x.upper()
    if exponent % 2 or lower >= 0:  # increasing
        return _repeated(lower, exponent).union(_repeated(upper, exponent))
    if upper <= 0:  # decreasing
        return _repeated(upper, exponent).union(_repeated(lower, exponent))
    return arb(0).union(_repeated(x.abs_upper(), exponent))


def _repeated(x: Any, exponent: int) -> Any:
    result, square = None, x
    while True:
        if exponent & 1:
            result = square if result is None else result * square
        exponent >>= 1
        if not exponent:
            return result
        square = square * square


def sqr(x: arb) -> arb:
    """x² with the non-negativity of squares kept (up to the outward rounding of the radius)."""
    return _natural_power(x, 2)


def sqrt_nonnegative(x: Any) -> arb:
    """√x for an x that is known to be ≥ 0: the part of the ball below 0 is cut away.

    Sound only under that knowledge: √ is increasing, so √[max(lower, 0), upper] holds √ of every admissible
    point. NaN when the ball lies below 0 (the knowledge was wrong).
    """
    return power_nonnegative(ball(x), Fraction(1, 2))


def power_nonnegative(x: arb, exponent: Fraction) -> arb:
    """x^exponent, exponent > 0, for an x that is known to be ≥ 0 (x ↦ x^(p/q) is increasing on [0, ∞))."""
    lower, upper = x.lower(), x.upper()
    if not upper >= 0:
        return arb.nan()
    low = _fractional(lower, exponent) if lower > 0 else arb(0)
    return low if x.is_exact() else low.union(_fractional(upper, exponent))


def _fractional(x: arb, exponent: Fraction) -> arb:
    root = x.sqrt() if exponent.denominator == 2 else x.root(exponent.denominator)
    return _repeated(root, exponent.numerator)


def power(x: Any, exponent: Any) -> Any:
    """x^exponent for a rational exponent; an ``fmpq`` to an integer power stays exact.

    Fractional powers are the principal real branch on x ≥ 0 (x > 0 for a negative exponent).  NaN where
    undefined.
    """
    if isinstance(exponent, int):
        numerator, denominator = exponent, 1
    else:
        numerator, denominator = int(exponent.numerator), int(exponent.denominator)
    if isinstance(x, fmpq):
        if denominator == 1 and (numerator >= 0 or x != 0):
            return x**numerator
        x = arb(x)
    if numerator < 0:
        return 1 / power(x, Fraction(-numerator, denominator))
    if numerator == 0:
        return arb(1) if x.is_finite() else arb.nan()
    if denominator == 1:
        return _natural_power(x, numerator)
    return power_nonnegative(x, Fraction(numerator, denominator)) if x >= 0 else arb.nan()


def _atan2(y: arb, x: arb) -> arb:
    """atan2 off the origin, where it is undefined."""
    return arb.nan() if y.contains(0) and x.contains(0) else arb.atan2(y, x)


def _careful(function: Callable[..., Any]) -> Callable[..., arb]:
    """The function, NaN as soon as an argument is not finite: Arb's own atan2(NaN, −1) is a finite ball."""

    def on_finite(*arguments: arb) -> arb:
        for argument in arguments:
            if not argument.is_finite():
                return arb.nan()
        return function(*arguments)

    return on_finite


_ARB: dict[str, Any] = {
    "sin": arb.sin,
    "cos": arb.cos,
    "tan": arb.tan,
    "asin": arb.asin,
    "acos": arb.acos,
    "atan": arb.atan,
    "atan2": _atan2,
    "exp": arb.exp,
    "log": arb.log,
    "sinh": arb.sinh,
    "cosh": arb.cosh,
    "tanh": arb.tanh,
    "erf": arb.erf,
    "abs": abs,
    "max": arb.max,
    "owen": owens_t,
}

HEAD_FUNCTIONS: dict[str, Callable[..., arb]] = {name: _careful(function) for name, function in _ARB.items()}

FUNCTIONS: dict[Any, Callable[..., arb]] = {head: HEAD_FUNCTIONS[name] for head, name in HEADS.items()}


def _step(x: arb) -> arb:
    """An enclosure of the generalised derivative of |x|."""
    return arb(1) if x > 0 else arb(-1) if x < 0 else arb(0, 1)


# Products x * x where x² would be tighter: the certificate checker has nothing better, and must find the same sign.
# f′ as a function of (x, f(x)), on balls. NaN wherever f is not differentiable, except |x|, which is
# Lipschitz: the mean value theorem holds with its generalised gradient [-1, 1] at 0.
DERIVATIVES: dict[str, Callable[[arb, arb], arb]] = {
    "sin": lambda x, _: x.cos(),
    "cos": lambda x, _: -x.sin(),
    "tan": lambda _, f: 1 + sqr(f),
    "asin": lambda x, _: 1 / (1 - x * x).sqrt(),
    "acos": lambda x, _: -1 / (1 - x * x).sqrt(),
    "atan": lambda x, _: 1 / (1 + x * x),
    "exp": lambda _, f: f,
    "log": lambda x, _: 1 / x if x > 0 else arb.nan(),
    "sinh": lambda x, _: x.cosh(),
    "cosh": lambda x, _: x.sinh(),
    "tanh": lambda _, f: 1 - sqr(f),
    "erf": lambda x, _: 2 * (-(x * x)).exp() / arb.pi().sqrt(),
    "abs": lambda x, _: _step(x),
}


def compile_tree(tree: Tree, names: Sequence[str]) -> Callable[..., arb]:
    """x ↦ enclosure of the tree, x an ``arb`` or ``fmpq`` per name, as straight-line code with equal parts
    shared.

    Encloses at the precision in force when it is called.  Raises NotEnclosable for an unknown head.
    """
    positions = {name: index for index, name in enumerate(names)}
    code = [(_operation(step, positions), step.arguments) for step in straight_line(tree)]

    def evaluate(*values: Any) -> arb:
        if len(values) != len(names):
            raise ValueError(f"{len(values)} values given for the {len(names)} variables {', '.join(names)}")
        memory: list[Any] = []
        for operation, arguments in code:
            memory.append(operation(values, *[memory[index] for index in arguments]))
        return ball(memory[-1])

    return evaluate


def _operation(step: Step, positions: Mapping[str, int]) -> Callable[..., Any]:
    head, value = step.head, step.value
    if head == "rat":
        return lambda _: value
    if head == "var":
        position = positions[value]
        return lambda values: values[position]
    if head == "pow":
        return lambda _, x: power(x, value)
    if head == "add":
        return lambda _, *terms: sum(terms[1:], terms[0])
    if head == "mul":
        return lambda _, *factors: prod(factors[1:], start=factors[0])
    if head == "pi":
        return lambda _: arb.pi()
    if head == "euler":
        return lambda _: arb.const_euler()
    function = HEAD_FUNCTIONS[head]
    return lambda _, *arguments: function(*map(ball, arguments))


def compile_ball(expression: Expr, symbols: Sequence[Symbol]) -> Callable[..., arb]:
    """A callable (x₁, …, x_k) ↦ enclosure of the expression on the balls (or at the exact rationals) x_i.

    One value per symbol, each an ``arb`` or ``fmpq``.  Encloses every value at the precision in force at the
    call; NaN where the expression is undefined on the ball.  Raises NotEnclosable for anything off the
    allow-list, ValueError for a Float or for a symbol that is not listed.
    """
    names = [symbol.name for symbol in symbols]
    missing = {symbol.name for symbol in expression.free_symbols} - set(names)
    if missing:
        raise ValueError(f"symbols {sorted(missing)} of the expression are not among {names}; list them")
    return compile_tree(encode(expression), names)
