"""Trajectories as frames: batches of descent runs in binary64, one exact run in balls.

States are laid out (instances · times, …), times fastest; what does not move is repeated, so that one walk
serves every relation over states and over whole runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from sympy import Expr

from checks.claim import Claim
from checks.given import Companion, Descent, Flow, Networks, Point
from checks.instances import frame_of_arrays, frame_of_point, setting_of, walk_over
from numerics.arithmetic.ball import Balls
from numerics.arithmetic.base import Arithmetic, Unevaluable
from numerics.arithmetic.floating import Floating
from numerics.dynamics.ball_descent import ball_descent
from numerics.dynamics.simulate import population_gradient, simulate
from numerics.evaluation.walk import Entry, Frame, Walk

__all__ = [
    "chunks",
    "descent_frame",
    "exact_descent_frame",
    "exact_step",
    "recorded_steps",
    "spread",
    "starts_of",
    "step_sizes",
    "stretched",
    "with_companions",
]

# Binary64 numbers that one block of trajectories may hold.
_BLOCK = 4_000_000
_EVERY_STEP_UP_TO = 20_000


def starts_of(given: Descent | Flow) -> Networks:
    """The networks that trajectories start from; all networks of the sizes given where ``starts`` says
    nothing.
    """
    if given.starts is not None:
        return given.starts
    return Networks(model=given.model, students=given.students, teachers=given.teachers, dimension=given.dimension)


def spread(last: float, per_decade: int = 12, first: float = 1.0) -> tuple[float, ...]:
    """0, and times spread over the decades from ``first`` to ``last``, both included."""
    if last <= first:
        return (0.0, last)
    count = max(2, int(np.ceil(per_decade * np.log10(last / first))) + 1)
    grid = np.geomspace(first, last, count)
    grid[-1] = last
    return (0.0, *grid.tolist())


def recorded_steps(steps: int, at: Sequence[int] = ()) -> list[int]:
    """The step numbers recorded of a run of descent."""
    if at:
        return sorted({0, *at})
    if steps <= _EVERY_STEP_UP_TO:
        return list(range(steps + 1))
    return sorted({round(time) for time in spread(steps, 40)})


def chunks(batch: Mapping[str, Any], numbers_each: int) -> Iterator[dict[str, Any]]:
    """A batch cut into blocks of bounded memory; ``numbers_each`` is what one instance takes."""
    size = max(len(array) for array in batch.values())
    block = max(1, _BLOCK // max(1, numbers_each))
    for start in range(0, size, block):
        yield {name: array[start : start + block] for name, array in batch.items()}


def stretched(frame: Frame, times: int) -> dict[str, Entry]:
    """Entries repeated for every time."""
    return {name: replace(entry, data=np.repeat(entry.data, times, axis=0)) for name, entry in frame.entries.items()}


def with_companions(given: Any, frame: Frame, companions: Mapping[str, Companion], arithmetic: Arithmetic) -> Frame:
    """The frame of starts with the start of every companion built from it."""
    runs = {}
    for label, companion in companions.items():
        if companion.rows:
            rows = _built_rows(given, frame, companion.rows, arithmetic)
            entry = Entry(data=rows, axis="student", vector=True)
            others = {name: value for name, value in frame.entries.items() if name != "w"}
            runs[label] = Frame(entries={**others, "w": entry}, dimension=frame.dimension)
        elif label in frame.runs:
            runs[label] = frame.runs[label]
        else:
            raise Unevaluable(f"companion {label!r} has no rows; only Draws draws companions by itself")
    return replace(frame, runs=runs)


def _built_rows(given: Any, frame: Frame, rows: Sequence[Expr], arithmetic: Arithmetic) -> np.ndarray[Any, Any]:
    walk = walk_over(given, frame, arithmetic)
    size = frame.entries["w"].data.shape[0]
    built = []
    for tree in rows:
        value = walk(tree)
        data = value.data if value.axes else value.data[:, None]
        built.append(np.broadcast_to(data, (size, *data.shape[1:])))
    return np.concatenate(built, axis=1)


def step_sizes(walk: Walk, step: Expr | None) -> Any:
    """(B,) step sizes of runs from a batch of starts, given or among their scalars."""
    if step is not None:
        return walk(step).data
    if "eta" not in walk.frame.entries:
        raise ValueError("a Descent needs step=…, or a scalar eta among the scalars of its starts")
    return walk.frame.entries["eta"].data


def descent_frame(given: Any, start: Frame, step: Expr | None, times: Sequence[int]) -> Frame:
    """Runs of descent from a batch of starts, recorded at the step numbers ``times``, in binary64."""
    walk = walk_over(given, start, Floating())
    size = start.entries["w"].data.shape[0]
    eta = np.broadcast_to(np.asarray(step_sizes(walk, step), dtype=np.float64), (size,))
    clock = np.asarray(times, dtype=np.float64)
    moved = _moved(given, start, eta, times, clock)
    runs = {label: _moved(given, run, eta, times, clock) for label, run in start.runs.items()}
    return replace(moved, runs=runs)


def _moved(
    given: Any, start: Frame, eta: np.ndarray[Any, Any], times: Sequence[int], clock: np.ndarray[Any, Any]
) -> Frame:
    students, teachers = start.entries["w"].data, start.entries["v"].data
    size = students.shape[0]
    teachers = np.broadcast_to(teachers, (size, *teachers.shape[1:]))
    gradient = population_gradient(setting_of(given, teachers.shape[1]).model, teachers)
    states = simulate(_where_finite(gradient), students, eta, times)
    return trajectory_frame(start, states, clock, eta)


def _where_finite(gradient: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The gradient of the runs that are still finite, NaN for those that reached 0 under a kink, or diverged."""

    def partial(students: Any) -> Any:
        finite = np.isfinite(students).all(axis=(1, 2))[:, None, None]
        return (
            gradient(students) if finite.all() else np.where(finite, gradient(np.where(finite, students, 1.0)), np.nan)
        )

    return partial


