"""How far a run can be trusted: the same run at a smaller tolerance, and by another method."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

__all__ = ["differences", "tighter"]

Floats = NDArray[np.float64]


def tighter(accuracy: float) -> float:
    """The second tolerance."""
    return max(accuracy / 30, 1e-13)


def differences(one: Mapping[str, Floats], other: Mapping[str, Floats] | None, suffix: str) -> dict[str, float]:
    """{name_difference_suffix: largest relative difference over the times}, NaN if the other run did not arrive.

    A value per neuron is compared with the largest of its time.
    """
    found = {}
    for name, values in one.items():
        found[f"{name}_difference_{suffix}"] = (
            float("nan") if other is None or other[name].shape != values.shape else _largest(values, other[name])
        )
    return found


def _largest(one: Floats, other: Floats) -> float:
    flat, reference = one.reshape(len(one), -1), other.reshape(len(other), -1)
    size = np.max(np.abs(reference), axis=1, initial=0.0, where=np.isfinite(reference))
    gap = np.max(np.abs(flat - reference), axis=1, initial=0.0, where=np.isfinite(flat) & np.isfinite(reference))
    known = size > 0
    return float(np.max(gap[known] / size[known], initial=0.0))
