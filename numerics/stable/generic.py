"""Loss and gradient of any model from the compiled kernel alone: the textbook sums.

    L = λ Σ_ab s_a s_b k(a, b),     ∂L/∂u_i = 2 λ s_i Σ_b s_b (2 k_p(i, b) u_i + k_c(i, b) u_b).

Used where no cancellation-free form is known; absolute error about N ε λ Σ|s_a s_b| (|k| + |p k_p| + |q k_q| +
|√(pq) k_c|), so that a small loss loses digits.  For an activation that jumps, b = i is left out of the gradient (k(u, u) is
constant), a row that is parallel to another has none, and a zero row has no loss.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from numerics.stable.compile import CompiledKernel
from numerics.stable.generic_hessian import kernel_hessian
from numerics.stable.pairs import Pairs, pair_angles
from numerics.stable.rows import Rows

__all__ = ["KernelLoss"]

Floats = NDArray[np.float64]

EPS = 2.0**-53


@dataclass(frozen=True, kw_only=True, eq=False)
class KernelLoss:
    """The loss of a batch of rows as a function of the effective neurons u. ``scale`` = λ."""

    rows: Rows
    scale: float
    kernel: CompiledKernel
    smooth: bool
    jumps: bool = False

    @cached_property
    def pairs(self) -> Pairs:
        return pair_angles(self.rows)

    @cached_property
    def variables(self) -> tuple[Floats, Floats, Floats]:
        """Arguments of the kernel for all pairs, (B, N, N) each: (p, q, c) or (ρ₁, ρ₂, θ)."""
        lengths = self.rows.lengths
        if self.kernel.chart == "polar":
            safe = np.where(self.rows.zero, 1.0, lengths)
            return safe[:, :, None], safe[:, None, :], self.pairs.angle
        u = self.rows.effective
        return lengths[:, :, None] ** 2, lengths[:, None, :] ** 2, u @ u.swapaxes(-1, -2)

    @cached_property
    def _signs(self) -> Floats:
        """s_a s_b, zero where the kernel vanishes with its row."""
        weights = self.rows.weights
        if self.kernel.chart == "polar":
            weights = np.where(self.rows.zero, 0.0, weights)
        return weights[:, :, None] * weights[:, None, :]

    @cached_property
    def loss(self) -> Floats:
        """L: (B,); NaN at a zero row of an activation that jumps."""
        with np.errstate(over="ignore", invalid="ignore"):
            (values,) = self.kernel.value(*self.variables)
            loss = self.scale * np.einsum("bij,bij->b", self._signs, values)
        return np.where(self.rows.zero.any(axis=1), np.nan, loss) if self.jumps else loss

    @cached_property
    def loss_error(self) -> Floats:
        """A bound on |error of `loss`|: 10 (N + d + 10) ulp of Σ|terms| and of how they answer to rounded Gram variables."""
        size, width = self.rows.raw.shape[1:]
        with np.errstate(all="ignore"):
            (values,) = self.kernel.value(*self.variables)
            terms = np.abs(values)
            if self.kernel.chart == "gram":
                x, y, _ = self.variables
                along = zip(self.kernel.first(*self.variables), (x, y, np.sqrt(x * y)), strict=True)
                terms = terms + sum(np.abs(slope) * scale for slope, scale in along)
            terms = 10 * EPS * (size + width + 10) * terms
            if self.kernel.error is not None:
                terms = terms + self.kernel.error(*self.variables)
            return np.asarray(abs(self.scale) * (np.abs(self._signs) * terms).sum(axis=(1, 2)))

    @cached_property
    def parallel(self) -> NDArray[np.bool_]:
        """Students that are parallel to another row, or zero: (B, n)."""
        apart = ~np.eye(self.rows.raw.shape[1], dtype=bool) & ~self.rows.zero[:, None, :]
        return ((self.pairs.sine == 0) & apart).any(axis=2)[:, : self.rows.students] | self.rows.zero[
            :, : self.rows.students
        ]

    @cached_property
    def gradient(self) -> Floats:
        """∂L/∂u_i of the students: (B, n, d); NaN in rows u_i = 0 of an activation with a kink, and see above."""
        n = self.rows.students
        with np.errstate(all="ignore"):
            own, _, cross = (part[:, :n] for part in self.kernel.first(*self.variables))
        signs, u = self._signs[:, :n], self.rows.effective
        if self.jumps:
            itself = np.eye(n, signs.shape[2], dtype=bool)
            own, cross = np.where(itself, 0.0, own), np.where(itself, 0.0, cross)
        with np.errstate(all="ignore"):
            gradient = 2.0 * (signs * own).sum(axis=2)[..., None] * u[:, :n] + (signs * cross) @ u
            gradient *= 2.0 * self.scale
        if self.jumps:
            gradient[self.parallel] = np.nan
        elif not self.smooth:
            gradient[self.rows.zero[:, :n]] = np.nan
        return gradient

    def hessian(self) -> Floats:
        """The second derivative as an array (B, n, d, n, d)."""
        return kernel_hessian(self.rows, self.kernel, self.variables, self.scale)

    def hessian_form(self, direction: Floats) -> Floats:
        """D²L[a, a] for a direction a (B, n, d) of the effective students: (B,)."""
        return np.einsum("bik,bikjl,bjl->b", direction, self.hessian(), direction, optimize=True)
