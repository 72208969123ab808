"""Many steps of gradient descent in one call: the loops behind `dynamics.residual_stepper` and `descent_steppers`."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from numerics.fast.flow_kernels import directions, gradient_rows
from numerics.fast.single import rough

__all__ = ["direct_steps", "residual_steps"]

Floats = NDArray[np.float64]


@njit(cache=True, error_model="numpy")
def residual_steps(
    students: Floats, residual: Floats, weights: Floats, constants: Floats, eta: float, largest: int, count: int
) -> None:
    """``count`` steps of w (n, k) and r (k,) towards the teacher e₁, in place; the formulas of `residual_stepper`.

    ``weights`` (n + 1,) signed; ``constants`` λ, κ, γ, κ̂ with κ̂ ≤ 1; student ``largest`` follows from r.
    """
    n, width = students.shape
    growth = constants[3]
    rows, gradient = np.empty((n + 1, width)), np.empty((n, width))
    lengths, squares, norms = np.empty((3, n + 1))
    angles, aparts = np.empty((2, n, n + 1))
    for _ in range(count):
        for i in range(n):
            square = 0.0
            for k in range(width):
                square += students[i, k] * students[i, k]
            norms[i] = math.sqrt(square)
            for k in range(width):
                rows[i, k] = students[i, k] * norms[i] if growth > 0.0 else students[i, k]
        for k in range(width):
            rows[n, k] = 1.0 if k == 0 else 0.0
        directions(rows, lengths, squares)
        gradient_rows(residual, rows, lengths, squares, weights, constants, angles, aparts, gradient)
        for i in range(n):
            if growth == 0.0:
                for k in range(width):
                    change = -eta * gradient[i, k]
                    students[i, k] += change
                    residual[k] += weights[i] * change
                continue
            radial, longer, both = 0.0, 0.0, 0.0
            for k in range(width):
                radial += rows[i, k] * gradient[i, k]
            for k in range(width):
                change = -eta * norms[i] * (gradient[i, k] + radial * rows[i, k])
                gradient[i, k] = change
                after = students[i, k] + change
                longer += after * after
                both += (after + students[i, k]) * change
            longer = math.sqrt(longer)
            gain = both / (longer + norms[i])
            for k in range(width):
                residual[k] += weights[i] * (longer * gradient[i, k] + gain * students[i, k])
                students[i, k] += gradient[i, k]
        _close(students, residual, weights, growth, largest)


@njit(cache=True, error_model="numpy", inline="always")
def _close(students: Floats, residual: Floats, weights: Floats, growth: float, largest: int) -> None:
    """The largest student from r, so that r and the weights never drift apart."""
    n, width = students.shape
    for k in range(width):
        students[largest, k] = residual[k] - (weights[n] if k == 0 else 0.0)
    for i in range(n):
        if i == largest:
            continue
        factor = weights[i]
        if growth > 0.0:
            square = 0.0
            for k in range(width):
                square += students[i, k] * students[i, k]
            factor *= math.sqrt(square)
        for k in range(width):
            students[largest, k] -= factor * students[i, k]
    square = 0.0
    for k in range(width):
        students[largest, k] /= weights[largest]
        square += students[largest, k] * students[largest, k]
    if growth > 0.0:
        root = math.sqrt(math.sqrt(square))
        for k in range(width):
            students[largest, k] /= root


@njit(cache=True, error_model="numpy")
def direct_steps(students: Floats, frozen: Floats, eta: float, count: int) -> int:
    """Up to ``count`` steps w ← w − η ∂L/∂w, in place, as long as the direct gradient exists; how many were taken.

    ``frozen`` as for `fast.single.single`.  The error of a gradient is that of rounding the weights, as long as
    η κ λ times the mass does not exceed them.
    """
    gradient = np.empty(students.shape)
    for done in range(count):
        gradient[:] = students
        if not rough(gradient, frozen):
            return done
        for i in range(students.shape[0]):
            for k in range(students.shape[1]):
                students[i, k] -= eta * gradient[i, k]
    return count
