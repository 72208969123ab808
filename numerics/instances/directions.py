"""Directions to probe a second-order form in: random ones, and those where such forms degenerate."""

from __future__ import annotations

import numpy as np

from numerics.instances.draw import perpendicular, unit
from numerics.instances.layout import Layout
from numerics.instances.space import Batch, Family, Floats


def direction_rows(layout: Layout, family: Family, batch: Batch, teachers: Floats, rng: np.random.Generator) -> Floats:
    """(B, rows, d) directions in one arrangement for the whole batch.

    Random rows; one row only; all rows along one vector (rank one); radial (the students themselves, or
    their negatives with a small error); across the students; exchanging mass between two rows (u, −u), on
    which the Hessian of an over-parameterised minimum vanishes; along a coordinate axis.
    """
    rows, d = layout.shape(family.name)
    size = teachers.shape[0]
    draw: Floats = rng.standard_normal((size, rows, d))
    if rows == 0:
        return draw
    like = family.like if family.like in batch else None
    base = batch[like] if like is not None else None
    every = np.arange(size)
    arrangement = rng.integers(8)
    if arrangement == 1:
        kept = rng.integers(0, rows, size)
        single = np.zeros_like(draw)
        single[every, kept] = draw[every, kept]
        return single
    if arrangement == 2:
        return np.asarray(rng.standard_normal((size, rows, 1)) * draw[:, :1])
    if arrangement == 3 and base is not None:
        return np.asarray(rng.choice([-1.0, 1.0]) * base + 10.0 ** rng.uniform(-9, 0) * draw)
    if arrangement == 4 and base is not None:
        return perpendicular(rng, unit(base))
    if arrangement == 5 and rows >= 2:
        first, second = rng.permutation(rows)[:2]
        swap = np.zeros_like(draw)
        swap[:, first], swap[:, second] = draw[:, first], -draw[:, first]
        return swap
    if arrangement == 6:
        axis = np.zeros_like(draw)
        axis[every, rng.integers(0, rows, size), rng.integers(0, d, size)] = 1.0
        return axis
    if arrangement == 7 and teachers.shape[1]:
        return np.asarray(rng.standard_normal((size, rows, 1)) * teachers[:, :1])
    return draw
