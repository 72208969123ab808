"""The direct gradient of one small network, prepared once: as few array operations as there are.

The formula and its error are those of `direct`, with sin θ ρ ρ′ = √(ρ²ρ′² − c²) in place of unit rows.  The
mass is bounded by Cauchy–Schwarz, (Σ |s_b| ρ_b)² ≤ N Σ s_b² ρ_b², which only makes the test stricter.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from numerics.stable.direct import LARGE, Constants

__all__ = ["SmallDirect"]

Floats = NDArray[np.float64]

# Fourth powers of norms outside this range would leave binary64.
SHORTEST_SQUARE, LONGEST_SQUARE = 1e-140, 1e140


class SmallDirect:
    """f(students) -> ∂L/∂u (n, d) against ``teachers`` (m, d) with signed output weights (n + m,), or None where
    that would not be accurate.
    """

    def __init__(self, students: int, teachers: Floats, weights: Floats, constants: Constants) -> None:
        self._n, (m, width) = students, teachers.shape
        size = students + m
        self._rows = np.concatenate([np.zeros((students, width)), teachers])
        # Full arrays, because broadcasting a row costs more than the arithmetic.
        shape = (students, size)
        self._turn = np.array(np.broadcast_to(-constants.gamma * weights, shape))
        self._flat = np.array(np.broadcast_to(constants.kappa * weights, shape))
        self._bend = constants.gamma * weights
        self._mass = size * (LARGE * constants.kappa * weights) ** 2
        factor = 2.0 * constants.scale * weights[:students]
        self._factor = None if (factor == 1.0).all() else np.array(np.repeat(factor[:, None], width, axis=1))
        self._stride = size + 1

    def __call__(self, students: Floats) -> Floats | None:
        n = self._n
        rows = self._rows.copy()
        rows[:n] = students
        with np.errstate(over="ignore", invalid="ignore"):
            gram = np.dot(rows, rows.T)
        square = gram.diagonal()
        sizes = square.tolist()
        # Written so that NaN is refused too.
        if not all(SHORTEST_SQUARE < size < LONGEST_SQUARE for size in sizes):
            return None
        gram, own = gram[:n], square[:n]
        root = own[:, None] * square
        root -= gram * gram
        np.maximum(root, 0.0, out=root)
        np.sqrt(root, out=root)
        radial = np.dot(root, self._bend)
        radial /= own
        coefficient = np.arctan2(root, gram, out=root)
        coefficient *= self._turn
        coefficient += self._flat
        coefficient.reshape(-1)[:: self._stride] += radial
        gradient: Floats = np.dot(coefficient, rows)
        if not min(np.vecdot(gradient, gradient).tolist()) > float(np.dot(square, self._mass)):
            return None
        if self._factor is not None:
            gradient *= self._factor
        return gradient
