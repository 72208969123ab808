"""An optimiser of the portfolio: moves whole populations with one batch call per step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from numerics.instances.space import Floats
from numerics.search.objective import Objective

Run = Callable[[Objective, Floats, Floats, np.random.Generator, int], None]


@dataclass(frozen=True, kw_only=True)
class Optimiser:
    """``run(objective, starts (S, k), radius (S,), rng, allowance)`` spends at most about ``allowance``
    evaluations.

    Results are kept by the objective's recorder, so nothing is returned. ``order`` is the place in the
    portfolio, ``share`` the part of the work that it gets, ``starts`` how many starts it takes at once.
    ``common`` asks for the same coordinates for all starts, where points of different starts are combined.
    """

    name: str
    title: str
    order: int
    share: float
    starts: int
    run: Run
    common: bool = False


@cache
def portfolio() -> Mapping[str, Optimiser]:
    """Every optimiser found in ``numerics.search.optimisers``, by name, in the order in which they run."""
    from theory.discovery import discover

    found = discover("numerics.search.optimisers", "OPTIMISER", Optimiser)
    return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))
