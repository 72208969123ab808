"""Students that coincide exactly with each other or with a teacher."""

import numpy as np

from numerics.instances.draw import arranged, choose, gaussian_students
from numerics.instances.layout import Layout, Least
from numerics.instances.space import Batch, Floats
from numerics.instances.stratum import Stratum


def _students(layout: Layout, rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    rows = gaussian_students(layout, rng, teachers, count)
    copied = choose(rng, rows.shape[0], count)
    m = teachers.shape[1]
    if m and rng.random() < 0.5:
        rows[copied] = np.repeat(teachers[:, rng.integers(0, m)][:, None], count, axis=1)[copied]
    else:
        rows[copied] = np.repeat(rows[:, :1], count, axis=1)[copied]
    return rows


def _draw(layout: Layout, rng: np.random.Generator, size: int) -> Batch:
    return arranged(layout, rng, size, _students)


STRATUM = Stratum(name="coincident", title="students that coincide", draw=_draw, least=Least(students=1))
