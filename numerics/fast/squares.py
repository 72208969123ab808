"""The gradient of one small quadratic network, k = α p q + β c²; formulas of `stable.squares`, plain sums."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from numerics.stable.squares import CANCELLED

__all__ = ["square_gradient", "square_steps"]

Floats = NDArray[np.float64]


@njit(cache=True, error_model="numpy")
def _moment(students: Floats, teachers: Floats, weights: Floats, matrix: Floats) -> tuple[float, float, float]:
    """A = Σ_a s_a u_a u_aᵀ; returns tr A, ‖A‖ and Σ |s_a| ‖u_a‖²."""
    (n, width), size = students.shape, weights.shape[0]
    mass, trace, square = 0.0, 0.0, 0.0
    matrix[:] = 0.0
    for a in range(size):
        for k in range(width):
            value = students[a, k] if a < n else teachers[a - n, k]
            weighted = weights[a] * value
            mass += abs(weighted * value)
            for m in range(k + 1):
                matrix[k, m] += weighted * (students[a, m] if a < n else teachers[a - n, m])
    for k in range(width):
        trace += matrix[k, k]
        square += matrix[k, k] * matrix[k, k]
        for m in range(k):
            matrix[m, k] = matrix[k, m]
            square += 2.0 * matrix[k, m] * matrix[k, m]
    return trace, math.sqrt(square), mass


@njit(cache=True, error_model="numpy")
def _pull(students: Floats, weights: Floats, constants: Floats, matrix: Floats, trace: float, out: Floats) -> None:
    """∂L/∂u_i = 4 λ s_i (α tr(A) I + β A) u_i."""
    n, width = students.shape
    scale, alpha, beta = constants[0], constants[1], constants[2]
    for i in range(n):
        factor = 4.0 * scale * weights[i]
        for k in range(width):
            total = 0.0
            for m in range(width):
                total += matrix[k, m] * students[i, m]
            out[i, k] = factor * (alpha * trace * students[i, k] + beta * total)


@njit(cache=True, error_model="numpy")
def square_gradient(students: Floats, teachers: Floats, weights: Floats, constants: Floats) -> bool:
    """Overwrite the students (n, d) with ∂L/∂u, if A does not cancel; whether it does not.

    ``weights`` (n + m,) signed; ``constants`` λ, α, β.  Relative error ≤ 1e-13 per row.
    """
    matrix, out = np.empty((students.shape[1], students.shape[1])), np.empty(students.shape)
    trace, size, mass = _moment(students, teachers, weights, matrix)
    # Written so that NaN is refused too.
    if not (size >= CANCELLED * mass and abs(trace) >= CANCELLED * size):
        return False
    _pull(students, weights, constants, matrix, trace, out)
    students[:] = out
    return True


@njit(cache=True, error_model="numpy")
def square_steps(
    students: Floats, teachers: Floats, weights: Floats, constants: Floats, eta: float, count: int
) -> None:
    """``count`` steps u ← u − η ∂L/∂u from the students (n, d), in place, with plain sums."""
    matrix, out = np.empty((students.shape[1], students.shape[1])), np.empty(students.shape)
    for _ in range(count):
        trace, _, _ = _moment(students, teachers, weights, matrix)
        _pull(students, weights, constants, matrix, trace, out)
        for i in range(students.shape[0]):
            for k in range(students.shape[1]):
                students[i, k] -= eta * out[i, k]
