"""A stratum: one way of building instances, many of which random draws would never meet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from numerics.instances.layout import ANY, Layout, Least
from numerics.instances.space import Batch, Space


def _always(space: Space) -> bool:
    del space
    return True


@dataclass(frozen=True, kw_only=True)
class Stratum:
    """``draw(layout, rng, B)`` builds a batch of B instances of one layout.

    ``least`` is the smallest layout on which the construction makes sense; ``when`` restricts the spaces
    further; ``near_optimum`` tells whether the instances stay near the set of minima.
    """

    name: str
    title: str
    draw: Callable[[Layout, np.random.Generator, int], Batch]
    least: Least = ANY
    when: Callable[[Space], bool] = _always
    near_optimum: bool = False

    def applies(self, space: Space) -> bool:
        """Whether this stratum has instances in the space."""
        if space.near_optimum and not self.near_optimum and space.of_kind("student"):
            return False
        return self.least.fits(space) and self.when(space)


@cache
def all_strata() -> Mapping[str, Stratum]:
    """Every stratum found in ``numerics.instances.strata``, by name."""
    from theory.discovery import discover

    return dict(sorted(discover("numerics.instances.strata", "STRATUM", Stratum).items()))


def strata_of(space: Space) -> tuple[Stratum, ...]:
    """The strata that apply to a space. Raises ValueError if there is none."""
    found = tuple(stratum for stratum in all_strata().values() if stratum.applies(space))
    if not found:
        raise ValueError(
            f"no stratum applies to {space!r}: near_optimum=True needs students and teachers; add teachers"
        )
    return found
