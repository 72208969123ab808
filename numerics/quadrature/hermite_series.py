"""Gaussian expectations of smooth functions in binary64, by Mehler's series in normalised Hermite polynomials.

    E f(X) g(Y) = Σ_n a_n(p) b_n(q) ρ^n,     a_n(p) = E f(√p ξ) h_n(ξ),     ρ = c/√(pq),

so that every row is expanded once and a pair costs one scalar product.  The coefficients are trapezoidal sums.  What is
left out is at most the root of the product of E f² − Σ a_n² and E g² − Σ b_n².
Source: Mehler, J. reine angew. Math. 66 (1866) 161–176.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray
from sympy import Expr, lambdify

from theory.pair_expectation import GaussianMean, GaussianPair
from theory.shapes import z
from theory.strip import strip_bound

__all__ = ["coefficients", "function_of", "mean_values", "pair_errors", "pair_values", "series_function", "terms_for"]

Floats = NDArray[np.float64]

EPS = 2.0**-53
_REACH = 13.5  # φ(13.5) = 1e-40
_LARGEST_STEP, _SMALLEST_STEP = 0.12, 0.01
_FEWEST, _MOST = 48, 1024
_CHUNK = 2_000_000
_NATS = 37.0


def series_function(head: type) -> Callable[..., Floats] | None:
    """The function of Gram variables that an expectation head stands for, None for any other head."""
    if issubclass(head, GaussianPair):
        return lambda p, q, c: pair_values(head.first, head.second, p, q, c)
    if issubclass(head, GaussianMean):
        return lambda p: mean_values(head.integrand, p)
    return None


@cache
def function_of(expression: Expr) -> Callable[[Floats], Floats]:
    """An expression in z on arrays, undefined values NaN, without a warning."""
    raw = lambdify((z,), expression, modules=["scipy", "numpy"], cse=True)

    def values(points: Floats) -> Floats:
        with np.errstate(all="ignore"):
            return np.broadcast_to(np.asarray(raw(points), dtype=np.float64), points.shape)

    return values


@cache
def _basis(step: float, terms: int) -> tuple[Floats, Floats, Floats]:
    """Nodes ξ (K,), weights h φ(ξ) (K,), and h φ(ξ) h_n(ξ) (K, terms)."""
    count = int(np.ceil(_REACH / step))
    nodes = np.arange(-count, count + 1) * step
    # The normalised polynomials overflow; with √φ they don't.
    root = np.exp(-nodes * nodes / 4) / (2 * np.pi) ** 0.25
    table = np.empty((terms, len(nodes)))
    table[0] = root
    if terms > 1:
        table[1] = nodes * root
    for n in range(2, terms):
        table[n] = (nodes * table[n - 1] - np.sqrt(n - 1) * table[n - 2]) / np.sqrt(n)
    weights = np.asarray(step * root * root, dtype=np.float64)
    return np.asarray(nodes, dtype=np.float64), weights, np.ascontiguousarray((step * root * table).T)


def _resolution(expression: Expr, scale: float) -> tuple[float, int]:
    """(h, number of terms) with both errors e^{−`_NATS`} for forms of that standard deviation, within bounds."""
    width = float(strip_bound(expression, z).width) / max(scale, 1e-3)
    step = 2 * np.pi * width / _NATS
    terms = int(np.ceil((_NATS / (2 * width)) ** 2 / 2)) + 16
    # Powers of two, so that few tables serve all scales.
    step = 2.0 ** np.floor(np.log2(np.clip(step, _SMALLEST_STEP, _LARGEST_STEP)))
    terms = int(2 ** np.ceil(np.log2(np.clip(terms, _FEWEST, _MOST))))
    return float(step), min(terms, _MOST)


def _levels(variances: Floats) -> Floats:
    scales = np.sqrt(variances)
    return np.where(np.isfinite(scales), np.ceil(np.log2(np.maximum(scales, 0.25))), 0.0)


def terms_for(expression: Expr, variances: Floats) -> int:
    """Number of terms that serves all of the variances."""
    return _resolution(expression, 2.0 ** float(_levels(variances).max(initial=0.0)))[1]


def coefficients(expression: Expr, variances: Floats, terms: int) -> tuple[Floats, Floats]:
    """(a_n(p) (K, terms), tail (K,)) for variances p (K,); ``tail`` bounds the norm of what is left out, up to rounding."""
    scales = np.sqrt(variances)
    function = function_of(expression)
    levels = _levels(variances)
    result = np.zeros((len(scales), terms))
    tail = np.zeros(len(scales))
    for level in np.unique(levels):
        chosen = np.nonzero(levels == level)[0]
        step, _ = _resolution(expression, 2.0**level)
        nodes, weights, table = _basis(step, terms)
        unresolved = np.exp(-2 * np.pi * float(strip_bound(expression, z).width) / (2.0**level * step))
        size = max(1, _CHUNK // len(nodes))
        for start in range(0, len(chosen), size):
            part = chosen[start : start + size]
            values = function(scales[part, None] * nodes)
            with np.errstate(all="ignore"):
                found = values @ table
                square = (values * values) @ weights
                rest = np.maximum(square - np.einsum("kn,kn->k", found, found), 0.0)
            result[part] = found
            tail[part] = np.sqrt(rest + (64 * EPS + unresolved) * square)
    return result, tail


def _pairs(first: Expr, second: Expr, p: Floats, q: Floats, c: Floats) -> tuple[Floats, Floats]:
    """Values and error bounds of E f(X) g(Y), elementwise on arrays that broadcast together."""
    shape = np.broadcast_shapes(np.shape(p), np.shape(q), np.shape(c))
    flat = [np.asarray(x, dtype=np.float64).ravel() for x in (p, q)]
    variances, place = np.unique(np.concatenate(flat), return_inverse=True)
    left = np.broadcast_to(place[: flat[0].size].reshape(np.shape(p)), shape).ravel()
    right = np.broadcast_to(place[flat[0].size :].reshape(np.shape(q)), shape).ravel()
    # One number of terms for both sides: what is left out of one must be left out of the other.
    terms = max(terms_for(first, variances), terms_for(second, variances))
    a, a_tail = coefficients(first, variances, terms)
    b, b_tail = (a, a_tail) if first == second else coefficients(second, variances, terms)
    with np.errstate(all="ignore"):
        size = np.sqrt(variances[left]) * np.sqrt(variances[right])
        rho = np.where(size > 0, np.broadcast_to(c, shape).ravel() / np.where(size > 0, size, 1.0), 0.0)
        rho = np.clip(rho, -1.0, 1.0)  # rounding alone exceeds 1: |c| ≤ √(pq) for rows
    total = np.zeros(len(rho))
    width = max(1, _CHUNK // terms)
    for start in range(0, len(rho), width):
        part = slice(start, start + width)
        x, one, other = rho[part], left[part], right[part]
        value = np.zeros(len(x))
        product = a[one] * b[other]
        for n in range(terms - 1, -1, -1):
            value *= x
            value += product[:, n]
        total[part] = value
    error = a_tail[left] * b_tail[right] + 64 * EPS * np.abs(total)
    return total.reshape(shape), error.reshape(shape)


def pair_values(first: Expr, second: Expr, p: Floats, q: Floats, c: Floats) -> Floats:
    """E f(X) g(Y), elementwise; |error| ≤ `pair_errors` at the given Gram variables."""
    return _pairs(first, second, p, q, c)[0]


def pair_errors(first: Expr, second: Expr, p: Floats, q: Floats, c: Floats) -> Floats:
    """An error bound of `pair_values`, itself computed in binary64."""
    return _pairs(first, second, p, q, c)[1]


def mean_values(integrand: Expr, p: Floats) -> Floats:
    """E F(X), elementwise in the variance."""
    flat = np.asarray(p, dtype=np.float64)
    values, inverse = np.unique(flat, return_inverse=True)
    found, _ = coefficients(integrand, values, 1)
    return found[:, 0][inverse].reshape(flat.shape)
