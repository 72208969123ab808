"""Some students exactly zero."""

import numpy as np

from numerics.instances.draw import arranged, choose, gaussian_students
from numerics.instances.layout import Layout, Least
from numerics.instances.space import Batch, Floats
from numerics.instances.stratum import Stratum


def _students(layout: Layout, rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    rows = gaussian_students(layout, rng, teachers, count)
    rows[choose(rng, rows.shape[0], count)] = 0.0
    return rows


def _draw(layout: Layout, rng: np.random.Generator, size: int) -> Batch:
    return arranged(layout, rng, size, _students)


STRATUM = Stratum(name="zero_neuron", title="some students exactly zero", draw=_draw, least=Least(students=1))
