"""Students almost orthogonal to a teacher or to the first student, cosines from 1e-12 to 1."""

import numpy as np

from numerics.instances.draw import arranged, log_uniform, perpendicular, unit
from numerics.instances.layout import Layout, Least
from numerics.instances.space import Batch, Floats
from numerics.instances.stratum import Stratum


def _students(layout: Layout, rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    size, m, d = teachers.shape
    axis = teachers[:, rng.integers(0, m)][:, None] if m else rng.standard_normal((size, 1, d))
    axis = np.repeat(unit(axis), count, axis=1)
    cosine = rng.choice([-1.0, 1.0], (size, count, 1)) * log_uniform(rng, 1e-12, 1.0, (size, count, 1))
    if rng.random() < 0.25:
        cosine[:] = 0.0
    rows = cosine * axis + perpendicular(rng, axis)
    # Small common norms are where trajectories start; the parallel part then decides how they leave.
    return np.asarray(rows * log_uniform(rng, 1e-6, 10.0, (size, 1, 1)))


def _draw(layout: Layout, rng: np.random.Generator, size: int) -> Batch:
    return arranged(layout, rng, size, _students)


STRATUM = Stratum(
    name="near_orthogonal",
    title="students almost orthogonal to a teacher",
    draw=_draw,
    least=Least(students=1, dimension=2),
)
