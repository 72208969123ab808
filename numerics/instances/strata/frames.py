"""Symmetric arrangements: students on coordinate axes, orthonormal frames, equally spaced directions in a
plane.
"""

import numpy as np

from numerics.instances.draw import arranged, log_uniform
from numerics.instances.layout import Layout, Least
from numerics.instances.space import Batch, Floats
from numerics.instances.stratum import Stratum


def _students(layout: Layout, rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    size, _, d = teachers.shape
    kind = rng.integers(3)
    index = np.arange(count)
    rows = np.zeros((size, count, d))
    if kind == 0:
        rows[:, index, index % d] = np.where(index < d, 1.0, -1.0)
        if rng.random() < 0.5:
            rows = rows[:, rng.permutation(count)]
    elif kind == 1:
        frame = np.linalg.qr(rng.standard_normal((size, d, d)))[0]
        rows = frame[:, index % d]
    else:
        turn = rng.choice([1.0, 2.0]) * np.pi * (index + rng.choice([0.0, 0.5])) / count
        rows[:, :, 0], rows[:, :, 1] = np.cos(turn), np.sin(turn)
    if rng.random() < 0.6:
        rows *= log_uniform(rng, 1e-4, 1.0, (size, count, 1))
    return rows


def _draw(layout: Layout, rng: np.random.Generator, size: int) -> Batch:
    return arranged(layout, rng, size, _students)


STRATUM = Stratum(
    name="frames", title="axes, frames and regular fans", draw=_draw, least=Least(students=1, dimension=2)
)
