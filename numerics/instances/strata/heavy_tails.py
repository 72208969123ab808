"""Norms of many orders of magnitude side by side in one network."""

import numpy as np

from numerics.instances.draw import arranged, log_uniform
from numerics.instances.layout import Layout, Least
from numerics.instances.space import Batch, Floats
from numerics.instances.stratum import Stratum


def _students(layout: Layout, rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    size, _, d = teachers.shape
    reach = 10.0 ** rng.uniform(1.0, 8.0)
    return np.asarray(rng.standard_normal((size, count, d)) * log_uniform(rng, 1.0 / reach, reach, (size, count, 1)))


def _draw(layout: Layout, rng: np.random.Generator, size: int) -> Batch:
    return arranged(layout, rng, size, _students)


STRATUM = Stratum(name="heavy_tails", title="norms from 1e-8 to 1e8 side by side", draw=_draw, least=Least(students=1))
