"""The flow among several teachers: per teacher (1+t)² v_l in place of its largest student, others as (h,
(1+t) z).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.flow_systems import FlowSystem, Heading, group_levels, heading
from numerics.dynamics.grouped_field import GroupedField
from numerics.dynamics.local_field import Metric
from numerics.dynamics.reduce import Reduction, reduce_dimension
from numerics.network import Network
from numerics.stable.forms import HomogeneousSplit
from numerics.stable.rows import Rows

__all__ = ["GroupedSystem", "grouped_system"]

Floats = NDArray[np.float64]

SWITCH = 0.7
SETTLED = 1e-2
DIFFERENCE = 1e-7


@dataclass(frozen=True, kw_only=True, eq=False)
class GroupedSystem:
    """``students`` (n, k) and ``residuals`` (m, k) in local coordinates and units ``unit``; ``flips`` (n,) as
    turned.

    ``largest`` (m,) is the student that v_l replaces, −1 where a teacher has none.
    """

    reduction: Reduction
    field: GroupedField
    unit: float
    students: Floats
    residuals: Floats
    flips: Floats
    largest: NDArray[np.intp]

    @property
    def clock(self) -> float:
        return float(self.unit ** (-self.field.metric.power))

    @cached_property
    def _replaced(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """(teachers with students, the student replaced by their residual)."""
        teachers = np.flatnonzero(self.largest >= 0)
        return teachers, self.largest[teachers]

    @cached_property
    def exponents(self) -> Floats:
        """Growth exponents of the scaled variables: 2 for v_l, 1 across the teacher, 0 along it."""
        exponents = np.ones(self.students.shape)
        exponents[:, 0] = 0.0
        exponents[self._replaced[1]] = 2.0
        return exponents.ravel()

    @cached_property
    def _member(self) -> Floats:
        """s_b where student b belongs to teacher l: (m, n)."""
        belongs = np.arange(len(self.field.teachers))[:, None] == self.field.group
        return np.asarray(belongs * self.field.weights[: self.field.n], dtype=np.float64)

    def initial(self, tau: float) -> Floats:
        teachers, students = self._replaced
        start = self.students.copy()
        start[students] = self.residuals[teachers]
        return np.asarray(start.ravel() * np.exp(tau) ** self.exponents, dtype=np.float64)

    def _unpack(self, variables: Floats) -> tuple[Floats, Floats]:
        """(v, u) of unscaled variables (T, n k): (T, m, k), (T, n, k)."""
        teachers, replaced = self._replaced
        rows = variables.reshape(-1, *self.students.shape)
        targets = self.field.weights[self.field.n :] * self.field.teachers
        residuals = np.zeros((len(rows), len(targets), rows.shape[2]))
        residuals[:, :, 0] = targets
        residuals[:, teachers] = rows[:, replaced]
        students = rows.copy()
        students[:, replaced] = 0.0
        first = residuals[:, teachers] - np.einsum("ln,tnk->tlk", self._member[teachers], students)
        first[:, :, 0] -= targets[teachers]
        students[:, replaced] = first / self.field.weights[replaced][:, None]
        return residuals, students

    def _rates(self, tau: float, variables: Floats) -> Floats:
        """dY/dτ for a batch of variables (B, n k)."""
        stretch = np.exp(tau) ** self.exponents
        teachers, replaced = self._replaced
        velocity = self.field.velocity(*self._unpack(variables / stretch))
        moved = velocity.copy()
        moved[:, replaced] = self._member[teachers] @ velocity
        flat = moved.reshape(len(variables), -1)
        return np.asarray(self.exponents * variables + np.exp(tau) * stretch * flat, dtype=np.float64)

    def rate(self, tau: float, variables: Floats) -> Floats:
        return self._rates(tau, variables[None])[0]

    def jacobian(self, tau: float, variables: Floats) -> Floats:
        # Differences of the scaled field, all columns in one batch: its errors are relative to what each
        # variable
        # does, while a closed form in the weights would leave ε (1+t)³ where the true entry is of order 1.
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
        rows = self.field.outward(students) * self.flips[:, None]
        length = np.linalg.norm(rows, axis=-1, keepdims=True)
        power = 0.5 * self.field.metric.power
        return np.asarray(
            rows / np.where(length > 0, length, 1.0) ** power * self.unit ** (1.0 - power), dtype=np.float64
        )

    def decode(self, tau: Floats, variables: Floats) -> tuple[Floats, Floats, Floats]:
        residuals, students = self._unpack(variables / np.exp(tau)[:, None] ** self.exponents)
        loss = self.field.loss(residuals, students) * self.unit**2
        total = np.einsum("tlk,lkj->tj", residuals, self.field.frames)
        turned = np.where(self.flips < 0, self.field.weights[: self.field.n], 0.0)
        total = total - 2.0 * np.einsum("i,tik->tk", turned, self.field.outward(students))
        return self._weights(students), total * self.unit, loss

    def sizes(self, tau: float, variables: Floats) -> Floats:
        _, students = self._unpack(variables / np.exp(tau) ** self.exponents)
        return np.asarray(np.linalg.norm(students[0], axis=1), dtype=np.float64)

    def heading(self, tau: float, variables: Floats) -> Heading:
        residuals, students = self._unpack(variables / np.exp(tau) ** self.exponents)
        return heading(students[0], self.field.velocity(residuals, students)[0])

    def resolution(self, relative: float) -> float:
        return relative

    def loss_floor(self, tau: Floats, relative: float) -> Floats:
        n, width = self.students.shape
        error = relative * np.sqrt(n * width)
        residual, across = error * np.exp(-2.0 * tau), error * np.exp(-tau)
        return np.asarray(self.unit**2 * self.field.scale * (residual**2 + n * across**3), dtype=np.float64)

    def regroup(self, tau: float, variables: Floats) -> FlowSystem | None:
        _, students = self._unpack(variables / np.exp(tau) ** self.exponents)
        rows = self.field.outward(students)[0]
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        cosine = rows / np.where(lengths > 0, lengths, 1.0) @ self.field.frames[:, 0].T
        if self.field.odd == 0:
            astray = cosine[np.arange(len(rows)), self.field.group] < -0.1
            cosine = np.abs(cosine)
        else:
            astray = np.zeros(len(rows), dtype=bool)
        distance = 1.0 - cosine
        own = distance[np.arange(len(rows)), self.field.group]
        # Only while a student is still far from its teacher: residuals are taken afresh from the weights.
        if not (astray | ((own > SETTLED) & (distance.min(axis=1) < SWITCH * own))).any():
            return None
        return _build(self.reduction, self._weights(students)[0], self.field, self.unit)


def _build(reduction: Reduction, students: Floats, field: GroupedField, unit: float) -> GroupedSystem:
    """Group the students (weights w, common coordinates) by nearest teacher and take their residuals."""
    n, m = len(students), len(field.teachers)
    raw = np.concatenate([students, reduction.teachers])[None]
    rows = Rows(raw=raw, weights=field.weights[None], students=n, growth=field.metric.growth)
    cosine = rows.unit[0, :n] @ rows.unit[0, n:].T
    group = (np.abs(cosine) if field.odd == 0 else cosine).argmax(axis=1)
    side = cosine[np.arange(n), group]
    flips = np.where((side < 0) & (field.odd == 0), -1.0, 1.0)
    belongs = np.concatenate([group, np.arange(m)]) == np.arange(m)[:, None]
    residuals = rows.weighted_sum((belongs * np.append(flips, np.ones(m)))[None])[0] / unit
    effective = rows.effective[0, :n] * flips[:, None] / unit
    moved = GroupedField(**{**vars_of(field), "group": group})
    strength = np.abs(rows.strengths[0, :n]) * belongs[:, :n]
    largest = np.where(belongs[:, :n].any(axis=1), strength.argmax(axis=1), -1)
    return GroupedSystem(
        reduction=reduction,
        field=moved,
        unit=unit,
        students=moved.inward(effective),
        residuals=np.einsum("lj,lkj->lk", residuals, moved.frames),
        flips=flips,
        largest=largest,
    )


def vars_of(field: GroupedField) -> dict[str, object]:
    return {name: getattr(field, name) for name in GroupedField.__dataclass_fields__}


def grouped_system(network: Network, form: HomogeneousSplit) -> GroupedSystem:
    """The system of a single network with several teachers, no zero rows and no zero output weights."""
    reduction = reduce_dimension(network.students, network.teachers)
    rows, n = network._rows, network.n
    norms = rows.norms[0, n:]
    unit = float(norms.max())
    field = GroupedField(
        weights=rows.weights[0],
        teachers=norms / unit,
        frames=_frames(reduction.teachers),
        group=np.zeros(n, dtype=np.intp),
        scale=float(network.scale),
        odd=float(form.odd),
        even=float(form.even),
        gamma=float(form.gamma),
        metric=Metric(growth=network.parametrisation.exponent),
    )
    return _build(reduction, reduction.students, field, unit)


def _frames(teachers: Floats) -> Floats:
    """Orthogonal matrices (m, k, k) whose first rows are the directions of the teachers (Householder
    reflections).
    """
    width = teachers.shape[1]
    unit = teachers / np.linalg.norm(teachers, axis=1, keepdims=True)
    sign = np.where(unit[:, :1] < 0, -1.0, 1.0)
    mirror = unit + sign * np.eye(width)[0]
    mirror /= np.linalg.norm(mirror, axis=1, keepdims=True)
    frames = np.eye(width) - 2.0 * mirror[:, :, None] * mirror[:, None, :]
    frames *= -sign[:, :, None]
    frames[:, 0] = unit
    return np.asarray(frames, dtype=np.float64)
