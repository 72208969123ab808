"""`stable.near_optimum` as loops: the gradient of one small network next to an optimum of one teacher.

Nothing here may be compiled with free rounding: the products and sums below are exact as pairs.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from numerics.stable.near_optimum import LONGEST, NEAR, SHORTEST, T_SERIES
from numerics.stable.pairs import RESOLUTION

__all__ = ["near_optimum"]

Floats = NDArray[np.float64]

_SPLITTER = 134217729.0


@njit(cache=True, error_model="numpy", inline="always")
def _two_product(x: float, y: float) -> tuple[float, float]:
    product = x * y
    shifted = _SPLITTER * x
    x_high = shifted - (shifted - x)
    shifted = _SPLITTER * y
    y_high = shifted - (shifted - y)
    x_low, y_low = x - x_high, y - y_high
    return product, ((x_high * y_high - product) + x_high * y_low + x_low * y_high) + x_low * y_low


@njit(cache=True, error_model="numpy", inline="always")
def _add(total: Floats, value: float) -> None:
    """Three-fold compensated: total[0] + total[1] + total[2] += value."""
    for level in range(2):
        added = total[level] + value
        back = added - total[level]
        value = (total[level] - (added - back)) + (value - back)
        total[level] = added
    total[2] += value


@njit(cache=True, error_model="numpy", inline="always")
def _norm_tail(row: Floats, root: float, total: Floats) -> float:
    """‖x‖ − root."""
    total[:] = 0.0
    for k in range(row.shape[0]):
        product, error = _two_product(row[k], row[k])
        _add(total, product)
        _add(total, error)
    product, error = _two_product(root, root)
    _add(total, -product)
    _add(total, -error)
    return (total[0] + (total[1] + total[2])) / (2.0 * root)


@njit(cache=True, error_model="numpy", inline="always")
def _residual(
    rows: Floats, norms: Floats, weights: Floats, growth: float, total: Floats, tails: Floats, out: Floats
) -> None:
    size, width = rows.shape
    if growth > 0.0:
        for i in range(size - 1):
            tails[i] = _norm_tail(rows[i], norms[i], total)
    for k in range(width):
        total[:] = 0.0
        for a in range(size):
            product, error = _two_product(weights[a], rows[a, k])
            if growth > 0.0 and a < size - 1:
                scaled, lost = _two_product(product, norms[a])
                error = lost + error * norms[a] + product * tails[a]
                product = scaled
            _add(total, product)
            _add(total, error)
        out[k] = total[0] + (total[1] + total[2])


@njit(cache=True, error_model="numpy", inline="always")
def _apart(first: Floats, second: Floats, ratio: float, gap: Floats, sums: Floats) -> float:
    """Angle of two rows with ``ratio`` of their norms; ``gap`` becomes ‖first‖ times the difference of directions."""
    onto, square = 0.0, 0.0
    for k in range(first.shape[0]):
        product, error = _two_product(ratio, second[k])
        gap[k] = (first[k] - product) - error
        sums[k] = first[k] + product
        onto += gap[k] * sums[k]
        square += sums[k] * sums[k]
    onto /= square
    short = 0.0
    for k in range(first.shape[0]):
        gap[k] -= onto * sums[k]
        short += gap[k] * gap[k]
    short, long = math.sqrt(short), math.sqrt(square)
    return 2.0 * math.atan(short / long) if short > RESOLUTION * long else 0.0


@njit(cache=True, error_model="numpy")
def near_optimum(students: Floats, frozen: Floats, even: bool) -> bool:
    """Overwrite the students (n, d) of one network with ∂L/∂w, if it is made for them; whether it is.

    ``frozen`` as for `fast.single.single`, with one teacher and κ̂ ≤ 1; ``even``: signs are not seen.
    """
    n, width = students.shape
    size = n + 1
    scale, kappa, gamma, growth = frozen[0], frozen[1], frozen[2], frozen[3]
    weights = frozen[4 : 4 + size]
    rows, pull = np.empty((size, width)), np.zeros((n, width))
    norms, side, strengths, shrink, tails = np.empty((5, size))
    gap, sums, residual = np.empty((3, width))
    total = np.empty(3)
    for a in range(size):
        square, onto = 0.0, 0.0
        for k in range(width):
            rows[a, k] = students[a, k] if a < n else frozen[4 + size + k]
            square += rows[a, k] * rows[a, k]
            onto += rows[a, k] * frozen[4 + size + k]
        norms[a], shrink[a] = math.sqrt(square), onto
        if not (SHORTEST < norms[a] < LONGEST):
            return False
    for a in range(size):
        cosine = shrink[a] / (norms[a] * norms[n])
        side[a] = -1.0 if even and cosine < 0.0 else 1.0
        if not side[a] * cosine > NEAR:
            return False
        if side[a] < 0.0:
            for k in range(width):
                rows[a, k] = -rows[a, k]
        strengths[a] = weights[a] * norms[a]
        if growth > 0.0 and a < n:
            strengths[a] *= norms[a]
        shrink[a] = 0.0
    _residual(rows, norms, weights, growth, total, tails, residual)
    for i in range(n):
        for b in range(i + 1, size):
            angle = _apart(rows[i], rows[b], norms[i] / norms[b], gap, sums)
            square = angle * angle
            defect = T_SERIES[0]
            for index in range(1, len(T_SERIES)):
                defect = defect * square + T_SERIES[index]
            defect *= square * angle
            shrink[i] += defect * strengths[b]
            factor = angle / norms[i]
            for k in range(width):
                pull[i, k] += factor * strengths[b] * gap[k]
            if b < n:
                shrink[b] += defect * strengths[i]
                for k in range(width):
                    pull[b, k] -= factor * strengths[i] * gap[k]
    for i in range(n):
        radial = 0.0
        factor = 2.0 * scale * weights[i] * side[i]
        for k in range(width):
            value = gamma * (pull[i, k] - shrink[i] * rows[i, k] / norms[i]) + kappa * residual[k]
            pull[i, k] = factor * value
            radial += pull[i, k] * rows[i, k]
        for k in range(width):
            value = pull[i, k]
            if growth > 0.0:
                value = norms[i] * value + radial * rows[i, k] / norms[i]
            students[i, k] = value
    return True
