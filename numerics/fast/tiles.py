"""The direct form of a 1-homogeneous loss for many networks, sixty-four side by side.

The formulas and the test of accuracy are those of `stable.direct`.  A tile is turned so that its networks are
the last axis; every inner loop then runs over that axis, whatever n, m and d are.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from numerics.fast.arccosine import angle_of_cosine
from numerics.stable.direct import LARGE, LONGEST, SHORTEST

__all__ = ["tiles"]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

# Long enough for the compiler's checks of overlap not to matter, short enough for the first-level cache.
TILE = 64
# Sums may be taken in any order here: no result of these loops rests on cancellation.
_FREE = {"reassoc", "contract", "nsz", "arcp"}


@njit(cache=True, fastmath=_FREE, error_model="numpy")
def _load(source: Floats, first: int, filled: int, place: int, rows: Floats) -> None:
    """Turn rows (B or 1, …, d) of a tile into rows[place:]; a short tile repeats its last network."""
    for t in range(TILE):
        index = first + min(t, filled - 1) if source.shape[0] > 1 else 0
        for a in range(source.shape[1]):
            for k in range(source.shape[2]):
                rows[place + a, k, t] = source[index, a, k]


@njit(cache=True, fastmath=_FREE, error_model="numpy")
def _dot(first: Floats, second: Floats, total: Floats) -> None:
    total[:] = 0.0
    for k in range(first.shape[0]):
        for t in range(TILE):
            total[t] += first[k, t] * second[k, t]


@njit(cache=True, fastmath=_FREE, error_model="numpy")
def _angles(
    rows: Floats, length: Floats, constants: Floats, i: int, b: int, cosine: Floats, sine: Floats, slope: Floats
) -> None:
    """cos θ, sin θ and κ − γ θ of rows i and b."""
    kappa, gamma = constants[1], constants[2]
    _dot(rows[i], rows[b], cosine)
    for t in range(TILE):
        value = cosine[t] / (length[i, t] * length[b, t])
        square = 1.0 - value * value
        sine[t] = math.sqrt(square if square > 0.0 else 0.0)
        cosine[t] = value
        slope[t] = kappa - gamma * angle_of_cosine(value)


@njit(cache=True, fastmath=_FREE, error_model="numpy")
def _share(factor: Floats, row: Floats, pull: Floats) -> None:
    for k in range(row.shape[0]):
        for t in range(TILE):
            pull[k, t] += factor[t] * row[k, t]


@njit(cache=True, fastmath=_FREE, error_model="numpy")
def _teachers(rows: Floats, signs: Floats, length: Floats, constants: Floats, n: int, loss: Floats) -> None:
    """Add λ Σ s_a s_b k(a, b) over the pairs of teachers."""
    scale, kappa, gamma = constants[0], constants[1], constants[2]
    cosine, sine, slope = np.empty(TILE), np.empty(TILE), np.empty(TILE)
    for a in range(n, rows.shape[0]):
        for t in range(TILE):
            loss[t] += scale * kappa * (signs[a, t] * length[a, t]) ** 2
        for b in range(a + 1, rows.shape[0]):
            _angles(rows, length, constants, a, b, cosine, sine, slope)
            for t in range(TILE):
                strength = signs[a, t] * length[a, t] * signs[b, t] * length[b, t]
                loss[t] += 2.0 * scale * strength * (slope[t] * cosine[t] + gamma * sine[t])


@njit(cache=True, fastmath=_FREE, error_model="numpy")
def _pairs(
    rows: Floats, signs: Floats, length: Floats, constants: Floats, pull: Floats, own: Floats, loss: Floats
) -> None:
    """Add what all pairs with a student give to Σ_b s_b (κ − γ θ) u_b, Σ_b s_b ρ_b sin θ and the teachers' loss."""
    scale, gamma, n = constants[0], constants[2], pull.shape[0]
    cosine, sine, slope, factor = np.empty(TILE), np.empty(TILE), np.empty(TILE), np.empty(TILE)
    for i in range(n):
        for b in range(i + 1, rows.shape[0]):
            _angles(rows, length, constants, i, b, cosine, sine, slope)
            for t in range(TILE):
                factor[t] = signs[b, t] * slope[t]
                own[i, t] += signs[b, t] * length[b, t] * sine[t]
            _share(factor, rows[b], pull[i])
            if b < n:
                for t in range(TILE):
                    factor[t] = signs[i, t] * slope[t]
                    own[b, t] += signs[i, t] * length[i, t] * sine[t]
                _share(factor, rows[i], pull[b])
            else:
                for t in range(TILE):
                    strength = signs[i, t] * length[i, t] * signs[b, t] * length[b, t]
                    loss[t] += scale * strength * (slope[t] * cosine[t] + gamma * sine[t])


