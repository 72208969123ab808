"""Loss, gradient and Hessian of quadratic models k = α p q + β c², through the matrix A = Σ_a s_a u_a u_aᵀ.

    L = λ [α (tr A)² + β ‖A‖²],      ∂L/∂u_i = 4 λ s_i (α tr(A) I + β A) u_i.

Near an optimum A is small while its terms are not: wherever plain products lose digits, its entries are
summed again from exact products.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from numerics.stable.compensated import sum_pair, two_product
from numerics.stable.rows import Rows

__all__ = ["SquareLoss"]

Floats = NDArray[np.float64]

EPS = 2.0**-53
CANCELLED = 0.1
CHUNK = 4_000_000


@dataclass(frozen=True, kw_only=True, eq=False)
class SquareLoss:
    """The loss of a batch of rows as a function of the effective neurons u. ``scale`` = λ.

    ``careful``: sum A again from exact products where it cancels.
    """

    rows: Rows
    scale: float
    alpha: float
    beta: float
    careful: bool = True

    @cached_property
    def moment(self) -> tuple[Floats, Floats]:
        """(A, tr A): (B, d, d) and (B,), each entry with relative error ≤ 1e-14 where it exceeds 1e-15 of its
        terms.
        """
        u = self.rows.effective
        weighted = self.rows.weights[..., None] * u
        matrix = weighted.swapaxes(-1, -2) @ u
        trace = np.einsum("bkk->b", matrix)
        mass = np.einsum("bad,bad->b", np.abs(weighted), np.abs(u))
        size = np.sqrt(np.einsum("bkl,bkl->b", matrix, matrix))
        if not self.careful:
            return matrix, trace
        redo = np.flatnonzero((size < CANCELLED * mass) | (np.abs(trace) < CANCELLED * size))
        width = max(1, CHUNK // max(1, u.shape[1] * u.shape[2] ** 2))
        for start in range(0, len(redo), width):
            chosen = redo[start : start + width]
            matrix[chosen], trace[chosen] = self._exact_moment(chosen)
        return matrix, trace

    def _exact_moment(self, chosen: NDArray[np.intp]) -> tuple[Floats, Floats]:
        rows = self.rows.raw[chosen]
        high, low = two_product(self.rows.weights[chosen][..., None], rows)
        product, error = two_product(high[..., :, None], rows[..., None, :])
        error = error + low[..., :, None] * rows[..., None, :]
        if self.rows.growth:
            # u uᵀ = f² x xᵀ, and f² is itself needed to twice the precision.
            factor, tail = self.rows.factor_pair(chosen)
            square, rest = two_product(factor, factor)
            rest = rest + 2.0 * factor * tail
            square, rest = square[..., None, None], rest[..., None, None]
            again, lost = two_product(product, square)
            product, error = again, lost + error * square + product * rest
        entries = np.concatenate([product, error], axis=1)
        diagonal = np.einsum("bakk->bak", entries).reshape(len(chosen), -1)
        return sum_pair(entries, 1)[0], sum_pair(diagonal, 1)[0]

    @cached_property
    def loss(self) -> Floats:
        """L: (B,)."""
        matrix, trace = self.moment
        return self.scale * (self.alpha * trace**2 + self.beta * np.einsum("bkl,bkl->b", matrix, matrix))

    @cached_property
    def loss_error(self) -> Floats:
        """A bound on |error of `loss`|: (d + N + 10 ulp) of the sum of the moduli of its terms."""
        matrix, trace = self.moment
        size, width = self.rows.raw.shape[1:]
        total = abs(self.alpha) * trace**2 + abs(self.beta) * np.einsum("bkl,bkl->b", matrix, matrix)
        return EPS * abs(self.scale) * 10 * (width + size + 10) * total

    @cached_property
    def gradient(self) -> Floats:
        """∂L/∂u_i of the students: (B, n, d)."""
        matrix, trace = self.moment
        n = self.rows.students
        students = self.rows.effective[:, :n]
        pull = self.alpha * trace[:, None, None] * students + self.beta * (students @ matrix)
        return 4.0 * self.scale * self.rows.weights[:, :n, None] * pull

    def hessian_form(self, direction: Floats) -> Floats:
        """D²L[a, a] for a direction a (B, n, d) of the effective students: (B,)."""
        matrix, trace = self.moment
        n = self.rows.students
        u, signs = self.rows.effective[:, :n], self.rows.weights[:, :n]
        weighted = signs[..., None] * direction
        slope = 2.0 * np.einsum("bid,bid->b", weighted, u)
        bend = 2.0 * np.einsum("bid,bid->b", weighted, direction)
        turn = u.swapaxes(-1, -2) @ weighted
        turn = turn + turn.swapaxes(-1, -2)
        curve = 2.0 * np.einsum("bid,bde,bie->b", weighted, matrix, direction)
        first = self.alpha * (slope**2 + trace * bend)
        return 2.0 * self.scale * (first + self.beta * (np.einsum("bkl,bkl->b", turn, turn) + curve))

    def hessian(self) -> Floats:
        """The second derivative as an array (B, n, d, n, d)."""
        matrix, trace = self.moment
        n, width = self.rows.students, self.rows.raw.shape[-1]
        u, signs = self.rows.effective[:, :n], self.rows.weights[:, :n]
        weighted = signs[..., None] * u
        second = 2.0 * self.alpha * np.einsum("bik,bjl->bikjl", weighted, weighted)
        second += self.beta * np.einsum("bil,bjk->bikjl", weighted, weighted)
        gram = weighted @ weighted.swapaxes(-1, -2)
        second += self.beta * np.einsum("bij,kl->bikjl", gram, np.eye(width))
        local = self.alpha * trace[:, None, None] * np.eye(width) + self.beta * matrix
        index = np.arange(n)
        second[:, index, :, index, :] += np.einsum("bi,bkl->ibkl", signs, local)
        return 4.0 * self.scale * second
