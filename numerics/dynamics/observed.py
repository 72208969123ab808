"""Quantities that a caller asked to be recorded: functions, attributes of `Network`, or names of the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import Unevaluable
from numerics.dynamics.potentials import values_along
from numerics.dynamics.quantities import NAMES, Quantities, evaluate_quantities, vocabulary_key
from numerics.dynamics.trajectory import Trajectory

__all__ = ["observed"]

Floats = NDArray[np.float64]

# Attributes of `Network` that the integrator knows to more digits than the rounded states do.
_INTEGRATED = ("loss", "gradient_norm", "residual")


def observed(trajectory: Trajectory, quantities: Quantities) -> dict[str, Floats]:
    """Values (T, batch..., …) by name, NaN at states that are not finite.

    Raises ValueError, naming the quantity, for one that this network does not have.
    """
    finite: NDArray[np.bool_] = np.asarray(np.isfinite(trajectory.states).all(axis=(-2, -1)))
    if trajectory.loss.ndim == 1 and finite.all():
        return _single(trajectory, quantities)
    shape = finite.shape
    if not finite.any():
        return {}
    values = _single(_listed(trajectory, finite), quantities)
    found = {}
    for name, array in values.items():
        every = np.full((finite.size, *array.shape[1:]), np.nan)
        every[finite.ravel()] = array
        found[name] = every.reshape(*shape, *array.shape[1:])
    return found


def _listed(run: Trajectory, finite: NDArray[np.bool_]) -> Trajectory:
    """The finite states of a batch in one row, each with its own teachers and output weights."""
    keep = finite.ravel()

    def spread(array: Floats, shared: int) -> Floats:
        tail = array.shape[array.ndim - shared :]
        return np.broadcast_to(array, (*finite.shape, *tail)).reshape(-1, *tail)[keep]

    def own(array: Floats | None, shared: int) -> Floats | None:
        return None if array is None else spread(array, shared)

    count = int(keep.sum())
    return replace(
        run,
        t=np.arange(float(count)),
        states=spread(run.states, 2),
        teachers=spread(run.teachers, 2),
        loss=spread(run.loss, 0),
        residual=spread(run.residual, 1),
        loss_rate=own(run.loss_rate, 0),
        student_weights=own(run.student_weights, 1),
        teacher_weights=own(run.teacher_weights, 1),
    )


def _single(trajectory: Trajectory, quantities: Quantities) -> dict[str, Floats]:
    if isinstance(quantities, Mapping):
        return evaluate_quantities(trajectory.networks, quantities)
    found: dict[str, Floats] = {}
    for name in quantities:
        if name in NAMES and (name not in _INTEGRATED or trajectory.loss_rate is None):
            found |= evaluate_quantities(trajectory.networks, [name])
        elif name == "residual":
            found[name] = trajectory.residual
        else:
            key = vocabulary_key(name)
            try:
                found[name] = np.array(values_along(trajectory, [key])[key])
            except (Unevaluable, ValueError, KeyError) as error:
                raise ValueError(f"quantities: {name!r} is not defined for this network: {error}") from error
    return found
