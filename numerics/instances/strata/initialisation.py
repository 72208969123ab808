"""Small initialisations N(0, σ²I), σ from 1e-8 to 1."""

import numpy as np

from numerics.instances.draw import arranged, log_uniform
from numerics.instances.layout import Layout, Least
from numerics.instances.space import Batch, Floats
from numerics.instances.stratum import Stratum


def _students(layout: Layout, rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    size, _, d = teachers.shape
    return np.asarray(rng.standard_normal((size, count, d)) * log_uniform(rng, 1e-8, 1.0, (size, 1, 1)))


def _draw(layout: Layout, rng: np.random.Generator, size: int) -> Batch:
    return arranged(layout, rng, size, _students)


STRATUM = Stratum(name="initialisation", title="small normal initialisations", draw=_draw, least=Least(students=1))
