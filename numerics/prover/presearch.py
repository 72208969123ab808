"""A cover of boxes proposed by vectorised intervals, for balls to confirm.

All boxes of one depth are looked at together, bisected where no rule of `numerics.prover.problem` seems to close
them; the tree is then pruned to what pays (`numerics.prover.proposals`).  Nothing here is rigorous and nothing has to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.prover.enclosure import Box
from numerics.prover.intervals import Floats, Interval, Intervals
from numerics.prover.problem import Problem
from numerics.prover.proposals import PAYS, pruned

__all__ = ["Proposals", "propose"]

CHUNK = 8192  # boxes at once, so that all parts stay in the cache
MAX_DEPTH = 12  # bisections at once; where more are needed, a contact may be near, and other rules come first
# A ball keeps 30 bits of its radius, so that a bound this close to 0 may be lost in it.
ROOM = 2.0**-24
SPLIT, FACE, OPEN, BALL, MEAN = -2, -1, 0, 1, 2  # above MEAN: 3 + 2i, 4 + 2i for condition i, by ball or mean value


@dataclass(frozen=True, kw_only=True)
class Proposals:
    """One proposal per box, the boxes looked at, and the point where f seemed to be most negative, if any."""

    nodes: list[Any]
    looked_at: int
    worst: tuple[float, ...] | None


@dataclass(frozen=True, kw_only=True)
class _Level:
    rule: NDArray[np.int64]
    side: NDArray[np.int64]
    faces: NDArray[np.int64]  # per side: 1 for "lo", −1 for "hi", 0
    child: NDArray[np.int64]  # the first child's place in the next level


def propose(problem: Problem, boxes: Sequence[Box], cap: int) -> Proposals:
    """Proposals for boxes of one problem, after looking at ``cap`` boxes at most. Raises NoIntervals. Deterministic."""
    f = Intervals(problem.f)
    where = [Intervals(condition) for condition in problem.where]
    sides = np.array([[[_float(end) for end in side] for side in box] for box in boxes])
    low, high = sides[:, :, 0], sides[:, :, 1]
    scale = np.maximum([_float(hi - lo) for lo, hi in problem.box], 1e-300)
    levels: list[_Level] = []
    looked_at, least, worst = 0, 0.0, None
    with np.errstate(all="ignore"):
        while 0 < len(low) <= cap - looked_at and len(levels) < MAX_DEPTH:
            parts = []
            for start in range(0, len(low), CHUNK):
                chunk = slice(start, start + CHUNK)
                rule, side, faces, centre = _classify(f, where, problem.strict, low[chunk], high[chunk], scale)
                parts.append((rule, side, faces))
                place = int(np.argmin(centre))
                if centre[place] < least:
                    least, worst = float(centre[place]), tuple((low[chunk] + high[chunk])[place] / 2)
            rule, side, faces = (np.concatenate(part) for part in zip(*parts, strict=True))
            looked_at += len(low)
            counts = np.where(rule == SPLIT, 2, np.where(rule == FACE, 1, 0))
            levels.append(_Level(rule=rule, side=side, faces=faces, child=np.cumsum(counts) - counts))
            low, high = _children(low, high, rule, side, faces, counts)
    closed = _closed_shares(levels)

    def build(depth: int, place: int) -> Any:
        if depth >= len(levels) or closed[depth][place] < PAYS:
            return None
        level = levels[depth]
        rule, child = int(level.rule[place]), int(level.child[place])
        if rule == SPLIT:
            return "split", int(level.side[place]), build(depth + 1, child), build(depth + 1, child + 1)
        if rule == FACE:
            ends = {axis: "lo" if end > 0 else "hi" for axis, end in enumerate(level.faces[place]) if end}
            return "face", ends, build(depth + 1, child)
        if rule <= MEAN:
            return ("ball",) if rule == BALL else ("mean-value",)
        number, by_mean = divmod(rule - MEAN - 1, 2)
        return "empty", number, "mean-value" if by_mean else "ball"

    nodes = [pruned(build(0, place), repeat(True)).proposal for place in range(len(boxes))]
    return Proposals(nodes=nodes, looked_at=looked_at, worst=worst)


def _float(value: Any) -> float:
    return int(value.p) / int(value.q)


def _array(value: Any, count: int) -> Floats:
    return np.broadcast_to(np.asarray(value, dtype=float), (count,))


def _certain(value: Interval, count: int, strict: bool) -> NDArray[np.bool_]:
    """Whether the value is ≥ 0 (> 0 when strict) also after the rounding of a ball."""
    low, high = _array(value[0], count), _array(value[1], count)
    good = (low >= ROOM * (high - low)) & np.isfinite(high)
    return good & (low > 0) if strict else good


def _classify(
    f: Intervals, where: Sequence[Intervals], strict: bool, low: Floats, high: Floats, scale: Floats
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], Floats]:
    """(rule, side to cut, faces, f at the centre where all conditions hold there, else ∞)."""
    count, width = len(low), high - low
    rule = np.zeros(count, dtype=np.int64)
    centre = (low + high) / 2
    at_centre = np.full(count, np.inf)
    feasible = np.ones(count, dtype=bool)
    for number, condition in enumerate(where):
        value = condition.values(low, high)[-1]
        rule[(rule == OPEN) & (_array(value[1], count) < 0)] = MEAN + 1 + 2 * number
        memory = condition.values(centre, centre)
        feasible &= _array(memory[-1][0], count) >= 0
        unsure = np.flatnonzero((rule == OPEN) & ~(_array(value[0], count) >= 0))
        if len(unsure):
            slopes = condition.gradient(condition.values(low[unsure], high[unsure]))
            mean = _mean_value(memory[-1], slopes, width[unsure], unsure)
            rule[unsure[mean[1] < 0]] = MEAN + 2 + 2 * number
    rule[(rule == OPEN) & _certain(f.values(low, high)[-1], count, strict)] = BALL
    rest = np.flatnonzero(rule == OPEN)
    side = np.zeros(count, dtype=np.int64)
    faces = np.zeros(low.shape, dtype=np.int64)
    if not len(rest):
        return rule, side, faces, at_centre
    middle = f.values(centre[rest], centre[rest])[-1]
    at_centre[rest] = np.where(feasible[rest], np.nan_to_num(_array(middle[1], len(rest)), nan=np.inf), np.inf)
    slopes = f.gradient(f.values(low[rest], high[rest]))
    mean = _mean_value((middle[0], middle[1]), slopes, width[rest], None)
    radius = (mean[1] - mean[0]) / 2
    seen = (mean[0] >= radius / 16) & np.isfinite(radius) & ((mean[0] > 0) | np.full(len(rest), not strict))
    rule[rest[seen]] = MEAN
    size = np.stack([_steepness(slope, len(rest)) for slope in slopes], axis=1)
    usable = np.asarray(np.isfinite(size).all(axis=1))
    if not where:
        for axis, slope in enumerate(slopes):
            up, down = _one_sided(slope, len(rest))
            faces[rest, axis] = np.where(width[rest, axis] > 0, up * 1 - down * 1, 0)
        faces[rest[seen | ~usable]] = 0
        rule[rest[~seen & usable & faces[rest].any(axis=1)]] = FACE
    relative = width[rest] / scale
    # The steepest side, but none that is much shorter than the longest one.
    score = np.where(usable[:, None], size * width[rest], relative)
    score = np.where(relative >= relative.max(axis=1, keepdims=True) / 16, score, -1.0)
    score = np.where(score.max(axis=1, keepdims=True) > 0, score, relative)
    side[rest] = np.argmax(score, axis=1)
    rule[rest[(rule[rest] == OPEN) & (relative.max(axis=1) > 0)]] = SPLIT
    return rule, side, faces, at_centre


def _mean_value(
    middle: Interval, slopes: Sequence[Interval | None], width: Floats, chosen: NDArray[np.int64] | None
) -> tuple[Floats, Floats]:
    count = len(width)
    low, high = (np.asarray(end) if chosen is None or np.ndim(end) == 0 else np.asarray(end)[chosen] for end in middle)
    low, high = np.array(_array(low, count)), np.array(_array(high, count))
    for axis, slope in enumerate(slopes):
        reach = np.where(width[:, axis] > 0, _steepness(slope, count) * width[:, axis] / 2, 0.0)
        low, high = low - reach, high + reach
    return low, high


def _steepness(slope: Interval | None, count: int) -> Floats:
    if slope is None:
        return np.zeros(count)
    return np.maximum(abs(_array(slope[0], count)), abs(_array(slope[1], count)))


def _one_sided(slope: Interval | None, count: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether f certainly increases, and whether it certainly decreases."""
    if slope is None:
        return np.ones(count, dtype=bool), np.zeros(count, dtype=bool)
    low, high = _array(slope[0], count), _array(slope[1], count)
    room = (high - low) / 32
    return low >= room, (high <= -room) & ~(low >= room)


