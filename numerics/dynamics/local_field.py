"""Forces between students around teachers, in coordinates in which small angles are differences of small
numbers.

Every row is written in an orthonormal frame whose first axis is its teacher: ρ (c, q) with q across the
teacher.  Directions differ by q − q′ across it and by (|q′|² − |q|²)/(c + c′) along it.  For students of one
group and their teacher this gives

    pull_i = Σ_b s_b ρ_b (sin φ_ib ū_i − φ_ib ū_b),

with error relative to the angles.  In the variables u of u = ‖w‖^κ̂ w the flow of the weights is
u̇ = −ρ^p (G + g ū⟨ū, G⟩), G = ∂L/∂u, p = 2κ̂/(κ̂ + 1), g = (κ̂ + 1)² − 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.stable.special import angle_minus_sine

__all__ = ["Metric", "Shape", "local_pull", "local_shape", "pair_tensors"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Shape:
    """Directions of a batch of rows, students first, each in the frame of its teacher.

    ``length`` ρ (B, N); ``along`` c (B, N); ``across`` q (B, N, k−1); ``apart`` c_i − c_j, ``angle`` φ,
    ``chord`` ‖ū_i − ū_j‖ and ``cochord`` ‖ū_i + ū_j‖ (B, N, N), meaningful for rows in the same frame.
    |error of φ| ≤ a few ε times the larger angle to the teacher.
    """

    length: Floats
    along: Floats
    across: Floats
    apart: Floats
    angle: Floats
    chord: Floats
    cochord: Floats

    @property
    def unit(self) -> Floats:
        """ū: (B, N, k)."""
        return np.concatenate([self.along[..., None], self.across], axis=-1)


def local_shape(students: Floats, teachers: Floats) -> Shape:
    """Shape of effective students (B, n, k) followed by teachers of norms (m,) on their first axes."""
    size, n, width = students.shape
    rows = np.zeros((size, n + len(teachers), width))
    rows[:, :n] = students
    rows[:, n:, 0] = teachers
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
    chord, cochord = np.sqrt(chord_square), np.sqrt(np.maximum(sums + products, 0.0) + total**2)
    if chord_square.max() > 3.9:  # next to π the sums above would leave √ε
        cochord = np.linalg.norm(unit[:, :, None] + unit[:, None, :], axis=-1)
    index = np.arange(rows.shape[1])
    chord[:, index, index] = 0.0
    angle = 2.0 * np.arctan2(chord, cochord)
    return Shape(length=length, along=along, across=across, apart=apart, angle=angle, chord=chord, cochord=cochord)


def local_pull(shape: Shape, strengths: Floats, n: int) -> Floats:
    """Σ_b s_b ρ_b (sin φ_ib ū_i − φ_ib ū_b) for the n students: (B, n, k).

    ``strengths`` (B, n, N) holds s_b ρ_b, and 0 where b lies in another frame than i.
    """
    weighted = shape.angle[:, :n] * strengths
    shrink = (angle_minus_sine(shape.angle[:, :n]) * strengths).sum(axis=-1)
    pull = np.empty((*shrink.shape, shape.across.shape[-1] + 1))
    pull[..., 0] = (weighted * shape.apart[:, :n]).sum(axis=-1) - shrink * shape.along[:, :n]
    total = weighted.sum(axis=-1) - shrink
    pull[..., 1:] = total[..., None] * shape.across[:, :n] - weighted @ shape.across
    return pull


def pair_tensors(gap: Floats, unit: Floats, angle: Floats, bend: Floats) -> tuple[Floats, Floats]:
    """Derivatives of the pull: (−φ I + sin φ (μ μᵀ − ν νᵀ)) per pair, and the local part per student.

    ``gap`` ū_i − ū_b (n, N, k), ``unit`` (N, k), ``angle`` φ (n, N), ``bend`` s_b ρ_b / ρ_i sin φ (n, N).
    Returns (n, N, k, k) and (n, k, k); μ, ν are the unit sum and difference of directions.
    """
    n, width = len(gap), unit.shape[1]
    half = 0.5 * angle[..., None]
    chord, cochord = 2.0 * np.sin(half), 2.0 * np.cos(half)
    nu = gap / np.where(chord > 0, chord, np.inf)
    mu = (unit[:n, None] + unit[None]) / np.where(cochord > 1e-12, cochord, np.inf)
    cross = np.einsum("ib,ibk,ibl->ibkl", np.sin(angle), mu, mu) - np.einsum("ib,ibk,ibl->ibkl", np.sin(angle), nu, nu)
    cross -= angle[..., None, None] * np.eye(width)
    normal = np.sin(half) * mu - np.cos(half) * nu
    flat = np.eye(width) - unit[:n, :, None] * unit[:n, None, :]
    local = bend.sum(axis=1)[:, None, None] * flat + np.einsum("ib,ibk,ibl->ikl", bend, normal, normal)
    return np.asarray(cross, dtype=np.float64), np.asarray(local, dtype=np.float64)


@dataclass(frozen=True, kw_only=True)
class Metric:
    """The map G -> u̇ = −ρ^p (G + g ū⟨ū, G⟩) of a parametrisation u = ‖w‖^κ̂ w; ``growth`` κ̂."""

    growth: int

    @property
    def power(self) -> float:
        return 2.0 * self.growth / (self.growth + 1.0)

    @property
    def gain(self) -> float:
        return float((self.growth + 1) ** 2 - 1)

    def velocity(self, length: Floats, unit: Floats, gradient: Floats) -> Floats:
        """u̇ for ρ (..., n), ū and G (..., n, k)."""
        if self.growth == 0:
            return -gradient
        radial = np.einsum("...k,...k->...", unit, gradient)[..., None]
        return np.asarray(-(length[..., None] ** self.power) * (gradient + self.gain * radial * unit), dtype=np.float64)

    def jacobian(self, length: Floats, unit: Floats, gradient: Floats, *slopes: Floats) -> tuple[list[Floats], Floats]:
        """([∂u̇ through G for each ∂G (n, k, …)], ∂u̇_i/∂u_i at fixed G (n, k, k)) of one instance."""
        n, width = gradient.shape
        if self.growth == 0:
            return [-slope for slope in slopes], np.zeros((n, width, width))
        outer = unit[:, :, None] * unit[:, None, :]
        matrix = length[:, None, None] ** self.power * (np.eye(width) + self.gain * outer)
        through = [-(matrix @ slope.reshape(n, width, -1)).reshape(slope.shape) for slope in slopes]
        radial = np.einsum("ik,ik->i", unit, gradient)
        moved = gradient + self.gain * radial[:, None] * unit
        flat = np.eye(width) - outer
        turn = radial[:, None, None] * flat + unit[:, :, None] * np.einsum("ik,ikl->il", gradient, flat)[:, None, :]
        local = self.power * moved[:, :, None] * unit[:, None, :] + self.gain * turn
        return through, -(length ** (self.power - 1.0))[:, None, None] * local
