"""Bernstein form: exact lower bounds of rational polynomials on rational boxes.

    p(lo + (hi − lo) u) = Σ_i b_i Π_v B_{i_v, d_v}(u_v),   B_{i,d}(u) = C(d, i) uⁱ (1 − u)^{d−i} ≥ 0 on [0,
                                                           1],  Σ_i B_i = 1,

so min b ≤ p ≤ max b on the box, and the b at the corners are the values of p there: an inequality that is
tight at a corner is decided without rounding.  Everything is exact (``fmpq``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import comb

from flint import fmpq

from numerics.prover.tree import Tree, as_fmpq

__all__ = ["Polynomial", "coefficients", "polynomial", "range_on"]

Polynomial = dict[tuple[int, ...], fmpq]

# Beyond this the dense form costs more than the bisection that it saves.
MAX_TERMS = 4000
MAX_DEGREE = 64


def _product(left: Polynomial, right: Polynomial) -> Polynomial:
    result: Polynomial = {}
    for a, x in left.items():
        for b, y in right.items():
            key = tuple(i + j for i, j in zip(a, b, strict=True))
            result[key] = result.get(key, fmpq(0)) + x * y
    return {key: value for key, value in result.items() if value != 0}


@lru_cache(maxsize=4096)
def polynomial(tree: Tree, names: tuple[str, ...]) -> Polynomial | None:
    """The coefficients {exponents: coefficient} of a tree that is a polynomial over Q in ``names``, else
    None. Exact.
    """
    head, *parts = tree
    zero = (0,) * len(names)
    if head == "rat":
        value = as_fmpq(parts[0])
        return {zero: value} if value != 0 else {}
    if head == "var":
        return {tuple(int(name == parts[0]) for name in names): fmpq(1)} if parts[0] in names else None
    if head == "pow":
        base, exponent = polynomial(parts[0], names), Fraction(parts[1])
        if base is None or exponent.denominator != 1 or not 0 <= exponent <= MAX_DEGREE:
            return None
        result: Polynomial = {zero: fmpq(1)}
        for _ in range(int(exponent)):
            result = _product(result, base)
            if len(result) > MAX_TERMS:
                return None
        return result
    if head not in ("add", "mul"):
        return None
    total: Polynomial | None = None
    for part in parts:
        term = polynomial(part, names)
        if term is None:
            return None
        if total is None:
            total = term
        elif head == "mul":
            total = _product(total, term)
        else:
            total = dict(total)
            for key, value in term.items():
                total[key] = total.get(key, fmpq(0)) + value
        if len(total) > MAX_TERMS:
            return None
    assert total is not None
    return {key: value for key, value in total.items() if value != 0}


def _along(values: list[fmpq], low: fmpq, width: fmpq) -> list[fmpq]:
    """Power coefficients in x along one axis -> Bernstein coefficients in u, x = low + width·u."""
    degree = len(values) - 1
    shifted = list(values)
    for i in range(degree):  # repeated synthetic division: the Taylor shift by low
        for j in range(degree - 1, i - 1, -1):
            shifted[j] += low * shifted[j + 1]
    scale = fmpq(1)
    for j in range(1, degree + 1):
        scale *= width
        shifted[j] *= scale
    scaled = [value / comb(degree, j) for j, value in enumerate(shifted)]
    return [sum((comb(i, j) * scaled[j] for j in range(i + 1)), fmpq(0)) for i in range(degree + 1)]


def coefficients(poly: Polynomial, box: Sequence[tuple[fmpq, fmpq]]) -> list[fmpq] | None:
    """All Bernstein coefficients of the polynomial on the box, in row-major order; None if there are too
    many.

    Exact.  ``box`` gives (lo, hi) per variable, in the order of the exponents.
    """
    if not poly:
        return [fmpq(0)]
    shape = tuple(max(key[axis] for key in poly) + 1 for axis in range(len(box)))
    size = 1
    for length in shape:
        size *= length
    if size > MAX_TERMS:
        return None
    dense: Mapping[tuple[int, ...], fmpq] = {
        key: poly.get(key, fmpq(0)) for key in product(*(range(length) for length in shape))
    }
    for axis, (low, high) in enumerate(box):
        changed: dict[tuple[int, ...], fmpq] = {}
        for key in product(*(range(1 if k == axis else length) for k, length in enumerate(shape))):
            line = [(*key[:axis], i, *key[axis + 1 :]) for i in range(shape[axis])]
            changed.update(zip(line, _along([dense[at] for at in line], low, high - low), strict=True))
        dense = changed
    return list(dense.values())


def range_on(poly: Polynomial, box: Sequence[tuple[fmpq, fmpq]]) -> tuple[fmpq, fmpq] | None:
    """Exact (lower, upper) with lower ≤ p ≤ upper on the box; None if the polynomial is too large."""
    values = coefficients(poly, box)
    return None if values is None else (min(values), max(values))
