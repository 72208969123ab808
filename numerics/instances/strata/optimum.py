"""Exactly optimal students (up to the rounding of the split)."""

import numpy as np

from numerics.instances.draw import arranged
from numerics.instances.layout import Layout, Least
from numerics.instances.minima import optimal_students
from numerics.instances.space import Batch, Floats
from numerics.instances.stratum import Stratum


def _students(layout: Layout, rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    rows, _ = optimal_students(layout.space.minima, teachers, count, rng)
    return rows


def _draw(layout: Layout, rng: np.random.Generator, size: int) -> Batch:
    return arranged(layout, rng, size, _students)


STRATUM = Stratum(
    name="optimum",
    title="students of zero loss",
    draw=_draw,
    least=Least(students=1, teachers=1, covering=True),
    near_optimum=True,
)
