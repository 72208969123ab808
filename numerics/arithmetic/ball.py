"""Balls: exact rationals as long as possible, Arb enclosures from there on.

Elements are ``fmpq`` or ``arb``; every operation encloses the exact result for all points of its input balls at the
current `flint.ctx` precision, and an undefined or undecided result is NaN, which no comparison takes for true.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import Any

import numpy as np
from flint import arb, fmpq
from sympy import NumberSymbol, Rational

from numerics import ball
from numerics.arithmetic.base import Arithmetic, Data, Unevaluable
from numerics.evaluation import indicators
from numerics.evaluation.laws import BALLS
from numerics.quadrature.elements import expectation_in_balls

__all__ = ["Balls"]


def _element(value: Any) -> Any:
    if isinstance(value, fmpq | arb):
        return value
    if isinstance(value, int | np.integer):
        return fmpq(int(value))
    if isinstance(value, Fraction):
        return fmpq(value.numerator, value.denominator)
    if isinstance(value, float | np.floating):
        exact = Fraction(float(value))
        return fmpq(exact.numerator, exact.denominator)
    if isinstance(value, Rational):
        return fmpq(int(value.p), int(value.q))
    raise Unevaluable(f"{value!r} is no exact number; give an integer, a Fraction, a Rational or a ball")


_lift = np.frompyfunc(_element, 1, 1)


class Balls(Arithmetic):
    """Exact rationals and Arb balls."""

    name = "balls"

    def lift(self, data: Any) -> Data:
        return np.asarray(_lift(np.asarray(data, dtype=object)), dtype=object)

    def number(self, value: Rational) -> Data:
        return _scalar(fmpq(int(value.p), int(value.q)))

    def constant(self, symbol: NumberSymbol) -> Data:
        return _scalar(ball.constant(symbol))

    def power(self, data: Data, exponent: Rational) -> Data:
        return _map(lambda element: _power(element, exponent), data)

    def general_power(self, data: Data, exponent: Data) -> Data:
        return _map(lambda base, other: (ball.ball(other) * ball.ball(base).log()).exp(), data, exponent)

    def elementary(self, head: type, arguments: list[Data]) -> Data:
        if head in indicators.BALLS:
            return _map(indicators.BALLS[head], *arguments)  # decided exactly for rationals
        expectation = expectation_in_balls(head)
        if expectation is not None:
            return _map(expectation, *arguments)
        function = ball.FUNCTIONS.get(head) or BALLS.get(head)
        if function is None:
            known = ", ".join(sorted(name.__name__ for name in (*ball.FUNCTIONS, *BALLS)))
            raise Unevaluable(f"{head.__name__} has no enclosure; known: {known}")
        return _map(lambda *elements: function(*map(ball.ball, elements)), *arguments)

    def magnitude(self, data: Data) -> Data:
        return _map(abs, data)

    def positive_part(self, data: Data) -> Data:
        return _map(_positive_part, data)

    def norm(self, x: Data, metric: Data | None) -> Data:
        # ⟨x, x⟩ ≥ 0, so a ball around a vanishing norm may be cut at 0; exact squares keep their exact roots' path.
        return _map(_length, self.dot(x, x, metric))

    def angle(self, x: Data, y: Data, metric: Data | None) -> Data:
        # θ = atan2(√(|x|²|y|² − ⟨x, y⟩²), ⟨x, y⟩): the radicand is exact for rational rows, and ≥ 0 by Cauchy–Schwarz,
        # so a ball around it may be cut at 0.
        p, q, c = self.dot(x, x, metric), self.dot(y, y, metric), self.dot(x, y, metric)
        return _map(_angle, p, q, c)

    def extremum(self, data: Data, axis: int, largest: bool) -> Data:
        pick = np.frompyfunc(_larger if largest else _smaller, 2, 1)
        return np.asarray(pick.reduce(data, axis=axis), dtype=object)

    def attained(self, data: Data, axis: int) -> Data:
        return indicators.attained_in_balls(data, axis)


_HALF = Rational(1, 2)


def _scalar(element: Any) -> Data:
    data = np.empty((), dtype=object)
    data[()] = element
    return data


def _map(function: Any, *data: Data) -> Data:
    return np.asarray(np.frompyfunc(function, len(data), 1)(*data), dtype=object)


# Arb's own atan2 of an undefined height is a finite ball.
_atan2 = ball.HEAD_FUNCTIONS["atan2"]


def _angle(p: Any, q: Any, c: Any) -> Any:
    if (isinstance(p, fmpq) and p == 0) or (isinstance(q, fmpq) and q == 0):
        # The angle with a zero row is undefined, but bounded: [0, π] times the norm 0 is the right 0.
        half = arb.pi() / 2
        return arb(half.mid(), half.upper())
    radicand = p * q - c * c
    if isinstance(radicand, fmpq) and radicand == 0 and isinstance(c, fmpq):
        return fmpq(0) if c > 0 else arb.pi()
    height, inner = ball.sqrt_nonnegative(radicand), ball.ball(c)
    # A ball around the height 0 straddles the cut of atan2 on the negative axis; the supplement does not.
    return arb.pi() - _atan2(height, -inner) if inner < 0 else _atan2(height, inner)


def _power(element: Any, exponent: Rational) -> Any:
    # The root of a rational square stays rational, so that hypotheses met with equality can be decided.
    if isinstance(element, fmpq) and int(exponent.q) == 2 and element >= 0:
        top, bottom = isqrt(int(element.p)), isqrt(int(element.q))
        if top * top == int(element.p) and bottom * bottom == int(element.q):
            return ball.power(fmpq(top, bottom), Rational(exponent.p))
    return ball.power(element, exponent)


def _length(square: Any) -> Any:
    return _power(square, _HALF) if isinstance(square, fmpq) else ball.sqrt_nonnegative(square)


def _positive_part(element: Any) -> Any:
    if isinstance(element, fmpq):
        return element if element > 0 else fmpq(0)
    return (element + abs(element)) / 2


def _larger(left: Any, right: Any) -> Any:
    if isinstance(left, fmpq) and isinstance(right, fmpq):
        return left if left >= right else right
    return ball.ball(left).max(ball.ball(right))


def _smaller(left: Any, right: Any) -> Any:
    if isinstance(left, fmpq) and isinstance(right, fmpq):
        return left if left <= right else right
    return ball.ball(left).min(ball.ball(right))
