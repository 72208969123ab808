"""Analyticity and growth of an expression on a strip around the real line, by rational bounds.

For w(z), z = x + iy with |y| ≤ A, the calculus carries

    |w| ≤ C e^{b|x|},   |Im w| ≤ I,   L − l|x| ≤ Re w ≤ U + u|x|,   |arg w| ≤ φ where w ≠ 0,

each of the last three as far as it is known, and one rule per function.  A function with singularities is admitted only
where the rules show that its argument keeps away from them, so a bound that is returned proves that w is analytic on the
open strip.  All numbers are fractions: nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from math import ceil

from sympy import (
    Add,
    E,
    Expr,
    Float,
    Mul,
    Pow,
    Rational,
    Symbol,
    atan,
    cos,
    cosh,
    erf,
    exp,
    log,
    pi,
    sin,
    sinh,
    tanh,
)  # fmt: skip

__all__ = ["Strip", "strip_bound"]

# From below, so that "≤" against these implies the true inequality.
_HALF_PI, _QUARTER_PI = Fraction(157, 100), Fraction(157, 200)
_PI_ABOVE = Fraction(22, 7)
_WIDTHS = tuple(Fraction(k, 16) for k in (24, 20, 16, 12, 8, 6, 4, 3, 2, 1))

Affine = tuple[Fraction, Fraction]


@dataclass(frozen=True, kw_only=True)
class Strip:
    """|w(x + iy)| ≤ ``size`` · e^{``growth`` |x|} for |y| ≤ ``width``, and w is analytic inside."""

    width: Fraction
    size: Fraction
    growth: Fraction


@dataclass(frozen=True, kw_only=True)
class _Bound:
    size: Fraction
    growth: Fraction = Fraction(0)
    imaginary: Fraction | None = None
    low: Affine | None = None  # Re w ≥ low[0] − low[1] |x|
    high: Affine | None = None  # Re w ≤ high[0] + high[1] |x|
    turn: Fraction | None = None  # |arg w|, below π/2

    @property
    def above(self) -> Fraction | None:
        """A constant L > 0 with Re w ≥ L, None if there is none."""
        return self.low[0] if self.low is not None and self.low[1] == 0 and self.low[0] > 0 else None


class _Refused(ValueError):
    """A part that the rules do not admit on this strip."""


@cache
def strip_bound(expression: Expr, variable: Symbol) -> Strip:
    """The widest strip of a fixed list on which the expression is seen to be analytic, with its growth there.

    Domain: rationals, π, e, the variable, sums, products, rational powers, exp, log, sin, cos, sinh, cosh, tanh, atan, erf.
    Exact.  Raises ValueError naming the part that stands in the way on the narrowest strip.
    """
    if expression.has(Float):
        raise ValueError(f"{expression} contains a binary float; write exact rationals")
    refusal: _Refused | None = None
    for width in _WIDTHS:
        try:
            bound = _Walk(variable, width)(expression)
        except _Refused as error:
            refusal = error
            continue
        return Strip(width=width, size=bound.size, growth=bound.growth)
    raise ValueError(str(refusal))


def _exp_above(value: Fraction) -> Fraction:
    """An upper bound of e^value."""
    return Fraction(3) ** ceil(value) if value > 0 else Fraction(1)


def _log_above(value: Fraction) -> Fraction:
    """An upper bound ≥ 0 of log value, value > 0: log ≤ log₂ where that is positive."""
    return Fraction(max(0, ceil(value)).bit_length()) if value > 1 else Fraction(0)


def _constant(low: Fraction, high: Fraction) -> _Bound:
    turn = Fraction(0) if low > 0 else None
    size = max(abs(low), abs(high))
    return _Bound(size=size, imaginary=Fraction(0), low=(low, Fraction(0)), high=(high, Fraction(0)), turn=turn)


def _bounded(size: Fraction, imaginary: Fraction | None = None) -> _Bound:
    zero = Fraction(0)
    return _Bound(size=size, imaginary=size if imaginary is None else imaginary, low=(-size, zero), high=(size, zero))


class _Walk:
    def __init__(self, variable: Symbol, width: Fraction) -> None:
        self._variable, self._width = variable, width
        self._known: dict[Expr, _Bound] = {}

    def __call__(self, node: Expr) -> _Bound:
        if node not in self._known:
            self._known[node] = self._rule(node)
        return self._known[node]

    def _rule(self, node: Expr) -> _Bound:
        if isinstance(node, Rational):
            value = Fraction(int(node.p), int(node.q))
            return _constant(value, value)
        if node is pi:
            return _constant(Fraction(3), _PI_ABOVE)
        if node is E:
            return _constant(Fraction(2), Fraction(3))
        if node == self._variable:
            # |x| ≤ (4/e) e^{|x|/4} and 4/e < 3/2.
            one, zero = Fraction(1), Fraction(0)
            return _Bound(
                size=Fraction(3, 2) + self._width, growth=Fraction(1, 4), imaginary=self._width,
                low=(zero, one), high=(zero, one),
            )  # fmt: skip
        if isinstance(node, Add):
            return _sum([self(argument) for argument in node.args])
        if isinstance(node, Mul):
            return _product([self(argument) for argument in node.args])
        if isinstance(node, Pow) and isinstance(node.exp, Rational):
            return self._power(node, Fraction(int(node.exp.p), int(node.exp.q)))
        rule = _FUNCTIONS.get(type(node))
        if rule is None:
            known = ", ".join(sorted(function.__name__ for function in _FUNCTIONS))
            raise _Refused(f"{node} has no meaning in an activation; use z, rationals, +, ·, powers, {known}")
        bound = rule(self(node.args[0]))
        if bound is None:
            raise _Refused(
                f"{node} is not seen to be analytic and of at most exponential growth near the real line; write it in "
                "terms of exp, log, tanh, … of arguments that keep away from their singularities"
            )
        return bound if node.free_symbols else replace(bound, imaginary=Fraction(0))

    def _power(self, node: Pow, exponent: Fraction) -> _Bound:
        base, steps = self(node.base), ceil(abs(exponent))
        if exponent.denominator == 1 and exponent > 0:
            return _natural_power(base, steps)
        above = base.above
        if above is None:
            raise _Refused(f"{node}: its base {node.base} is not seen to keep away from 0 near the real line")
        if base.imaginary == 0 and base.growth == 0:
            # A positive constant r: r^e lies between powers of max(1, r) and min(1, r) with ⌈|e|⌉ in place of |e|.
            least, most = min(Fraction(1), above) ** steps, max(Fraction(1), base.size) ** steps
            return _constant(least, most) if exponent > 0 else _constant(1 / most, 1 / least)
        turn = None if base.turn is None or base.turn * abs(exponent) > _HALF_PI else base.turn * abs(exponent)
        zero = Fraction(0)
        # Re w > 0, so |arg w^r| < |r| π/2.
        if exponent < 0:
            size = max(Fraction(1), 1 / above) ** steps if exponent.denominator != 1 else (1 / above) ** steps
            least = zero if abs(exponent) <= 1 or turn is not None else -size
            return _Bound(size=size, imaginary=size, low=(least, zero), high=(size, zero), turn=turn)
        size, growth = max(Fraction(1), base.size) ** steps, base.growth * exponent
        low: Affine | None = None
        if exponent <= Fraction(1, 2):
            low = (min(Fraction(1), above) * Fraction(7, 10), zero)  # cos(π/4) > 7/10
        elif exponent <= 1 or turn is not None:
            low = (zero, zero)
        high = (size, zero) if growth == 0 else None
        return _Bound(size=size, growth=growth, imaginary=size if growth == 0 else None, low=low, high=high, turn=turn)


def _sum(parts: list[_Bound]) -> _Bound:
    turns = [part.turn for part in parts]
    narrow = all(turn is not None and turn <= _HALF_PI for turn in turns)
    imaginaries = [part.imaginary for part in parts]
    lows, highs = [part.low for part in parts], [part.high for part in parts]
    return _Bound(
        size=sum((part.size for part in parts), Fraction(0)),
        growth=max(part.growth for part in parts),
        imaginary=None if None in imaginaries else sum(filter(None, imaginaries), Fraction(0)),
        low=None if None in lows else _added(lows),
        high=None if None in highs else _added(highs),
        turn=max(turn for turn in turns if turn is not None) if narrow else None,
    )


def _added(parts: list[Affine | None]) -> Affine:
    known = [part for part in parts if part is not None]
    return sum((part[0] for part in known), Fraction(0)), sum((part[1] for part in known), Fraction(0))


def _product(parts: list[_Bound]) -> _Bound:
    constant = [part for part in parts if part.imaginary == 0 and part.growth == 0]
    total = next((part for part in parts if part not in constant), None)
    if total is None:
        total, constant = constant[0], constant[1:]
    for part in [part for part in parts if part not in constant and part is not total]:
        total = _times(total, part)
    for part in constant:
        total = _scaled(total, part)
    return total


def _times(left: _Bound, right: _Bound) -> _Bound:
    size, growth = left.size * right.size, left.growth + right.growth
    turn = (
        None if left.turn is None or right.turn is None or left.turn + right.turn > _HALF_PI else left.turn + right.turn
    )
    zero = Fraction(0)
    flat = growth == 0
    low = (zero, zero) if turn is not None else (-size, zero) if flat else None
    high = (size, zero) if flat else None
    return _Bound(size=size, growth=growth, imaginary=size if flat else None, low=low, high=high, turn=turn)


def _scaled(bound: _Bound, constant: _Bound) -> _Bound:
    """bound times a real constant in [constant.low, constant.high]."""
    assert constant.low is not None
    assert constant.high is not None
    least, most = constant.low[0], constant.high[0]
    size = bound.size * constant.size
    imaginary = None if bound.imaginary is None else bound.imaginary * constant.size
    if least < 0 < most or least == 0:
        return _Bound(size=size, growth=bound.growth, imaginary=imaginary)
    low, high = bound.low, bound.high
    if most < 0:
        low, high = _mirrored(high), _mirrored(low)
        least, most = -most, -least
    return _Bound(
        size=size, growth=bound.growth, imaginary=imaginary,
        low=None if low is None else (min(low[0] * least, low[0] * most), low[1] * most),
        high=None if high is None else (max(high[0] * least, high[0] * most), high[1] * most),
        turn=bound.turn if constant.low[0] > 0 else None,
    )  # fmt: skip


def _mirrored(side: Affine | None) -> Affine | None:
    return None if side is None else (-side[0], side[1])


def _natural_power(base: _Bound, exponent: int) -> _Bound:
    total = base
    for _ in range(exponent - 1):
        total = _times(total, base)
    if exponent == 2 and base.imaginary is not None:
        # Re w² = (Re w)² − (Im w)².
        low = (-(base.imaginary**2), Fraction(0)) if total.low is None or total.turn is None else total.low
        return _Bound(
            size=total.size, growth=total.growth, imaginary=total.imaginary, low=low, high=total.high, turn=total.turn
        )
    return total


# -- functions: the bound of f(w) from that of w, or None -------------------------------------------------------


def _exp(w: _Bound) -> _Bound | None:
    if w.high is None:
        return None
    size, growth, zero = _exp_above(w.high[0]), w.high[1], Fraction(0)
    turn = w.imaginary if w.imaginary is not None and w.imaginary <= _HALF_PI else None
    flat = growth == 0
    low = (zero, zero) if turn is not None else (-size, zero) if flat else None
    return _Bound(
        size=size,
        growth=growth,
        imaginary=size if flat else None,
        low=low,
        high=(size, zero) if flat else None,
        turn=turn,
    )


def _log(w: _Bound) -> _Bound | None:
    above = w.above
    if above is None:
        return None
    upper, lower = _log_above(w.size), Fraction(0) if above >= 1 else _log_above(1 / above)
    turn = Fraction(11, 7) if w.turn is None else w.turn  # 11/7 > π/2
    zero = Fraction(0)
    return _Bound(
        size=upper + lower + turn + w.growth * Fraction(3, 2),
        growth=Fraction(1, 4) if w.growth else zero,
        imaginary=turn,
        low=(-lower, zero),
        high=(upper, w.growth),
    )


# (y, lower bound of cos y): rational steps up to y = 3/2.
_COSINES = (
    (_QUARTER_PI, Fraction(7, 10)),
    (Fraction(1), Fraction(1, 2)),
    (Fraction(5, 4), Fraction(3, 10)),
    (Fraction(3, 2), Fraction(7, 100)),
)


def _cosine_below(w: _Bound) -> Fraction | None:
    """A lower bound of cos Im w, None where the height is unknown or too large."""
    return next((value for most, value in _COSINES if w.imaginary is not None and w.imaginary <= most), None)


def _tanh(w: _Bound) -> _Bound | None:
    cosine = _cosine_below(w)
    if cosine is None or w.imaginary is None:
        return None
    if w.imaginary <= _QUARTER_PI:
        # |Im tanh(x + iy)| ≤ tan|y| ≤ (4/π)|y| and |tanh| ≤ 1 for |y| ≤ π/4.
        return _bounded(Fraction(1), min(Fraction(1), w.imaginary * Fraction(13, 10)))
    # |tanh|² = (sinh² x + sin² y)/(sinh² x + cos² y) ≤ 1/cos² y.
    return _bounded(1 / cosine)


def _cosh(w: _Bound) -> _Bound | None:
    if w.low is None or w.high is None:
        return None
    size, growth = _exp_above(max(w.high[0], -w.low[0])), max(w.high[1], w.low[1])
    if growth == 0:
        bound = _bounded(size)
    else:
        bound = _Bound(size=size, growth=growth)
    cosine = _cosine_below(w)
    if cosine is not None:
        # Re cosh = cosh x cos y ≥ cos y, and tan arg = tanh x tan y.
        low = (cosine, Fraction(0))
        return _Bound(size=size, growth=growth, imaginary=bound.imaginary, low=low, high=bound.high, turn=w.imaginary)
    return bound


def _sinh(w: _Bound) -> _Bound | None:
    bound = _cosh(w)
    if bound is None:
        return None
    return _bounded(bound.size) if bound.growth == 0 else _Bound(size=bound.size, growth=bound.growth)


def _sine(w: _Bound) -> _Bound | None:
    return None if w.imaginary is None else _bounded(_exp_above(w.imaginary))


def _atan(w: _Bound) -> _Bound | None:
    # Up to height 1/2, Re(1 + w²) ≥ 3/4 along the vertical path from the real line.
    if w.imaginary is None or w.imaginary > Fraction(1, 2):
        return None
    rise = w.imaginary * Fraction(4, 3)
    return _bounded(Fraction(11, 7) + rise, rise)


def _erf(w: _Bound) -> _Bound | None:
    # erf(x + iy) = erf x + (2/√π) i ∫_0^y e^{−(x + it)²} dt, and 2/√π < 6/5.
    if w.imaginary is None:
        return None
    rise = Fraction(6, 5) * w.imaginary * _exp_above(w.imaginary**2)
    return _bounded(1 + rise, rise)


_FUNCTIONS: dict[type, Callable[[_Bound], _Bound | None]] = {
    exp: _exp, log: _log, tanh: _tanh, cosh: _cosh, sinh: _sinh, sin: _sine, cos: _sine, atan: _atan, erf: _erf,
}  # fmt: skip
