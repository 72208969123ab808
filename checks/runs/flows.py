"""Gradient flows as frames: drawn or stated starts, recorded at common times, with what the integrator knows
better.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from checks.claim import Claim
from checks.given import Descent, Flow, Networks
from checks.instances import frame_of_arrays, frame_of_point, space_of, walk_over
from checks.method import Context
from checks.relation import AtMost, Below
from checks.runs.followed import follow, loss_errors
from checks.runs.trajectories import spread, starts_of
from checks.truth import float_margin
from numerics.arithmetic.floating import Floating
from numerics.dynamics.trajectory import Trajectory
from numerics.evaluation.walk import Entry, Frame, Value
from numerics.instances.sample import sample_batches
from numerics.instances.stratum import all_strata

__all__ = ["Flows", "admissible", "flow_frame", "flow_times", "flows_of", "generic_starts", "rng_of_starts"]

# Starts that are drawn for flows by default: the others lie at minima, or at points where the flow has no
# meaning.
_STRATA = ("gaussian", "initialisation", "sphere")
_ATTEMPTS = 40


@dataclass(frozen=True, kw_only=True)
class Flows:
    """Frames of single flows, how many were tried, and why some were left out.

    ``errors`` are the largest relative differences of the loss to second runs, by what was different about these, over
    all flows; empty where they were not asked for.
    """

    frames: tuple[Frame, ...]
    tried: int
    lost: tuple[str, ...] = ()
    errors: Mapping[str, float] | None = None
    allowed: float = np.inf

    @property
    def inaccurate(self) -> str:
        """Why the losses are not accurate enough for what is asked, "" if they are."""
        wrong = [f"{name}: {error:.1e}" for name, error in (self.errors or {}).items() if not error <= self.allowed]
        return f"the loss differs between two integrations ({'; '.join(wrong)})" if wrong else ""

    def numbers(self) -> dict[str, Any]:
        """What evidence reports about the runs themselves."""
        found: dict[str, Any] = {}
        if self.lost:
            found["flows left out"] = f"{len(self.lost)}: {self.lost[0]}"
        if self.errors is not None:
            found["relative error of the loss"] = {name: f"{error:.1e}" for name, error in self.errors.items()}
        return found


def flow_times(given: Flow, per_decade: int = 12) -> list[float]:
    """Recorded times of a flow."""
    if given.at:
        return sorted({0.0, *(float(time) for time in given.at)})
    last = float(given.until)
    return list(spread(last, per_decade, first=min(0.1, last / 100)))


def rng_of_starts(context: Context, given: Flow | Descent, stream: str) -> np.random.Generator:
    """A generator for the starts of runs: claims about runs from the same starts are about the same runs."""
    starts = (given.model, given.students, given.teachers, given.dimension, given.starts)
    digest = hashlib.sha256(f"{context.seed}|{starts!r}|{stream}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:16], "big"))


def flows_of(claim: Claim, context: Context, count: int, *, generic: bool = False) -> Flows:
    """The flows that a claim is about: from its own starts, or ``count`` of them from drawn starts that meet the
    hypotheses, `generic_starts` only if asked for.

    ``options["loss_error"]`` asks for second runs, another tolerance and another integrator, with losses that agree to
    it at every recorded time.
    """
    given = claim.given
    assert isinstance(given, Flow)
    starts, times = starts_of(given), flow_times(given)
    drawn: Iterable[Frame]
    if given.points:
        drawn, count, most = (frame_of_point(starts, point, Floating()) for point in given.points), len(given.points), 1
    else:
        rng, most = rng_of_starts(context, given, "generic" if generic else "drawn"), _ATTEMPTS
        drawn = generic_starts(starts, rng) if generic else _drawn_starts(starts, count, rng)
    frames: list[Frame] = []
    lost: list[str] = []
    errors: dict[str, float] = {}
    allowed = claim.options.get("loss_error")
    tried = 0
    for start in drawn:
        if len(frames) == count or tried == most * count:
            break
        tried += 1
        if not given.points and not admissible(starts, start):
            continue
        question = (given.model, start.entries["w"].data[0], start.entries["v"].data[0], times)
        run = follow(*question)
        if isinstance(run, str):
            lost.append(run)
            continue
        frames.append(flow_frame(start, run))
        if allowed is not None:
            for name, error in loss_errors(*question).items():
                errors[name] = float(np.maximum(errors.get(name, 0.0), error))
    return Flows(
        frames=tuple(frames),
        tried=tried,
        lost=tuple(lost),
        errors=errors if allowed is not None else None,
        allowed=np.inf if allowed is None else float(allowed),
    )


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


def flow_frame(start: Frame, run: Trajectory, eta: float | None = None) -> Frame:
    """Frame of one recorded flow, or of a descent with step ``eta``, in the run's own coordinates; scalars of the start
    are kept.
    """
    count = len(run.t)
    entries: dict[str, Entry] = {
        name: Entry(data=np.repeat(entry.data, count, axis=0))
        for name, entry in start.entries.items()
        if entry.axis is None and not entry.vector
    }
    teachers = np.broadcast_to(run.teachers, (count, *run.teachers.shape[-2:]))
    entries["w"] = Entry(data=run.states, axis="student", vector=True)
    entries["v"] = Entry(data=teachers, axis="teacher", vector=True)
    entries["t"] = Entry(data=np.asarray(run.t, dtype=np.float64))
    if eta is not None:
        entries["eta"] = Entry(data=np.full(count, eta))
    known: Mapping[tuple[str, int], Any] = {
        ("loss", 0): Value(data=run.loss),
        ("residual", 0): Value(data=run.residual, vector=True),
    }
    return Frame(entries=entries, dimension=run.dimension, times=count, known=known)
