"""One step of gradient descent, in the variables that lose least.

`ResidualStepper`: one teacher, a 1-homogeneous activation, u = w.  The teacher is turned to the first axis
and scaled to 1; r = Σ a_i w_i − ω v is a variable, r ← r − η Σ a_i ∇_i, and the largest student follows from
it.  These are the exact steps of w ← w − η∇L(w), with rounding that stays relative to r and to the components
across v, so that a loss of 1e-25 has digits. `PopulationStepper`: any model, weights as they are.
`SampleStepper`: the empirical gradient.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from numerics.chain import push
from numerics.effective import EffectiveLoss, effective_loss
from numerics.network import Network
from numerics.reduce import reduce_dimension
from numerics.rows import Rows
from numerics.samples import SampleLoss
from numerics.single_teacher import SingleTeacher
from numerics.stable import HomogeneousSplit, stable_form

__all__ = ["Stepper", "choose_stepper"]

Floats = NDArray[np.float64]
Decoded = tuple[Floats, Floats, Floats, dict[str, Floats]]


class Stepper(Protocol):
    """A run in progress; `decode` turns snapshots into (states, residual, population loss, further
    quantities).
    """

    method: str
    teachers: Floats
    basis: Floats | None

    def advance(self) -> None: ...
    def snapshot(self) -> Any: ...
    def finite(self) -> bool: ...
    def decode(self, snapshots: list[Any]) -> Decoded: ...


class PopulationStepper:
    """Weights (B, n, k) of any model, reduced to the span of the start where that is smaller."""

    method = "population gradient, weights"

    def __init__(self, net: Network, eta: Floats) -> None:
        self.basis: Floats | None = None
        students, self.teachers = np.asarray(net.students), np.asarray(net.teachers)
        if not net.batch_shape and net.n + net.m < net.d:
            reduction = reduce_dimension(students, self.teachers)
            students, self.teachers, self.basis = reduction.students, reduction.teachers, reduction.basis
        self._net, self._eta = net, eta.reshape(-1, 1, 1)
        batch, width = net.batch_shape, students.shape[-1]
        self._weights = net._rows.weights
        self._fixed = np.broadcast_to(self.teachers, (*batch, net.m, width)).reshape(-1, net.m, width)
        self._students = np.broadcast_to(students, (*batch, net.n, width)).reshape(-1, net.n, width).copy()

    def _form(self, students: Floats, fixed: Floats, weights: Floats) -> tuple[Rows, EffectiveLoss]:
        raw = np.concatenate([students, fixed], axis=1)
        rows = Rows(raw=raw, weights=weights, students=self._net.n, growth=self._net.parametrisation.exponent)
        return rows, effective_loss(self._net.activation, float(self._net.scale), rows)

    def advance(self) -> None:
        rows, form = self._form(self._students, self._fixed, self._weights)
        n, parametrisation = self._net.n, self._net.parametrisation
        effective = form.gradient
        if parametrisation.exponent:
            effective = np.where(rows.zero[:, :n, None], 0.0, effective)
        self._students -= self._eta * push(parametrisation, rows.unit[:, :n], rows.norms[:, :n], effective)

    def snapshot(self) -> Any:
        return self._students.copy()

    def finite(self) -> bool:
        return bool(np.isfinite(self._students).all(axis=(1, 2)).any())

    def decode(self, snapshots: list[Any]) -> Decoded:
        count, size = len(snapshots), len(self._students)
        students = np.concatenate(snapshots)
        alive = np.isfinite(students).all(axis=(1, 2))
        fixed, weights = np.tile(self._fixed, (count, 1, 1)), np.tile(self._weights, (count, 1))
        loss = np.full(count * size, np.nan)
        residual = np.full((count * size, students.shape[-1]), np.nan)
        if alive.any():
            rows, form = self._form(students[alive], fixed[alive], weights[alive])
            loss[alive], residual[alive] = form.loss, rows.residual
        shape = (count, *self._net.batch_shape)
        width = students.shape[-1]
        states = students.reshape(*shape, self._net.n, width)
        return states, residual.reshape(*shape, width), loss.reshape(shape), {}


class SampleStepper(PopulationStepper):
    """Weights (B, n, d) driven by the empirical gradient on what ``draw`` returns at every step."""

    method = "sample gradient"

    def __init__(self, net: Network, eta: Floats, draw: Callable[[], Floats]) -> None:
        self.basis = None
        self.teachers = np.asarray(net.teachers)
        self._net, self._eta, self._draw = net, eta.reshape(-1, 1, 1), draw
        rows = net._rows
        self._weights, self._fixed = rows.weights, rows.raw[:, net.n :]
        self._students = rows.raw[:, : net.n].copy()
        self._empirical = SampleLoss(model=net.model, teachers=self._fixed, weights=rows.weights)
        self._next = draw()

    def advance(self) -> None:
        _, gradient = self._empirical.gradient(self._students, self._next)
        self._students -= self._eta * gradient
        self._next = self._draw()

    def snapshot(self) -> Any:
        loss, _ = self._empirical.gradient(self._students, self._next)
        return self._students.copy(), loss

    def decode(self, snapshots: list[Any]) -> Decoded:
        states, residual, loss, _ = super().decode([students for students, _ in snapshots])
        sample_loss = np.array([value for _, value in snapshots]).reshape(loss.shape)
        return states, residual, loss, {"sample_loss": sample_loss}


class ResidualStepper:
    """Variables (r, w) of one teacher on the first axis, in units of its norm: (B, k), (B, n, k)."""

    method = "population gradient, residual as a variable"

    def __init__(self, net: Network, eta: Floats, form: HomogeneousSplit) -> None:
        rows, n = net._rows, net.n
        size = rows.raw.shape[0]
        self._axis: Floats | None = None
        self._shape, self._eta = net.batch_shape, eta.reshape(-1, 1, 1)
        self._unit = rows.norms[:, n, None, None]
        self.basis: Floats | None = None
        if size == 1 and not net.batch_shape:
            reduction = reduce_dimension(np.asarray(net.students), np.asarray(net.teachers))
            assert reduction.basis is not None
            students, self.teachers, self.basis = (
                reduction.students[None],
                reduction.teachers,
                reduction.basis,
            )
            residual = rows.residual @ reduction.basis.T
        else:
            students = _turn(rows.raw[:, :n], rows.unit[:, n])
            residual = _turn(rows.residual[:, None], rows.unit[:, n])[:, 0]
            self.teachers, self._axis = np.asarray(net.teachers), rows.unit[:, n]
        self._students, self._residual = students / self._unit, residual / self._unit[:, 0]
        self._weights = rows.weights
        self._largest = np.abs(rows.strengths[:, :n]).argmax(axis=1)
        self._batch = np.arange(size)
        self._field = SingleTeacher(
            weights=rows.weights,
            teacher=1.0,
            scale=float(net.scale),
            kappa=float(form.kappa),
            gamma=float(form.gamma),
            growth=0,
        )

    def advance(self) -> None:
        students, n = self._students, self._students.shape[1]
        change = self._eta * self._field.velocity(self._residual, students)
        students += change
        self._residual += np.einsum("bi,bik->bk", self._weights[:, :n], change)
        # The largest student follows from r, so that r and the weights never drift apart.
        own = (self._batch, self._largest)
        weight = self._weights[own][:, None]
        others = np.einsum("bi,bik->bk", self._weights[:, :n], students) - weight * students[own]
        first = self._residual - others
        first[:, 0] -= self._weights[:, n]
        students[own] = first / weight

    def snapshot(self) -> Any:
        return self._students.copy(), self._residual.copy()

    def finite(self) -> bool:
        return bool(np.isfinite(self._students).all(axis=(1, 2)).any())

    def decode(self, snapshots: list[Any]) -> Decoded:
        students = np.array(
            [state if self._axis is None else _turn(state, self._axis) for state, _ in snapshots]
        )
        turned = (
            value if self._axis is None else _turn(value[:, None], self._axis)[:, 0] for _, value in snapshots
        )
        residual = np.array(list(turned))
        loss = np.array([self._field.loss(r, w) for w, r in snapshots]) * self._unit[:, 0, 0] ** 2
        shape, width = (len(snapshots), *self._shape), students.shape[-1]
        states = (students * self._unit).reshape(*shape, -1, width)
        return states, (residual * self._unit[:, 0]).reshape(*shape, width), loss.reshape(shape), {}


def _turn(vectors: Floats, axis: Floats) -> Floats:
    """The reflection that takes the unit vectors ``axis`` (B, d) to e₁ and back, applied to vectors (B, rows,
    d).
    """
    mirror = axis.copy()
    sign = np.where(axis[:, 0] < 0, -1.0, 1.0)
    mirror[:, 0] += sign
    mirror /= np.linalg.norm(mirror, axis=1, keepdims=True)
    turned = vectors - 2.0 * np.einsum("brd,bd->br", vectors, mirror)[..., None] * mirror[:, None]
    # The mirror takes axis to −sign e₁; the whole map is its own inverse.
    return np.asarray(turned * -sign[:, None, None], dtype=np.float64)


def choose_stepper(net: Network, eta: Floats, draw: Callable[[], Floats] | None) -> Stepper:
    """The stepper for a network, a step size per instance, and a source of samples or None."""
    if draw is not None:
        return SampleStepper(net, eta, draw)
    form, rows = stable_form(net.activation), net._rows
    alive = not rows.zero.any() and bool((rows.weights != 0).all())
    if isinstance(form, HomogeneousSplit) and net.m == 1 and net.parametrisation.exponent == 0 and alive:
        return ResidualStepper(net, eta, form)
    return PopulationStepper(net, eta)
