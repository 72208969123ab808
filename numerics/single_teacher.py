"""Gradient flow of 1-homogeneous students towards one teacher, with the residual r = Σ a_i u_i − ω v as a
variable.

    G_i = 2 λ a_i [κ r + γ Σ_b s_b ρ_b (sin φ_ib ū_i − φ_ib ū_b)],    u̇_i = −ρ_i^p (G_i + g ū_i⟨ū_i, G_i⟩),

p = 2κ̂/(κ̂+1), g = (κ̂+1)² − 1 for u = ‖w‖^κ̂ w (p = g = 0 for u = w).  Late in training r = O(θ²) lies far
below the rounding of the weights, so it cannot be recomputed from them.  Coordinates: the teacher is ‖v‖ e₁,
directions are (c, q) with q across the teacher; differences of directions along it are (|q′|² − |q|²)/(c +
c′).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.special import angle_minus_sine, sine_minus_angle_cosine

__all__ = ["Shape", "SingleTeacher"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Shape:
    """Directions of a batch of students followed by the teacher.

    ``length`` ρ (B, N); ``along`` c (B, N); ``across`` q (B, N, k−1); ``apart`` c_i − c_j, ``angle`` φ,
    ``chord`` ‖ū_i − ū_j‖ and ``cochord`` ‖ū_i + ū_j‖ (B, N, N).  Errors of φ are ε times the larger angle to
    the teacher.
    """

    length: Floats
    along: Floats
    across: Floats
    apart: Floats
    angle: Floats
    chord: Floats
    cochord: Floats


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
    def power(self) -> float:
        return 2.0 * self.growth / (self.growth + 1.0)

    @property
    def gain(self) -> float:
        return float((self.growth + 1) ** 2 - 1)

    def shape(self, students: Floats) -> Shape:
        """Directions and angles of effective students (B, n, k)."""
        size, n, width = students.shape
        rows = np.zeros((size, n + 1, width))
        rows[:, :n] = students
        rows[:, n, 0] = self.teacher
        length = np.sqrt(np.einsum("bik,bik->bi", rows, rows))
        unit = rows / np.where(length > 0, length, 1.0)[..., None]
        along, across = unit[..., 0], unit[..., 1:]
        square = np.einsum("bik,bik->bi", across, across)
        total = along[:, :, None] + along[:, None, :]
        apart = along[:, :, None] - along[:, None, :]
        apart = np.divide(square[:, None, :] - square[:, :, None], total, out=apart, where=total > 0.5)
        sums = square[:, :, None] + square[:, None, :]
        products = 2.0 * (across @ across.swapaxes(-1, -2))
        chord_square = np.maximum(sums - products, 0.0) + apart**2
        cochord_square = np.maximum(sums + products, 0.0) + total**2
        chord, cochord = np.sqrt(chord_square), np.sqrt(cochord_square)
        if chord_square.max() > 3.9:
            cochord = np.linalg.norm(unit[:, :, None] + unit[:, None, :], axis=-1)
        index = np.arange(n + 1)
        chord[:, index, index] = 0.0
        angle = 2.0 * np.arctan2(chord, cochord)
        return Shape(
            length=length, along=along, across=across, apart=apart, angle=angle, chord=chord, cochord=cochord
        )

    def loss(self, residual: Floats, students: Floats, shape: Shape | None = None) -> Floats:
        """L: (B,), relative error ≤ 1e-13 at the given (r, u)."""
        shape = self.shape(students) if shape is None else shape
        strengths = self.weights * shape.length
        pairs = np.einsum("bi,bij,bj->b", strengths, sine_minus_angle_cosine(shape.angle), strengths)
        return self.scale * (self.kappa * np.einsum("bk,bk->b", residual, residual) + self.gamma * pairs)

    def effective_gradient(self, residual: Floats, shape: Shape) -> Floats:
        """G_i = ∂L/∂u_i: (B, n, k)."""
        n = shape.length.shape[1] - 1
        strengths = self.weights * shape.length
        weighted = shape.angle[:, :n] * strengths[:, None, :]
        shrink = (angle_minus_sine(shape.angle[:, :n]) @ strengths[..., None])[..., 0]
        pull = np.empty((*shape.length[:, :n].shape, residual.shape[-1]))
        pull[..., 0] = (weighted * shape.apart[:, :n]).sum(axis=-1) - shrink * shape.along[:, :n]
        total = weighted.sum(axis=-1) - shrink
        pull[..., 1:] = total[..., None] * shape.across[:, :n] - weighted @ shape.across
        weights = np.broadcast_to(self.weights, shape.length.shape)[:, :n, None]
        return 2.0 * self.scale * weights * (self.kappa * residual[:, None, :] + self.gamma * pull)

    def velocity(self, residual: Floats, students: Floats, shape: Shape | None = None) -> Floats:
        """u̇ (B, n, k) of the gradient flow of the weights."""
        shape = self.shape(students) if shape is None else shape
        gradient = self.effective_gradient(residual, shape)
        if self.growth == 0:
            return -gradient
        n = gradient.shape[1]
        unit = self._units(shape)[:, :n]
        radial = np.einsum("bik,bik->bi", unit, gradient)[..., None]
        return -(shape.length[:, :n, None] ** self.power) * (gradient + self.gain * radial * unit)

    @staticmethod
    def _units(shape: Shape) -> Floats:
        return np.concatenate([shape.along[..., None], shape.across], axis=-1)

    def jacobian(self, residual: Floats, students: Floats) -> tuple[Floats, Floats]:
        """(∂u̇/∂r, ∂u̇/∂u at fixed r) of one instance, (n, k, k) and (n, k, n, k)."""
        shape = self.shape(students[None])
        n, width = students.shape
        unit, length = self._units(shape)[0], shape.length[0]
        weights = np.broadcast_to(self.weights, shape.length.shape)[0]
        factor = 2.0 * self.scale * weights[:n]
        by_residual = (factor * self.kappa)[:, None, None] * np.eye(width)
        by_student = (
            self.gamma * factor[:, None, None, None] * self._pull_jacobian(shape, unit, length, weights)
        )
        if self.growth == 0:
            return -by_residual, -by_student
        own, gradient = unit[:n], self.effective_gradient(residual[None], shape)[0]
        stretch = length[:n, None, None] ** self.power
        metric = stretch * (np.eye(width) + self.gain * own[:, :, None] * own[:, None, :])
        by_residual = np.einsum("ikl,ilm->ikm", metric, by_residual)
        by_student = np.einsum("ikl,iljm->ikjm", metric, by_student)
        radial = np.einsum("ik,ik->i", own, gradient)
        moved = gradient + self.gain * radial[:, None] * own
        flat = np.eye(width) - own[:, :, None] * own[:, None, :]
        turn = (
            radial[:, None, None] * flat
            + own[:, :, None] * np.einsum("ik,ikl->il", gradient, flat)[:, None, :]
        )
        local = self.power * moved[:, :, None] * own[:, None, :] + self.gain * turn
        index = np.arange(n)
        by_student[index, :, index, :] += (length[:n] ** (self.power - 1.0))[:, None, None] * local
        return -by_residual, -by_student

    def _pull_jacobian(self, shape: Shape, unit: Floats, length: Floats, weights: Floats) -> Floats:
        """∂/∂u_j of Σ_b s_b ρ_b (sin φ ū_i − φ ū_b): (n, k, n, k)."""
        n, width = len(length) - 1, unit.shape[1]
        gap = unit[:n, None] - unit[None]
        gap[..., 0] = shape.apart[0, :n]
        chord, cochord = shape.chord[0, :n], shape.cochord[0, :n]
        nu = gap / np.where(chord > 0, chord, 1.0)[..., None]
        mu = (unit[:n, None] + unit[None]) / np.where(cochord > 0, cochord, 1.0)[..., None]
        sine, angle = 0.5 * chord * cochord, shape.angle[0, :n]
        turn = (weights[:n] * sine[:, :n])[..., None]
        cross = np.einsum("ijk,ijl->ikjl", turn * mu[:, :n], mu[:, :n])
        cross -= np.einsum("ijk,ijl->ikjl", turn * nu[:, :n], nu[:, :n])
        cross -= np.einsum("ij,kl->ikjl", weights[:n] * angle[:, :n], np.eye(width))
        # n ∝ ū_b − cos φ ū_i = sin φ (half-angle combination of μ and ν): the normal of ū_i towards ū_b
        half = 0.5 * angle[..., None]
        normal = np.sin(half) * mu - np.cos(half) * nu
        with np.errstate(divide="ignore", invalid="ignore"):
            bend = np.where(length[:n, None] > 0, (weights * length)[None] * sine / length[:n, None], 0.0)
        own = unit[:n]
        flat = np.eye(width) - own[:, :, None] * own[:, None, :]
        local = bend.sum(axis=1)[:, None, None] * flat + np.einsum("ib,ibk,ibl->ikl", bend, normal, normal)
        index = np.arange(n)
        cross[index, :, index, :] += local
        return np.asarray(cross, dtype=np.float64)
