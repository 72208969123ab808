"""Hermite polynomials σ = He_n/√(n!) up to the square root, and sums Σ_n a_n He_n.

The probabilists' He_n are orthogonal under N(0, 1) with E He_n² = n!.  ``hermite`` is He_2(z) = z² − 1 and ``hermite(3)``
is He_3.  An activation has rational coefficients, so the normalised h_n = He_n/√(n!) is He_n with the loss scaled by 1/n!;
`normalised_scale` gives that factor.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import factorial

from sympy import Expr, Integer, Poly, Rational

from theory.activation import Activation, Polynomial, z

_SOURCE = "O'Donnell, Analysis of Boolean Functions, section 11.2"


def probabilists(order: int) -> Expr:
    """He_n by He_{n+1} = z He_n − n He_{n−1}.  Exact."""
    before, current = Integer(0), Integer(1)
    for n in range(order):
        before, current = current, (z * current - n * before).expand()
    return current


def hermite_sum(coefficients: Sequence[Rational | int], name: str, title: str = "") -> Activation:
    """Σ_n a_n He_n for rational a_0, a_1, … with at least one a_n ≠ 0 for n ≥ 1.  Raises ValueError otherwise."""
    total = sum((value * probabilists(n) for n, value in enumerate(coefficients)), Integer(0)).expand()
    if z not in total.free_symbols:
        raise ValueError(
            f"coefficients {tuple(coefficients)} give a constant; give a non-zero a_n with n of at least 1"
        )
    shape = Polynomial(coefficients=tuple(reversed(Poly(total, z).all_coeffs())))
    return Activation(name=name, title=title or name, latex=f"{total}".replace("**", "^"), shape=shape, source=_SOURCE)


def normalised_scale(order: int) -> Rational:
    """1/n!, by which the loss of He_n is that of the normalised h_n = He_n/√(n!)."""
    return Rational(1, factorial(order))


def FAMILY(order: Expr) -> Activation:
    """He_n for an integer n ≥ 1.  Raises ValueError for anything else."""
    if not isinstance(order, Integer) or not 1 <= int(order) <= 30:
        raise ValueError(f"hermite({order}): the order must be an integer from 1 to 30")
    n = int(order)
    return hermite_sum([0] * n + [1], f"hermite({n})", f"Hermite polynomial of order {n}")


ACTIVATION = hermite_sum([0, 0, 1], "hermite", "Hermite polynomial of order 2")
