"""Students exactly along one axis, a teacher's or their own, with positive multiples."""

import numpy as np

from numerics.instances.draw import arranged, choose, log_uniform
from numerics.instances.layout import Layout, Least
from numerics.instances.space import Batch, Floats
from numerics.instances.stratum import Stratum


def multiples_of_an_axis(rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    """Rows c_i·a with c_i > 0 of order one or spread over magnitudes; a is a teacher or a random vector."""
    size, m, d = teachers.shape
    if m and rng.random() < 0.7:
        axis = teachers[:, rng.integers(0, m)][:, None]
    else:
        axis = rng.standard_normal((size, 1, d))
    reach = 10.0 ** rng.uniform(0.0, 6.0)
    return np.asarray(log_uniform(rng, 1.0 / reach, reach, (size, count, 1)) * axis)


def _students(layout: Layout, rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    rows = multiples_of_an_axis(rng, teachers, count)
    if rng.random() < 0.5:
        free = ~choose(rng, rows.shape[0], count)
        rows[free] = rng.standard_normal(rows.shape)[free]
    return rows


def _draw(layout: Layout, rng: np.random.Generator, size: int) -> Batch:
    return arranged(layout, rng, size, _students)


STRATUM = Stratum(name="parallel", title="students exactly parallel", draw=_draw, least=Least(students=1))