@njit(cache=True, fastmath=_FREE, error_model="numpy")
def _close(
    rows: Floats,
    signs: Floats,
    length: Floats,
    constants: Floats,
    pull: Floats,
    own: Floats,
    loss: Floats,
    least: Floats,
) -> None:
    """The pull becomes the gradient and adds its half to the loss; ``least`` becomes the smallest squared row."""
    scale, kappa, gamma = constants[0], constants[1], constants[2]
    factor, square, radial = np.empty(TILE), np.empty(TILE), np.empty(TILE)
    least[:] = np.inf
    for i in range(pull.shape[0]):
        for t in range(TILE):
            factor[t] = gamma * own[i, t] / length[i, t] + kappa * signs[i, t]
        _share(factor, rows[i], pull[i])
        _dot(pull[i], pull[i], square)
        for k in range(rows.shape[1]):
            for t in range(TILE):
                pull[i, k, t] *= 2.0 * scale * signs[i, t]
        _dot(pull[i], rows[i], radial)
        for t in range(TILE):
            least[t] = least[t] if square[t] > least[t] else square[t]
            loss[t] += 0.5 * radial[t]


@njit(cache=True, error_model="numpy")
def tiles(
    students: Floats,
    teachers: Floats,
    weights: Floats,
    constants: Floats,
    gradient: Floats,
    gradient_good: Mask,
    loss: Floats,
    loss_good: Mask,
) -> None:
    """Gradient (B, n, d) and loss (B,) of students (B, n, d), and where they are accurate.

    Teachers (B or 1, m, d), signed output weights (B or 1, 1, n + m), ``constants`` = (λ, κ, γ).
    """
    count, n, width = students.shape
    size = n + teachers.shape[1]
    rows, pull = np.empty((size, width, TILE)), np.empty((n, width, TILE))
    signs, length, own = np.empty((1, size, TILE)), np.empty((size, TILE)), np.empty((n, TILE))
    mass, shortest, least, total = np.empty(TILE), np.empty(TILE), np.empty(TILE), np.empty(TILE)
    for first in range(0, count, TILE):
        filled = min(TILE, count - first)
        _load(students, first, filled, 0, rows)
        _load(teachers, first, filled, n, rows)
        _load(weights, first, filled, 0, signs)
        mass[:] = 0.0
        shortest[:] = np.inf
        for a in range(size):
            _dot(rows[a], rows[a], length[a])
            for t in range(TILE):
                length[a, t] = math.sqrt(length[a, t])
                mass[t] += abs(signs[0, a, t]) * length[a, t]
                shortest[t] = shortest[t] if length[a, t] > shortest[t] else length[a, t]
        pull[:] = 0.0
        own[:] = 0.0
        total[:] = 0.0
        _teachers(rows, signs[0], length, constants, n, total)
        _pairs(rows, signs[0], length, constants, pull, own, total)
        _close(rows, signs[0], length, constants, pull, own, total, least)
        for t in range(filled):
            index = first + t
            part = LARGE * constants[1] * mass[t]
            reach = shortest[t] > SHORTEST and mass[t] < LONGEST
            gradient_good[index] = reach and least[t] > part * part
            loss_good[index] = reach and total[t] > constants[0] * part * mass[t]
            loss[index] = total[t]
            for i in range(n):
                for k in range(width):
                    gradient[index, i, k] = pull[i, k, t]
