"""Angles between all pairs of rows, accurate down to 1e-30 and next to π.

    θ = 2 atan2(‖ū − ū′‖, ‖ū + ū′‖).

Pairs that are far from parallel take cos θ from a matrix product.  For the others the smaller of ū ∓ ū′ is
formed from exact products, (u‖u′‖ ∓ u′‖u‖) / (‖u‖‖u′‖), and made orthogonal to the larger one, which it is
for unit vectors: rounding of the norms lies along ū and drops out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.stable.compensated import two_product, two_sum
from numerics.stable.rows import Rows

__all__ = ["Pairs", "pair_angles"]

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

NEAR = 0.9
RESOLUTION = 2e-31


@dataclass(frozen=True, kw_only=True, eq=False)
class Pairs:
    """Angles of a batch of rows and, for the nearly (anti)parallel pairs, the small difference of directions.

    ``angle``, ``sine`` (B, N, N): θ and sin θ, 0 on the diagonal and for pairs with a zero row. ``where`` =
    (batch, i, j), i < j: the K pairs with |cos θ| > `NEAR`; ``side`` (K,) the sign of their cosine; ``gap``
    (K, d) = ū_i − side ū_j; ``slant`` (K,) the angle between u_i and side u_j, in [0, π/2]. |error of θ| ≤
    3e-15 θ (far pairs: √d ε / sin θ more) down to `RESOLUTION`, below which it reads 0.
    """

    angle: Floats
    sine: Floats
    where: tuple[Indices, Indices, Indices]
    side: Floats
    gap: Floats
    slant: Floats


def _small_difference(
    rows: Rows, where: tuple[Indices, Indices, Indices], side: Floats
) -> tuple[Floats, Floats, Floats]:
    """(ū − σū′, ‖ū − σū′‖, ‖ū + σū′‖) for the listed pairs."""
    batch, i, j = where
    (first_norm, first_tail), (second_norm, second_tail) = (
        tuple(part[:, None] for part in rows.norm_pair(batch, row)) for row in (i, j)
    )
    first, second = rows.scaled[batch, i], side[:, None] * rows.scaled[batch, j]
    left, left_error = two_product(first, second_norm)
    right, right_error = two_product(second, first_norm)
    gap, gap_error = two_sum(left, -right)
    tail = first * second_tail - second * first_tail
    gap = (gap + (gap_error + (left_error - right_error) + tail)) / (first_norm * second_norm)
    total = rows.unit[batch, i] + side[:, None] * rows.unit[batch, j]
    square = np.einsum("kd,kd->k", total, total)
    gap -= total * (np.einsum("kd,kd->k", gap, total) / square)[:, None]
    largest = np.abs(gap).max(axis=-1, initial=0.0)
    unit = gap / np.where(largest > 0, largest, 1.0)[:, None]
    return gap, largest * np.sqrt(np.einsum("kd,kd->k", unit, unit)), np.sqrt(square)


def pair_angles(rows: Rows) -> Pairs:
    """Angles of all pairs of rows; see `Pairs` for shapes and errors."""
    cosine = rows.unit @ rows.unit.swapaxes(-1, -2)
    count = cosine.shape[-1]
    present = ~rows.zero
    apart = present[:, :, None] & present[:, None, :] & ~np.eye(count, dtype=bool)
    near = (np.abs(cosine) > NEAR) & apart
    far = apart & ~near
    safe = np.where(far, cosine, 0.0)
    sine = np.sqrt((1.0 - safe) * (1.0 + safe))
    angle = np.where(far, np.arctan2(sine, safe), 0.0)
    sine = np.where(far, sine, 0.0)
    batch, i, j = np.nonzero(near & np.triu(np.ones((count, count), dtype=bool), 1))
    side = np.sign(cosine[batch, i, j])
    gap, short, long = _small_difference(rows, (batch, i, j), side)
    resolved = short > RESOLUTION
    gap *= resolved[:, None]
    short = short * resolved
    slant = 2.0 * np.arctan2(short, long)
    full = np.where(side > 0, slant, np.pi - slant)
    angle[batch, i, j] = angle[batch, j, i] = full
    sine[batch, i, j] = sine[batch, j, i] = 0.5 * short * long
    return Pairs(angle=angle, sine=sine, where=(batch, i, j), side=side, gap=gap, slant=slant)
