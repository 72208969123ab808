"""Gradient flows and descents that several claims share: each start is followed once, and once more for every check of its
error.
"""

from __future__ import annotations

import warnings
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from numerics.dynamics.descent import gradient_descent
from numerics.dynamics.flow import gradient_flow
from numerics.dynamics.integrate import METHODS
from numerics.dynamics.trajectory import Trajectory
from numerics.network import Network
from theory.model import Model, find_model

__all__ = ["ACCURACY", "SECOND_METHOD", "descend", "follow", "loss_errors"]

Floats = np.ndarray[Any, np.dtype[np.float64]]

ACCURACY = 1e-10
SECOND_METHOD = next(name for name in METHODS if name != "LSODA")
# The second run at a smaller tolerance; the other integrator is of another order and gets there at a larger one.
_TIGHTER, _OF_SECOND_METHOD = ACCURACY / 30, 10 * ACCURACY
_KEPT = 512

_followed: OrderedDict[tuple[Any, ...], Trajectory | str] = OrderedDict()


def follow(
    model: str | Model,
    students: Floats,
    teachers: Floats,
    times: Sequence[float],
    *,
    accuracy: float = ACCURACY,
    method: str | None = None,
) -> Trajectory | str:
    """The flow recorded at ``times``, or why there is none; the same question gets the same trajectory, which is not to be
    written to.
    """
    key = (model, *_bytes(students, teachers), tuple(times), accuracy, method)
    return _kept(key, lambda: _follow(model, students, teachers, times, accuracy, method))


def descend(
    model: str | Model, students: Floats, teachers: Floats, step: float, record: Sequence[int]
) -> Trajectory | str:
    """The run of gradient descent recorded at the steps ``record``, or why there is none; shared like flows."""
    key = (model, *_bytes(students, teachers), tuple(record), step, "descent")
    return _kept(key, lambda: _descend(model, students, teachers, step, record))


def _bytes(*arrays: Floats) -> Iterator[tuple[Any, ...]]:
    return ((array.shape, array.tobytes()) for array in arrays)


def _kept(key: tuple[Any, ...], compute: Callable[[], Trajectory | str]) -> Trajectory | str:
    if key in _followed:
        _followed.move_to_end(key)
        return _followed[key]
    found = _followed[key] = compute()
    if len(_followed) > _KEPT:
        _followed.popitem(last=False)
    return found


def _follow(
    model: str | Model, students: Floats, teachers: Floats, times: Sequence[float], accuracy: float, method: str | None
) -> Trajectory | str:
    net = Network(model=find_model(model), students=students, teachers=teachers)
    if not np.all(net.gradient_defined):
        return "a student starts at 0, where the loss has no gradient"
    with warnings.catch_warnings():
        # What the integrator warns about ends in the status of the run.
        warnings.simplefilter("ignore")
        # NumPy whatever else is installed: the same seed and versions give the same evidence.
        run = gradient_flow(net, until=times[-1], at=times, accuracy=accuracy, method=method, backend="numpy")
    return run if run.status == "finished" else run.message


def _descend(
    model: str | Model, students: Floats, teachers: Floats, step: float, record: Sequence[int]
) -> Trajectory | str:
    net = Network(model=find_model(model), students=students, teachers=teachers)
    run = gradient_descent(net, step=step, steps=record[-1], record=record)
    return run if run.status == "finished" else run.message


def loss_errors(model: str | Model, students: Floats, teachers: Floats, times: Sequence[float]) -> Mapping[str, float]:
    """Largest relative difference of the loss, over all recorded times, to a run at a 30 times smaller tolerance and to
    another integrator; NaN where the second run does not arrive.
    """
    first = follow(model, students, teachers, times)
    if isinstance(first, str):
        raise ValueError(f"this flow has no loss to check: {first}")
    tighter = follow(model, students, teachers, times, accuracy=_TIGHTER)
    other = follow(model, students, teachers, times, accuracy=_OF_SECOND_METHOD, method=SECOND_METHOD)
    return {"tighter tolerance": _difference(first, tighter), SECOND_METHOD: _difference(first, other)}


def _difference(first: Trajectory, second: Trajectory | str) -> float:
    if isinstance(second, str):
        return float("nan")
    either = np.maximum(np.abs(first.loss), np.abs(second.loss))
    apart = np.abs(first.loss - second.loss)
    return float(np.max(np.divide(apart, either, out=np.zeros_like(apart), where=either > 0)))
