"""Random pieces that every stratum is built from: scales, directions, teachers, scalars."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from numerics.instances.layout import Layout
from numerics.instances.space import Batch, Family, Floats, Scalar

StudentRule = Callable[[Layout, np.random.Generator, Floats, int], Floats]


def log_uniform(rng: np.random.Generator, low: float, high: float, shape: int | Sequence[int] | None = None) -> Floats:
    """exp of a uniform variable on [log low, log high]; shape as given (a 0-d array if None); low > 0."""
    return np.asarray(np.exp(rng.uniform(math.log(low), math.log(high), shape)))


def norms(rows: Floats) -> Floats:
    """(…, d) -> (…, 1) Euclidean norms."""
    return np.asarray(np.sqrt(np.einsum("...d,...d->...", rows, rows))[..., None])


def unit(rows: Floats) -> Floats:
    """(…, d) -> unit vectors along the last axis; a zero row stays zero."""
    length = norms(rows)
    return rows / np.where(length > 0, length, 1.0)


def perpendicular(rng: np.random.Generator, axis: Floats) -> Floats:
    """Uniform unit vectors orthogonal to the unit vectors ``axis`` (…, d); zero if d = 1."""
    if axis.shape[-1] == 1:
        return np.zeros_like(axis)
    draw = rng.standard_normal(axis.shape)
    draw -= np.einsum("...d,...d->...", draw, axis)[..., None] * axis
    return unit(draw)


def at_angle(rng: np.random.Generator, axis: Floats, angle: Floats) -> Floats:
    """Unit vectors at exactly drawn angles from the unit vectors ``axis`` (…, d); angle (…,)."""
    return np.cos(angle)[..., None] * axis + np.sin(angle)[..., None] * perpendicular(rng, axis)


def scale(rng: np.random.Generator, size: int) -> Floats:
    """(B, 1, 1) common scale of one family: exactly 1 in half of the calls, else log-uniform in [1e-3,
    1e3].
    """
    if rng.random() < 0.5:
        return np.ones((size, 1, 1))
    return log_uniform(rng, 1e-3, 1e3, (size, 1, 1))


def scalars(scalar: Scalar, rng: np.random.Generator, size: int) -> Floats:
    """(B,) values: spread over the interval, crowded at both ends down to 1e-12, at both ends, on a grid."""
    low, high = scalar.bounds
    width = high - low
    if scalar.scale == "log":
        values = log_uniform(rng, low if low > 0 else 1e-12 * high, high, size) if high > 0 else np.zeros(size)
    else:
        values = low + width * rng.random(size)
    pick = rng.random(size)
    near = pick < 0.3
    gap = width * log_uniform(rng, 1e-12, 1.0, int(near.sum()))
    values[near] = np.where(rng.random(gap.size) < 0.5, low + gap, high - gap)
    values[(0.3 <= pick) & (pick < 0.37)] = low
    values[(0.37 <= pick) & (pick < 0.44)] = high
    grid = (0.44 <= pick) & (pick < 0.5)
    values[grid] = low + width * rng.integers(0, 13, int(grid.sum())) / 12.0
    return np.clip(values, low, high)


def separated_directions(rng: np.random.Generator, size: int, rows: int, d: int, least: float) -> Floats:
    """(B, rows, d) unit vectors whose angles up to sign are at least ``least`` wherever that could be built.

    Rows are placed one by one at the farthest of several random candidates. Where this leaves two rows too
    close, a rotated orthonormal frame (rows <= d) or equally spaced lines (d = 2) take their place, which
    is the widest separation possible there; otherwise the rows are pushed apart. Instances that fail all
    the same are left to the statement's own hypotheses.
    """
    placed = np.zeros((size, rows, d))
    every = np.arange(size)
    for row in range(rows):
        candidates = unit(rng.standard_normal((size, 1 if row == 0 else 12, d)))
        worst = np.abs(np.einsum("bcd,brd->bcr", candidates, placed[:, :row])).max(axis=2, initial=0.0)
        if row and rng.random() < 0.5:  # as close as allowed, instead of as far as possible
            allowed = worst <= math.cos(least)
            choice = np.where(allowed, worst, -worst).argmax(axis=1)
        else:
            choice = worst.argmin(axis=1)
        placed[:, row] = candidates[every, choice]
    close = np.nonzero(_largest_cosine(placed) > math.cos(least))[0]
    if close.size and d >= 2:
        frame = np.linalg.qr(rng.standard_normal((close.size, d, d)))[0]
        if rows <= d:
            placed[close] = frame[:, :rows]
        elif d == 2:
            turn = np.pi * np.arange(rows) / rows
            placed[close] = np.cos(turn)[:, None] * frame[:, :1] + np.sin(turn)[:, None] * frame[:, 1:2]
        else:
            placed[close] = _pushed_apart(placed[close], math.cos(min(1.03 * least, math.pi / 2)))
    return placed


def _largest_cosine(rows: Floats) -> Floats:
    """(B,) largest |cos| between two of the unit rows; 0 for a single row."""
    gram = np.abs(np.einsum("brd,bsd->brs", rows, rows))
    gram[:, np.arange(rows.shape[1]), np.arange(rows.shape[1])] = 0.0
    return np.asarray(gram.max(axis=(1, 2), initial=0.0))


def _pushed_apart(rows: Floats, cosine: float) -> Floats:
    """Unit rows moved off each other until no |cos| exceeds the one given, or 60 times."""
    for _ in range(60):
        gram = np.einsum("brd,bsd->brs", rows, rows)
        gram[:, np.arange(rows.shape[1]), np.arange(rows.shape[1])] = 0.0
        excess = np.sign(gram) * np.maximum(np.abs(gram) - cosine, 0.0)
        if not excess.any():
            break
        rows = unit(rows - 0.6 * np.einsum("brs,bsd->brd", excess, rows))
    return rows


def teacher_rows(layout: Layout, family: Family, rng: np.random.Generator, size: int) -> Floats:
    """(B, m, d) teachers in one arrangement for the whole batch, respecting the separation that is asked
    for.
    """
    m, d = layout.shape(family.name)
    if m == 0:
        return np.zeros((size, 0, d))
    separation = float(layout.space.separation or 0)
    arrangement = rng.integers(5)
    if arrangement == 0 or (m > 1 and separation > 0 and arrangement == 3):
        rows = np.zeros((size, m, d))  # coordinate axes: where exact witnesses and closed forms are simplest
        rows[:, np.arange(m), np.arange(m) % d] = 1.0
        if m > d and separation > 0:
            rows = separated_directions(rng, size, m, d, separation)
    elif m > 1 and (separation > 0 or arrangement == 1):
        rows = separated_directions(rng, size, m, d, separation)
        if separation > 0 and m == 2 and d >= 2 and arrangement == 2:  # the hypothesis met with equality
            rows[:, 1] = at_angle(rng, rows[:, 0], np.full(size, separation + 1e-14))
    elif m > 1 and arrangement == 2:
        first = unit(rng.standard_normal((size, 1, d)))
        angle = log_uniform(rng, 1e-9, np.pi / 2, (size, m))
        rows = at_angle(rng, np.repeat(first, m, axis=1), angle)
    elif arrangement == 3:
        return np.asarray(rng.standard_normal((size, m, d)) * scale(rng, size))
    else:
        rows = unit(rng.standard_normal((size, m, d)))
    if rng.random() < 0.3:
        rows = rows * log_uniform(rng, 0.1, 10.0, (size, m, 1))
    return rows


def gaussian_students(layout: Layout, rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    """(B, n, d) independent normal rows of one common scale."""
    size, _, d = teachers.shape
    rows: Floats = rng.standard_normal((size, count, d))
    if rng.random() < 0.5:
        rows *= scale(rng, size)
    return rows


def arranged(layout: Layout, rng: np.random.Generator, size: int, students: StudentRule = gaussian_students) -> Batch:
    """A batch whose students follow the given rule and whose other families follow the common ones."""
    from numerics.instances.directions import direction_rows  # imports this module

    space, batch = layout.space, {}
    for family in space.of_kind("teacher"):
        batch[family.name] = teacher_rows(layout, family, rng, size)
    present = [batch[family.name] for family in space.of_kind("teacher")]
    teachers = np.concatenate(present, axis=1) if present else np.zeros((size, 0, layout.dimension))
    for family in space.of_kind("student"):
        count = layout.shape(family.name)[0]
        batch[family.name] = students(layout, rng, teachers, count) if count else np.zeros((size, 0, layout.dimension))
    for family in space.of_kind("sample"):
        batch[family.name] = rng.standard_normal((size, *layout.shape(family.name)))
    for family in space.of_kind("direction"):
        batch[family.name] = direction_rows(layout, family, batch, teachers, rng)
    for scalar in space.scalars:
        batch[scalar.name] = scalars(scalar, rng, size)
    return batch


def choose(rng: np.random.Generator, size: int, count: int) -> NDArray[np.bool_]:
    """(B, n) mask with at least one row chosen in every instance (n >= 1)."""
    mask: NDArray[np.bool_] = rng.random((size, count)) < rng.uniform(0.0, 1.0)
    mask[np.arange(size), rng.integers(0, count, size)] = True
    return mask
