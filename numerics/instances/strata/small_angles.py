"""Students at angles from 1e-9 to 1 (or as near to antiparallel) around one axis."""

import numpy as np

from numerics.instances.draw import arranged, at_angle, log_uniform, unit
from numerics.instances.layout import Layout, Least
from numerics.instances.space import Batch, Floats
from numerics.instances.stratum import Stratum


def _students(layout: Layout, rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    size, m, d = teachers.shape
    if m and rng.random() < 0.8:
        owner = rng.integers(0, m, count) if rng.random() < 0.5 else np.full(count, rng.integers(0, m))
        axis = unit(teachers)[:, owner]
    else:
        axis = np.repeat(unit(rng.standard_normal((size, 1, d))), count, axis=1)
    common = rng.random() < 0.5  # one order of magnitude for all students, or one each
    angle = log_uniform(rng, 1e-9, 1.0, (size, 1 if common else count)) * np.ones((1, count))
    rows = at_angle(rng, axis, angle)
    if rng.random() < 0.25:
        rows *= rng.choice([-1.0, 1.0], (size, count, 1))
    return np.asarray(rows * log_uniform(rng, 0.03, 3.0, (size, count, 1)))


def _draw(layout: Layout, rng: np.random.Generator, size: int) -> Batch:
    return arranged(layout, rng, size, _students)


STRATUM = Stratum(
    name="small_angles",
    title="angles from 1e-9 to 1 around an axis",
    draw=_draw,
    least=Least(students=1, dimension=2),
)
