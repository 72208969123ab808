"""Real expressions as finite sums of terms P(z) e^{λz}: products of polynomials, exponentials, sines and cosines.

cos z = ½ e^{iz} + ½ e^{−iz}; all coefficients and rates lie in Q(i), so that nothing is rounded and equal rates are
recognised.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from sympy import Add, Expr, Float, I, Integer, Mul, Poly, Pow, Rational, Symbol, cos, cosh, exp, sin, sinh
from sympy.polys.polyerrors import PolynomialError

__all__ = ["Term", "exponential_terms", "gaussian_rational"]


class Term(NamedTuple):
    """P(z) e^{rate · z}; ``coefficients`` of P in ascending order, over Q(i)."""

    coefficients: tuple[Expr, ...]
    rate: Expr


@cache
def exponential_terms(expression: Expr, variable: Symbol) -> tuple[Term, ...]:
    """The terms of the expression, one per rate, in a fixed order.

    Domain: sums, products and natural powers of rationals, the variable, and exp, sin, cos, sinh, cosh of rational
    multiples of the variable.  Exact.
    Raises ValueError naming the first part that is something else.
    """
    if expression.has(Float):
        raise ValueError(f"{expression} contains a binary float; write exact rationals")
    total = _walk(expression, variable)
    kept = [(rate, polynomial) for rate, polynomial in total.items() if polynomial != 0]
    kept.sort(key=lambda pair: pair[0].sort_key())
    return tuple(Term(coefficients=_coefficients(polynomial, variable), rate=rate) for rate, polynomial in kept)


_Sum = dict[Expr, Expr]  # rate -> polynomial in the variable


def _walk(node: Expr, variable: Symbol) -> _Sum:
    if node == variable or isinstance(node, Rational):
        return {Integer(0): node}
    if isinstance(node, Add):
        return _added([_walk(argument, variable) for argument in node.args])
    if isinstance(node, Mul):
        total: _Sum = {Integer(0): Integer(1)}
        for factor in node.args:
            total = _multiplied(total, _walk(factor, variable))
        return total
    if isinstance(node, Pow) and isinstance(node.exp, Integer) and int(node.exp) >= 0:
        total, base = {Integer(0): Integer(1)}, _walk(node.base, variable)
        for _ in range(int(node.exp)):
            total = _multiplied(total, base)
        return total
    if isinstance(node, exp | sin | cos | sinh | cosh):
        half, rate = Rational(1, 2), _slope(node.args[0], variable)
        pieces = {
            exp: ((1, rate),),
            cosh: ((half, rate), (half, -rate)),
            sinh: ((half, rate), (-half, -rate)),
            cos: ((half, I * rate), (half, -I * rate)),
            sin: ((-half * I, I * rate), (half * I, -I * rate)),
        }[type(node)]
        return _added([{power: Integer(1) * factor} for factor, power in pieces])
    raise ValueError(f"{node} is no sum of polynomials times exponentials, sines or cosines of multiples of {variable}")


def _slope(argument: Expr, variable: Symbol) -> Expr:
    """r of an argument r · variable."""
    slope = argument.coeff(variable, 1)
    if not isinstance(slope, Rational) or slope == 0 or argument != slope * variable:
        raise ValueError(f"{argument} is not a non-zero rational multiple of {variable}")
    return slope


def _added(parts: list[_Sum]) -> _Sum:
    total: _Sum = {}
    for part in parts:
        for rate, polynomial in part.items():
            total[rate] = (total.get(rate, Integer(0)) + polynomial).expand()
    return total


def _multiplied(left: _Sum, right: _Sum) -> _Sum:
    return _added([{(a + b).expand(): (f * g).expand()} for a, f in left.items() for b, g in right.items()])


def _coefficients(polynomial: Expr, variable: Symbol) -> tuple[Expr, ...]:
    try:
        found = Poly(polynomial, variable).all_coeffs()
    except PolynomialError as error:  # pragma: no cover - the walk builds polynomials only
        raise ValueError(f"{polynomial} is no polynomial in {variable}") from error
    return tuple(reversed([coefficient.expand() for coefficient in found]))


def gaussian_rational(value: Expr) -> tuple[Rational, Rational]:
    """(real, imaginary) of an expanded number of Q(i); ValueError for anything else."""
    imaginary = value.coeff(I, 1)
    real = (value - imaginary * I).expand()
    if not isinstance(real, Rational) or not isinstance(imaginary, Rational):
        raise ValueError(f"{value} is not in Q(i)")
    return real, imaginary
