"""Quantities of trajectories by name: attributes of `Network`, or functions of a batch of networks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.network import Network

__all__ = ["NAMES", "Quantities", "evaluate_quantities"]

Floats = NDArray[np.float64]
Quantities = Sequence[str] | Mapping[str, Callable[[Network], Any]]

NAMES = (
    "loss",
    "loss_error",
    "gradient",
    "gradient_norm",
    "norms",
    "angles",
    "teacher_angles",
    "residual",
    "gram",
)


def evaluate_quantities(networks: Network, quantities: Quantities) -> dict[str, Floats]:
    """Values at every network of a batch: {name: (batch..., ...)}.

    Raises ValueError for an unknown name.
    """
    if isinstance(quantities, str):
        raise ValueError(f"quantities={quantities!r} is one string; give a list of names such as ['gradient_norm']")
    if isinstance(quantities, Mapping):
        return {name: np.asarray(function(networks), dtype=np.float64) for name, function in quantities.items()}
    for name in quantities:
        if name not in NAMES:
            near = get_close_matches(str(name), NAMES, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(NAMES)}"
            raise ValueError(f"unknown quantity {name!r}; {hint}")
    return {name: np.asarray(getattr(networks, name), dtype=np.float64) for name in quantities}
