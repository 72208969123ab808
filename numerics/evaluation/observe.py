"""Observables of trajectories in floats and balls (`theory.observables`).

Values along a trajectory are laid out (instances · times, …), times fastest.  An observable returns the same
layout, with a number per trajectory repeated at every time, so that it mixes freely with running values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from flint import arb, fmpq
from sympy import Symbol

from numerics.arithmetic.base import Arithmetic, Data, Unevaluable
from numerics.evaluation.walk import Value, Walk, align
from theory import observables
from theory.observables import Observable

__all__ = ["observe"]

_TIME = Symbol("t", real=True)


def observe(walk: Walk, tree: Observable) -> Value:
    """Value of an observable over the frame of ``walk``; Unevaluable where there is no trajectory or no such
    run.
    """
    if isinstance(tree, observables.run):
        return _of_run(walk, tree)
    if isinstance(tree, observables.median | observables.mean | observables.share):
        return _over_runs(walk, tree)
    if isinstance(tree, observables.fitted_slope):
        return _fitted(walk, tree)
    if walk.frame.times == 0:
        raise Unevaluable(f"{tree} asks about a trajectory; use it with given=Flow(…), Descent(…) or an Experiment")
    if isinstance(tree, observables.first_time | observables.occurrences):
        return _times(walk, tree)
    if isinstance(tree, observables.at_time | observables.slope):
        return _two_series(walk, tree)
    series = _series(walk, [walk(argument) for argument in tree.args])
    arrays, axes = align([replace(value, data=value.data) for value in series])
    data = [_by_time(walk, array) for array in arrays]
    return Value(data=_flat(_REDUCE[type(tree)](walk.arithmetic, *data)), axes=axes, vector=series[0].vector)


def _of_run(walk: Walk, tree: Observable) -> Value:
    """Value on a labelled run; where that is recorded at other times, its value at the end of the run."""
    other = walk.of_run(str(tree.args[0]))
    value = other(tree.args[1])
    if other.frame.times in (0, walk.frame.times) or value.data.shape[0] == 1:
        return value
    return replace(value, data=_by_time(other, value.data)[:, -1])


# -- layout
# ------------------------------------------------------------------------------------------------------


def _states(walk: Walk) -> int:
    return int(walk.frame.entries["t"].data.shape[0])


def _series(walk: Walk, values: list[Value]) -> list[Value]:
    """Values with a full batch axis: what does not depend on the state is repeated."""
    size = _states(walk)
    return [replace(value, data=np.broadcast_to(value.data, (size, *value.data.shape[1:]))) for value in values]


def _by_time(walk: Walk, data: Data) -> Data:
    return data.reshape(-1, walk.frame.times, *data.shape[1:])


def _flat(data: Data) -> Data:
    return np.ascontiguousarray(data).reshape(-1, *data.shape[2:])


def _everywhere(data: Data, like: Data) -> Data:
    return np.broadcast_to(data, like.shape)


# -- one number or a running value per trajectory
# ----------------------------------------------------------------


def _extremum(largest: bool) -> Callable[[Arithmetic, Data], Data]:
    return lambda arithmetic, data: _everywhere(np.expand_dims(arithmetic.extremum(data, 1, largest), 1), data)


def _accumulated(
    step: Callable[[Arithmetic, Data, Data], Data], data: Data, arithmetic: Arithmetic, start: Data
) -> Data:
    """start, step(start, x_0), step(…, x_1), … along axis 1: what was accumulated before each time."""
    result = np.empty_like(data)
    current = start
    for place in range(data.shape[1]):
        result[:, place] = current
        current = step(arithmetic, current, data[:, place])
    return result


def _running(largest: bool) -> Callable[..., Data]:
    def better(arithmetic: Arithmetic, old: Data, new: Data) -> Data:
        return arithmetic.extremum(np.stack([old, new]), 0, largest)

    accumulate = np.maximum.accumulate if largest else np.minimum.accumulate

    def reduce(arithmetic: Arithmetic, data: Data, start: Data | None = None) -> Data:
        if arithmetic.name == "binary64":
            shifted = data if start is None else np.concatenate([start[:, :1], data[:, :-1]], axis=1)
            return np.asarray(accumulate(shifted, axis=1))
        if start is not None:
            return _accumulated(better, data, arithmetic, start[:, 0])
        shifted = _accumulated(better, data, arithmetic, data[:, 0])
        return np.asarray(arithmetic.extremum(np.stack([shifted, data]), 0, largest))

    return reduce


def _fold(multiply: bool) -> Callable[[Arithmetic, Data], Data]:
    def reduce(arithmetic: Arithmetic, data: Data) -> Data:
        if arithmetic.name == "binary64":
            unit = np.full_like(data[:, :1], 1.0 if multiply else 0.0)
            shifted = np.concatenate([unit, data[:, :-1]], axis=1)
            return np.cumprod(shifted, axis=1) if multiply else np.cumsum(shifted, axis=1)
        start = np.broadcast_to(arithmetic.lift(1 if multiply else 0), data[:, 0].shape)
        step = (lambda _, old, new: old * new) if multiply else (lambda _, old, new: old + new)
        return _accumulated(step, data, arithmetic, start)

    return reduce


_REDUCE: dict[type, Callable[..., Data]] = {
    observables.initial: lambda _, data: _everywhere(data[:, :1], data),
    observables.final: lambda _, data: _everywhere(data[:, -1:], data),
    observables.peak: _extremum(True),
    observables.trough: _extremum(False),
    observables.peak_so_far: _running(True),
    observables.trough_so_far: _running(False),
    observables.peak_before: _running(True),
    observables.trough_before: _running(False),
    observables.total_before: _fold(False),
    observables.product_before: _fold(True),
}


# -- times
# -------------------------------------------------------------------------------------------------------


def _times(walk: Walk, tree: Observable) -> Value:
    """First time, or number of times, at which every slack is met."""
    arrays, axes = align(_series(walk, [walk(argument) for argument in tree.args]))
    slacks = [_by_time(walk, array) for array in np.broadcast_arrays(*arrays)]
    clock = _by_time(walk, walk.frame.entries["t"].data)
    first = isinstance(tree, observables.first_time)
    if walk.arithmetic.name == "binary64":
        met = np.logical_and.reduce([slack >= 0 for slack in slacks])
        result = _float_first(walk, met, clock) if first else met.sum(axis=1).astype(np.float64)
    else:
        result = _certain_times(np.minimum.reduce([_signs(slack) for slack in slacks]), clock, first)
    return Value(data=_flat(_everywhere(np.expand_dims(result, 1), slacks[0])), axes=axes)


def _float_first(walk: Walk, met: np.ndarray[Any, Any], clock: Data) -> Data:
    shaped = clock.reshape(*clock.shape, *[1] * (met.ndim - 2))
    times = np.take_along_axis(np.broadcast_to(shaped, met.shape), met.argmax(axis=1, keepdims=True), axis=1)[:, 0]
    never = ~met.any(axis=1)
    if never.any():
        walk.horizon.met = True
        step = clock[:, -1] - clock[:, -2] if clock.shape[1] > 1 else clock[:, -1] + 1
        horizon = (clock[:, -1] + step).reshape(-1, *[1] * (never.ndim - 1))
        times = np.where(never, horizon if walk.horizon.censored else np.inf, times)
    return np.asarray(times)


def _sign(element: Any) -> int:
    """+1 certainly ≥ 0, −1 certainly < 0, 0 unknown."""
    if isinstance(element, fmpq):
        return 1 if element >= 0 else -1
    if not element.is_finite():
        return 0
    return 1 if element >= 0 else -1 if element < 0 else 0


def _signs(data: Data) -> np.ndarray[Any, Any]:
    return np.frompyfunc(_sign, 1, 1)(data).astype(np.int8)


def _certain_times(signs: np.ndarray[Any, Any], clock: Data, first: bool) -> Data:
    """First times and counts where every sign up to there is certain; NaN (unknown) elsewhere, and where
    never met.

    A slack vector is met if its smallest sign is +1, and missed if that is −1.
    """
    result = np.empty((signs.shape[0], *signs.shape[2:]), dtype=object)
    for place in np.ndindex(result.shape):
        column = signs[(place[0], slice(None), *place[1:])]
        if first:
            known = column[: int(np.argmax(column >= 0)) + 1] if (column >= 0).any() else column
            result[place] = clock[place[0], len(known) - 1] if known[-1] == 1 else arb.nan()
        else:
            result[place] = fmpq(int((column == 1).sum())) if (column != 0).all() else arb.nan()
    return result


def _two_series(walk: Walk, tree: Observable) -> Value:
    if walk.arithmetic.name != "binary64":
        raise Unevaluable(f"{type(tree).__name__} has no enclosure; state it with initial, final or peak")
    arrays, axes = align(_series(walk, [walk(argument) for argument in tree.args]))
    first, second = (_by_time(walk, array) for array in np.broadcast_arrays(*arrays))
    if isinstance(tree, observables.at_time):
        clock = _by_time(walk, walk.frame.entries["t"].data)
        clock = clock.reshape(*clock.shape, *[1] * (first.ndim - 2))
        # The last recorded time ≤ the wanted one; a small excess forgives rounding of times such as 0.1 · 3.
        place = (clock <= second * (1 + 1e-12)).sum(axis=1, keepdims=True) - 1
        taken = np.take_along_axis(first, np.maximum(place, 0)[:, :1], axis=1)
        defined = (place >= 0)[:, :1] & np.isfinite(second[:, :1])
        return Value(data=_flat(_everywhere(np.where(defined, taken, np.nan), first)), axes=axes)
    return Value(data=_flat(_log_slope(first, second)), axes=axes)


def _log_slope(y: Data, x: Data) -> Data:
    """(log y − log y′) / (log x − log x′) with x′ the last recorded value ≤ x/10; NaN before there is one."""
    log_y, log_x = np.log(np.abs(y)), np.log(x)
    result = np.full(y.shape, np.nan)
    for place in range(y.shape[1]):
        earlier = (x[:, : place + 1] <= x[:, place : place + 1] / 10 * (1 + 1e-12)).sum(axis=1, keepdims=True) - 1
        reached = earlier[:, 0] >= 0
        index = np.maximum(earlier, 0)
        run = log_x[:, place] - np.take_along_axis(log_x, index, axis=1)[:, 0]
        rise = log_y[:, place] - np.take_along_axis(log_y, index, axis=1)[:, 0]
        result[:, place] = np.where(reached & (run > 0), rise / np.where(run > 0, run, 1.0), np.nan)
    return result


def _fitted(walk: Walk, tree: Observable) -> Value:
    """Σ (log x − mean) (log y) / Σ (log x − mean)²."""
    if walk.arithmetic.name != "binary64" or len(tree.args) < 4 or len(tree.args) % 2:
        raise Unevaluable(f"{tree}: a fitted slope needs two points (x, y) at least, in floats")
    data, axes = align([walk(argument) for argument in tree.args])
    points = np.log(np.stack(np.broadcast_arrays(*data)))
    x, y = points[::2], points[1::2]
    centred = x - x.mean(axis=0)
    return Value(data=np.asarray((centred * y).sum(axis=0) / (centred**2).sum(axis=0)), axes=axes)


# -- over the runs of a set
# --------------------------------------------------------------------------------------


def _over_runs(walk: Walk, tree: Observable) -> Value:
    """Median, mean or share over the instances, at each time if there are times."""
    if walk.arithmetic.name != "binary64":
        raise Unevaluable(f"{type(tree).__name__} summarises simulated runs; it has no enclosure")
    value = walk(tree.args[0])
    times = max(walk.frame.times, 1)
    data = value.data
    if data.shape[0] == 1 and times > 1:
        return value
    data = data.reshape(-1, times, *data.shape[1:])
    if isinstance(tree, observables.median):
        # A median of values of which some are infinite (never reached) is the middle one, without an average
        # of two.
        reduced = np.quantile(data, 0.5, axis=0, method="inverted_cdf")
    elif isinstance(tree, observables.mean):
        reduced = data.mean(axis=0)
    else:
        reduced = (data >= 0).mean(axis=0)
    return Value(data=_flat(np.broadcast_to(reduced[None], data.shape)), axes=value.axes)
