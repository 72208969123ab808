"""Quantities of trajectories by name: attributes of `Network`, or functions of a batch of networks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.network import Network
from theory.quantity import vocabulary

__all__ = ["NAMES", "Quantities", "check_quantities", "evaluate_quantities", "vocabulary_key"]

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


def check_quantities(quantities: Quantities) -> None:
    """Raises ValueError for a name that neither `Network` nor the vocabulary has."""
    if isinstance(quantities, str):
        raise ValueError(f"quantities={quantities!r} is one string; give a list of names such as ['gradient_norm']")
    if isinstance(quantities, Mapping):
        return
    for name in quantities:
        if name not in NAMES:
            vocabulary_key(name)


def vocabulary_key(name: str) -> tuple[str, int]:
    """(name, indices) of a scalar of the vocabulary with at most one index; ValueError for other names."""
    known = vocabulary()
    arities = [arity for known_name, arity in known if known_name == name]
    if not arities:
        near = get_close_matches(str(name), [*NAMES, *(known_name for known_name, _ in known)], n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(NAMES)}, and `lemmata show`"
        raise ValueError(f"unknown quantity {name!r}; {hint}")
    if min(arities) > 1 or known[name, min(arities)].vector:
        raise ValueError(f"quantity {name!r} is a vector or has two indices; name scalars, such as Z or theta")
    return name, min(arities)


def evaluate_quantities(networks: Network, quantities: Quantities) -> dict[str, Floats]:
    """Values of functions or of attributes at every network of a batch: {name: (batch..., ...)}."""
    if isinstance(quantities, Mapping):
        return {name: np.asarray(function(networks), dtype=np.float64) for name, function in quantities.items()}
    return {name: np.asarray(getattr(networks, name), dtype=np.float64) for name in quantities}
