"""The flow towards one teacher ‖v‖ e₁ in the variables (1+t)² r and, for all students but the largest, (h,
(1+t) z).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.flow_systems import Carried, Decoded, FlowSystem, Heading, group_levels, heading
from numerics.dynamics.reduce import Reduction
from numerics.dynamics.single_teacher import SingleTeacher
from numerics.network import Network
from numerics.stable.forms import HomogeneousSplit

__all__ = ["ResidualSystem", "residual_system"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class ResidualSystem:
    """Students u in units ``unit`` of ‖v‖, ``order`` putting the largest first, where ``residual`` r takes
    its place.

    ``flips`` turn students of an even activation to the teacher's side, which changes neither the loss nor
    the flow.
    """

    reduction: Reduction
    field: SingleTeacher
    unit: float
    residual: Floats
    effective: Floats
    order: NDArray[np.intp]
    flips: Floats
    even: bool

    @property
    def clock(self) -> float:
        return float(self.unit ** (-self.field.metric.power))

    @cached_property
    def exponents(self) -> Floats:
        """Growth exponents of the scaled variables: 2 for r, 1 across the teacher, 0 along it."""
        exponents = np.ones(self.effective.shape)
        exponents[:, 0] = 0.0
        exponents[0] = 2.0
        return exponents.ravel()

    def initial(self, tau: float) -> Floats:
        start = np.concatenate([self.residual[None], self.effective[1:]]).ravel()
        return np.asarray(start * np.exp(tau) ** self.exponents, dtype=np.float64)

    def _unpack(self, variables: Floats) -> tuple[Floats, Floats]:
        """(r, u) of unscaled variables (T, n k): (T, k), (T, n, k)."""
        n, width = self.effective.shape
        rows = variables.reshape(-1, n, width)
        weights = self.field.weights
        residual, students = rows[:, 0], rows.copy()
        first = residual - np.einsum("j,tjk->tk", weights[1:n], rows[:, 1:])
        first[:, 0] -= weights[n]
        students[:, 0] = first / weights[0]
        return residual, students

    def rate(self, tau: float, variables: Floats) -> Floats:
        stretch = np.exp(tau) ** self.exponents
        residual, students = self._unpack(variables / stretch)
        velocity = self.field.velocity(residual, students)[0]
        moved = np.concatenate([(self.field.weights[:-1] @ velocity)[None], velocity[1:]]).ravel()
        return np.asarray(self.exponents * variables + np.exp(tau) * stretch * moved, dtype=np.float64)

    def jacobian(self, tau: float, variables: Floats) -> Floats:
        stretch = np.exp(tau) ** self.exponents
        residual, students = self._unpack(variables / stretch)
        by_residual, by_student = self.field.jacobian(residual[0], students[0])
        n, width = self.effective.shape
        ratio = self.field.weights[1:n] / self.field.weights[0]
        full = np.empty((n, width, n, width))
        full[:, :, 0] = by_residual + by_student[:, :, 0] / self.field.weights[0]
        full[:, :, 1:] = by_student[:, :, 1:] - ratio[:, None] * by_student[:, :, :1]
        full[0] = np.einsum("i,iljm->ljm", self.field.weights[:n], full)
        matrix = np.exp(tau) * stretch[:, None] * full.reshape(n * width, n * width) / stretch
        matrix[np.diag_indices_from(matrix)] += self.exponents
        return matrix

    @property
    def separable(self) -> bool:
        """Whether the diagonal leads to steps as long as the Jacobian does: not where ‖w‖ couples the directions."""
        return self.field.metric.gain == 0

    def diagonal(self, tau: float, variables: Floats) -> Floats:
        """The diagonal of `jacobian`, at the cost of a right-hand side."""
        residual, students = self._unpack(variables / np.exp(tau) ** self.exponents)
        by_residual, cross, own = self.field.diagonal(residual[0], students[0])
        weights = self.field.weights[:-1]
        full = own - weights[:, None] / weights[0] * cross
        full[0] = weights @ (by_residual + cross / weights[0]) + own[0]
        return np.asarray(np.exp(tau) * full.ravel() + self.exponents, dtype=np.float64)

    def levels(self, variables: Floats) -> Floats:
        return group_levels(self.exponents, variables)

    def tolerance(self, relative: float, end: float, levels: Floats) -> Floats:
        return np.asarray(0.1 * relative * levels[self.exponents.astype(int)], dtype=np.float64)

    def decode(self, tau: Floats, variables: Floats) -> Decoded:
        residual, students = self._unpack(variables / np.exp(tau)[:, None] ** self.exponents)
        length = np.linalg.norm(students, axis=-1, keepdims=True)
        power = 0.5 * self.field.metric.power
        weights = students / np.where(length > 0, length, 1.0) ** power * self.unit ** (1.0 - power)
        ordered = np.empty_like(weights)
        ordered[:, self.order] = weights
        return Decoded(
            weights=ordered * self.flips[:, None],
            residual=self._plain(residual, students) * self.unit,
            loss=self.field.loss(residual, students) * self.unit**2,
            slope=self.field.descent(residual, students)[1] * self.unit**2 / self.clock,
        )

    def _plain(self, residual: Floats, students: Floats) -> Floats:
        """Σ a u − ω v of the students as they are, which is r itself unless some were turned: (T, k)."""
        turned = np.where(self.flips < 0, self.field.weights[:-1][np.argsort(self.order)], 0.0)
        total = np.empty_like(students)
        total[:, self.order] = students
        return np.asarray(residual - 2.0 * np.einsum("i,tik->tk", turned, total), dtype=np.float64)

    def carried(self, tau: float, variables: Floats) -> Carried:
        residual, students = self._unpack(variables / np.exp(tau) ** self.exponents)
        return Carried(
            residuals=residual * self.unit,
            total=self._plain(residual, students)[0] * self.unit,
            group=np.zeros(len(self.flips), dtype=np.intp),
            flips=self.flips,
        )

    def sizes(self, tau: float, variables: Floats) -> Floats:
        _, students = self._unpack(variables / np.exp(tau) ** self.exponents)
        return np.asarray(np.linalg.norm(students[0], axis=1), dtype=np.float64)

    def heading(self, tau: float, variables: Floats) -> Heading:
        residual, students = self._unpack(variables / np.exp(tau) ** self.exponents)
        values = heading(students[0], self.field.velocity(residual, students)[0])
        back = np.argsort(self.order)
        return values[0][back], values[1][back], values[2][back]

    def resolution(self, relative: float) -> float:
        return relative

    def loss_floor(self, tau: Floats, relative: float) -> Floats:
        n, width = self.effective.shape
        error = relative * np.sqrt(n * width)
        residual, across = error * np.exp(-2.0 * tau), error * np.exp(-tau)
        return np.asarray(self.unit**2 * self.field.scale * (residual**2 + n * across**3), dtype=np.float64)

    def regroup(self, tau: float, variables: Floats) -> FlowSystem | None:
        if not self.even:
            return None
        residual, students = (part[0] for part in self._unpack(variables / np.exp(tau) ** self.exponents))
        astray = students[:, 0] < -0.1 * np.linalg.norm(students, axis=1)
        if not astray.any():
            return None
        residual = residual - 2.0 * (self.field.weights[:-1] * astray) @ students
        side = np.where(astray, -1.0, 1.0)
        flips = self.flips.copy()
        flips[self.order] *= side
        return replace(self, residual=residual, effective=students * side[:, None], flips=flips)

    def plateau(self, tau: float, variables: Floats) -> FlowSystem | None:
        return None


def residual_system(
    network: Network, form: HomogeneousSplit, reduction: Reduction, carried: Carried | None = None
) -> ResidualSystem:
    """The system of a single reduced network with one teacher, no zero rows and no zero output weights.

    The teacher lies on the first axis; r is the one ``carried`` along where it is of the same students.
    """
    rows, n = network._rows, network.n
    unit, even = float(rows.norms[0, n]), form.odd == 0
    flips = np.where(even & (reduction.students[:, 0] < 0), -1.0, 1.0)
    factor = np.ones(n) if rows.factor is None else rows.factor[0, :n]
    effective = reduction.students * (flips * factor)[:, None] / unit
    if carried is not None and (carried.flips == flips).all():
        residual = carried.residuals[0] / unit
    else:
        residual = rows.weighted_sum(np.append(flips, 1.0)[None, None])[0, 0] / unit
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
        residual=residual,
        effective=effective[order],
        order=order,
        flips=flips,
        even=even,
    )
