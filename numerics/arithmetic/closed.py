"""Closed forms: exact values at rational rows, in which zeros are decided and no digit is lost.

Elements are ``fmpq`` or `Form`.  Norms of rational rows are square roots; the angle of two rational rows is
an atom named by its cos², acute and at least π/4 after reflection, so that equal and complementary angles are
recognised; its sine and cosine are square roots again.  Everything else becomes an opaque atom that can still
be enclosed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import sympy
from flint import arb, fmpq
from sympy import NumberSymbol, Rational

from numerics import ball
from numerics.arithmetic.ball import Balls
from numerics.arithmetic.base import Arithmetic, Data, Unevaluable
from numerics.evaluation.closed_form import Form, Forms, Number
from numerics.quadrature.elements import mean_of_pair
from numerics.quadrature.trapezoid import mean_enclosure, pair_enclosure
from theory.pair_expectation import GaussianMean, GaussianPair

__all__ = ["ClosedForms"]

_HALF = fmpq(1, 2)
# θ/π of the acute angles at most π/4 … that are rational multiples of π with rational cos² (Niven): cos² →
# θ/π.
_SPECIAL = {fmpq(1): fmpq(0), fmpq(3, 4): fmpq(1, 6), _HALF: fmpq(1, 4)}
_MAX_MULTIPLE = 12


class ClosedForms(Arithmetic):
    """Exact values.  With ``limits`` the quotient x/sin θ at θ ∈ {0, π} stands for its limit 0, see
    `hessian_form`.
    """

    name = "closed forms"

    def __init__(self, *, limits: bool = False) -> None:
        self.forms = Forms()
        self._limits = limits
        self._balls = Balls()

    def lift(self, data: Any) -> Data:
        return self._balls.lift(data)

    def number(self, value: Rational) -> Data:
        return self._balls.number(value)

    def constant(self, symbol: NumberSymbol) -> Data:
        if symbol is sympy.pi:
            return _scalar(self.forms.pi())
        return _scalar(self.forms.atom(str(symbol), lambda: ball.constant(symbol)))

    def power(self, data: Data, exponent: Rational) -> Data:
        return _map(lambda element: self._power(element, fmpq(int(exponent.p), int(exponent.q))), data)

    def general_power(self, data: Data, exponent: Data) -> Data:
        def opaque(base: Number, power: Number) -> Number:
            return self._opaque("power", lambda x, y: (y * x.log()).exp(), base, power)

        return _map(opaque, data, exponent)

    def elementary(self, head: type, arguments: list[Data]) -> Data:
        if head in (sympy.sin, sympy.cos):
            return _map(self._sine if head is sympy.sin else self._cosine, *arguments)
        if issubclass(head, GaussianPair | GaussianMean):
            return _map(lambda *elements: self._expectation(head, *elements), *arguments)
        function = ball.FUNCTIONS.get(head)
        if function is None:
            raise Unevaluable(f"{head.__name__} has no enclosure; known: sin, cos, and those of numerics.ball")
        at_zero = _AT_ZERO.get(head)

        def apply(*elements: Number) -> Number:
            if at_zero is not None and not isinstance(elements[0], Form) and elements[0] == at_zero[0]:
                return fmpq(at_zero[1])
            return self._opaque(head.__name__, function, *elements)

        return _map(apply, *arguments)

    def magnitude(self, data: Data) -> Data:
        return _map(lambda x: -x if self.forms.exists(x) and self.forms.sign(x) < 0 else x, data)

    def positive_part(self, data: Data) -> Data:
        return _map(lambda x: fmpq(0) if self.forms.exists(x) and self.forms.sign(x) < 0 else x, data)

    def angle(self, x: Data, y: Data, metric: Data | None) -> Data:
        return _map(self._angle, self.dot(x, x, metric), self.dot(y, y, metric), self.dot(x, y, metric))

    def dot(self, x: Data, y: Data, metric: Data | None) -> Data:
        if metric is not None:
            raise Unevaluable("closed forms need orthonormal coordinates")
        product = np.asarray(x * y, dtype=object)
        return self.total(product, product.ndim - 1)

    def total(self, data: Data, axis: int) -> Data:
        moved = np.moveaxis(np.asarray(data, dtype=object), axis, -1)
        sums = np.empty(moved.shape[:-1], dtype=object)
        for place in np.ndindex(sums.shape):
            sums[place] = self.forms.total(moved[place])
        return sums

    def extremum(self, data: Data, axis: int, largest: bool) -> Data:
        side = 1 if largest else -1

        def pick(left: Number, right: Number) -> Number:
            for one in (left, right):
                if not self.forms.exists(one):
                    return one
            return right if self.forms.sign(right - left) == side else left

        return np.asarray(np.frompyfunc(pick, 2, 1).reduce(data, axis=axis), dtype=object)

    # -- elements --------------------------------------------------------------------------------------------

    def _opaque(self, name: str, function: Callable[..., arb], *elements: Number) -> Number:
        """A value known only by its name and its enclosures."""
        forms = self.forms
        if not all(forms.exists(element) for element in elements):
            return forms.undefined()
        key = (name, *map(forms.key, elements))
        return forms.atom(key, lambda: function(*map(forms.enclosure, elements)))

    def _expectation(self, head: Any, p: Number, q: Number | None = None, c: Number | None = None) -> Number:
        """A Gaussian expectation as an atom; that of two equal forms is the one-dimensional one."""
        if q is None or c is None:
            return self._opaque(head.__name__, lambda x: mean_enclosure(head, x), p)
        key = self.forms.key
        if all(map(self.forms.exists, (p, q, c))) and key(p) == key(q) == key(c):
            return self._expectation(mean_of_pair(head), p)
        if head.first == head.second and key(q) < key(p):
            p, q = q, p
        enclose = lambda *balls: pair_enclosure(head, *balls)  # noqa: E731
        return self._opaque(head.__name__, enclose, p, q, c, p * q - c * c)

    def _power(self, element: Number, exponent: fmpq) -> Number:
        if exponent.q == 1:
            return self._whole_power(element, int(exponent.p))
        if not isinstance(element, Form):
            if exponent.q == 2 and element >= 0:
                return self._whole_power(self.forms.root(element), int(exponent.p))
            if element == 0 and exponent > 0:
                return fmpq(0)
        if isinstance(element, Form) and not element.terms and not element.undefined and exponent > 0:
            return fmpq(0)
        rational = Rational(int(exponent.p), int(exponent.q))
        return self._opaque(f"power {rational}", lambda x: ball.power(x, rational), element)

    def _whole_power(self, element: Number, exponent: int) -> Number:
        if exponent < 0:
            return self._whole_power(self._inverse(element), -exponent)
        result: Number = fmpq(1)
        for _ in range(exponent):
            result = result * element
        return result

    def _inverse(self, element: Number) -> Number:
        if not isinstance(element, Form):
            return 1 / element if element != 0 else self.forms.undefined()
        if element.flat and self._limits:
            return fmpq(0)
        inverse = self.forms.inverse(element)
        if inverse is not None:
            return inverse
        return self._opaque("inverse", lambda x: 1 / x, element)

    def _angle(self, p: Number, q: Number, c: Number) -> Number:
        forms = self.forms
        if not all(forms.exists(element) for element in (p, q, c)):
            return forms.undefined()
        if _is_zero(p) or _is_zero(q):
            return forms.bounded()
        squared = c * c * self._inverse(p) * self._inverse(q)
        if isinstance(squared, Form):
            return self._opaque("angle", _ball_angle, p, q, c)
        acute = self._acute(squared)
        return acute if forms.sign(c) >= 0 else forms.pi() - acute

    def _acute(self, squared: fmpq) -> Number:
        """arccos √squared ∈ [0, π/2]."""
        forms = self.forms
        if squared < _HALF:
            return _HALF * forms.pi() - self._acute(1 - squared)
        if squared in _SPECIAL:
            return _SPECIAL[squared] * forms.pi()
        name = ("acute", int(squared.p), int(squared.q))
        return forms.atom(name, lambda: (arb(1 - squared).sqrt() / arb(squared).sqrt()).atan())

    def _sine(self, angle: Number) -> Number:
        turn = self._turn(angle)
        if turn is None:
            return self._wave("sin", arb.sin, angle)
        # The sine of exactly 0 or π, where the rows are parallel, is told from other zeros.
        return self.forms.flat_sine() if _is_zero(turn[1]) else turn[1]

    def _cosine(self, angle: Number) -> Number:
        turn = self._turn(angle)
        return self._wave("cos", arb.cos, angle) if turn is None else turn[0]

    def _wave(self, name: str, function: Callable[[arb], arb], angle: Number) -> Number:
        if isinstance(angle, Form) and not angle.undefined and not self.forms.exists(angle):
            return self.forms.bounded()
        return self._opaque(name, function, angle)

    def _turn(self, angle: Number) -> tuple[Number, Number] | None:
        """(cos, sin) of r π + Σ k_j θ_j with known cosines, None for any other angle."""
        parts = self.forms.pi_multiple(angle)
        if parts is None:
            return None
        ratio, multiples = parts
        start = self._special(ratio)
        if start is None:
            return None
        cosine, sine = start
        for atom, multiple in multiples.items():
            name = self.forms.name_of(atom)
            if multiple.q != 1 or abs(multiple) > _MAX_MULTIPLE or name[0] != "acute":
                return None
            squared = fmpq(name[1], name[2])
            x, y = self.forms.root(squared), self.forms.root(1 - squared)
            for _ in range(abs(int(multiple.p))):
                y_turned = y if multiple > 0 else -y
                cosine, sine = cosine * x - sine * y_turned, sine * x + cosine * y_turned
        return cosine, sine

    def _special(self, ratio: fmpq) -> tuple[Number, Number] | None:
        """(cos, sin) of ratio · π for multiples of π/6 and π/4."""
        turn = ratio - 2 * (ratio / 2).floor()

        def cosine(half: fmpq) -> Number | None:
            half = 2 - half if half > 1 else half
            if half > _HALF:
                value = cosine(1 - half)
                return None if value is None else -value
            squares: dict[fmpq, fmpq | int] = {
                fmpq(0): 1,
                fmpq(1, 6): fmpq(3, 4),
                fmpq(1, 4): _HALF,
                fmpq(1, 3): fmpq(1, 4),
                _HALF: 0,
            }
            return self.forms.root(fmpq(squares[half])) if half in squares else None

        shifted = turn - _HALF
        sine = cosine(shifted if shifted >= 0 else -shifted)
        whole = cosine(turn)
        return None if whole is None or sine is None else (whole, sine)


_AT_ZERO = {
    sympy.exp: (0, 1), sympy.log: (1, 0), sympy.tan: (0, 0), sympy.atan: (0, 0), sympy.asin: (0, 0),
    sympy.sinh: (0, 0), sympy.cosh: (0, 1), sympy.tanh: (0, 0),
}  # fmt: skip


def _is_zero(element: Number) -> bool:
    if isinstance(element, Form):
        return not element.terms and not element.undefined
    return bool(element == 0)


def _ball_angle(p: arb, q: arb, c: arb) -> arb:
    return ball.HEAD_FUNCTIONS["atan2"](ball.sqrt_nonnegative(p * q - c * c), c)


def _scalar(element: Any) -> Data:
    data = np.empty((), dtype=object)
    data[()] = element
    return data


def _map(function: Any, *data: Data) -> Data:
    return np.asarray(np.frompyfunc(function, len(data), 1)(*data), dtype=object)
