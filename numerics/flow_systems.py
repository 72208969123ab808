"""The flow as an ordinary differential equation in variables that stay well scaled for all time.

Time is τ = log(1 + t).  For one teacher and a 1-homogeneous activation the variables are (1+t)² r, the
effective students but one, and (1+t) times their components across the teacher: along the late-time law r ~
t⁻², z ~ t⁻¹ all of them are of order 1, so one tolerance fits all groups and errors are relative.  Every
other model is integrated in its weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from numerics.chain import push
from numerics.effective import effective_loss
from numerics.network import Network
from numerics.reduce import Reduction, reduce_dimension
from numerics.rows import Rows
from numerics.single_teacher import SingleTeacher
from numerics.stable import HomogeneousSplit, stable_form

__all__ = ["FlowSystem", "ResidualSystem", "WeightSystem", "flow_system"]

Floats = NDArray[np.float64]


class FlowSystem(Protocol):
    """dY/dτ = `rate`(τ, Y) with its Jacobian; `decode` gives weights, residual and loss at many times at
    once.
    """

    @property
    def reduction(self) -> Reduction: ...
    @property
    def clock(self) -> float: ...
    @property
    def start(self) -> Floats: ...
    def rate(self, tau: float, variables: Floats) -> Floats: ...
    def jacobian(self, tau: float, variables: Floats) -> Floats: ...
    def tolerance(self, relative: float, end: float) -> Floats: ...
    def decode(self, tau: Floats, variables: Floats) -> tuple[Floats, Floats, Floats]: ...
    def radial(self, tau: float, variables: Floats) -> tuple[Floats, Floats, Floats]: ...
    def resolution(self, relative: float) -> float: ...
    def loss_floor(self, tau: Floats, relative: float) -> Floats: ...


@dataclass(frozen=True, kw_only=True, eq=False)
class ResidualSystem:
    """One teacher ‖v‖ e₁, students u in units of ‖v‖ with the largest one replaced by r.

    ``order`` puts the replaced student first; ``flips`` turn students of an even activation to the teacher's
    side, which changes neither the loss nor the flow.
    """

    reduction: Reduction
    field: SingleTeacher
    unit: float
    residual: Floats
    effective: Floats
    order: NDArray[np.intp]
    flips: Floats

    @property
    def clock(self) -> float:
        """t of the model = clock · t of the normalised system."""
        return float(self.unit ** (-self.field.power))

    @cached_property
    def _exponents(self) -> Floats:
        """Growth exponents of the scaled variables: 2 for r, 1 across the teacher, 0 along it."""
        exponents = np.ones(self.effective.shape)
        exponents[:, 0] = 0.0
        exponents[0] = 2.0
        return exponents.ravel()

    @cached_property
    def start(self) -> Floats:
        return np.concatenate([self.residual[None], self.effective[1:]]).ravel()

    def _unpack(self, variables: Floats) -> tuple[Floats, Floats]:
        """(r, u) of unscaled variables (T, n k): (T, k), (T, n, k)."""
        n, width = self.effective.shape
        rows = variables.reshape(-1, n, width)
        weights = self.field.weights
        residual, students = rows[:, 0], rows.copy()
        rest = np.einsum("j,tjk->tk", weights[1:n], rows[:, 1:])
        first = residual - rest
        first[:, 0] -= weights[n]
        students[:, 0] = first / weights[0]
        return residual, students

    def rate(self, tau: float, variables: Floats) -> Floats:
        stretch = np.exp(tau) ** self._exponents
        residual, students = self._unpack(variables / stretch)
        velocity = self.field.velocity(residual, students)[0]
        moved = np.concatenate([(self.field.weights[:-1] @ velocity)[None], velocity[1:]]).ravel()
        return np.asarray(self._exponents * variables + np.exp(tau) * stretch * moved, dtype=np.float64)

    def jacobian(self, tau: float, variables: Floats) -> Floats:
        stretch = np.exp(tau) ** self._exponents
        residual, students = self._unpack(variables / stretch)
        by_residual, by_student = self.field.jacobian(residual[0], students[0])
        n, width = self.effective.shape
        ratio = self.field.weights[1:n] / self.field.weights[0]
        full = np.empty((n, width, n, width))
        full[:, :, 0] = by_residual + by_student[:, :, 0] / self.field.weights[0]
        full[:, :, 1:] = by_student[:, :, 1:] - ratio[:, None] * by_student[:, :, :1]
        full[0] = np.einsum("i,iljm->ljm", self.field.weights[:n], full)
        matrix = np.exp(tau) * stretch[:, None] * full.reshape(n * width, n * width) / stretch
        matrix[np.diag_indices_from(matrix)] += self._exponents
        return matrix

    def tolerance(self, relative: float, end: float) -> Floats:
        return np.full(self.start.shape, 0.1 * relative)

    def decode(self, tau: Floats, variables: Floats) -> tuple[Floats, Floats, Floats]:
        stretch = np.exp(tau)[:, None] ** self._exponents
        residual, students = self._unpack(variables / stretch)
        loss = self.field.loss(residual, students) * self.unit**2
        length = np.linalg.norm(students, axis=-1, keepdims=True)
        power = self.field.growth / (self.field.growth + 1.0)
        safe = np.where(length > 0, length, 1.0)
        weights = students / safe**power * self.unit ** (1.0 - power)
        ordered = np.empty_like(weights)
        ordered[:, self.order] = weights
        return ordered * self.flips[:, None], residual * self.unit, loss

    def resolution(self, relative: float) -> float:
        """Weights below this are not told from 0."""
        return self.unit * relative

    def loss_floor(self, tau: Floats, relative: float) -> Floats:
        """Loss of an error of one absolute tolerance in every variable: below it, digits mean nothing."""
        n, width = self.effective.shape
        error = relative * np.sqrt(n * width)
        residual, across = error * np.exp(-2.0 * tau), error * np.exp(-tau)
        return np.asarray(self.unit**2 * self.field.scale * (residual**2 + n * across**3), dtype=np.float64)

    def radial(self, tau: float, variables: Floats) -> tuple[Floats, Floats, Floats]:
        residual, students = self._unpack(variables / np.exp(tau) ** self._exponents)
        velocity = self.field.velocity(residual, students)[0]
        lengths, inward, sideways = _radial(students[0], velocity)
        return tuple(_scatter(self.order, value) for value in (lengths, inward, sideways))  # type: ignore[return-value]


@dataclass(frozen=True, kw_only=True, eq=False)
class WeightSystem:
    """Any model in its weights w (reduced coordinates)."""

    reduction: Reduction
    network: Network

    @property
    def clock(self) -> float:
        return 1.0

    @cached_property
    def start(self) -> Floats:
        return self.reduction.students.ravel().copy()

    def _rows(self, variables: Floats) -> Rows:
        students = variables.reshape(-1, self.network.n, self.reduction.dimension)
        size = len(students)
        template = self.network._rows
        teachers = np.broadcast_to(
            template.raw[:, self.network.n :], (size, self.network.m, students.shape[-1])
        )
        raw = np.concatenate([students, teachers], axis=1)
        weights = np.broadcast_to(template.weights, (size, raw.shape[1]))
        return Rows(raw=raw, weights=weights, students=self.network.n, growth=template.growth)

    def _gradient(self, rows: Rows) -> Floats:
        form = effective_loss(self.network.activation, float(self.network.scale), rows)
        n = self.network.n
        effective = np.where(rows.zero[:, :n, None], 0.0, form.gradient)
        return push(self.network.parametrisation, rows.unit[:, :n], rows.norms[:, :n], effective)

    def rate(self, tau: float, variables: Floats) -> Floats:
        return np.asarray(-np.exp(tau) * self._gradient(self._rows(variables)).ravel(), dtype=np.float64)

    def jacobian(self, tau: float, variables: Floats) -> Floats:
        students = variables.reshape(self.network.n, -1)
        matrix = self.network.replace_students(students).hessian()
        return np.asarray(-np.exp(tau) * np.nan_to_num(matrix), dtype=np.float64)

    def tolerance(self, relative: float, end: float) -> Floats:
        scale = max(np.abs(self.start).max(), np.abs(self.reduction.teachers).max())
        return np.full(self.start.shape, scale * max(1e-14, 0.1 * relative / max(1.0, end)))

    def decode(self, tau: Floats, variables: Floats) -> tuple[Floats, Floats, Floats]:
        rows = self._rows(variables)
        form = effective_loss(self.network.activation, float(self.network.scale), rows)
        return rows.raw[:, : self.network.n], rows.residual, form.loss

    def resolution(self, relative: float) -> float:
        """Weights below this are not told from 0."""
        return 10.0 * float(self.tolerance(relative, 1.0).max())

    def loss_floor(self, tau: Floats, relative: float) -> Floats:
        """Loss of an error of one absolute tolerance in every weight: below it, digits mean nothing."""
        end = float(np.expm1(tau[-1]))
        size = self.network.n * self.reduction.dimension
        error = float(self.tolerance(relative, end).max()) * np.sqrt(size) * float(self._slope)
        return np.full(tau.shape, error**2)

    @cached_property
    def _slope(self) -> float:
        """Size of the Hessian at the start: turns an error of the weights into one of the output."""
        return float(np.sqrt(np.abs(np.nan_to_num(self.network.hessian())).max()))

    def radial(self, tau: float, variables: Floats) -> tuple[Floats, Floats, Floats]:
        students = variables.reshape(self.network.n, -1)
        return _radial(students, -self._gradient(self._rows(variables))[0])


def _radial(students: Floats, velocity: Floats) -> tuple[Floats, Floats, Floats]:
    """(ρ, −ρ̇, ‖tangential velocity‖) per neuron."""
    lengths = np.linalg.norm(students, axis=-1)
    unit = students / np.where(lengths > 0, lengths, 1.0)[:, None]
    outward = np.einsum("ik,ik->i", unit, velocity)
    return lengths, -outward, np.linalg.norm(velocity - outward[:, None] * unit, axis=-1)


def _scatter(order: NDArray[np.intp], values: Floats) -> Floats:
    result = np.empty_like(values)
    result[order] = values
    return result


def flow_system(network: Network) -> FlowSystem:
    """The best conditioned system for a single (not batched) network."""
    students, teachers = np.asarray(network.students), np.asarray(network.teachers)
    reduction = reduce_dimension(students, teachers)
    form = stable_form(network.activation)
    rows = network._rows
    alive = not rows.zero.any() and bool((rows.weights != 0).all())
    if isinstance(form, HomogeneousSplit) and network.m == 1 and alive:
        return _residual_system(network, reduction, form)
    reduced = Network(
        model=network.model,
        students=reduction.students,
        teachers=reduction.teachers,
        student_weights=network.student_weights,
        teacher_weights=network.teacher_weights,
    )
    return WeightSystem(reduction=reduction, network=reduced)


def _residual_system(network: Network, reduction: Reduction, form: HomogeneousSplit) -> ResidualSystem:
    rows, n = network._rows, network.n
    unit = float(rows.norms[0, n])
    flips = np.ones(n)
    if form.odd == 0:
        flips = np.where(reduction.students[:, 0] < 0, -1.0, 1.0)
    factor = np.ones(n) if rows.factor is None else rows.factor[0][0, :n]
    effective = reduction.students * (flips * factor)[:, None] / unit
    residual = rows.weighted_sum(np.append(flips, 1.0)[None])[0] / unit
    assert reduction.basis is not None
    order = np.argsort(-np.abs(rows.strengths[0, :n]), kind="stable")
    field = SingleTeacher(
        weights=np.append(rows.weights[0, :n][order], rows.weights[0, n]),
        teacher=1.0,
        scale=float(network.scale),
        kappa=float(form.kappa),
        gamma=float(form.gamma),
        growth=network.parametrisation.exponent,
    )
    return ResidualSystem(
        reduction=reduction,
        field=field,
        unit=unit,
        residual=residual @ reduction.basis.T,
        effective=effective[order],
        order=order,
        flips=flips,
    )