def trajectory_frame(start: Frame, states: Any, clock: Any, eta: Any = None) -> Frame:
    """Frame of recorded states (B, T, n, d) at the times ``clock`` (T,), everything else as at the start."""
    size, times = states.shape[:2]
    entries = stretched(start, times)
    entries["w"] = Entry(data=states.reshape(size * times, *states.shape[2:]), axis="student", vector=True)
    entries["t"] = Entry(data=np.tile(clock, size))
    if eta is not None:
        entries["eta"] = Entry(data=np.repeat(eta, times))
    return Frame(entries=entries, metric=start.metric, dimension=start.dimension, times=times)


# -- one exact run in balls
# --------------------------------------------------------------------------------------


def exact_start(given: Descent, point: Point) -> Frame:
    """Start of one exact run with its companions, in balls at the precision in force."""
    starts = starts_of(given)
    frame = frame_of_point(starts, point, Balls())
    return with_companions(starts, frame, given.companions, Balls())


def exact_step(given: Descent, start: Frame) -> Any:
    """The exact step size of a run, or an enclosure of it."""
    return step_sizes(walk_over(starts_of(given), start, Balls()), given.step)[0]


def exact_descent_frame(given: Descent, point: Point, claim: Claim) -> Walk:
    """A walk over all states t = 0 … steps of the run from an exact start, enclosed at the precision in
    force.
    """
    start = exact_start(given, point)
    eta = exact_step(given, start)
    times = given.steps + 1
    clock = Balls().lift(np.arange(times))

    def moved(frame: Frame) -> Frame:
        students, teachers = frame.entries["w"].data[0], frame.entries["v"].data[0]
        setting = setting_of(given, teachers.shape[0])
        states = ball_descent(setting, students, teachers, eta, given.steps)
        sizes = np.full(1, eta, dtype=object)
        return trajectory_frame(frame, states[None], clock, sizes)

    runs = {label: moved(run) for label, run in start.runs.items()}
    return walk_over(starts_of(given), replace(moved(start), runs=runs), Balls(), claim)


def float_starts(given: Descent | Flow, batch: Mapping[str, Any]) -> Frame:
    """Frame of drawn starts with their companions."""
    starts = starts_of(given)
    frame = frame_of_arrays(starts, batch, Floating())
    companions = getattr(given, "companions", {})
    return with_companions(starts, frame, companions, Floating()) if companions else frame
