"""Second derivative of a 1-homogeneous loss in the effective neurons.

    ∂²k/∂u∂u′ = (κ − γ θ) I + γ sin θ (μ μᵀ − ν νᵀ),       μ ∝ ū + ū′, ν ∝ ū − ū′ unit vectors,
    ∂²k/∂u∂u  = γ sin θ (ρ′/ρ) (I − ū ūᵀ + n nᵀ),          n ∝ ū′ − cos θ ū a unit vector.

Both are continuous at θ = 0 and θ = π, where the rank-one terms drop out.  Absolute error: about 10 ulp of
the terms; a projection on a unit vector is never allowed to exceed the vector's length, so no division by sin
θ can blow up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["PairGeometry"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class PairGeometry:
    """What the second derivative needs: ``unit`` (B, N, d), ``angle`` and ``sine`` (B, N, N), ``strengths``
    s_a ρ_a and ``weights`` s_a (B, N), ``lengths`` ρ_a (B, N), number of ``students``; constants κ, γ and
    λ."""

    unit: Floats
    angle: Floats
    sine: Floats
    weights: Floats
    lengths: Floats
    students: int
    kappa: float
    gamma: float
    scale: float

    @property
    def _bend(self) -> Floats:
        """s_i s_b ρ_b / ρ_i · sin θ_ib for the students: (B, n, N); NaN at a zero student."""
        n = self.students
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = self.lengths[:, None, :] / self.lengths[:, :n, None]
            product = ratio * self.sine[:, :n]
        product = np.where(self.lengths[:, :n, None] > 0, product, np.nan)
        return self.weights[:, :n, None] * self.weights[:, None, :] * product

    def form(self, direction: Floats) -> Floats:
        """D²L[a, a] for a direction a (B, n, d) of the effective students: (B,)."""
        n = self.students
        size = np.sqrt(np.einsum("bid,bid->bi", direction, direction))
        dots = direction @ direction.swapaxes(-1, -2)
        onto = self.unit @ direction.swapaxes(-1, -2)
        own = np.einsum("bii->bi", onto[:, :n])
        angle, sine = self.angle[:, :n, :n], self.sine[:, :n, :n]
        # onto[j, i] = ⟨ū_j, a_i⟩; sums and differences of directions projected on a_i and on a_j
        across = onto[:, :n]
        half = 0.5 * angle
        mean = _bounded(own[:, :, None] + across.swapaxes(-1, -2), 2 * np.cos(half), size[:, :, None])
        mean_other = _bounded(across + own[:, None, :], 2 * np.cos(half), size[:, None, :])
        split = _bounded(own[:, :, None] - across.swapaxes(-1, -2), 2 * np.sin(half), size[:, :, None])
        split_other = _bounded(across - own[:, None, :], 2 * np.sin(half), size[:, None, :])
        block = (self.kappa - self.gamma * angle) * dots + self.gamma * sine * (mean * mean_other - split * split_other)
        signs = self.weights[:, :n]
        total = np.einsum("bi,bij,bj->b", signs, block, signs)
        toward = onto.swapaxes(-1, -2) - np.cos(self.angle[:, :n]) * own[:, :, None]
        normal = _bounded(toward, self.sine[:, :n], size[:, :, None])
        total = total + self.gamma * np.einsum("bia,bia->b", self._bend, (size**2 - own**2)[:, :, None] + normal**2)
        return 2.0 * self.scale * total

    def matrix(self) -> Floats:
        """The second derivative as an array (B, n, d, n, d)."""
        n, width = self.students, self.unit.shape[-1]
        first, second = self.unit[:, :n, None, :], self.unit[:, None, :, :]
        half = 0.5 * self.angle[:, :n, :n, None]
        one = np.float64(1.0)
        mean = _bounded(first + second[:, :, :n], 2 * np.cos(half), one)
        split = _bounded(first - second[:, :, :n], 2 * np.sin(half), one)
        signs = self.weights[:, :n, None] * self.weights[:, None, :n]
        turn = (signs * self.gamma * self.sine[:, :n, :n])[..., None]
        matrix = np.einsum("bijk,bijl->bikjl", turn * mean, mean) - np.einsum("bijk,bijl->bikjl", turn * split, split)
        flat = signs * (self.kappa - self.gamma * self.angle[:, :n, :n])
        matrix += np.einsum("bij,kl->bikjl", flat, np.eye(width))
        cosine, sine = np.cos(self.angle[:, :n, :, None]), self.sine[:, :n, :, None]
        normal = _bounded(second - cosine * first, sine, one)
        bend = self.gamma * self._bend
        own = self.unit[:, :n]
        diagonal = np.einsum("bia,biak,bial->bikl", bend, normal, normal)
        total = bend.sum(axis=2)[..., None, None]
        diagonal += total * (np.eye(width) - own[..., :, None] * own[..., None, :])
        index = np.arange(n)
        matrix[:, index, :, index, :] += diagonal.swapaxes(0, 1)
        return 2.0 * self.scale * matrix


def _bounded(numerator: Floats, denominator: Floats, bound: Floats | np.float64) -> Floats:
    """numerator / denominator limited to [−bound, bound]; 0 where the denominator is 0."""
    safe = np.where(denominator > 0, denominator, 1.0)
    return np.where(denominator > 0, np.clip(numerator / safe, -bound, bound), 0.0)
