"""Gradient flows as frames: drawn or stated starts, recorded at common times, with what the integrator knows
better.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from checks.given import Flow, Networks
from checks.instances import frame_of_arrays, frame_of_point, space_of, walk_over
from checks.relation import AtMost, Below
from checks.runs.trajectories import spread, starts_of
from checks.truth import float_margin
from numerics.arithmetic.floating import Floating
from numerics.dynamics.flow import gradient_flow
from numerics.dynamics.trajectory import Trajectory
from numerics.evaluation.walk import Entry, Frame, Value
from numerics.instances.sample import sample_batches
from numerics.instances.stratum import all_strata
from numerics.network import Network
from theory.model import find_model

__all__ = ["Flows", "admissible", "flow_times", "flows_from_draws", "flows_from_start", "generic_starts"]

# Starts that are drawn for flows by default: the others lie at minima, or at points where the flow has no
# meaning.
_STRATA = ("gaussian", "initialisation", "sphere")
_ATTEMPTS = 40


@dataclass(frozen=True, kw_only=True)
class Flows:
    """Frames of single flows, how many were tried, and why some were left out."""

    frames: tuple[Frame, ...]
    tried: int
    lost: tuple[str, ...] = ()
    accuracy: float = 1e-9


def flow_times(given: Flow, per_decade: int = 12) -> list[float]:
    """Recorded times of a flow."""
    if given.at:
        return sorted({0.0, *(float(time) for time in given.at)})
    last = float(given.until)
    return list(spread(last, per_decade, first=min(0.1, last / 100)))


def flows_from_start(given: Flow, accuracy: float) -> Flows:
    """The flow from the claim's own start."""
    assert given.start is not None
    frame = frame_of_point(starts_of(given), given.start, Floating())
    found = _follow(given, frame, flow_times(given), accuracy)
    return Flows(
        frames=() if isinstance(found, str) else (found,),
        tried=1,
        accuracy=accuracy,
        lost=(found,) if isinstance(found, str) else (),
    )


def flows_from_draws(
    given: Flow, count: int, rng: np.random.Generator, accuracy: float, *, generic: bool = False
) -> Flows:
    """Up to ``count`` flows from drawn starts that meet the hypotheses on the start; `generic_starts` only,
    if asked for.
    """
    starts = starts_of(given)
    times = flow_times(given)
    frames: list[Frame] = []
    lost: list[str] = []
    tried = 0
    for start in generic_starts(starts, rng) if generic else _drawn_starts(starts, count, rng):
        if len(frames) == count or tried == _ATTEMPTS * count:
            break
        tried += 1
        if not admissible(starts, start):
            continue
        found = _follow(given, start, times, accuracy)
        if isinstance(found, str):
            lost.append(found)
        else:
            frames.append(found)
    return Flows(frames=tuple(frames), tried=tried, lost=tuple(lost), accuracy=accuracy)


def _drawn_starts(starts: Networks, count: int, rng: np.random.Generator) -> Iterator[Frame]:
    space = space_of(starts)
    chosen = tuple(all_strata()[name] for name in _STRATA)
    strata = None if space.near_optimum else tuple(stratum for stratum in chosen if stratum.applies(space)) or None
    for drawn in sample_batches(space, rng, _ATTEMPTS * count, batch=1, strata=strata):
        for place in range(drawn.size):
            one = {name: array[place : place + 1] for name, array in drawn.batch.items()}
            yield frame_of_arrays(starts, one, Floating())


def generic_starts(starts: Networks, rng: np.random.Generator) -> Iterator[Frame]:
    """Starts of order one in general position, without end: unit teachers, orthogonal where d allows,
    students N(0, I/d).
    """

    def between(span: Any) -> int:
        return int(rng.integers(span[0], span[1] + 1))

    while True:
        n, m, d = between(starts.students), between(starts.teachers), between(starts.dimension)
        frame = np.linalg.qr(rng.standard_normal((max(m, d), max(m, d))))[0]
        teachers = frame[:m, :d] if m <= d else rng.standard_normal((m, d))
        teachers = teachers / np.sqrt((teachers**2).sum(axis=1, keepdims=True))
        batch: dict[str, Any] = {"w": rng.standard_normal((1, n, d)) / np.sqrt(d), "v": teachers[None]}
        for name in (*starts.directions, *starts.coefficients):
            batch[name] = rng.standard_normal((1, n, d))
        for name in starts.vectors:
            batch[name] = rng.standard_normal((1, 1, d))
        for symbol, (low, high) in starts.scalars.items():
            batch[str(symbol)] = rng.uniform(float(low), float(high), 1)
        yield frame_of_arrays(starts, batch, Floating())


def admissible(starts: Networks, start: Frame) -> bool:
    """Whether one start meets the hypotheses, in floats."""
    walk = walk_over(starts, start, Floating())
    for relation in starts.where:
        floor = 0.0 if isinstance(relation, AtMost | Below) else -1e-9
        if not float_margin(walk, (), relation)[0] >= floor:
            return False
    return True


def _follow(given: Flow, start: Frame, times: Sequence[float], accuracy: float) -> Frame | str:
    """Frame of one flow, or why there is none."""
    students, teachers = start.entries["w"].data[0], start.entries["v"].data[0]
    net = Network(model=find_model(given.model), students=students, teachers=teachers)
    if not np.all(net.gradient_defined):
        return "a student starts at 0, where the loss has no gradient"
    with warnings.catch_warnings():
        # What the integrator warns about ends in the status of the run.
        warnings.simplefilter("ignore")
        run = gradient_flow(net, until=times[-1], at=times, accuracy=accuracy)
    if run.status != "finished":
        return run.message
    return flow_frame(start, run)


def flow_frame(start: Frame, run: Trajectory) -> Frame:
    """Frame of one recorded flow; scalars of the start are kept, in the run's own coordinates."""
    count = len(run.t)
    entries: dict[str, Entry] = {
        name: Entry(data=np.repeat(entry.data, count, axis=0))
        for name, entry in start.entries.items()
        if entry.axis is None and not entry.vector
    }
    teachers = np.broadcast_to(run.teachers, (count, *run.teachers.shape[-2:]))
    entries["w"] = Entry(data=run.states, axis="student", vector=True)
    entries["v"] = Entry(data=teachers, axis="teacher", vector=True)
    entries["t"] = Entry(data=run.t)
    known: Mapping[tuple[str, int], Any] = {
        ("loss", 0): Value(data=run.loss),
        ("residual", 0): Value(data=run.residual, vector=True),
    }
    return Frame(entries=entries, dimension=run.dimension, times=count, known=known)
