"""Mehler's series: the dual kernel of a polynomial activation from one-dimensional moments alone."""

from __future__ import annotations

from math import factorial

from sympy import Add, Expr, Integer, Rational, Symbol

from theory.activation import Polynomial
from theory.symbols import c, p, q

__all__ = ["gaussian_average", "mehler_kernel"]


def gaussian_average(shape: Polynomial | None, variance: Symbol) -> Expr:
    """E σ(√s z) = Σ_j a_{2j} (2j − 1)!! s^j for z ~ N(0, 1), where s is ``variance``; 0 for None.  Exact."""
    if shape is None:
        return Integer(0)
    even = shape.coefficients[::2]
    return Add(*(value * Rational(factorial(2 * j), 2**j * factorial(j)) * variance**j for j, value in enumerate(even)))


def mehler_kernel(shape: Polynomial) -> Expr:
    """E σ(X) σ(Y) = Σ_n c^n / n! · E σ⁽ⁿ⁾(X) · E σ⁽ⁿ⁾(Y) for jointly Gaussian X, Y of variances p, q and
    covariance c.

    Domain: polynomials, so the series ends at n = deg σ.  Exact.
    Source: Mehler's expansion in Hermite polynomials, with E σ⁽ⁿ⁾(√s z) = s^{−n/2} E σ(√s z) He_n(z).
    """
    terms = []
    for n in range(shape.order + 1):
        derivative = shape.derivative(n)
        terms.append(c**n / factorial(n) * gaussian_average(derivative, p) * gaussian_average(derivative, q))
    return Add(*terms).expand()
