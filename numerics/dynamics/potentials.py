"""Quantities of the vocabulary along a trajectory, and the rate at which its loss falls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import Unevaluable
from numerics.arithmetic.floating import Floating
from numerics.dynamics.trajectory import Trajectory
from numerics.evaluation.supply import stable_quantities
from numerics.evaluation.walk import Entry, Frame, Walk
from theory.quantity import Quantity, Setting, find_quantity

__all__ = ["DEFAULT_POTENTIALS", "decay_exponent", "potentials_along", "values_along"]

Floats = NDArray[np.float64]

DEFAULT_POTENTIALS = ("gradient_norm", "residual_norm", "H", "Z", "V", "kappa_max")


def potentials_along(trajectory: Trajectory, names: Sequence[str] | None = None) -> dict[str, Floats]:
    """Values (T, …) of quantities without index at every recorded state of a single run; NaN where undefined.

    Without ``names``, those of `DEFAULT_POTENTIALS` that the model has.  Binary64, through stable forms where
    they exist; the residual is the integrator's own.  Raises ValueError for a name that is unknown or that
    the network does not have.
    """
    walk = _walk(trajectory)
    found: dict[str, Floats] = {}
    for name in DEFAULT_POTENTIALS if names is None else names:
        quantity = find_quantity(name)
        try:
            found[name] = _values(walk, quantity, trajectory)
        except (Unevaluable, ValueError) as error:
            if names is None:
                continue
            teachers = trajectory.teachers.shape[-2]
            reason = f"it is defined for a single teacher, this network has {teachers}" if teachers > 1 else error
            raise ValueError(f"{name}: {reason}") from error
    return found


def values_along(trajectory: Trajectory, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Floats]:
    """Values (T, …) of quantities named by (name, number of indices 0 or 1), as `potentials_along`."""
    walk = _walk(trajectory)
    return {key: _values(walk, find_quantity(*key), trajectory) for key in keys}


def _values(walk: Walk, quantity: Quantity, trajectory: Trajectory) -> Floats:
    own = _integrated(quantity.name, trajectory)
    if own is not None and not quantity.axes:
        return own
    with np.errstate(invalid="ignore", divide="ignore"):
        data = walk(quantity.symbol[quantity.axes] if quantity.axes else quantity.symbol).data
    return np.broadcast_to(np.asarray(data, dtype=np.float64), (len(trajectory.t), *data.shape[1:]))


def _integrated(name: str, trajectory: Trajectory) -> Floats | None:
    """What the integrator knows to more digits than the rounded states do."""
    if name == "loss":
        return trajectory.loss
    if name == "residual_norm":
        return np.sqrt(np.einsum("tk,tk->t", trajectory.residual, trajectory.residual))
    if name == "gradient_norm" and trajectory.loss_rate is not None:
        return np.sqrt(np.maximum(-trajectory.loss_rate, 0.0))
    plain = trajectory.student_weights is None and trajectory.teacher_weights is None
    if (
        name == "H"
        and plain
        and trajectory.teachers.shape[:-1] == (1,)
        and trajectory.model.parametrisation.exponent == 0
    ):
        teacher = trajectory.teachers[0]
        return np.asarray(-(trajectory.residual @ teacher) / np.linalg.norm(teacher), dtype=np.float64)
    return None


def _walk(trajectory: Trajectory) -> Walk:
    model, states = trajectory.model, trajectory.states
    count = len(states)
    weights: Any = {"alpha": trajectory.student_weights, "omega": trajectory.teacher_weights}
    sizes = {"alpha": states.shape[1], "omega": trajectory.teachers.shape[-2]}
    weighted = any(value is not None for value in weights.values())
    entries = {
        "w": Entry(data=states, axis="student", vector=True),
        "v": Entry(
            data=np.broadcast_to(trajectory.teachers, (count, *trajectory.teachers.shape[-2:])),
            axis="teacher",
            vector=True,
        ),
    }
    if weighted:
        for name, axis in (("alpha", "student"), ("omega", "teacher")):
            given = np.ones(sizes[name]) if weights[name] is None else weights[name]
            entries[name] = Entry(data=np.broadcast_to(given, (count, sizes[name])), axis=axis)
    several = sizes["omega"] > 1 or not model.single_teacher
    setting = Setting(model=model, several_teachers=several, weighted=weighted)
    frame = Frame(entries=entries, dimension=trajectory.dimension)
    return Walk(arithmetic=Floating(), setting=setting, frame=frame, supply=stable_quantities(setting))


def decay_exponent(t: Floats, loss: Floats) -> float:
    """d ln L / d ln t over the last decade of recorded times, NaN where it is not known.

    For display: a slope is no evidence of a law.
    """
    late = (t > 0) & (t >= t[-1] / 10) & (loss > 0)
    if late.sum() < 2:
        return float("nan")
    first, last = np.flatnonzero(late)[[0, -1]]
    return float(np.log(loss[last] / loss[first]) / np.log(t[last] / t[first]))
