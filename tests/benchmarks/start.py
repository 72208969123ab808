"""The networks that tables measure."""

from __future__ import annotations

import numpy as np

from numerics import Network
from numerics.fast.backend import numba_works

__all__ = ["BACKENDS", "network", "small_start"]

# Numba's rows are left out where it is not installed.
BACKENDS = ("numpy", "numba") if numba_works() else ("numpy",)


def network(n: int, d: int, *, seed: int = 0, model: str = "xu23a", backend: str = "numpy") -> Network:
    """Standard normal students against one standard normal teacher."""
    rng = np.random.default_rng(seed)
    return Network(
        model=model, students=rng.standard_normal((n, d)), teachers=rng.standard_normal((1, d)), backend=backend
    )


def small_start(n: int, d: int, *, seed: int = 0) -> Network:
    """Students of norm about 1 / (2 n) against a unit teacher, as in the papers' theorems on the flow."""
    rng = np.random.default_rng(seed)
    students = rng.standard_normal((n, d)) / (2 * n * np.sqrt(d))
    return Network(model="xu23a", students=students, teachers=np.eye(1, d))
