"""Hypothesis strategies for networks and instances, with the degenerate positions built in.

A failing example shrinks to few neurons, low dimension and small integers. Searching for rare violations is
the business of ``numerics.search``; these strategies probe edge values, shrink and replay.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
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


def entries() -> st.SearchStrategy[float]:
    """Single weights: small integers, dyadic rationals, short decimals, any float up to 10."""
    return st.one_of(
        st.integers(-3, 3).map(float),
        st.integers(-24, 24).map(lambda k: k / 8.0),
        st.integers(-30, 30).map(lambda k: k / 10.0),
        st.floats(-10.0, 10.0, allow_subnormal=False),
    )


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
    d = draw(st.integers(*space.dimension))
    batch: Batch = {}
    for family in space.of_kind("teacher"):
        batch[family.name] = draw(_teachers(space, family, d))
    present = [batch[family.name] for family in space.of_kind("teacher")]
    teachers = np.concatenate(present) if present else np.zeros((0, d))
    for family in space.of_kind("student"):
        batch[family.name] = draw(_students(space, family, teachers, d))
    for family in space.families:
        if family.kind in ("direction", "sample"):
            rows = (len(batch[family.like]),) * 2 if family.like in batch else family.rows
            batch[family.name] = draw(_rows(rows, d, nonzero=False))
    for scalar in space.scalars:
        batch[scalar.name] = np.asarray(draw(scalars(scalar)))
    names = [family.name for family in space.families] + [scalar.name for scalar in space.scalars]
    return {name: batch[name] for name in names}


def _rows(count: tuple[int, int], d: int, *, nonzero: bool) -> st.SearchStrategy[Floats]:
    row = st.lists(entries(), min_size=d, max_size=d)
    if nonzero:
        row = row.filter(any)
    return st.lists(row, min_size=count[0], max_size=count[1]).map(lambda rows: np.array(rows).reshape(-1, d))


def _teachers(space: Space, family: Family, d: int) -> st.SearchStrategy[Floats]:
    axes = (
        st.integers(*family.rows)
        .map(lambda m: np.eye(m, d)[: min(m, d)])
        .filter(lambda rows: family.rows[0] <= len(rows))
    )
    free = _rows(family.rows, d, nonzero=True)
    found = st.one_of(axes, free) if family.rows[0] <= d else free
    separation = float(space.separation or 0)
    return found.filter(lambda rows: _separated(rows, separation)) if separation > 0 else found


def _separated(rows: Floats, least: float) -> bool:
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    gram = np.abs(unit @ unit.T)
    np.fill_diagonal(gram, 0.0)
    return bool(gram.max(initial=0.0) <= np.cos(least))


@st.composite
def _students(draw: st.DrawFn, space: Space, family: Family, teachers: Floats, d: int) -> Floats:
    modes = _MODES if len(teachers) else _MODES[:2]
    mode = draw(st.sampled_from(modes[2:] if space.near_optimum and len(teachers) else modes))
    if mode == "free":
        return draw(_rows(family.rows, d, nonzero=False))
    if mode == "related":
        rows: list[Floats] = []
        for _ in range(draw(st.integers(*family.rows))):
            rows.append(draw(_related([*teachers, *rows], d)))
        return np.array(rows).reshape(-1, d)
    count = draw(st.integers(*family.rows))
    optimal = draw(_optimal(space.minima, teachers, count))
    if mode == "near optimum":
        error = draw(_rows((count, count), d, nonzero=False))
        return optimal + draw(st.sampled_from(_SMALL)) * error
    if mode == "collapsing" and count:
        optimal[draw(st.integers(0, count - 1))] = (
            draw(st.sampled_from(_SMALL)) * draw(_rows((1, 1), d, nonzero=False))[0]
        )
    return optimal


@st.composite
def _related(draw: st.DrawFn, others: list[Floats], d: int) -> Floats:
    """A row in a special position to one of the others."""
    relation = draw(st.sampled_from(_RELATIONS if others else ("free", "zero")))
    if relation == "zero":
        return np.zeros(d)
    if relation == "free":
        return draw(_rows((1, 1), d, nonzero=False))[0]
    other = others[draw(st.integers(0, len(others) - 1))]
    if relation == "copy":
        return other.copy()
    if relation == "opposite":
        return -other
    row = draw(st.sampled_from(_FACTORS)) * other
    if relation == "near":
        row = row + draw(st.sampled_from(_SMALL)) * draw(_rows((1, 1), d, nonzero=False))[0]
    return row


@st.composite
def _optimal(draw: st.DrawFn, minima: Minima, teachers: Floats, count: int) -> Floats:
    """Students of zero loss up to rounding, shares from small integers; too few students meet the first
    teachers.
    """
    m = min(len(teachers), count)
    rows = np.zeros((count, teachers.shape[1]))
    if m == 0:
        return rows
    owner = [*range(m), *(draw(st.integers(0, m - 1)) for _ in range(count - m))]
    share = np.array([float(draw(st.integers(1, 4))) for _ in range(count)])
    for a in range(m):
        mine = np.array(owner) == a
        part = share[mine] / share[mine].sum()
        if minima.law == "copies":
            rows[a] = teachers[a]
        else:
            rows[mine] = (np.sqrt(part) if minima.law == "gram" else part)[:, None] * teachers[a]
    return weights_of(rows, minima.power)
