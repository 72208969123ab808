"""The rows u₁ … u_{n+m} of a batch of networks: directions, norms and weighted sums, to full accuracy.

A row is u = ‖x‖^κ x (students; κ = 0 is u = x) or x itself (teachers).  Directions are those of x, and norms
are taken of rows scaled by a power of two, which is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from numerics.stable.compensated import norm, sum_pair, two_product, two_sum

__all__ = ["Rows"]

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

CANCELLED = 0.1
CHUNK = 2_000_000


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

    def take(self, chosen: Indices) -> Rows:
        """The chosen instances."""
        return Rows(raw=self.raw[chosen], weights=self.weights[chosen], students=self.students, growth=self.growth)

    @cached_property
    def exponent(self) -> NDArray[np.intc]:
        """e with 2^e > max|x| ≥ 2^(e−1), per row (0 for a zero row): (B, N)."""
        return np.frexp(np.abs(self.raw).max(axis=-1))[1]

    @cached_property
    def scaled(self) -> Floats:
        """2^(−e) x: entries in [−1, 1]; exact."""
        return np.ldexp(self.raw, -self.exponent[..., None])

    @cached_property
    def _plain_norm(self) -> Floats:
        return np.sqrt(np.einsum("bad,bad->ba", self.scaled, self.scaled))

    def norm_pair(self, batch: Indices, row: Indices) -> tuple[Floats, Floats]:
        """‖2^(−e) x‖ of the listed rows as an unevaluated pair, relative error ≤ 1e-31 d."""
        return norm(self.scaled[batch, row])

    @cached_property
    def zero(self) -> NDArray[np.bool_]:
        """Rows that are exactly 0: (B, N)."""
        return self._plain_norm == 0

    @cached_property
    def unit(self) -> Floats:
        """x / ‖x‖, and 0 for a zero row: (B, N, d), relative error (d + 2)/2 ulp per entry."""
        return self.scaled / np.where(self.zero, 1.0, self._plain_norm)[..., None]

    @cached_property
    def norms(self) -> Floats:
        """‖x‖ of the weights as given: (B, N), error ≤ (d + 2)/2 ulp."""
        return np.ldexp(self._plain_norm, self.exponent)

    @cached_property
    def factor(self) -> Floats | None:
        """‖x‖^κ, 1 for teachers: (B, N); None for κ = 0."""
        if self.growth == 0:
            return None
        factor = self.norms**self.growth
        factor[:, self.students :] = 1.0
        return factor

    def factor_pair(self, chosen: Indices) -> tuple[Floats, Floats]:
        """`factor` of the chosen instances as an unevaluated pair."""
        exponent = self.exponent[chosen]
        high, low = (np.ldexp(part, exponent) for part in norm(self.scaled[chosen]))
        power, tail = high, low
        for _ in range(self.growth - 1):
            product, error = two_product(power, high)
            power, tail = two_sum(product, error + power * low + tail * high)
        power[:, self.students :], tail[:, self.students :] = 1.0, 0.0
        return power, tail

    @cached_property
    def lengths(self) -> Floats:
        """‖u‖ of the effective rows: (B, N)."""
        return self.norms if self.factor is None else self.norms * self.factor

    @cached_property
    def strengths(self) -> Floats:
        """s_a ‖u_a‖: (B, N)."""
        return self.weights * self.lengths

    @cached_property
    def effective(self) -> Floats:
        """u: (B, N, d)."""
        return self.raw if self.factor is None else self.raw * self.factor[..., None]

    def weighted_sum(self, signs: Floats) -> Floats:
        """Σ_a s_a f_a u_a for signs f (B, g, N), which may be 0: (B, g, d).

        Plain where the sum exceeds a tenth of its terms, else three-fold compensated from the exact weights:
        relative error ≤ 1e-14, as long as the sum exceeds 1e-28 of its terms.
        """
        weights = self.weights[:, None] * signs
        total = weights @ self.effective
        mass = np.abs(signs) @ np.abs(self.strengths)[..., None]
        small = np.einsum("bgd,bgd->bg", total, total) < (CANCELLED * mass[..., 0]) ** 2
        redo = np.flatnonzero(small.any(axis=1))
        width = max(1, CHUNK // (weights.shape[1] * self.raw[0].size))
        for start in range(0, len(redo), width):
            chosen = redo[start : start + width]
            total[chosen] = self._exact_sum(chosen, weights[chosen])
        return total

    def _exact_sum(self, chosen: Indices, weights: Floats) -> Floats:
        product, error = two_product(weights[..., None], self.raw[chosen][:, None])
        if self.growth:
            high, low = (part[:, None, :, None] for part in self.factor_pair(chosen))
            scaled, lost = two_product(product, high)
            product, error = scaled, lost + error * high + product * low
        return sum_pair(np.concatenate([product, error], axis=2), 2)[0]

    @cached_property
    def residual(self) -> Floats:
        """r = Σ_a s_a u_a: (B, d)."""
        return self.weighted_sum(np.ones((len(self.raw), 1, self.raw.shape[1])))[:, 0]
