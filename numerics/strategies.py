"""Hypothesis strategies for networks and instances, with the degenerate positions built in.

A failing example shrinks to few neurons, low dimension and small integers. Searching for rare violations is
the business of ``numerics.search``; these strategies probe edge values, shrink and replay.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from numerics.minima import Minima, weights_of
from numerics.network import Network
from numerics.space import Batch, Family, Floats, Scalar, Space
from theory.model import Model

__all__ = ["instances", "networks"]

# Simplest first: Hypothesis shrinks towards the first of several.
_MODES = ("free", "related", "optimum", "near optimum", "collapsing")
_RELATIONS = ("free", "copy", "opposite", "multiple", "near", "zero")
_FACTORS = (1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 0.25, 3.0, 0.001, -0.001, 1e-9, 1e8)
_SMALL = (1.0, 0.5, 0.1, 0.01, 1e-3, 1e-6, 1e-9, 1e-12)
_SIMPLE = tuple(
    sign * x
    for x in (0.0, 1.0, 2.0, 3.0, 0.5, 1.5, 0.25, 0.75, 0.1, 0.3, 0.7, 5.0, 10.0, 0.01)
    for sign in ((1.0, -1.0) if x else (1.0,))
)
_FLOATS = st.floats(-10.0, 10.0, allow_subnormal=False)


def networks(
    model: str | Model,
    *,
    students: tuple[int, int] = (1, 6),
    dimension: tuple[int, int] = (1, 6),
    teachers: tuple[int, int] = (1, 3),
    where: Callable[[Network], bool] | None = None,
) -> st.SearchStrategy[Network]:
    """Single networks of a model, n, d and m in the given inclusive ranges, teachers not zero.

    Built in: parallel, antiparallel, coincident, zero, tiny and huge students, students at angles down to
    1e-12, optimal, near-optimal and collapsing students. ``where`` keeps the networks for which it returns
    True; give ranges rather than a condition that is rarely met.

    Raises ValueError for empty ranges and unknown models.
    """
    space = Space(
        model=model,
        families=(
            Family(name="students", kind="student", rows=students),
            Family(name="teachers", kind="teacher", rows=teachers),
        ),
        dimension=dimension,
    )
    found = instances(space).map(
        lambda batch: Network(model=model, students=batch["students"], teachers=batch["teachers"])
    )
    return found if where is None else found.filter(where)


def instances(space: Space, where: Callable[[Batch], bool] | None = None) -> st.SearchStrategy[Batch]:
    """Single instances of a space: families as (rows, d) arrays, scalars as 0-d arrays; positions as in
    `networks`.

    Teachers are not zero and keep the separation of the space; with ``near_optimum`` students stay near the
    minima.
    """
    found = _instances(space)
    return found if where is None else found.filter(where)


def scalars(scalar: Scalar) -> st.SearchStrategy[float]:
    """Numbers of an interval: both ends, simple positions, numbers near the ends, anything between."""
    low, high = scalar.bounds
    near = st.integers(1, 12).map(lambda k: min(high, low + (high - low) * 10.0**-k))
    return st.one_of(
        st.sampled_from([low, high]),
        st.integers(0, 12).map(lambda k: min(high, low + (high - low) * (k / 12.0))),
        near,
        near.map(lambda x: max(low, min(high, high - (x - low)))),
        st.floats(low, high),
    )


@st.composite
def _instances(draw: st.DrawFn, space: Space) -> Batch:
    d = _size(draw, space.dimension)
    batch: Batch = {}
    for family in space.of_kind("teacher"):
        batch[family.name] = _teachers(draw, space, _size(draw, family.rows), d)
    present = [batch[family.name] for family in space.of_kind("teacher")]
    teachers = np.concatenate(present) if present else np.zeros((0, d))
    for family in space.of_kind("student"):
        batch[family.name] = _students(draw, space, teachers, _size(draw, family.rows), d)
    for family in space.families:
        if family.kind in ("direction", "sample"):
            rows = len(batch[family.like]) if family.like in batch else _size(draw, family.rows)
            batch[family.name] = _rows(draw, rows, d)
    for scalar in space.scalars:
        batch[scalar.name] = np.asarray(draw(scalars(scalar)))
    names = [family.name for family in space.families] + [scalar.name for scalar in space.scalars]
    return {name: batch[name] for name in names}


def _size(draw: st.DrawFn, span: tuple[int, int]) -> int:
    """A number of the span that costs one more choice for each unit: fewer choices are what shrinking wants."""
    size = draw(st.integers(*span))
    for _ in range(size - span[0]):
        draw(st.booleans())
    return size


def _row(draw: st.DrawFn, d: int) -> Floats:
    """(d,) simple numbers, or any floats up to 10."""
    entry = draw(st.sampled_from((st.sampled_from(_SIMPLE), st.sampled_from(_SIMPLE), _FLOATS)))
    return np.array([draw(entry) for _ in range(d)])


def _rows(draw: st.DrawFn, count: int, d: int) -> Floats:
    return np.array([_row(draw, d) for _ in range(count)]).reshape(-1, d)


def _teachers(draw: st.DrawFn, space: Space, count: int, d: int) -> Floats:
    """Non-zero rows, on the coordinate axes or free; drawn again by Hypothesis where they are not separated."""
    rows = np.zeros((count, d))
    for a in range(count):
        if draw(st.booleans()):
            rows[a, a % d] = 1.0
            rows[a] *= draw(st.sampled_from((1.0, 2.0, 0.5)))
        else:
            rows[a] = _row(draw, d)
            if not rows[a].any():
                rows[a, 0] = 1.0
    separation = float(space.separation or 0)
    if separation > 0 and count > 1:
        unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        gram = np.abs(unit @ unit.T)
        np.fill_diagonal(gram, 0.0)
        assume(gram.max() <= np.cos(separation))
    return rows


def _students(draw: st.DrawFn, space: Space, teachers: Floats, count: int, d: int) -> Floats:
    modes = _MODES if len(teachers) else _MODES[:2]
    mode = draw(st.sampled_from(modes[2:] if space.near_optimum and len(teachers) else modes))
    if mode == "free" or not count:
        return _rows(draw, count, d)
    if mode == "related":
        rows: list[Floats] = []
        for _ in range(count):
            rows.append(_related(draw, [*teachers, *rows], d))
        return np.array(rows)
    students = _optimal(draw, space.minima, teachers, count)
    if mode == "near optimum":
        return students + draw(st.sampled_from(_SMALL)) * _rows(draw, count, d)
    if mode == "collapsing":
        students[draw(st.integers(0, count - 1))] = draw(st.sampled_from(_SMALL)) * _row(draw, d)
    return students


def _related(draw: st.DrawFn, others: list[Floats], d: int) -> Floats:
    """A row in a special position to one of the others."""
    relation = draw(st.sampled_from(_RELATIONS if others else ("free", "zero")))
    if relation == "zero":
        return np.zeros(d)
    if relation == "free":
        return _row(draw, d)
    other = others[draw(st.integers(0, len(others) - 1))]
    if relation == "copy":
        return other.copy()
    if relation == "opposite":
        return -other
    row = draw(st.sampled_from(_FACTORS)) * other
    if relation == "near":
        row = row + draw(st.sampled_from(_SMALL)) * _row(draw, d)
    return row


def _optimal(draw: st.DrawFn, minima: Minima, teachers: Floats, count: int) -> Floats:
    """Students of zero loss up to rounding, shares from small integers; too few meet the first teachers only."""
    m = min(len(teachers), count)
    rows = np.zeros((count, teachers.shape[1]))
    drawn = np.array([draw(st.integers(0, m - 1)) for _ in range(count)])
    owner = np.where(np.arange(count) < m, np.arange(count), drawn)
    share = np.array([float(draw(st.integers(1, 4))) for _ in range(count)])
    for a in range(m):
        mine = owner == a
        part = share[mine] / share[mine].sum()
        if minima.law == "copies":
            rows[a] = teachers[a]
        else:
            rows[mine] = (np.sqrt(part) if minima.law == "gram" else part)[:, None] * teachers[a]
    return weights_of(rows, minima.power)
