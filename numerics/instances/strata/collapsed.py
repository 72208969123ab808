"""Optimal students beside one of vanishing norm in any direction, paid for by the others or not at all.

The small student is at an angle of order one while everything else is almost optimal: the position in which
bounds on single angles by the loss have their extreme constants.
"""

import numpy as np

from numerics.instances.draw import arranged, log_uniform, norms, unit
from numerics.instances.layout import Layout, Least
from numerics.instances.minima import optimal_students, weights_of
from numerics.instances.space import Batch, Floats
from numerics.instances.stratum import Stratum


def _students(layout: Layout, rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    size, m, d = teachers.shape
    minima = layout.space.minima
    if count == 1:
        return np.asarray(teachers[:, :1] * log_uniform(rng, 1e-9, 1.0, (size, 1, 1)))
    small = int(rng.integers(1, count)) if rng.random() < 0.3 and count > m else 1
    small = max(1, min(small, count - 1))
    rows, _ = optimal_students(minima, teachers, count - small, rng)
    base = norms(teachers)[:, :1] ** (1.0 / minima.power)
    direction = unit(rng.standard_normal((size, small, d)))
    kind = rng.integers(4)
    if kind == 0:
        direction = np.repeat(-unit(teachers[:, :1]), small, axis=1)
    elif kind == 1 and d >= 2:
        first = np.repeat(unit(teachers[:, :1]), small, axis=1)
        direction -= np.einsum("bnd,bnd->bn", direction, first)[..., None] * first
        direction = unit(direction)
    tiny = base * log_uniform(rng, 1e-9, 1.0, (size, small, 1)) * direction
    if rng.random() < 0.6:
        factor = rng.choice([0.5, 1.0, 2.0 / np.pi]) if rng.random() < 0.7 else rng.uniform(0.0, 2.0)
        paid = factor * (tiny * norms(tiny) ** (minima.power - 1)).sum(axis=1)
        first = rows[:, 0] * norms(rows[:, 0]) ** (minima.power - 1)
        rows[:, 0] = weights_of(first - paid, minima.power)
    return np.concatenate([tiny, rows], axis=1)[:, rng.permutation(count)]


def _draw(layout: Layout, rng: np.random.Generator, size: int) -> Batch:
    return arranged(layout, rng, size, _students)


STRATUM = Stratum(
    name="collapsed",
    title="optimal students beside one of vanishing norm",
    draw=_draw,
    least=Least(students=1, teachers=1),
    near_optimum=True,
)
