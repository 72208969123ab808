"""Rational functions: the arithmetic in which an identity is proved for all instances at once.

The frame's basis vectors are the rows themselves.  Their Gram matrix is G_aa = ρ_a², G_ab = ρ_a ρ_b C_ab with
independent generators ρ_a ≥ 0 and −1 ≤ C_ab ≤ 1, so a norm is ρ_a, an angle a generator T_ab with cos T_ab =
C_ab, and a quotient of norms a monomial.  Every network of that many rows, in whatever dimension, gives
values to the generators; an element that vanishes in the ring therefore vanishes at all of them, wherever it
is defined.  (A zero row has no angle; any value of T_ab serves there.)
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import sympy
from flint import fmpq
from sympy import NumberSymbol, Rational

from numerics.arithmetic.base import Arithmetic, Data, Unevaluable
from numerics.formal import angles, functions
from numerics.formal.powers import declare_nonnegative, magnitude, power
from numerics.formal.ring import Element, Ring
from theory.indicators import sgn
from theory.owen import owens_t
from theory.pair_expectation import GaussianMean, GaussianPair

__all__ = ["RationalFunctions"]

_HALF, _MINUS = Fraction(1, 2), Fraction(-1)


def _cosine(x: Element) -> Element:
    return angles.sine_and_cosine(x)[0]


def _sine(x: Element) -> Element:
    return angles.sine_and_cosine(x)[1]


def _tangent(x: Element) -> Element:
    cosine, sine = angles.sine_and_cosine(x)
    return sine * power(cosine, _MINUS)


def _cotangent(x: Element) -> Element:
    cosine, sine = angles.sine_and_cosine(x)
    return cosine * power(sine, _MINUS)


_FUNCTIONS: dict[type, Callable[..., Element]] = {
    sgn: lambda x: magnitude(x) * power(x, _MINUS),
    sympy.sin: _sine,
    sympy.cos: _cosine,
    sympy.tan: _tangent,
    sympy.cot: _cotangent,
    sympy.acos: lambda x: angles.arccosine(x, bounded=False),
    sympy.asin: angles.arcsine,
    sympy.atan: angles.arctangent,
    sympy.atan2: angles.arctangent2,
    sympy.exp: functions.exponential,
    sympy.log: functions.logarithm,
    sympy.sinh: functions.hyperbolic("sinh"),
    sympy.cosh: functions.hyperbolic("cosh"),
    sympy.tanh: functions.hyperbolic("tanh"),
}

# Functions of which the ring knows no rule: their values are generators.
_OPAQUE = (sympy.erf, owens_t, sympy.gamma, sympy.digamma, sympy.floor, sympy.ceiling)


class RationalFunctions(Arithmetic):
    """Elements of one ring; `numerics.formal` says what is sound and what is merely not simplified."""

    name = "rational functions"

    def __init__(self, ring: Ring) -> None:
        self.ring = ring

    def lift(self, data: Any) -> Data:
        return _map(self._element, np.asarray(data, dtype=object))

    def _element(self, value: Any) -> Element:
        if isinstance(value, Element):
            return value
        if isinstance(value, Rational):
            return self.ring.number(fmpq(int(value.p), int(value.q)))
        element = self.ring.coerce(int(value) if isinstance(value, np.integer) else value)
        if element is None:
            raise Unevaluable(f"{value!r} is no exact number; give an integer, a Fraction or a Rational")
        return element

    def number(self, value: Rational) -> Data:
        return _scalar(self._element(value))

    def constant(self, symbol: NumberSymbol) -> Data:
        if symbol is sympy.E:
            return _scalar(functions.exponential(self.ring.number(1)))
        if symbol is sympy.pi:
            return _scalar(self.ring.monomial(((angles.pi_generator(self.ring), 1),)))
        number = self.ring.known(("constant", str(symbol)), str(symbol))
        return _scalar(self.ring.monomial(((number, 1),)))

    def power(self, data: Data, exponent: Rational) -> Data:
        exact = Fraction(int(exponent.p), int(exponent.q))
        return _map(lambda value: power(self._element(value), exact), data)

    def general_power(self, data: Data, exponent: Data) -> Data:
        return _map(lambda x, y: functions.general_power(self._element(x), self._element(y)), data, exponent)

    def elementary(self, head: type, arguments: list[Data]) -> Data:
        function = _FUNCTIONS.get(head)
        if function is None and (head in _OPAQUE or issubclass(head, GaussianPair | GaussianMean)):
            return _map(lambda *values: self._opaque(head.__name__, values), *arguments)
        if function is None:
            known = ", ".join(sorted(name.__name__ for name in (*_FUNCTIONS, *_OPAQUE)))
            raise Unevaluable(f"{head.__name__} has no symbolic evaluation; known: {known}")
        return _map(lambda *values: function(*map(self._element, values)), *arguments)

    def _opaque(self, name: str, values: tuple[Any, ...]) -> Element:
        arguments = [self._element(value) for value in values]
        if any(argument.undefined for argument in arguments):
            return self.ring.undefined
        return self.ring.monomial(((functions.function_value(self.ring, name, arguments), 1),))

    def magnitude(self, data: Data) -> Data:
        return _map(lambda value: magnitude(self._element(value)), data)

    def positive_part(self, data: Data) -> Data:
        return _map(lambda value: (self._element(value) + magnitude(self._element(value))) * fmpq(1, 2), data)

    def extremum(self, data: Data, axis: int, largest: bool) -> Data:
        rows = np.moveaxis(data, axis, 0)
        if not len(rows):
            raise Unevaluable("an extremum over no rows")
        return _map(lambda *values: functions.extremum([*map(self._element, values)], largest=largest), *rows)

    def dot(self, x: Data, y: Data, metric: Data | None) -> Data:
        shape = np.broadcast_shapes(x.shape[:-1], y.shape[:-1])
        size = max(x.shape[-1], y.shape[-1])
        left = np.broadcast_to(x, (*shape, size)).reshape(-1, size)
        right = np.broadcast_to(y, (*shape, size)).reshape(-1, size)
        data = np.empty(len(left), dtype=object)
        for place, (one, other) in enumerate(zip(left, right, strict=True)):
            data[place] = self._dot(one, other, metric)
        return data.reshape(shape)

    def _dot(self, x: Any, y: Any, metric: Data | None) -> Element:
        total = self.ring.number(0)
        # Coordinates that are 0 cost nothing: rows of the frame have a single one that is not.
        right = [(place, value) for place, value in enumerate(map(self._element, y)) if value.terms != {}]
        for row, value in enumerate(map(self._element, x)):
            if value.terms == {}:
                continue
            inner = self.ring.number(0)
            for column, other in right:
                if metric is not None:
                    inner += metric[row, column] * other
                elif column == row:
                    inner += other
            total += value * inner
        return total

    def norm(self, x: Data, metric: Data | None) -> Data:
        return _map(self._norm, self.dot(x, x, metric))

    @staticmethod
    def _norm(square: Element) -> Element:
        if not square.undefined:
            declare_nonnegative(square)
        return power(square, _HALF)

    def angle(self, x: Data, y: Data, metric: Data | None) -> Data:
        def angle(p: Element, q: Element, c: Element) -> Element:
            return angles.arccosine(c * power(self._norm(p), _MINUS) * power(self._norm(q), _MINUS))

        return _map(angle, self.dot(x, x, metric), self.dot(y, y, metric), self.dot(x, y, metric))

    def masked(self, mask: np.ndarray[Any, np.dtype[np.bool_]], data: Data) -> Data:
        zero = self.ring.number(0)
        return _map(lambda keep, value: value if keep else zero, mask, data)


def _scalar(element: Element) -> Data:
    data = np.empty((), dtype=object)
    data[()] = element
    return data


def _map(function: Callable[..., Any], *data: Data) -> Data:
    return np.asarray(np.frompyfunc(function, len(data), 1)(*data), dtype=object)
