"""Loops for the flow towards one teacher: the right-hand side of `dynamics.residual_system` and its Jacobian.

Variables Y (n, k): row 0 is (1+t)² r, the other rows are (h, (1+t) z); the formulas are those of
`dynamics.local_field` and `dynamics.single_teacher`, pair by pair.  ``constants`` = (λ, κ, γ, p, g) with the
metric u̇ = −ρ^p (G + g ū⟨ū, G⟩).
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from numerics.fast.arccosine import angle_minus_sine

__all__ = ["directions", "gradient_rows", "jacobian", "rate", "sizes"]

Floats = NDArray[np.float64]


@njit(cache=True, error_model="numpy")
def unpack(stretch: float, variables: Floats, weights: Floats, residual: Floats, rows: Floats) -> None:
    """r (k,) and the rows (N, k), students first; row 0 follows from r."""
    n, width = rows.shape[0] - 1, rows.shape[1]
    for k in range(width):
        residual[k] = variables[k] / (stretch * stretch)
        first = residual[k]
        for j in range(1, n):
            value = variables[j * width + k]
            value = value if k == 0 else value / stretch
            rows[j, k] = value
            first -= weights[j] * value
        if k == 0:
            first -= weights[n]
        rows[0, k] = first / weights[0]
        rows[n, k] = 1.0 if k == 0 else 0.0


@njit(cache=True, error_model="numpy")
def sizes(stretch: float, variables: Floats, weights: Floats) -> Floats:
    """Norms of the students, largest of the start first: (n,)."""
    n = weights.shape[0] - 1
    width = variables.shape[0] // n
    residual, rows = np.empty(width), np.empty((n + 1, width))
    unpack(stretch, variables, weights, residual, rows)
    lengths = np.empty(n)
    for i in range(n):
        square = 0.0
        for k in range(width):
            square += rows[i, k] * rows[i, k]
        lengths[i] = math.sqrt(square)
    return lengths


@njit(cache=True, error_model="numpy")
def directions(rows: Floats, lengths: Floats, squares: Floats) -> None:
    """Rows become unit rows; ``squares`` are those of their parts across the teacher."""
    size, width = rows.shape
    for a in range(size):
        square = 0.0
        for k in range(width):
            square += rows[a, k] * rows[a, k]
        lengths[a] = math.sqrt(square)
        if lengths[a] > 0.0:
            for k in range(width):
                rows[a, k] /= lengths[a]
        squares[a] = 0.0
        for k in range(1, width):
            squares[a] += rows[a, k] * rows[a, k]


@njit(cache=True, error_model="numpy")
def _pair(unit: Floats, squares: Floats, i: int, j: int) -> tuple[float, float]:
    """(ū_i − ū_j along the teacher, ∠(ū_i, ū_j)) from differences of small numbers."""
    width = unit.shape[1]
    total = unit[i, 0] + unit[j, 0]
    apart = (squares[j] - squares[i]) / total if total > 0.5 else unit[i, 0] - unit[j, 0]
    product = 0.0
    for k in range(1, width):
        product += unit[i, k] * unit[j, k]
    sums = squares[i] + squares[j]
    chord = max(sums - 2.0 * product, 0.0) + apart * apart
    cochord = max(sums + 2.0 * product, 0.0) + total * total
    if chord > 3.9:  # next to π the sums above would leave √ε
        cochord = total * total
        for k in range(1, width):
            cochord += (unit[i, k] + unit[j, k]) ** 2
    return apart, 2.0 * math.atan2(math.sqrt(chord), math.sqrt(cochord))


@njit(cache=True, error_model="numpy")
def gradient_rows(
    residual: Floats,
    unit: Floats,
    lengths: Floats,
    squares: Floats,
    weights: Floats,
    constants: Floats,
    angles: Floats,
    aparts: Floats,
    gradient: Floats,
) -> None:
    """G (n, k); the angles and differences along the teacher of all pairs are left in (n, N) arrays."""
    size, width = unit.shape
    n = size - 1
    scale, kappa, gamma = constants[0], constants[1], constants[2]
    for i in range(n):
        angles[i, i] = aparts[i, i] = 0.0
        for b in range(i + 1, size):
            apart, angle = _pair(unit, squares, i, b)
            aparts[i, b], angles[i, b] = apart, angle
            if b < n:
                aparts[b, i], angles[b, i] = -apart, angle
    for i in range(n):
        shrink, total, along = 0.0, 0.0, 0.0
        for k in range(width):
            gradient[i, k] = 0.0
        for b in range(size):
            strength = weights[b] * lengths[b]
            weighted = angles[i, b] * strength
            shrink += angle_minus_sine(angles[i, b]) * strength
            total += weighted
            along += weighted * aparts[i, b]
            for k in range(1, width):
                gradient[i, k] -= weighted * unit[b, k]
        gradient[i, 0] = along - shrink * unit[i, 0]
        factor = 2.0 * scale * weights[i]
        for k in range(width):
            if k > 0:
                gradient[i, k] += (total - shrink) * unit[i, k]
            gradient[i, k] = factor * (kappa * residual[k] + gamma * gradient[i, k])


@njit(cache=True, error_model="numpy")
def rate(tau: float, variables: Floats, weights: Floats, constants: Floats) -> Floats:
    """dY/dτ, flat (n k,)."""
    n = weights.shape[0] - 1
    width = variables.shape[0] // n
    stretch, power, gain = math.exp(tau), constants[3], constants[4]
    residual, rows, gradient = np.empty(width), np.empty((n + 1, width)), np.empty((n, width))
    lengths, squares = np.empty(n + 1), np.empty(n + 1)
    angles, aparts = np.empty((n, n + 1)), np.empty((n, n + 1))
    unpack(stretch, variables, weights, residual, rows)
    directions(rows, lengths, squares)
    gradient_rows(residual, rows, lengths, squares, weights, constants, angles, aparts, gradient)
    moved = np.empty(n * width)
    for k in range(width):
        moved[k] = 0.0
    for i in range(n):
        radial, factor = 0.0, 1.0
        if gain != 0.0:
            factor = lengths[i] ** power
            for k in range(width):
                radial += rows[i, k] * gradient[i, k]
        for k in range(width):
            velocity = -factor * (gradient[i, k] + gain * radial * rows[i, k])
            moved[k] += weights[i] * velocity
            if i > 0:
                growth = 0.0 if k == 0 else 1.0
                place = i * width + k
                moved[place] = growth * variables[place] + stretch * (1.0 if k == 0 else stretch) * velocity
    for k in range(width):
        moved[k] = 2.0 * variables[k] + stretch * stretch * stretch * moved[k]
    return moved


@njit(cache=True, error_model="numpy")
def _pair_slopes(
    unit: Floats, i: int, b: int, apart: float, angle: float, mu: Floats, nu: Floats, normal: Floats
) -> None:
    """Unit sum μ and difference ν of two directions, and the normal of ū_i towards ū_b."""
    half = 0.5 * angle
    chord, cochord = 2.0 * math.sin(half), 2.0 * math.cos(half)
    for k in range(unit.shape[1]):
        gap = apart if k == 0 else unit[i, k] - unit[b, k]
        nu[k] = gap / chord if chord > 0.0 else 0.0
        mu[k] = (unit[i, k] + unit[b, k]) / cochord if cochord > 1e-12 else 0.0
        normal[k] = 0.5 * (chord * mu[k] - cochord * nu[k])


@njit(cache=True, error_model="numpy")
def _metric(unit: Floats, length: float, power: float, gain: float, block: Floats, column: Floats) -> None:
    """block ← −ρ^p (I + g ū ūᵀ) block."""
    width = block.shape[0]
    factor = length**power if gain != 0.0 else 1.0
    for m in range(width):
        radial = 0.0
        if gain != 0.0:
            for k in range(width):
                radial += unit[k] * block[k, m]
        for k in range(width):
            column[k] = -factor * (block[k, m] + gain * radial * unit[k])
        for k in range(width):
            block[k, m] = column[k]


@njit(cache=True, error_model="numpy")
def _own(unit: Floats, length: float, gradient: Floats, power: float, gain: float, block: Floats) -> None:
    """Add the change of the metric with u_i to ∂u̇_i/∂u_i."""
    width = unit.shape[0]
    radial = 0.0
    for k in range(width):
        radial += unit[k] * gradient[k]
    factor = -(length ** (power - 1.0))
    for k in range(width):
        for m in range(width):
            flat = (1.0 if k == m else 0.0) - unit[k] * unit[m]
            turn = radial * flat + unit[k] * (gradient[m] - radial * unit[m])
            block[k, m] += factor * (power * (gradient[k] + gain * radial * unit[k]) * unit[m] + gain * turn)


@njit(cache=True, error_model="numpy")
def jacobian(tau: float, variables: Floats, weights: Floats, constants: Floats) -> Floats:
    """∂(dY/dτ)/∂Y, (n k, n k)."""
    n = weights.shape[0] - 1
    size, width = n + 1, variables.shape[0] // n
    stretch, power, gain = math.exp(tau), constants[3], constants[4]
    scale, kappa, gamma = constants[0], constants[1], constants[2]
    residual, rows, gradient = np.empty(width), np.empty((size, width)), np.empty((n, width))
    lengths, squares = np.empty(size), np.empty(size)
    angles, aparts = np.empty((n, size)), np.empty((n, size))
    unpack(stretch, variables, weights, residual, rows)
    directions(rows, lengths, squares)
    gradient_rows(residual, rows, lengths, squares, weights, constants, angles, aparts, gradient)
    mu, nu, normal, column = np.empty(width), np.empty(width), np.empty(width), np.empty(width)
    slope, blocks = np.empty((width, width)), np.empty((n, width, width))
    matrix = np.zeros((n * width, n * width))
    powers = np.empty((n, width))
    for j in range(n):
        for k in range(width):
            powers[j, k] = stretch * stretch if j == 0 else (1.0 if k == 0 else stretch)
    for i in range(n):
        factor, unit = 2.0 * scale * weights[i], rows[i]
        blocks[i] = 0.0
        total = 0.0
        for b in range(size):
            if b == i:
                continue
            angle, sine = angles[i, b], math.sin(angles[i, b])
            _pair_slopes(rows, i, b, aparts[i, b], angle, mu, nu, normal)
            bend = weights[b] * lengths[b] * sine / lengths[i] if lengths[i] > 0.0 else 0.0
            total += bend
            for k in range(width):
                for m in range(width):
                    blocks[i, k, m] += bend * normal[k] * normal[m]
                    if b < n:
                        value = sine * (mu[k] * mu[m] - nu[k] * nu[m])
                        if k == m:
                            value -= angle
                        blocks[b, k, m] = gamma * factor * weights[b] * value
        for k in range(width):
            for m in range(width):
                value = blocks[i, k, m] + total * ((1.0 if k == m else 0.0) - unit[k] * unit[m])
                blocks[i, k, m] = gamma * factor * value
        for j in range(n):
            _metric(unit, lengths[i], power, gain, blocks[j], column)
        if gain != 0.0:
            _own(unit, lengths[i], gradient[i], power, gain, blocks[i])
        slope[:] = 0.0
        for k in range(width):
            slope[k, k] = factor * kappa
        _metric(unit, lengths[i], power, gain, slope, column)
        # By the chain rule: row 0 of the variables is r, and u_0 = (r − Σ_j s_j u_j − s_v e) / s_0.
        for j in range(n):
            for k in range(width):
                for m in range(width):
                    value = blocks[0, k, m] / weights[0]
                    value = slope[k, m] + value if j == 0 else blocks[j, k, m] - weights[j] * value
                    matrix[k, j * width + m] += weights[i] * value
                    if i > 0:
                        matrix[i * width + k, j * width + m] = value
    for i in range(n):
        for k in range(width):
            place = i * width + k
            for j in range(n):
                for m in range(width):
                    matrix[place, j * width + m] *= stretch * powers[i, k] / powers[j, m]
            matrix[place, place] += 2.0 if i == 0 else (0.0 if k == 0 else 1.0)
    return matrix
