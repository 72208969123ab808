"""Random networks of a `Draws` as frames, in blocks of bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from checks.given import Draws
from checks.runs.trajectories import descent_frame, recorded_steps, with_companions
from numerics.arithmetic.floating import Floating
from numerics.dynamics.reduce import gaussian_start
from numerics.evaluation.walk import Entry, Frame

__all__ = ["drawn_blocks", "last_of_run", "states_of_draw"]

_NUMBERS = 2_000_000


def _gaussian(given: Draws, students: int, size: int, rng: np.random.Generator) -> Frame:
    """Students drawn in at most n + 1 coordinates, which is exact in law whatever the dimension."""
    drawn = gaussian_start(
        n=students,
        d=given.dimension,
        sigma=float(given.deviation),
        teachers=np.array([[float(given.teacher_norm)]]),
        rng=rng,
        size=size,
    )
    teachers = np.broadcast_to(drawn.teachers, (size, *drawn.teachers.shape))
    entries = {
        "w": Entry(data=drawn.students, axis="student", vector=True),
        "v": Entry(data=teachers, axis="teacher", vector=True),
        **{str(symbol): Entry(data=np.full(size, float(value))) for symbol, value in given.scalars.items()},
    }
    return Frame(entries=entries, dimension=given.dimension)


def states_of_draw(given: Draws) -> int:
    """Recorded states of one draw, all its networks together."""
    times = len(recorded_steps(given.steps, given.at)) if given.steps else 1
    return times * (1 + len(given.companions))


def drawn_blocks(given: Draws, total: int, rng: np.random.Generator) -> Iterator[Frame]:
    """Frames of together ``total`` draws, with companions and, if asked for, their runs of descent."""
    sizes = [given.students, *(companion.students for companion in given.companions.values())]
    width = sum(size * (min(size, given.dimension - 1) + 1) for size in sizes)
    times = recorded_steps(given.steps, given.at) if given.steps else [0]
    block = max(1, _NUMBERS // (width * len(times)))
    for start in range(0, total, block):
        yield _block(given, min(block, total - start), rng, times)


def _block(given: Draws, size: int, rng: np.random.Generator, times: list[int]) -> Frame:
    main = _gaussian(given, given.students, size, rng)
    independent = {
        label: _gaussian(given, companion.students, size, rng)
        for label, companion in given.companions.items()
        if not companion.rows
    }
    frame = Frame(entries=main.entries, dimension=main.dimension, runs=independent)
    frame = with_companions(given, frame, given.companions, Floating())
    if not given.steps:
        return frame
    return descent_frame(given, frame, given.step, times)


def last_of_run(values: Any, times: int) -> Any:
    """(B,) values at the end of each run."""
    return values.reshape(-1, times)[:, -1] if times else values
