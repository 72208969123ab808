"""Students in a random line or plane, with or without the teacher in it."""

import numpy as np

from numerics.instances.draw import arranged
from numerics.instances.layout import Layout, Least
from numerics.instances.space import Batch, Floats
from numerics.instances.stratum import Stratum


def _students(layout: Layout, rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    size, m, d = teachers.shape
    rank = int(rng.integers(1, 3))
    basis = rng.standard_normal((size, rank, d))
    if m and rng.random() < 0.6:
        basis[:, 0] = teachers[:, rng.integers(0, m)]
    return np.asarray(rng.standard_normal((size, count, rank)) @ basis)


def _draw(layout: Layout, rng: np.random.Generator, size: int) -> Batch:
    return arranged(layout, rng, size, _students)


STRATUM = Stratum(
    name="low_rank", title="students in a line or plane", draw=_draw, least=Least(students=1, dimension=2)
)
