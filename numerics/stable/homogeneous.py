"""Loss, gradient and Hessian of 1-homogeneous models (ReLU, |·|, leaky ReLU, …) in cancellation-free form.

With k = κ c + γ ρ₁ρ₂ S(θ), κ = α² + β², γ = 2β²/π, and any signs f_a that turn the rows into one half-space,

    L = λ [ α² ‖Σ s_a u_a‖² + β² ‖Σ s_a f_a u_a‖² + γ Σ_{a≠b} s_a s_b ρ_a ρ_b S(φ_ab) ],

φ_ab = ∠(f_a u_a, f_b u_b), because |z| does not see the sign of a neuron.  Each bracket is small near an
optimum of one teacher; nothing of order 1 cancels.  With several teachers the even part is summed by groups
(`groups`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from numerics.stable.groups import Groups
from numerics.stable.homogeneous_hessian import PairGeometry
from numerics.stable.pairs import Pairs, pair_angles
from numerics.stable.rows import Rows
from numerics.stable.special import angle_minus_sine, sine_minus_angle_cosine

__all__ = ["HomogeneousLoss"]

Floats = NDArray[np.float64]

EPS = 2.0**-53
LOOSE = 1e-2
FAR = 0.1


@dataclass(frozen=True, kw_only=True, eq=False)
class HomogeneousLoss:
    """The loss of a batch of rows as a function of the effective neurons u.

    ``odd`` = α², ``even`` = β², ``gamma`` = 2β²/π, ``scale`` = λ.
    """

    rows: Rows
    scale: float
    odd: float
    even: float
    gamma: float

    @cached_property
    def pairs(self) -> Pairs:
        return pair_angles(self.rows)

    @cached_property
    def _nearest(self) -> tuple[NDArray[np.intp], Floats]:
        """Teacher whose line is nearest to each student, and ±1 for the side: (B, n) each."""
        unit, n = self.rows.unit, self.rows.students
        cosine = unit[:, :n] @ unit[:, n:].swapaxes(-1, -2)
        closeness = np.where(self.rows.zero[:, None, n:], -1.0, np.abs(cosine))
        nearest = closeness.argmax(axis=-1)
        side = np.take_along_axis(cosine, nearest[..., None], -1)[..., 0]
        return nearest, np.where(side < 0, -1.0, 1.0)

    @cached_property
    def flips(self) -> Floats:
        """f_a = ±1: students are turned to the side of the teacher whose line is nearest: (B, N)."""
        flips = np.ones(self.rows.unit.shape[:2])
        flips[:, : self.rows.students] = self._nearest[1]
        return flips

    @cached_property
    def _membership(self) -> NDArray[np.intp]:
        """Group of every row, the index of its nearest teacher: (B, N); −1 for a small student far from all
        of them.

        Such a loose student meets each group as a whole: against its single members its terms would cancel.
        """
        nearest, _ = self._nearest
        n, teachers = self.rows.students, np.arange(self.rows.unit.shape[1] - self.rows.students)
        strengths = np.abs(self.rows.strengths)
        small = strengths[:, :n] < LOOSE * strengths.sum(axis=1, keepdims=True)
        own = np.take_along_axis(self.turned_angle[:, :n, n:], nearest[..., None], axis=2)[..., 0]
        nearest = np.where(small & (own > FAR) & ~self.rows.zero[:, :n], -1, nearest)
        return np.concatenate([nearest, np.broadcast_to(teachers, (len(nearest), len(teachers)))], axis=1)

    @cached_property
    def turned_residuals(self) -> Floats:
        """v_l = Σ s_a f_a u_a over group l, the loose students last: (B, m + 1, d)."""
        count = self.rows.unit.shape[1] - self.rows.students
        if self.groups_trivial and (self.flips > 0).all():
            residual = self.rows.residual[:, None]
            return np.concatenate([residual, np.zeros_like(residual)], axis=1)
        member = self._membership[:, None, :] == np.append(np.arange(count), -1)[:, None]
        return self.rows.weighted_sum(self.flips[:, None, :] * member)

    @cached_property
    def groups_trivial(self) -> bool:
        """One teacher and no loose students."""
        n = self.rows.students
        return self.rows.unit.shape[1] == n + 1 and bool((self._membership >= 0).all())

    @cached_property
    def _same_group(self) -> NDArray[np.bool_]:
        return self._membership[:, :, None] == self._membership[:, None, :]

    @cached_property
    def groups(self) -> Groups | None:
        """Interaction between groups; None where there is only one."""
        if self.groups_trivial:
            return None
        n, unit, group = self.rows.students, self.rows.unit, self._membership[:, : self.rows.students]
        turned = unit * self.flips[..., None]
        teacher = np.take_along_axis(unit[:, n:], np.maximum(group, 0)[..., None], axis=1)
        gap = turned[:, :n] - teacher
        batch, i, j = self.pairs.where
        close = (self.turned_side > 0) & (i < n) & (j >= n)
        close[close] = group[batch[close], i[close]] == j[close] - n
        gap[batch[close], i[close]] = (self.flips[batch, i][:, None] * self.pairs.gap)[close]
        lag = 0.5 * np.einsum("bid,bid->bi", gap, gap)
        length = self.rows.lengths[:, :n]
        return Groups(
            unit=turned,
            weights=self.rows.weights,
            length=length,
            along=length * np.where(self.rows.zero[:, :n], 0.0, 1.0 - lag),
            across=length[..., None] * (gap + lag[..., None] * teacher),
            group=group,
            residual=self.turned_residuals[:, :-1],
            angle=self.turned_angle[:, :, n:],
        )

    @cached_property
    def turned_angle(self) -> Floats:
        """φ_ab, angles between the turned rows: (B, N, N)."""
        same = self.flips[:, :, None] * self.flips[:, None, :] > 0
        angle = np.where(same, self.pairs.angle, np.pi - self.pairs.angle)
        batch, i, j = self.pairs.where
        # π − θ would lose the small angle of an antiparallel pair, which is at hand as the slant.
        turned = np.where(self.turned_side > 0, self.pairs.slant, np.pi - self.pairs.slant)
        angle[batch, i, j] = angle[batch, j, i] = turned
        return angle

    @cached_property
    def turned_side(self) -> Floats:
        batch, i, j = self.pairs.where
        return self.pairs.side * self.flips[batch, i] * self.flips[batch, j]

    @cached_property
    def _pair_terms(self) -> Floats:
        """S(φ_ab) within groups, zero where a row vanishes or a = b: (B, N, N)."""
        present = ~self.rows.zero
        apart = present[:, :, None] & present[:, None, :] & ~np.eye(present.shape[1], dtype=bool)
        return np.where(apart & self._same_group, sine_minus_angle_cosine(self.turned_angle), 0.0)

    @cached_property
    def _linear(self) -> Floats:
        """α² ‖r‖² + β² Σ_l ‖v_l‖²: (B,)."""
        even = np.einsum("bld,bld->b", self.turned_residuals, self.turned_residuals)
        return self.odd * np.einsum("bd,bd->b", self.rows.residual, self.rows.residual) + self.even * even

    @cached_property
    def loss(self) -> Floats:
        """L: (B,)."""
        strengths = self.rows.strengths
        pairs = np.einsum("ba,bac,bc->b", strengths, self._pair_terms, strengths)
        between = 0.0 if self.groups is None else self.groups.loss
        return np.asarray(self.scale * (self._linear + self.gamma * pairs + self.even * between), dtype=np.float64)

    @cached_property
    def loss_error(self) -> Floats:
        """A bound on |error of `loss`| at the given weights: (B,).

        Rounding of the sums (N + 10 ulp of Σ|terms|), the error 2√d ε θ of angles taken from a cosine, and
        that of the interaction between groups.
        """
        size, width = self.rows.raw.shape[1:]
        strengths = np.abs(self.rows.strengths)
        far = np.where(self.pairs.sine > 0, self.turned_angle, 0.0) * self._same_group
        batch, i, j = self.pairs.where
        far[batch, i, j] = far[batch, j, i] = 0.0
        slack = (size + 10) * self._pair_terms + 2.0 * np.sqrt(width) * far
        pairs = np.einsum("ba,bac,bc->b", strengths, slack, strengths)
        total = EPS * ((width + 10) * self._linear + self.gamma * pairs)
        if self.groups is not None:
            total = total + self.even * self.groups.loss_error
        return np.asarray(abs(self.scale) * total, dtype=np.float64)

    @cached_property
    def gradient(self) -> Floats:
        """∂L/∂u_i of the students: (B, n, d); rows with u_i = 0 are NaN."""
        n = self.rows.students
        own = self._membership[:, :n, None]
        turned = np.take_along_axis(self.turned_residuals, own, axis=1)
        if self.groups is not None:
            loose = np.where(own >= 0, self.turned_residuals[:, -1:], 0.0)
            turned = turned + loose + self.groups.pull[:, :n]
        linear = self.odd * self.rows.residual[:, None] + self.even * self.flips[:, :n, None] * turned
        gradient = 2.0 * self.scale * self.rows.weights[:, :n, None] * (linear + self.gamma * self._pull())
        gradient[self.rows.zero[:, :n]] = np.nan
        return gradient

    def _pull(self) -> Floats:
        """Σ_b s_b ρ_b [sin φ ū_i − φ f_i f_b ū_b] for the students, in difference form for nearly parallel
        pairs.
        """
        n, (size, count, width) = self.rows.students, self.rows.unit.shape
        unit, strengths = self.rows.unit, self.rows.strengths
        angle, sine = self.turned_angle[:, :n].copy(), self.pairs.sine[:, :n].copy()
        angle *= self.flips[:, :n, None] * self.flips[:, None, :]
        own = (self.rows.zero[:, None, :] | np.eye(n, count, dtype=bool)) | self.rows.zero[:, :n, None]
        joint = self._same_group | (self._membership < 0)[:, None, :]
        own |= ~joint[:, :n]
        angle[own] = sine[own] = 0.0
        close = (self.turned_side > 0) & self._same_group[self.pairs.where]  # a loose student is close to no teacher
        batch, i, j = (index[close] for index in self.pairs.where)
        slant, gap, side = self.pairs.slant[close], self.pairs.gap[close], self.pairs.side[close]
        along = -angle_minus_sine(slant)
        students = j < n
        inside = i < n
        angle[batch[inside], i[inside], j[inside]] = 0.0
        angle[batch[students], j[students], i[students]] = 0.0
        sine[batch[inside], i[inside], j[inside]] = along[inside]
        sine[batch[students], j[students], i[students]] = along[students]
        pull = (sine @ strengths[..., None]) * unit[:, :n] - (angle * strengths[:, None]) @ unit
        if len(batch):
            across = slant[:, None] * gap
            first = strengths[batch, j][:, None] * across
            second = (-side * strengths[batch, i])[:, None] * across
            rows = np.concatenate([(batch * n + i)[inside], (batch * n + j)[students]])
            values = np.concatenate([first[inside], second[students]])
            flat = (rows[:, None] * width + np.arange(width)).ravel()
            pull += np.bincount(flat, weights=values.ravel(), minlength=size * n * width).reshape(pull.shape)
        return pull

    @cached_property
    def _geometry(self) -> PairGeometry:
        return PairGeometry(
            unit=self.rows.unit,
            angle=self.pairs.angle,
            sine=self.pairs.sine,
            weights=self.rows.weights,
            lengths=self.rows.lengths,
            students=self.rows.students,
            kappa=self.odd + self.even,
            gamma=self.gamma,
            scale=self.scale,
        )

    def hessian_form(self, direction: Floats) -> Floats:
        """D²L[a, a] for a direction a (B, n, d) of the effective students: (B,); NaN if a student is 0."""
        return self._geometry.form(direction)

    def hessian(self) -> Floats:
        """The second derivative as an array (B, n, d, n, d); NaN in the blocks of a zero student."""
        return self._geometry.matrix()
