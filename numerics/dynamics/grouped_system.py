"""The flow among several teachers: students as (h, (1+t) z), but (1+t)² v_l in place of one per teacher, and (1+t)² r
in place of the h of as many turned students.

At a minimum of ReLU with turned students their sum Σ a_i h_i e_{g(i)} is fixed, so that without r as variables a
change of one h alone would move them off their teachers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.flow_systems import Carried, Decoded, FlowSystem, Heading, group_levels, heading
from numerics.dynamics.grouped_field import GroupedField
from numerics.dynamics.plateau_system import RESOLVED, PlateauSystem
from numerics.dynamics.reduce import Reduction
from numerics.network import Network

__all__ = ["GroupedSystem"]

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

SWITCH = 0.7
# A student this much nearer to its teacher than that one to the next is never given to another.
SETTLED = 0.02
DIFFERENCE = 1e-7
# (1+t)² ‖r‖ in units of the teachers below which r is small enough to be a variable.
SMALL = 1e4


@dataclass(frozen=True, kw_only=True, eq=False)
class GroupedSystem:
    """``students`` (n, k) turned, ``residuals`` (m, k) local, ``total`` r (k,) common, in units ``unit``.

    ``largest`` (m,) is the student that v_l replaces, −1 where a teacher has none; ``pivots`` (k,) are turned
    students on independent lines, whose h the coordinates of r replace, none where r follows from the rest.
    ``turned``: such students exist; ``rebuild`` makes the system of other weights, with or without pivots.
    """

    reduction: Reduction
    network: Network
    field: GroupedField
    unit: float
    students: Floats
    residuals: Floats
    total: Floats
    largest: Indices
    pivots: Indices
    turned: bool
    rebuild: Callable[[Floats, Carried | None, bool], FlowSystem]

    @property
    def clock(self) -> float:
        return float(self.unit ** (-self.field.metric.power))

    @cached_property
    def _replaced(self) -> tuple[Indices, Indices]:
        """(teachers with students, the student replaced by their residual)."""
        teachers = np.flatnonzero(self.largest >= 0)
        return teachers, self.largest[teachers]

    @cached_property
    def exponents(self) -> Floats:
        """Growth exponents of the scaled variables: 2 for v_l and r, 1 across the teacher, 0 along it."""
        exponents = np.ones(self.students.shape)
        exponents[:, 0] = 0.0
        exponents[self._replaced[1]] = 2.0
        exponents[self.pivots, 0] = 2.0
        return exponents.ravel()

    @cached_property
    def _member(self) -> Floats:
        """s_b where student b belongs to teacher l: (m, n)."""
        belongs = np.arange(len(self.field.teachers))[:, None] == self.field.group
        return np.asarray(belongs * self.field.weights[: self.field.n], dtype=np.float64)

    @cached_property
    def _from_excess(self) -> Floats:
        """The matrix that solves 2 Σ a_i h_i e_{g(i)} = x over the pivots for h: (k, k)."""
        lines = self.field.frames[self.field.group[self.pivots], 0]
        return np.asarray(np.linalg.inv(2.0 * self.field.weights[self.pivots] * lines.T), dtype=np.float64)

    def initial(self, tau: float) -> Floats:
        teachers, students = self._replaced
        start = self.students.copy()
        start[students] = self.residuals[teachers]
        if len(self.pivots):
            start[self.pivots, 0] = self.total
        return np.asarray(start.ravel() * np.exp(tau) ** self.exponents, dtype=np.float64)

    def _unpack(self, variables: Floats) -> tuple[Floats, Floats, Floats]:
        """(v, u, r) of unscaled variables (T, n k): (T, m, k), (T, n, k), (T, k)."""
        teachers, replaced = self._replaced
        field = self.field
        rows = variables.reshape(-1, *self.students.shape)
        targets = field.weights[field.n :] * field.teachers
        residuals = np.zeros((len(rows), len(targets), rows.shape[2]))
        residuals[:, :, 0] = targets
        residuals[:, teachers] = rows[:, replaced]
        students = rows.copy()
        students[:, replaced] = 0.0
        students[:, self.pivots, 0] = 0.0
        self._restore(residuals, students, slice(None))
        if not len(self.pivots):
            return residuals, students, field.total(residuals, students)
        # r = Σ v_l − 2 Σ a u over the turned students gives h of the pivots, and these the last of their groups.
        total = rows[:, self.pivots, 0]
        students[:, self.pivots, 0] = (field.total(residuals, students) - total) @ self._from_excess.T
        own = np.isin(teachers, field.group[self.pivots])
        students[:, replaced[own]] = 0.0
        self._restore(residuals, students, own)
        return residuals, students, total

    def _restore(self, residuals: Floats, students: Floats, which: slice | NDArray[np.bool_]) -> None:
        """Put a_i u_i = v_l + ω_l e_l − (the others of its group) for the replaced students ``which``."""
        teachers, replaced = (part[which] for part in self._replaced)
        field = self.field
        first = residuals[:, teachers] - np.einsum("ln,tnk->tlk", self._member[teachers], students)
        first[:, :, 0] -= (field.weights[field.n :] * field.teachers)[teachers]
        students[:, replaced] = first / field.weights[replaced][:, None]

    def _rates(self, tau: float, variables: Floats) -> Floats:
        """dY/dτ for a batch of variables (B, n k)."""
        stretch = np.exp(tau) ** self.exponents
        teachers, replaced = self._replaced
        velocity = self.field.velocity(*self._unpack(variables / stretch))
        moved = velocity.copy()
        moved[:, replaced] = self._member[teachers] @ velocity
        if len(self.pivots):
            turned = self.field.weights[: self.field.n] * self.field.flips
            moved[:, self.pivots, 0] = np.einsum("i,bik->bk", turned, self.field.outward(velocity))
        flat = moved.reshape(len(variables), -1)
        return np.asarray(self.exponents * variables + np.exp(tau) * stretch * flat, dtype=np.float64)

    def rate(self, tau: float, variables: Floats) -> Floats:
        return self._rates(tau, variables[None])[0]

    def jacobian(self, tau: float, variables: Floats) -> Floats:
        # Differences of the scaled field, all columns in one batch: its errors are relative to what each
        # variable does, while a closed form in the weights would leave ε (1+t)³ where the true entry is of
        # order 1.
        steps = DIFFERENCE * np.maximum(np.abs(variables), 1.0)
        batch = np.concatenate([variables[None], variables + np.diag(steps)])
        values = self._rates(tau, batch)
        return np.asarray(((values[1:] - values[0]) / steps[:, None]).T, dtype=np.float64)

    def levels(self, variables: Floats) -> Floats:
        return group_levels(self.exponents, variables)

    def tolerance(self, relative: float, end: float, levels: Floats) -> Floats:
        return np.asarray(0.1 * relative * levels[self.exponents.astype(int)], dtype=np.float64)

    def _weights(self, students: Floats) -> Floats:
        """Weights w, as given, in common coordinates: (T, n, k)."""
        rows = self.field.outward(students) * self.field.flips[:, None]
        length = np.linalg.norm(rows, axis=-1, keepdims=True)
        power = 0.5 * self.field.metric.power
        return np.asarray(
            rows / np.where(length > 0, length, 1.0) ** power * self.unit ** (1.0 - power), dtype=np.float64
        )

    def decode(self, tau: Floats, variables: Floats) -> Decoded:
        residuals, students, total = self._unpack(variables / np.exp(tau)[:, None] ** self.exponents)
        slope = self.field.descent(residuals, students, total)[1]
        return Decoded(
            weights=self._weights(students),
            residual=total * self.unit,
            loss=self.field.loss(residuals, students, total) * self.unit**2,
            slope=slope * self.unit**2 / self.clock,
        )

    def carried(self, tau: float, variables: Floats) -> Carried:
        residuals, _, total = (part[0] for part in self._unpack(variables / np.exp(tau) ** self.exponents))
        return Carried(
            residuals=np.einsum("lj,ljk->lk", residuals, self.field.frames) * self.unit,
            total=total * self.unit,
            group=self.field.group,
            flips=self.field.flips,
        )

    def sizes(self, tau: float, variables: Floats) -> Floats:
        students = self._unpack(variables / np.exp(tau) ** self.exponents)[1]
        return np.asarray(np.linalg.norm(students[0], axis=1), dtype=np.float64)

    def heading(self, tau: float, variables: Floats) -> Heading:
        residuals, students, total = self._unpack(variables / np.exp(tau) ** self.exponents)
        return heading(students[0], self.field.velocity(residuals, students, total)[0])

    def resolution(self, relative: float) -> float:
        return relative

    def loss_floor(self, tau: Floats, relative: float) -> Floats:
        n, width = self.students.shape
        error = relative * np.sqrt(n * width)
        residual, across = error * np.exp(-2.0 * tau), error * np.exp(-tau)
        return np.asarray(self.unit**2 * self.field.scale * (residual**2 + n * across**3), dtype=np.float64)

    @cached_property
    def _settled(self) -> Floats:
        """Distance 1 − cos from its line below which a student stays with its teacher: (m,)."""
        apart = 1.0 - np.abs(self.field.frames[:, 0] @ self.field.frames[:, 0].T)
        np.fill_diagonal(apart, 1.0)
        return np.asarray(SETTLED * apart.min(axis=1), dtype=np.float64)

    def regroup(self, tau: float, variables: Floats) -> FlowSystem | None:
        _, students, total = self._unpack(variables / np.exp(tau) ** self.exponents)
        rows = self.field.outward(students)[0]
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        cosine = rows / np.where(lengths > 0, lengths, 1.0) @ self.field.frames[:, 0].T
        astray = cosine[np.arange(len(rows)), self.field.group] < -0.1
        distance = 1.0 - np.abs(cosine)
        own = distance[np.arange(len(rows)), self.field.group]
        # Only while a student is still far from its teacher: residuals are taken afresh from the weights.
        strays = (own > self._settled[self.field.group]) & (distance.min(axis=1) < SWITCH * own)
        if (astray | strays).any():
            return self.rebuild(self._weights(students)[0], None, False)
        # r ~ t⁻² is what makes its coordinates good variables; on a plateau far from a minimum they are not.
        size = float(np.abs(total).max()) * np.exp(2.0 * tau)
        if (not len(self.pivots) and self.turned and size < SMALL) or (len(self.pivots) and size > 100 * SMALL):
            return self.rebuild(self._weights(students)[0], self.carried(tau, variables), not len(self.pivots))
        return None

    def plateau(self, tau: float, variables: Floats) -> FlowSystem | None:
        found = self.decode(np.array([tau]), variables[None])
        if found.loss[0] < RESOLVED * self.unit**2:
            return None
        return PlateauSystem(
            reduction=self.reduction,
            network=self.network,
            clock=self.clock,
            entered=found.weights[0].ravel(),
            loss=float(found.loss[0]),
            back=lambda students: self.rebuild(students, None, False),
        )
