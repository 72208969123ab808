"""What groups of neurons around different teachers do to one another, for the even part |z| of an activation.

Group l is teacher e_l and students near it, written b = β_b e_l + p_b with p_b across e_l, and v_l = Σ_b s_b
b − ω e_l.  The pull of group l on a row a, X_l(a) = Σ_{b∈l} s_b ∇_a k(a, b), is of second order in p although
its terms are of order 1.  With H(a, e) = ∂_a∂_e k and ρ_b ∇_a k(a, b) = H(a, b) b,

    X_l(a) = H(ā, e_l) v_l + Σ_b s_b rem_b(a),      rem_b(a) = H(a, b) b − H(a, e_l) b,
    (π/2) rem_b(a) = δ (ā − cos φ e_l) − Δ p_b + (sin φ δ tan Δ + β (tan Δ − Δ)) e_l,

where φ = ∠(a, e_l), and Δ, δ are the changes of the angle to a and of the distance from the line of a when
e_l is replaced by b: with τ the coordinate of p_b in the plane of a and e_l and g the one across it, δ =
g²/(Y + y), y = β sin φ + τ cos φ, Y = √(y² + g²), tan Δ = (τ + δ cos φ)/(β + δ sin φ).  This is an identity;
every term is small by itself, so nothing of order 1 cancels.  (|z| has k = c + (2/π) ρ ρ′ S(θ) and
H(a, e) b = (2/π) [⟨m, b⟩ ā + (π/2 − φ) b + (sin φ ⟨ā, b⟩ − cos φ ⟨m, b⟩) e], m the normal of ā towards e.)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from numerics.stable.quartic import quartic

__all__ = ["Groups"]

Floats = NDArray[np.float64]

EPS = 2.0**-53
_ARCTANGENT = tuple((-1.0) ** (k + 1) / (2 * k + 1) for k in range(1, 15))


def _arctangent_defect(t: Floats) -> Floats:
    """t − arctan t for |t| ≤ 1/4, by its series."""
    square, total = t * t, np.full_like(t, _ARCTANGENT[-1])
    for coefficient in _ARCTANGENT[-2::-1]:
        total = total * square + coefficient
    return total * square * t


@dataclass(frozen=True, kw_only=True, eq=False)
class Groups:
    """Batch of turned rows, students first: directions ``unit`` (B, N, d), ``weights`` s (B, N); for the
    students ``length`` ρ, ``along`` β, ``across`` p (B, n, d) and ``group`` g (B, n); for the teachers
    ``residual`` v (B, m, d); ``angle`` (B, N, m) from every row to every teacher. Kernel 2/π factor of |z| is
    included; β² is not."""

    unit: Floats
    weights: Floats
    length: Floats
    along: Floats
    across: Floats
    group: NDArray[np.intp]
    residual: Floats
    angle: Floats

    @property
    def students(self) -> int:
        return int(self.across.shape[1])

    @property
    def teachers(self) -> Floats:
        return self.unit[:, self.students :]

    @cached_property
    def own_group(self) -> NDArray[np.intp]:
        """Group of every row: (B, N)."""
        size, m = self.residual.shape[:2]
        return np.concatenate([self.group, np.broadcast_to(np.arange(m), (size, m))], axis=1)

    @cached_property
    def member(self) -> Floats:
        """1 where student b belongs to teacher l: (B, n, m)."""
        return (self.group[..., None] == np.arange(self.residual.shape[1])).astype(np.float64)

    @cached_property
    def other(self) -> Floats:
        """1 where row a lies in another group than student b, which belongs to one: (B, N, n)."""
        apart = self.own_group[:, :, None] != self.group[:, None, :]
        return (apart & (self.group >= 0)[:, None, :]).astype(np.float64)

    @cached_property
    def owner(self) -> NDArray[np.intp]:
        """Teacher index of every student, 0 for a loose one, whose entries are masked: (B, n)."""
        return np.maximum(self.group, 0)

    def to_owner(self, values: Floats) -> Floats:
        """values (B, rows, m) per teacher -> per student b, at its own teacher: (B, rows, n)."""
        index = np.broadcast_to(self.owner[:, None, :], (*values.shape[:2], self.students))
        return np.take_along_axis(values, index, axis=2)

    @cached_property
    def changes(self) -> tuple[Floats, Floats, Floats, Floats]:
        """(Δ, δ, q, cos φ) for all rows a and students b, (B, N, n); q is the coefficient of e_l."""
        angle = self.to_owner(self.angle)
        sine, cosine = np.sin(angle), np.cos(angle)
        products = self.unit @ self.across.swapaxes(-1, -2)
        inside = -products / np.where(sine > 1e-300, sine, np.inf)
        size = np.einsum("bik,bik->bi", self.across, self.across)[:, None, :]
        inside = np.clip(inside, -np.sqrt(size), np.sqrt(size))
        aside = np.maximum(size - inside**2, 0.0)
        along = self.along[:, None, :]
        height = along * sine + inside * cosine
        distance = np.sqrt(height**2 + aside)
        total = distance + height
        rise = np.where(height > 0, aside / np.where(total > 0, total, 1.0), distance - height)
        top, bottom = inside + rise * cosine, along + rise * sine
        turn = np.arctan2(top, bottom)
        ratio = top / np.where(bottom > 0, bottom, np.inf)
        small = (np.abs(ratio) <= 0.25) & (bottom > 0)
        near = rise * sine * ratio + along * _arctangent_defect(np.where(small, ratio, 0.0))
        return turn, rise, np.where(small, near, top - along * turn), cosine

    @cached_property
    def bilinear_pull(self) -> Floats:
        """Σ_{l ≠ g(a)} H(ā, e_l) v_l: (B, N, d)."""
        m = self.residual.shape[1]
        sine, cosine = np.sin(self.angle), np.cos(self.angle)
        own = np.einsum("bld,bld->bl", self.teachers, self.residual)[:, None]
        onto = self.unit @ self.residual.swapaxes(-1, -2)
        inverse = 1.0 / np.where(sine > 1e-12, sine, np.inf)
        elsewhere = (self.own_group[..., None] != np.arange(m)).astype(np.float64) * (2.0 / np.pi)
        first = (elsewhere * (own - cosine * onto) * inverse).sum(axis=2)[..., None] * self.unit
        second = (elsewhere * (cosine * own - onto) * inverse) @ self.teachers
        return np.asarray(first - second + (elsewhere * (np.pi / 2 - self.angle)) @ self.residual, dtype=np.float64)

    @cached_property
    def remainder_pull(self) -> Floats:
        """Σ_b s_b rem_b(a) over students b of other groups: (B, N, d)."""
        turn, rise, axial, cosine = self.changes
        strength = self.other * self.weights[:, None, : self.students] * (2.0 / np.pi)
        pull = (strength * rise).sum(axis=2)[..., None] * self.unit - (strength * turn) @ self.across
        coefficient = (strength * (axial - cosine * rise)) @ self.member
        return np.asarray(pull + coefficient @ self.teachers, dtype=np.float64)

    @cached_property
    def pull(self) -> Floats:
        """X(a) = Σ_{l ≠ g(a)} X_l(a): (B, N, d)."""
        return self.bilinear_pull + self.remainder_pull

    @cached_property
    def loss(self) -> Floats:
        """Σ_{i≠l} E R⁽ⁱ⁾R⁽ˡ⁾, and twice the same of the loose students with all groups: (B,)."""
        n = self.students
        linear = self.bilinear_pull[:, n:] + 2.0 * self.remainder_pull[:, n:]
        total = np.einsum("bld,bld->b", self.residual, linear)
        weights = self.weights[:, :n]
        loose = np.where(self.group < 0, weights * self.length, 0.0)
        total += 2.0 * np.einsum("bi,bid,bid->b", loose, self.unit[:, :n], self.pull[:, :n])
        return total + np.einsum("bi,bij,bj->b", weights, self._quartic[0], weights)

    @cached_property
    def loss_error(self) -> Floats:
        """A bound on |error of `loss`|: 30 (m + n + d) ulp of the moduli of the first sum, and that of the
        quartic part: (B,).
        """
        n, width = self.students, self.unit.shape[2]
        weights = np.abs(self.weights[:, :n])
        size = np.linalg.norm(self.residual, axis=2)
        linear = size @ np.ones(size.shape[1])
        turn, rise, axial, _ = (np.abs(part[:, n:]) for part in self.changes)
        far = np.linalg.norm(self.across, axis=2)[:, None, :]
        parts = (turn * far + rise + axial) * self.other[:, n:]
        crossing = np.einsum("bl,blj,bj->b", size, parts, weights)
        loose = np.where(self.group < 0, weights * self.length, 0.0)
        crossing = crossing + np.einsum("bi,bi->b", loose, np.linalg.norm(self.pull[:, :n], axis=2))
        rounding = 30 * EPS * (self.unit.shape[1] + width) * (linear**2 + 2.0 * crossing)
        return rounding + np.einsum("bi,bij,bj->b", weights, self._quartic[1], weights)

    @cached_property
    def _quartic(self) -> tuple[Floats, Floats]:
        return quartic(self)
