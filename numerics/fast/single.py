"""The direct gradient of one small network; the formulas and the test of accuracy are those of `stable.direct`.

Pairs are laid out in one array, so that square roots, divisions and angles run several at a time.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from numerics.fast.arccosine import angle_of_cosine
from numerics.stable.direct import LARGE, LONGEST, SHORTEST

__all__ = ["rough", "single"]

Floats = NDArray[np.float64]

# Sums may be taken in any order here: no result of these loops rests on cancellation.
_FREE = {"reassoc", "contract", "nsz", "arcp"}


@njit(cache=True, fastmath=_FREE, error_model="numpy", inline="always")
def _instance(
    rows: Floats,
    weights: Floats,
    n: int,
    scale: float,
    kappa: float,
    gamma: float,
    work: Floats,
    gradient: Floats,
    least: float,
) -> bool:
    """The gradient in the effective students of rows (N, d); whether no row is below ``least`` of the mass, nor 0.

    ``work`` is (4, N + pairs).
    """
    size, width = rows.shape
    length, own = work[0, :size], work[1, :size]
    cosine, sine = work[2], work[3]
    mass, reach = 0.0, True
    for a in range(size):
        square = 0.0
        for k in range(width):
            square += rows[a, k] * rows[a, k]
        length[a] = math.sqrt(square)
        reach = reach and length[a] > SHORTEST
        mass += abs(weights[a]) * length[a]
        own[a] = 0.0
    reach = reach and mass < LONGEST
    if not reach:
        return False
    pairs = 0
    for i in range(n):
        for b in range(i + 1, size):
            dot = 0.0
            for k in range(width):
                dot += rows[i, k] * rows[b, k]
            cosine[pairs] = dot
            sine[pairs] = length[i] * length[b]
            pairs += 1
    for pair in range(pairs):
        value = cosine[pair] / sine[pair]
        square = 1.0 - value * value
        sine[pair] = math.sqrt(square if square > 0.0 else 0.0)
        cosine[pair] = value
    for pair in range(pairs):
        cosine[pair] = kappa - gamma * angle_of_cosine(cosine[pair])
    for i in range(n):
        for k in range(width):
            gradient[i, k] = 0.0
    pairs = 0
    for i in range(n):
        for b in range(i + 1, size):
            coefficient = cosine[pairs]
            own[i] += weights[b] * length[b] * sine[pairs]
            factor = weights[b] * coefficient
            for k in range(width):
                gradient[i, k] += factor * rows[b, k]
            if b < n:
                own[b] += weights[i] * length[i] * sine[pairs]
                factor = weights[i] * coefficient
                for k in range(width):
                    gradient[b, k] += factor * rows[i, k]
            pairs += 1
    least *= kappa * mass
    good = True
    for i in range(n):
        factor = gamma * own[i] / length[i] + kappa * weights[i]
        square = 0.0
        for k in range(width):
            value = gradient[i, k] + factor * rows[i, k]
            square += value * value
            gradient[i, k] = 2.0 * scale * weights[i] * value
        good = good and square >= least * least
    return good


@njit(cache=True, fastmath=_FREE, error_model="numpy", inline="always")
def _norm(row: Floats) -> float:
    square = 0.0
    for k in range(row.shape[0]):
        square += row[k] * row[k]
    return math.sqrt(square)


@njit(cache=True, error_model="numpy", inline="always")
def _evaluate(students: Floats, frozen: Floats, least: float) -> bool:
    n, width = students.shape
    size = n + (frozen.shape[0] - 4 - n) // (width + 1)
    scale, kappa, gamma, growth = frozen[0], frozen[1], frozen[2], frozen[3]
    weights, place = frozen[4 : 4 + size], 4 + size
    pairs = size * (size + 1) // 2
    # One allocation: at this size each costs as much as the arithmetic of a row.
    scratch = np.empty((size + n) * width + 4 * pairs)
    rows = scratch[: size * width].reshape(size, width)
    gradient = scratch[size * width : (size + n) * width].reshape(n, width)
    work = scratch[(size + n) * width :].reshape(4, pairs)
    for i in range(n):
        factor = _norm(students[i]) ** growth if growth > 0.0 else 1.0
        for k in range(width):
            rows[i, k] = factor * students[i, k]
    for a in range(n, size):
        for k in range(width):
            rows[a, k] = frozen[place]
            place += 1
    if not _instance(rows, weights, n, scale, kappa, gamma, work, gradient, least):
        return False
    for i in range(n):
        factor, radial = 1.0, 0.0
        if growth > 0.0:
            length = _norm(students[i])
            factor = length**growth
            for k in range(width):
                radial += students[i, k] * gradient[i, k]
            radial *= growth / (length * length)
        for k in range(width):
            students[i, k] = factor * (gradient[i, k] + radial * students[i, k])
    return True


@njit(cache=True, error_model="numpy")
def single(students: Floats, frozen: Floats) -> bool:
    """Overwrite the students (n, d) of one network with ∂L/∂w, if that is accurate; whether it is.

    ``frozen``: λ, κ, γ, κ̂, signed output weights (n + m,), teachers (m, d), all in one array.  With u = ‖w‖^κ̂ w,
    ∂L/∂w = ‖w‖^κ̂ (I + κ̂ w̄ w̄ᵀ) ∂L/∂u.
    """
    return _evaluate(students, frozen, LARGE)


@njit(cache=True, error_model="numpy")
def rough(students: Floats, frozen: Floats) -> bool:
    """The same wherever it exists, with an error of (N + √d) ε times the mass of each row."""
    return _evaluate(students, frozen, 0.0)
