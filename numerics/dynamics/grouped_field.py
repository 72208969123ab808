"""Gradient flow of 1-homogeneous students among several teachers, with one residual per teacher as a
variable.

Group l is teacher l and the students next to its line, turned to its side by f_i = ±1, in a frame Q_l whose
first axis is the teacher; v_l = Σ a_i u_i − ω_l e_l over the group, turned, and r = Σ a_i f_i u_i − Σ ω_l e_l
as they are.  With X of `groups` (forces between groups) and pull of `local_field` (forces within), the
gradient in the turned students is

    G_i = 2 λ a_i [α² f_i r + β² (v_{g(i)} + X(ū_i)) + γ pull_i],

because only the odd part α z of the activation notices a turn.  Students of ReLU that end opposite to a
teacher are thus as near to it as the others, and both v_l and r are small at every minimum.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.local_field import Metric, Shape, local_pull, local_shape
from numerics.stable.groups import Groups
from numerics.stable.special import sine_minus_angle_cosine

__all__ = ["GroupedField"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class GroupedField:
    """The field in local coordinates: students (B, n, k), residuals (B, m, k), each in the frame of its
    group, and r (B, k) in common coordinates.

    ``weights`` s (n + m,); ``teachers`` norms (m,); ``frames`` (m, k, k) with orthonormal rows; ``group``
    and ``flips`` (n,).
    """

    weights: Floats
    teachers: Floats
    frames: Floats
    group: NDArray[np.intp]
    flips: Floats
    scale: float
    odd: float
    even: float
    gamma: float
    metric: Metric

    @property
    def n(self) -> int:
        return len(self.group)

    @cached_property
    def own_frame(self) -> Floats:
        """Frame of every row: (N, k, k)."""
        return np.concatenate([self.frames[self.group], self.frames])

    @cached_property
    def same(self) -> Floats:
        """1 for rows of the same group: (N, N)."""
        member = np.concatenate([self.group, np.arange(len(self.teachers))])
        return (member[:, None] == member).astype(np.float64)

    def outward(self, local: Floats) -> Floats:
        """Local rows (..., n or N, k) in common coordinates."""
        return np.einsum("...ak,akl->...al", local, self.own_frame[: local.shape[-2]])

    def inward(self, rows: Floats) -> Floats:
        """Rows (..., n or N, k) in the frames of their groups."""
        return np.einsum("...al,akl->...ak", rows, self.own_frame[: rows.shape[-2]])

    def _arrange(self, residuals: Floats, students: Floats) -> tuple[Shape, Groups]:
        shape = local_shape(students, self.teachers)
        unit = self.outward(shape.unit)
        directions = unit[:, self.n :]
        difference = np.linalg.norm(unit[:, :, None] - directions[:, None], axis=-1)
        total = np.linalg.norm(unit[:, :, None] + directions[:, None], axis=-1)
        angle = 2.0 * np.arctan2(difference, total)
        own = np.arange(self.n)
        angle[:, own, self.group] = shape.angle[:, own, self.n + self.group]
        across = students.copy()
        across[..., 0] = 0.0
        size = len(students)
        groups = Groups(
            unit=unit,
            weights=np.broadcast_to(self.weights, (size, len(self.weights))),
            length=shape.length[:, : self.n],
            along=students[..., 0],
            across=self.outward(across),
            group=np.broadcast_to(self.group, (size, self.n)),
            residual=np.einsum("blk,lkj->blj", residuals, self.frames),
            angle=angle,
        )
        return shape, groups

    def total(self, residuals: Floats, students: Floats) -> Floats:
        """r from the others, with rounding of the size of the turned students: (B, k)."""
        turned = np.where(self.flips < 0, self.weights[: self.n], 0.0)
        total = np.einsum("blk,lkj->bj", residuals, self.frames)
        return np.asarray(total - 2.0 * np.einsum("i,bik->bk", turned, self.outward(students)), dtype=np.float64)

    def loss(self, residuals: Floats, students: Floats, total: Floats) -> Floats:
        """L: (B,), relative error ≤ 1e-12 at the given variables."""
        shape, groups = self._arrange(residuals, students)
        strengths = self.weights * shape.length
        pairs = np.einsum("bi,ij,bij,bj->b", strengths, self.same, sine_minus_angle_cosine(shape.angle), strengths)
        linear = self.odd * np.einsum("bk,bk->b", total, total)
        linear += self.even * (np.einsum("blk,blk->b", residuals, residuals) + groups.loss)
        return np.asarray(self.scale * (linear + self.gamma * pairs), dtype=np.float64)

    def _gradient(self, residuals: Floats, total: Floats, shape: Shape, groups: Groups) -> Floats:
        strengths = self.same[: self.n] * (self.weights * shape.length)[:, None, :]
        pull = local_pull(shape, strengths, self.n)
        common = self.even * groups.pull[:, : self.n]
        if self.odd:
            common = common + self.odd * self.flips[:, None] * total[:, None]
        linear = self.inward(common) + self.even * residuals[:, self.group]
        return np.asarray(
            2.0 * self.scale * self.weights[: self.n, None] * (linear + self.gamma * pull), dtype=np.float64
        )

    def velocity(self, residuals: Floats, students: Floats, total: Floats) -> Floats:
        """u̇ in local coordinates: (B, n, k)."""
        return self.descent(residuals, students, total)[0]

    def descent(self, residuals: Floats, students: Floats, total: Floats) -> tuple[Floats, Floats]:
        """u̇ in local coordinates (B, n, k), and L̇ = Σ ⟨G_i, u̇_i⟩ (B,)."""
        shape, groups = self._arrange(residuals, students)
        gradient = self._gradient(residuals, total, shape, groups)
        velocity = self.metric.velocity(shape.length[:, : self.n], shape.unit[:, : self.n], gradient)
        return velocity, np.asarray(np.einsum("bik,bik->b", gradient, velocity), dtype=np.float64)
