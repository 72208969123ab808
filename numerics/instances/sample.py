"""Stratified constructive sampling: every batch comes from one stratum and has one shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from numerics.instances.layout import Layout, draw_layout
from numerics.instances.space import Batch, Space
from numerics.instances.stratum import Stratum, strata_of

_SHAPES_PER_STRATUM = 4


@dataclass(frozen=True, kw_only=True)
class Instances:
    """A batch of instances of one layout, and the stratum they were built by."""

    batch: Batch
    layout: Layout
    stratum: str
    size: int


def sample_batches(
    space: Space,
    rng: np.random.Generator,
    total: int,
    *,
    batch: int = 2048,
    strata: tuple[Stratum, ...] | None = None,
) -> Iterator[Instances]:
    """Batches of together exactly ``total`` instances, strata in turn, each time with a fresh random layout.

    The batch size is lowered where ``total`` is too small for every stratum to be met with several shapes.
    The same generator state gives the same instances. Raises ValueError for total < 0, batch < 1.
    """
    if total < 0 or batch < 1:
        raise ValueError(f"total={total}, batch={batch}: need total >= 0 and batch >= 1")
    chosen = strata_of(space) if strata is None else strata
    size = min(batch, max(16, total // (_SHAPES_PER_STRATUM * len(chosen))))
    left, turn = total, 0
    while left > 0:
        stratum = chosen[turn % len(chosen)]
        layout = draw_layout(space, rng, stratum.least)
        now = min(size, left)
        with np.errstate(over="ignore", under="ignore"):
            drawn = stratum.draw(layout, rng, now)
        yield Instances(batch=drawn, layout=layout, stratum=stratum.name, size=now)
        left -= now
        turn += 1
