"""Students on the unit sphere: every norm equal."""

import numpy as np

from numerics.instances.draw import arranged, scale, unit
from numerics.instances.layout import Layout, Least
from numerics.instances.space import Batch, Floats
from numerics.instances.stratum import Stratum


def _students(layout: Layout, rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    size, _, d = teachers.shape
    return unit(rng.standard_normal((size, count, d))) * scale(rng, size)


def _draw(layout: Layout, rng: np.random.Generator, size: int) -> Batch:
    return arranged(layout, rng, size, _students)


STRATUM = Stratum(name="sphere", title="students of one common norm", draw=_draw, least=Least(students=1))
