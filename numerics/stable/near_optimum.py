"""The gradient of one small network next to an optimum of one teacher, without cancellation and with few array operations.

The formulas are those of `homogeneous` for students within 0.1 of the teacher's line, turned to its side where the
activation is even:

    ∂L/∂u_i = 2 λ s_i [κ r + γ Σ_b s_b ρ_b (φ_ib (ū_i − ū_b) − T(φ_ib) ū_i)],      T(φ) = φ − sin φ.

Directions differ by δ = x_i − c x_b with c the rounded ‖x_i‖/‖x_b‖: the product c x_b is exact as a pair, and
x_i minus its first part is exact where it cancels, so that δ has the digits of its entries; only what of it lies
along x_i + c x_b, which comes from rounding c, is taken out.  The residual is summed exactly (`math.fsum`).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from numerics.stable.compensated import split, two_product
from numerics.stable.direct import Constants
from numerics.stable.pairs import RESOLUTION
from numerics.stable.special import series_coefficients

__all__ = ["LONGEST", "NEAR", "SHORTEST", "T_SERIES", "NearOptimum"]

Floats = NDArray[np.float64]

# cos 0.1: beyond, a small student may meet the others as a whole only (`homogeneous`).
NEAR = 0.995005
# Norms outside this range would leave binary64 on the way.
SHORTEST, LONGEST = 1e-70, 1e70
# T(φ)/φ³ in φ², highest first; the next term is below 1e-20 for φ ≤ 0.2.
T_SERIES = tuple(float(value) for value in series_coefficients(lambda k: 1, 6))[::-1]


class NearOptimum:
    """f(students) -> ∂L/∂w (n, d) for students w (n, d) of one network u = ‖w‖^κ̂ w, κ̂ ≤ 1, or None where it is not
    made for them. ``even``: the activation does not see signs.

    Relative error ≤ 1e-11 per row.
    """

    def __init__(self, teacher: Floats, weights: Floats, constants: Constants, growth: int, *, even: bool) -> None:
        self._teacher, self._weights, self._constants = teacher, weights, constants
        self._growth, self._even = growth, even
        self._plain = bool((np.abs(weights) == 1.0).all()) and growth == 0
        self._factor = (2.0 * constants.scale * weights[:-1])[:, None]

    def __call__(self, students: Floats) -> Floats | None:
        n = len(students)
        rows = np.concatenate([students, self._teacher])
        norms = np.sqrt(np.vecdot(rows, rows))
        sizes = norms.tolist()
        # Written so that NaN is refused too.
        if not all(SHORTEST < size < LONGEST for size in sizes):
            return None
        cosine = np.dot(students, self._teacher[0]) / (norms[:n] * norms[n])
        if self._even:
            side = np.where(cosine < 0.0, -1.0, 1.0)
            rows[:n] *= side[:, None]
            cosine = np.abs(cosine)
        if not min(cosine.tolist()) > NEAR:
            return None
        own = norms[:n, None]
        short, long, gap = _differences(rows, own / norms, n)
        short[short <= RESOLUTION * long] = 0.0
        angle = 2.0 * np.arctan2(short, long)
        square = angle * angle
        shrink = np.full_like(square, T_SERIES[0])
        for coefficient in T_SERIES[1:]:
            shrink *= square
            shrink += coefficient
        shrink *= square
        shrink *= angle
        lengths = norms**2 if self._growth else norms
        lengths[n] = norms[n]
        strengths = self._weights * lengths
        unit = rows[:n] / own
        pull = np.einsum("ibk,ib->ik", gap, angle * strengths) / own - np.dot(shrink, strengths)[:, None] * unit
        pull *= self._constants.gamma
        pull += self._constants.kappa * self._residual(rows)
        pull *= self._factor
        if self._growth:
            pull = own * (pull + np.vecdot(unit, pull)[:, None] * unit)
        if self._even:
            pull *= side[:, None]
        return pull

    def _residual(self, rows: Floats) -> Floats:
        """Σ s_a u_a, turned: (d,), relative error 1e-15."""
        if self._plain:
            columns = (self._weights[:, None] * rows).T.tolist()
            return np.array([math.fsum(column) for column in columns])
        product, error = two_product(self._weights[:, None], rows)
        if self._growth:
            high, low = _norms(rows)
            high[-1], low[-1] = 1.0, 0.0
            scaled, lost = two_product(product, high)
            product, error = scaled, lost + error * high + product * low
        columns = np.concatenate([product, error]).T.tolist()
        return np.array([math.fsum(column) for column in columns])


def _differences(rows: Floats, ratio: Floats, n: int) -> tuple[Floats, Floats, Floats]:
    """(‖x_i‖ ‖ū_i − ū_b‖, ‖x_i‖ ‖ū_i + ū_b‖, ‖x_i‖ (ū_i − ū_b)) for ``ratio`` ‖x_i‖/‖x_b‖: (n, N) twice, (n, N, d)."""
    c, x = ratio[..., None], rows[None]
    product = c * x
    (c_high, c_low), (x_high, x_low) = split(c), split(x)
    error = c_high * x_high
    error -= product
    error += c_high * x_low
    error += c_low * x_high
    error += c_low * x_low
    own = rows[:n, None]
    gap = own - product
    gap -= error
    total = product
    total += own
    square = np.vecdot(total, total)
    total *= (np.vecdot(gap, total) / square)[..., None]
    gap -= total
    return np.sqrt(np.vecdot(gap, gap)), np.sqrt(square), gap


def _norms(rows: Floats) -> tuple[Floats, Floats]:
    """‖x‖ as unevaluated pairs: (N, 1) each."""
    squares = np.concatenate(two_product(rows, rows), axis=1).tolist()
    high = [math.fsum(row) for row in squares]
    low = np.array([math.fsum([*row, -total]) for row, total in zip(squares, high, strict=True)])[:, None]
    first = np.array(high)[:, None]
    root = np.sqrt(first)
    square, error = two_product(root, root)
    return root, ((first - square) - error + low) / (2.0 * root)
