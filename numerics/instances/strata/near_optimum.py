"""A random point of the minima plus an error of size 1e-12 to 1: in all directions, across, or along."""

import numpy as np

from numerics.instances.draw import arranged, log_uniform, norms, unit
from numerics.instances.layout import Layout, Least
from numerics.instances.minima import optimal_students
from numerics.instances.space import Batch, Floats
from numerics.instances.stratum import Stratum


def _students(layout: Layout, rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    rows, owner = optimal_students(layout.space.minima, teachers, count, rng)
    size = rows.shape[0]
    axis = unit(teachers)[:, owner]
    error = rng.standard_normal(rows.shape)
    kind = rng.integers(3)
    if kind > 0:
        along = np.einsum("bnd,bnd->bn", error, axis)[..., None] * axis
        error = error - along if kind == 1 else along
    error *= log_uniform(rng, 1e-12, 1.0, (size, 1, 1) if rng.random() < 0.7 else (size, count, 1))
    # Relative to the student keeps its angle small; relative to the teacher reaches students close to zero.
    weight = norms(rows) if rng.random() < 0.5 else norms(teachers)[:, owner]
    return np.asarray(rows + weight * error)


def _draw(layout: Layout, rng: np.random.Generator, size: int) -> Batch:
    return arranged(layout, rng, size, _students)


STRATUM = Stratum(
    name="near_optimum",
    title="minima with an error of size 1e-12 to 1",
    draw=_draw,
    least=Least(students=1, teachers=1, covering=True),
    near_optimum=True,
)
