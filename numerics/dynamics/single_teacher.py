"""Gradient flow of 1-homogeneous students towards one teacher, with the residual r = Σ a_i u_i − ω v as a
variable.

    G_i = ∂L/∂u_i = 2 λ a_i [κ r + γ pull_i],      pull_i of `local_field`.

Late in training r = O(θ²) lies far below the rounding of the weights, so it cannot be recomputed from them.
Coordinates: the teacher is ‖v‖ e₁.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.local_field import Metric, Shape, local_pull, local_shape, pair_tensors
from numerics.stable.special import sine_minus_angle_cosine

__all__ = ["SingleTeacher"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class SingleTeacher:
    """The vector field in the variables (r, u).

    ``weights`` s (N,) or (B, N) signed output weights, the teacher's −ω last; ``teacher`` ‖v‖; ``scale`` λ;
    kernel constants ``kappa``, ``gamma``; ``growth`` κ̂ of the parametrisation.
    """

    weights: Floats
    teacher: float
    scale: float
    kappa: float
    gamma: float
    growth: int

    @property
    def metric(self) -> Metric:
        return Metric(growth=self.growth)

    def shape(self, students: Floats) -> Shape:
        """Directions and angles of effective students (B, n, k)."""
        return local_shape(students, np.array([self.teacher]))

    def loss(self, residual: Floats, students: Floats) -> Floats:
        """L: (B,), relative error ≤ 1e-13 at the given (r, u)."""
        shape = self.shape(students)
        strengths = self.weights * shape.length
        pairs = np.einsum("bi,bij,bj->b", strengths, sine_minus_angle_cosine(shape.angle), strengths)
        return self.scale * (self.kappa * np.einsum("bk,bk->b", residual, residual) + self.gamma * pairs)

    def effective_gradient(self, residual: Floats, shape: Shape) -> Floats:
        """G: (B, n, k)."""
        n = shape.length.shape[1] - 1
        pull = local_pull(shape, (self.weights * shape.length)[:, None, :], n)
        weights = np.broadcast_to(self.weights, shape.length.shape)[:, :n, None]
        return 2.0 * self.scale * weights * (self.kappa * residual[:, None, :] + self.gamma * pull)

    def velocity(self, residual: Floats, students: Floats) -> Floats:
        """u̇ (B, n, k) of the gradient flow of the weights."""
        return self.descent(residual, students)[0]

    def descent(self, residual: Floats, students: Floats) -> tuple[Floats, Floats]:
        """u̇ (B, n, k), and L̇ = Σ ⟨G_i, u̇_i⟩ (B,)."""
        shape = self.shape(students)
        gradient = self.effective_gradient(residual, shape)
        n = gradient.shape[1]
        velocity = self.metric.velocity(shape.length[:, :n], shape.unit[:, :n], gradient)
        return velocity, np.asarray(np.einsum("bik,bik->b", gradient, velocity), dtype=np.float64)

    def jacobian(self, residual: Floats, students: Floats) -> tuple[Floats, Floats]:
        """(∂u̇/∂r, ∂u̇/∂u at fixed r) of one instance, (n, k, k) and (n, k, n, k)."""
        shape = self.shape(students[None])
        n, width = students.shape
        unit, length = shape.unit[0], shape.length[0]
        weights = np.broadcast_to(self.weights, shape.length.shape)[0]
        gap = unit[:n, None] - unit[None]
        gap[..., 0] = shape.apart[0, :n]
        safe = np.where(length[:n] > 0, length[:n], np.inf)[:, None]
        bend = (weights * length)[None] * np.sin(shape.angle[0, :n]) / safe
        cross, local = pair_tensors(gap, unit, shape.angle[0, :n], bend)
        by_student = (weights[:n, None, None] * cross[:, :n]).swapaxes(1, 2)
        index = np.arange(n)
        by_student[index, :, index, :] += local
        factor = 2.0 * self.scale * weights[:n]
        by_student *= self.gamma * factor[:, None, None, None]
        by_residual = (factor * self.kappa)[:, None, None] * np.eye(width)
        gradient = self.effective_gradient(residual[None], shape)[0]
        (first, second), own = self.metric.jacobian(length[:n], unit[:n], gradient, by_residual, by_student)
        second[index, :, index, :] += own
        return first, second

    def diagonal(self, residual: Floats, students: Floats) -> tuple[Floats, Floats, Floats]:
        """Diagonals (n, k) of the blocks ∂u̇_i/∂r, ∂u̇_i/∂u_0 (0 for i = 0) and ∂u̇_i/∂u_i of one instance."""
        shape = self.shape(students[None])
        n = len(students)
        unit, length, angle = shape.unit[0], shape.length[0], shape.angle[0, :n]
        weights = np.broadcast_to(self.weights, shape.length.shape)[0]
        safe = np.where(length[:n] > 0, length[:n], np.inf)
        sine, half = np.sin(angle), 0.5 * angle[..., None]
        gap = unit[:n, None] - unit[None]
        gap[..., 0] = shape.apart[0, :n]
        chord, cochord = 2.0 * np.sin(half), 2.0 * np.cos(half)
        nu = gap / np.where(chord > 0, chord, np.inf)
        mu = (unit[:n, None] + unit[None]) / np.where(cochord > 1e-12, cochord, np.inf)
        bend = weights * length * sine / safe[:, None]
        # Normals are orthogonal to ū_i, so that the metric leaves them but for its factor.
        normal = np.sin(half) * mu - np.cos(half) * nu
        flat = 1.0 - unit[:n] ** 2
        own = np.einsum("ib,ibk->ik", bend, normal**2) + bend.sum(axis=1)[:, None] * flat
        factor = 2.0 * self.scale * weights[:n, None]
        metric, gain = self.metric, self.metric.gain
        speed = length[:n, None] ** metric.power
        first, second = mu[:, 0], nu[:, 0]
        radial = sine[:, :1] * (np.cos(half[:, 0]) * first - np.sin(half[:, 0]) * second) - angle[:, :1] * unit[:n]
        cross = sine[:, :1] * (first**2 - second**2) - angle[:, :1] + gain * radial * unit[:n]
        cross = -speed * self.gamma * factor * weights[0] * cross
        cross[0] = 0.0
        by_residual = -speed * self.kappa * factor * (1.0 + gain * unit[:n] ** 2)
        own = -speed * self.gamma * factor * own
        if gain:
            gradient = self.effective_gradient(residual[None], shape)[0]
            along = np.einsum("ik,ik->i", unit[:n], gradient)[:, None]
            moved = metric.power * (gradient + gain * along * unit[:n]) * unit[:n]
            turn = along * flat + unit[:n] * (gradient - along * unit[:n])
            own -= length[:n, None] ** (metric.power - 1.0) * (moved + gain * turn)
        return by_residual, cross, own
