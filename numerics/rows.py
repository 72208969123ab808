"""The rows u₁ … u_{n+m} of a batch of networks: directions, norms and weighted sums, to full accuracy.

A row is u = ‖x‖^κ x (students; κ = 0 is u = x) or x itself (teachers).  Directions are those of x, and norms
are taken of rows scaled by a power of two, which is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from numerics.compensated import norm, sum_pair, two_product, two_sum

__all__ = ["Rows"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Rows:
    """Batch of rows, students first.

    ``raw`` (B, N, d) weights as given; ``weights`` (B, N) signed output weights s_a (students +, teachers −);
    ``students`` n; ``growth`` κ.
    """

    raw: Floats
    weights: Floats
    students: int
    growth: int

    @cached_property
    def exponent(self) -> NDArray[np.intc]:
        """e with 2^e > max|x| ≥ 2^(e−1), per row (0 for a zero row): (B, N)."""
        return np.frexp(np.abs(self.raw).max(axis=-1))[1]

    @cached_property
    def scaled(self) -> Floats:
        """2^(−e) x: entries in [−1, 1]; exact."""
        return np.ldexp(self.raw, -self.exponent[..., None])

    @cached_property
    def scaled_norm(self) -> tuple[Floats, Floats]:
        """‖2^(−e) x‖ as an unevaluated pair, relative error ≤ 1e-31 d."""
        return norm(self.scaled)

    @cached_property
    def zero(self) -> NDArray[np.bool_]:
        """Rows that are exactly 0: (B, N)."""
        return self.scaled_norm[0] == 0

    @cached_property
    def unit(self) -> Floats:
        """x / ‖x‖, and 0 for a zero row: (B, N, d), relative error 1 ulp per entry."""
        return self.scaled / np.where(self.zero, 1.0, self.scaled_norm[0])[..., None]

    @cached_property
    def norms(self) -> Floats:
        """‖x‖ of the weights as given: (B, N), error ≤ 1 ulp."""
        return np.ldexp(self.scaled_norm[0], self.exponent)

    @cached_property
    def factor(self) -> tuple[Floats, Floats] | None:
        """‖x‖^κ as a pair (B, N), 1 for teachers; None for κ = 0."""
        if self.growth == 0:
            return None
        high, low = (np.ldexp(part, self.exponent) for part in self.scaled_norm)
        power, tail = high, low
        for _ in range(self.growth - 1):
            product, error = two_product(power, high)
            power, tail = two_sum(product, error + power * low + tail * high)
        power, tail = power.copy(), tail.copy()
        power[:, self.students :], tail[:, self.students :] = 1.0, 0.0
        return power, tail

    @cached_property
    def lengths(self) -> Floats:
        """‖u‖ of the effective rows: (B, N), error ≤ 2 ulp."""
        return self.norms if self.factor is None else self.norms * self.factor[0]

    @cached_property
    def strengths(self) -> Floats:
        """s_a ‖u_a‖: (B, N)."""
        return self.weights * self.lengths

    @cached_property
    def effective(self) -> Floats:
        """u: (B, N, d), error ≤ 2 ulp per entry."""
        return self.raw if self.factor is None else self.raw * self.factor[0][..., None]

    def weighted_sum(self, flips: Floats | None = None) -> Floats:
        """Σ_a s_a f_a u_a with signs f, which may be 0: (B, N) or none -> (B, d); (B, m, N) -> (B, m, d).

        Computed three-fold compensated from the exact weights: relative error ≤ 4 ulp per entry as long as
        the sum exceeds 1e-28 of its terms.
        """
        weights = self.weights if flips is None else self.weights.reshape(len(self.raw), *[1] * (flips.ndim - 2), -1) * flips
        several = weights.ndim == 3
        product, error = two_product(weights[..., None], self.raw[:, None] if several else self.raw)
        if self.factor is not None:
            high, low = (part[:, None, :, None] if several else part[..., None] for part in self.factor)
            scaled, lost = two_product(product, high)
            product, error = scaled, lost + error * high + product * low
        return sum_pair(np.concatenate([product, error], axis=-2), -2)[0]

    @cached_property
    def residual(self) -> Floats:
        """r = Σ_a s_a u_a: (B, d)."""
        return self.weighted_sum()
