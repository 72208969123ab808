"""Pairs (w, −w + error) on top of optimal or random students; the error is 0 or from 1e-9 to 1."""

import numpy as np

from numerics.instances.draw import arranged, gaussian_students, log_uniform
from numerics.instances.layout import Layout, Least
from numerics.instances.minima import optimal_students
from numerics.instances.space import Batch, Floats
from numerics.instances.stratum import Stratum


def _students(layout: Layout, rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    size, m, d = teachers.shape
    pairs = int(rng.integers(1, count // 2 + 1))
    rest = count - 2 * pairs
    if rest and m and rng.random() < 0.7:
        other, _ = optimal_students(layout.space.minima, teachers, rest, rng)
    else:
        other = gaussian_students(layout, rng, teachers, rest)
    one = rng.standard_normal((size, pairs, d)) * log_uniform(rng, 1e-6, 1e3, (size, 1, 1))
    if m and rng.random() < 0.4:
        one = teachers[:, :1] * log_uniform(rng, 1e-3, 1e3, (size, pairs, 1))
    error = log_uniform(rng, 1e-9, 1.0, (size, pairs, 1)) * (rng.random() < 0.6)
    two = -one + error * rng.standard_normal((size, pairs, d)) * np.abs(one).max(axis=2, keepdims=True)
    return np.concatenate([one, two, other], axis=1)[:, rng.permutation(count)]


def _draw(layout: Layout, rng: np.random.Generator, size: int) -> Batch:
    return arranged(layout, rng, size, _students)


STRATUM = Stratum(name="cancelling_pairs", title="pairs of students that cancel", draw=_draw, least=Least(students=2))
