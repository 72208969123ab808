"""Students and teachers with entries on a coarse grid: integers, halves or quarters from −3 to 3."""

import numpy as np

from numerics.instances.draw import arranged
from numerics.instances.layout import Layout
from numerics.instances.space import Batch
from numerics.instances.stratum import Stratum


def _draw(layout: Layout, rng: np.random.Generator, size: int) -> Batch:
    batch = arranged(layout, rng, size)
    for family in layout.space.families:
        shape = batch[family.name].shape
        step = rng.choice([1.0, 0.5, 0.25])
        rows = rng.integers(-3, 4, shape) * step
        rows = np.where(rng.random(shape) < rng.uniform(0.0, 0.7), 0.0, rows)
        if family.kind == "teacher":
            if layout.space.separation:  # a grid would break the separation, which the arrangement respects
                continue
            rows[..., 0] = np.where(np.any(rows != 0, axis=-1), rows[..., 0], 1.0)  # teachers are not zero
        batch[family.name] = rows
    return batch


STRATUM = Stratum(name="small_rationals", title="entries on a coarse grid", draw=_draw)
