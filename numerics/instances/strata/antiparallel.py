"""Students exactly along one axis with both signs."""

import numpy as np

from numerics.instances.draw import arranged, choose, log_uniform
from numerics.instances.layout import Layout, Least
from numerics.instances.space import Batch, Floats
from numerics.instances.stratum import Stratum


def _students(layout: Layout, rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    size, m, d = teachers.shape
    axis = teachers[:, rng.integers(0, m)][:, None] if m else rng.standard_normal((size, 1, d))
    reach = 10.0 ** rng.uniform(0.0, 4.0)
    length = log_uniform(rng, 1.0 / reach, reach, (size, count, 1))
    if rng.random() < 0.3:
        length[:] = 1.0
    sign = np.where(choose(rng, size, count)[..., None], -1.0, 1.0)
    rows = sign * length * axis
    if rng.random() < 0.3:
        free = ~choose(rng, size, count)
        rows[free] = rng.standard_normal(rows.shape)[free]
    return np.asarray(rows)


def _draw(layout: Layout, rng: np.random.Generator, size: int) -> Batch:
    return arranged(layout, rng, size, _students)


STRATUM = Stratum(name="antiparallel", title="students exactly antiparallel", draw=_draw, least=Least(students=1))
