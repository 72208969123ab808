"""Errors across the teacher that cancel within each cluster: Σ_i (u_i − u*_i) = 0, the slow directions.

For Σ u_i = v models the loss is then of third order in the error, so ratios of loss, gradient and angles take
extreme values here and nowhere else near the minima.
"""

import numpy as np

from numerics.instances.draw import arranged, log_uniform, norms, perpendicular, unit
from numerics.instances.layout import Layout, Least
from numerics.instances.minima import optimal_students
from numerics.instances.space import Batch, Floats
from numerics.instances.stratum import Stratum


def _students(layout: Layout, rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    rows, owner = optimal_students(layout.space.minima, teachers, count, rng)
    size = rows.shape[0]
    axis = unit(teachers)[:, owner]
    error = perpendicular(rng, axis) * rng.uniform(0.0, 1.0, (size, count, 1))
    sign = np.where(np.einsum("bnd,bnd->bn", rows, axis) < 0, -1.0, 1.0)[..., None]
    # In effective neurons u = ‖w‖^(power−1) w an error e of w across counts ‖w‖^(power−1) e.
    power = layout.space.minima.power - 1
    weight = norms(rows) ** power * (sign if layout.space.minima.law == "even" else 1.0)
    for cluster in np.unique(owner):
        mask = owner == cluster
        total = (weight[:, mask] * error[:, mask]).sum(axis=1, keepdims=True)
        mass = (weight[:, mask] ** 2).sum(axis=1, keepdims=True)
        error[:, mask] -= weight[:, mask] * total / np.where(mass > 0, mass, 1.0)
    length = norms(teachers)[:, owner] ** (1.0 / layout.space.minima.power)
    return np.asarray(rows + log_uniform(rng, 1e-9, 0.3, (size, 1, 1)) * length * error)


def _draw(layout: Layout, rng: np.random.Generator, size: int) -> Batch:
    return arranged(layout, rng, size, _students)


STRATUM = Stratum(
    name="balanced_errors",
    title="minima with errors that cancel in the sum",
    draw=_draw,
    least=Least(students=2, teachers=1, dimension=2, covering=True),
    when=lambda space: space.minima.law in ("additive", "even"),
    near_optimum=True,
)
