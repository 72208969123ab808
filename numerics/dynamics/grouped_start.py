"""Setting up a `GroupedSystem`: which student belongs to which teacher, and which are replaced by residuals."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import qr

from numerics.dynamics.flow_systems import Carried
from numerics.dynamics.grouped_field import GroupedField
from numerics.dynamics.grouped_system import GroupedSystem
from numerics.dynamics.local_field import Metric
from numerics.dynamics.reduce import Reduction
from numerics.network import Network
from numerics.stable.forms import HomogeneousSplit
from numerics.stable.rows import Rows

__all__ = ["grouped_system"]

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

INDEPENDENT = 1e-3


def grouped_system(
    network: Network, form: HomogeneousSplit, reduction: Reduction, carried: Carried | None = None
) -> GroupedSystem:
    """The system of a single reduced network with no zero rows and no zero output weights.

    Residuals are those ``carried`` along where these belong to the same groups.
    """
    rows, n = network._rows, network.n
    norms = rows.norms[0, n:]
    unit = float(norms.max())
    field = GroupedField(
        weights=rows.weights[0],
        teachers=norms / unit,
        frames=_frames(reduction.teachers),
        group=np.zeros(n, dtype=np.intp),
        flips=np.ones(n),
        scale=float(network.scale),
        odd=float(form.odd),
        even=float(form.even),
        gamma=float(form.gamma),
        metric=Metric(growth=network.parametrisation.exponent),
    )
    return _build(reduction.students, carried, False, reduction=reduction, network=network, field=field, unit=unit)


def _build(
    students: Floats,
    carried: Carried | None,
    pivoted: bool,
    *,
    reduction: Reduction,
    network: Network,
    field: GroupedField,
    unit: float,
) -> GroupedSystem:
    """Group the students (weights w, common coordinates) by nearest line and take their residuals.

    ``pivoted``: the coordinates of r shall be variables, where there are students for it.
    """
    n, m = len(students), len(field.teachers)
    raw = np.concatenate([students, reduction.teachers])[None]
    rows = Rows(raw=raw, weights=field.weights[None], students=n, growth=field.metric.growth)
    cosine = rows.unit[0, :n] @ rows.unit[0, n:].T
    group = np.abs(cosine).argmax(axis=1)
    flips = np.where(cosine[np.arange(n), group] < 0, -1.0, 1.0)
    if carried is not None and (carried.group == group).all() and (carried.flips == flips).all():
        residuals, total = carried.residuals / unit, carried.total / unit
    else:
        belongs = np.concatenate([group, np.arange(m)]) == np.arange(m)[:, None]
        residuals = rows.weighted_sum((belongs * np.append(flips, np.ones(m)))[None])[0] / unit
        total = rows.residual[0] / unit
    moved = replace(field, group=group, flips=flips)
    largest = _largest(np.abs(rows.strengths[0, :n]), group, flips, m)
    none = np.zeros(0, dtype=np.intp)
    pivots = _pivots(group, flips, largest, moved.frames[:, 0]) if field.odd else none
    return GroupedSystem(
        reduction=reduction,
        network=network,
        field=moved,
        unit=unit,
        students=moved.inward(rows.effective[0, :n] * flips[:, None] / unit),
        residuals=np.einsum("lj,lkj->lk", residuals, moved.frames),
        total=total,
        largest=largest,
        pivots=pivots if pivoted else none,
        turned=len(pivots) > 0,
        rebuild=partial(_build, reduction=reduction, network=network, field=field, unit=unit),
    )


def _largest(strength: Floats, group: Indices, flips: Floats, m: int) -> Indices:
    """The student that each v_l replaces, the largest that is not turned, else the largest; −1 for none: (m,)."""
    member = group == np.arange(m)[:, None]
    rank = strength + np.where(flips > 0, strength.sum(), 0.0)
    return np.where(member.any(axis=1), np.where(member, rank, -1.0).argmax(axis=1), -1)


def _pivots(group: Indices, flips: Floats, largest: Indices, lines: Floats) -> Indices:
    """Turned students on as many independent lines as there are coordinates, () if there are not enough.

    v of a group fixes the sum of its students, so that only those next to one that is not turned are free.
    """
    mixed = (largest >= 0) & (flips[largest] > 0)
    free = np.flatnonzero((flips < 0) & mixed[group])
    width = lines.shape[1]
    if len(free) >= width:
        _, triangle, order = qr(lines[group[free]].T, mode="economic", pivoting=True)
        if np.abs(np.diag(triangle)).min() > INDEPENDENT:
            return np.asarray(free[order[:width]], dtype=np.intp)
    return np.zeros(0, dtype=np.intp)


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
