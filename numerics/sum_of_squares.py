"""Polynomials rewritten so that their squares show: factored, and quadratic factors with the square completed.

    f = c Π g_i^{e_i},     a x² + b x + r = a (x + b / 2a)² + (r − b² / 4a)

An expanded (x − y)² has zeros inside every box on the diagonal, and no bisection ends; as a square it is signed at sight.
Exact over Q; equality of the two forms is re-checked by the certificate checker.
"""

from __future__ import annotations

from collections.abc import Sequence

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from numerics.bernstein import Polynomial
from numerics.tree import Tree, add, multiply, power, rational

__all__ = ["squares_shown"]

MAX_DEGREE = 40


def squares_shown(poly: Polynomial, names: Sequence[str]) -> Tree | None:
    """An equal tree with squares visible, or None if none are found. Exact."""
    if not poly or max(map(sum, poly)) > MAX_DEGREE:
        return None
    context = fmpq_mpoly_ctx.get([f"x{index}" for index in range(len(names))], Ordering.lex)
    constant, factors = context.from_dict(poly).factor()
    parts = []
    found = len(factors) > 1
    for factor, exponent in factors:
        completed = None if int(exponent) % 2 == 0 else _completed(factor, names)
        found = found or completed is not None or int(exponent) > 1
        parts.append(power(_tree(factor, names) if completed is None else completed, int(exponent)))
    return multiply(rational(constant), *parts) if found else None


def _tree(poly: fmpq_mpoly, names: Sequence[str]) -> Tree:
    terms = []
    for exponents, value in poly.terms():
        powers = [power(("var", name), int(e)) for name, e in zip(names, exponents, strict=True) if e]
        terms.append(multiply(rational(value), *powers))
    return add(*terms)


def _completed(poly: fmpq_mpoly, names: Sequence[str]) -> Tree | None:
    """A quadratic polynomial as a signed sum of squares and what is left, or None if it is not quadratic."""
    if poly.total_degree() != 2:
        return None
    generators = poly.context().gens()
    parts: list[Tree] = []
    rest = poly
    for index, x in enumerate(generators):
        leading = _square_coefficient(rest, x)
        if leading == 0:
            continue
        linear = rest.derivative(index).compose(*[0 * g if g == x else g for g in generators])
        root = x + linear * (1 / (2 * leading))
        rest = rest - leading * root**2
        parts.append(multiply(rational(leading), power(_tree(root, names), 2)))
    if len(parts) == 0:
        return None
    return add(*parts, _tree(rest, names)) if rest != 0 else add(*parts)


def _square_coefficient(poly: fmpq_mpoly, x: fmpq_mpoly) -> fmpq:
    (monomial,) = (x**2).monoms()
    return poly.to_dict().get(monomial, fmpq(0))