def _children(
    low: Floats,
    high: Floats,
    rule: NDArray[np.int64],
    side: NDArray[np.int64],
    faces: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> tuple[Floats, Floats]:
    parent = np.repeat(np.arange(len(low)), counts)
    second = np.zeros(len(parent), dtype=bool)
    second[1:] = parent[1:] == parent[:-1]
    below, above = low[parent], high[parent]
    cut = np.flatnonzero(rule[parent] == SPLIT)
    axis = side[parent[cut]]
    middle = (below[cut, axis] + above[cut, axis]) / 2
    upper = second[cut]
    above[cut[~upper], axis[~upper]] = middle[~upper]
    below[cut[upper], axis[upper]] = middle[upper]
    flat = np.where((rule[parent] == FACE)[:, None], faces[parent], 0)
    return np.where(flat < 0, above, below), np.where(flat > 0, below, above)


def _closed_shares(levels: Sequence[_Level]) -> list[Floats]:
    """How much of every box was closed in the end, the deepest level first computed."""
    shares: list[Floats] = []
    after = np.zeros(0)
    for level in reversed(levels):
        padded = np.concatenate([after, np.zeros(2 * len(level.rule) + 2)])  # children that nobody looked at
        first, second = padded[level.child], padded[level.child + 1]
        after = np.where(level.rule == SPLIT, (first + second) / 2, np.where(level.rule == FACE, first, 1.0))
        after = np.where(level.rule == OPEN, 0.0, after)
        shares.append(after)
    return shares[::-1]
