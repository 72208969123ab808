"""Gradient descent towards one teacher, with the residual r = Σ a_i u_i − ω v as a variable.

The teacher is turned to the first axis and scaled to 1.  One step w⁺ = w − η∇L(w) moves u = ‖w‖^κ w by

    u⁺ − u = ρ⁺^κ δ + (ρ⁺ − ρ) (ρ⁺^(κ−1) + … + ρ^(κ−1)) w,   δ = w⁺ − w,   ρ⁺ − ρ = ⟨w⁺ + w, δ⟩ / (ρ⁺ + ρ),

an identity without cancellation, so that r ← r + Σ a_i (u_i⁺ − u_i) keeps its digits; the largest student
then follows from r.  These are the exact steps of descent, with rounding relative to r and to the components
across v, so that a loss of 1e-25 has digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.reduce import reduce_dimension
from numerics.dynamics.single_teacher import SingleTeacher
from numerics.network import Network
from numerics.stable.forms import HomogeneousSplit

__all__ = ["ResidualStepper"]

Floats = NDArray[np.float64]


class ResidualStepper:
    """Variables (r, w), students turned to the teacher's side where the activation is even: (B, k), (B, n,
    k).
    """

    method = "population gradient, residual as a variable"

    def __init__(
        self, net: Network, eta: Floats, form: HomogeneousSplit, carry: Mapping[str, Floats] | None = None
    ) -> None:
        rows, n, self._growth = net._rows, net.n, net.parametrisation.exponent
        size, norms = rows.raw.shape[0], rows.norms[:, n]
        self._shape, self._weights = net.batch_shape, rows.weights
        self._axis: Floats | None = None
        self.basis: Floats | None = None
        self.teachers = np.asarray(net.teachers)
        if net.batch_shape:
            self._axis = rows.unit[:, n]
            students = _turn(rows.raw[:, :n], self._axis)
        else:
            reduction = reduce_dimension(net.students, net.teachers)
            students, self.teachers, self.basis = (
                reduction.students[None],
                reduction.teachers,
                reduction.basis,
            )
        if carry:
            self._flips = carry["flips"].reshape(size, n)
            residual = carry["turned_residual"].reshape(size, -1)
        else:
            side = (students[..., 0] < 0) & (form.odd == 0)
            self._flips = np.where(side, -1.0, 1.0)
            signs = np.concatenate([self._flips, np.ones((size, 1))], axis=1)
            residual = rows.weighted_sum(signs[:, None])[:, 0]
        if self._axis is not None:
            residual = _turn(residual[:, None], self._axis)[:, 0]
        elif self.basis is not None:
            residual = residual @ self.basis.T
        # Units in which the teacher has norm 1: u in ‖v‖, w in its (κ+1)-th root, and the step accordingly.
        self._unit, self._root = norms[:, None], norms[:, None, None] ** (1.0 / (self._growth + 1))
        self._eta = eta.reshape(-1, 1, 1) * (norms[:, None, None] / self._root) ** 2
        self._students = students * self._flips[..., None] / self._root
        self._residual = residual / self._unit
        self._largest = np.abs(rows.strengths[:, :n]).argmax(axis=1)
        self._batch = np.arange(size)
        self._field = SingleTeacher(
            weights=rows.weights,
            teacher=1.0,
            scale=float(net.scale),
            kappa=float(form.kappa),
            gamma=float(form.gamma),
            growth=self._growth,
        )

    def _effective(self, students: Floats) -> Floats:
        if self._growth == 0:
            return students
        return students * np.linalg.norm(students, axis=-1, keepdims=True) ** self._growth

    def advance(self, count: int = 1) -> None:
        for _ in range(count):
            self._one_step()

    def _one_step(self) -> None:
        students, growth = self._students, self._growth
        shape = self._field.shape(self._effective(students))
        gradient = self._field.effective_gradient(self._residual, shape)
        n = students.shape[1]
        if growth == 0:
            change = moved = -self._eta * gradient
            students += change
        else:
            unit = shape.unit[:, :n]
            length = np.linalg.norm(students, axis=-1, keepdims=True)
            radial = np.einsum("bik,bik->bi", unit, gradient)[..., None]
            change = -self._eta * length**growth * (gradient + growth * radial * unit)
            after = students + change
            longer = np.linalg.norm(after, axis=-1, keepdims=True)
            gain = np.einsum("bik,bik->bi", after + students, change)[..., None] / (longer + length)
            powers = sum(longer**k * length ** (growth - 1 - k) for k in range(growth))
            moved = longer**growth * change + gain * powers * students
            self._students = students = after
        self._residual += np.einsum("bi,bik->bk", self._weights[:, :n], moved)
        # The largest student follows from r, so that r and the weights never drift apart.
        own = (self._batch, self._largest)
        weight, effective = self._weights[own][:, None], self._effective(students)
        others = np.einsum("bi,bik->bk", self._weights[:, :n], effective) - weight * effective[own]
        first = self._residual - others
        first[:, 0] -= self._weights[:, n]
        first /= weight
        if growth:
            first /= np.linalg.norm(first, axis=-1, keepdims=True) ** (growth / (growth + 1))
        students[own] = first

    def snapshot(self) -> Any:
        return self._students.copy(), self._residual.copy()

    def carry(self) -> dict[str, Floats]:
        """r of the turned students in the coordinates of the states, and how they are turned."""
        residual = self._residual * self._unit
        residual = residual if self._axis is None else _turn(residual[:, None], self._axis)[:, 0]
        return {
            "turned_residual": residual.reshape(*self._shape, -1),
            "flips": self._flips.reshape(*self._shape, -1),
        }

    def finite(self) -> bool:
        return bool(np.isfinite(self._students).all(axis=(1, 2)).any())

    def decode(self, snapshots: list[Any]) -> tuple[Floats, Floats, Floats, dict[str, Floats]]:
        states, residuals, losses = [], [], []
        turned = self._weights[:, : self._students.shape[1]] * (self._flips < 0)
        for students, residual in snapshots:
            effective = self._effective(students)
            losses.append(self._field.loss(residual, effective) * self._unit[:, 0] ** 2)
            plain = (residual - 2.0 * np.einsum("bi,bik->bk", turned, effective)) * self._unit
            weights = students * self._flips[..., None] * self._root
            states.append(weights if self._axis is None else _turn(weights, self._axis))
            residuals.append(plain if self._axis is None else _turn(plain[:, None], self._axis)[:, 0])
        shape, width = (len(snapshots), *self._shape), self._students.shape[-1]
        return (
            np.array(states).reshape(*shape, -1, width),
            np.array(residuals).reshape(*shape, width),
            np.array(losses).reshape(shape),
            {},
        )


def _turn(vectors: Floats, axis: Floats) -> Floats:
    """The reflection that takes unit vectors ``axis`` (B, d) to e₁ and back, on vectors (B, rows, d)."""
    mirror = axis.copy()
    sign = np.where(axis[:, 0] < 0, -1.0, 1.0)
    mirror[:, 0] += sign
    mirror /= np.linalg.norm(mirror, axis=1, keepdims=True)
    turned = vectors - 2.0 * np.einsum("brd,bd->br", vectors, mirror)[..., None] * mirror[:, None]
    # The mirror takes axis to −sign e₁; the whole map is its own inverse.
    return np.asarray(turned * -sign[:, None, None], dtype=np.float64)
