"""Hypothesis strategies for networks and instances, with the degenerate positions built in.

A failing example shrinks to few neurons, low dimension and small integers. Searching for rare violations is
the business of ``numerics.search.adversarial``; these strategies probe edge values, shrink and replay.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st
from numpy.typing import NDArray

from numerics.instances.minima import Minima, weights_of
from numerics.instances.space import Batch, Family, Floats, Scalar, Space
from numerics.network import Network
from theory.model import Model

__all__ = ["instances", "networks"]

# Simplest first: Hypothesis shrinks towards the first of several.
_MODES = ("free", "related", "optimum", "near optimum", "collapsing")
_RELATIONS = ("free", "copy", "opposite", "multiple", "near", "zero")
_FACTORS = (1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 0.25, 3.0, 0.001, -0.001, 1e-9, 1e8)
_SMALL = (1.0, 0.5, 0.1, 0.01, 1e-3, 1e-6, 1e-9, 1e-12)
_SIMPLE = (0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 0.25, -0.25, 1.5, -1.5, 0.1, -0.1, 0.7, -0.3, 5, -10, 0.01)
_CODES = np.arange(256)
_ALTERNATING = np.where(_CODES % 2 == 1, 1.0, -1.0)
_MAGNITUDES = 10.0 ** (0.07 * np.where(_CODES % 4 < 2, 1.0, -1.0) * ((_CODES + 1) // 2))


def _table(values: Floats) -> Floats:
    """What the 256 bytes stand for as entries; the first ones are simple numbers in every table."""
    return np.concatenate([np.array(_SIMPLE, dtype=np.float64), values[len(_SIMPLE) :]])


# One table for each kind of row: simple numbers only (twice), eighths up to 16, magnitudes from 1e-9 to 1e9.
_ENTRIES = np.stack(
    [
        np.resize(np.array(_SIMPLE, dtype=np.float64), 256),
        np.resize(np.array(_SIMPLE, dtype=np.float64), 256),
        _table(_ALTERNATING * ((_CODES + 1) // 2) / 8.0),
        _table(_ALTERNATING * _MAGNITUDES),
    ]
)


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


@dataclass(frozen=True, kw_only=True)
class _Draft:
    """Everything one row may be built from, made of one string of bytes of constant length.

    As every row costs the same at every size, shrinking can drop any row or column, or change how a row is
    built, without the rest of the example turning into another one.
    """

    kept: bool
    relation: int
    other: int
    factor: float
    size: float
    entries: Floats


@st.composite
def _instances(draw: st.DrawFn, space: Space) -> Batch:
    columns = _kept(draw, space.dimension)
    own = [family for family in space.families if family.like is None]
    drafts = {family.name: _drafts(draw, _kept(draw, family.rows), len(columns)) for family in own}
    mode = draw(st.integers(0, len(_MODES) - 1))
    for family in space.families:
        if family.like is not None:  # one row for each kept row of the other family
            flags = np.array([draft.kept for draft in drafts[family.like]], dtype=bool)
            drafts[family.name] = _drafts(draw, flags, len(columns))
    batch: Batch = {}
    anchors = [np.zeros((0, int(columns.sum())))]
    for family in space.of_kind("teacher"):
        anchors.append(_teachers(drafts[family.name], columns))
        batch[family.name] = _kept_of(anchors[-1], drafts[family.name])
    teachers = np.concatenate([anchors[0], *(batch[family.name] for family in space.of_kind("teacher"))])
    assume(not space.separation or _separated(teachers, float(space.separation)))
    for family in space.families:
        draft = drafts[family.name]
        if family.kind == "student":
            batch[family.name] = _students(space, draft, teachers, np.concatenate(anchors), columns, mode)
        elif family.kind != "teacher":
            batch[family.name] = _kept_of(_free(draft, columns), draft)
    for scalar in space.scalars:
        batch[scalar.name] = np.asarray(draw(scalars(scalar)))
    names = [family.name for family in space.families] + [scalar.name for scalar in space.scalars]
    return {name: batch[name] for name in names}


def _kept(draw: st.DrawFn, span: tuple[int, int]) -> NDArray[np.bool_]:
    """(high,) mask of what is kept of the largest size, at least ``low`` of it; any single one can be
    dropped.
    """
    low, high = span
    size = high if draw(st.integers(0, 3)) == 3 else draw(st.integers(low, high))
    flags = np.frombuffer(draw(st.binary(min_size=high, max_size=high)), dtype=np.uint8)
    mask = (flags >= 8) & (np.arange(high) < size)
    missing = low - int(np.count_nonzero(mask))
    if missing > 0:
        mask[np.nonzero(~mask)[0][:missing]] = True
    return mask


def _drafts(draw: st.DrawFn, kept: NDArray[np.bool_], width: int) -> list[_Draft]:
    return [_draft(draw(st.binary(min_size=5 + width, max_size=5 + width)), bool(keep)) for keep in kept]


def _draft(raw: bytes, kept: bool) -> _Draft:
    return _Draft(
        kept=kept,
        relation=raw[0] % len(_RELATIONS),
        other=raw[1],
        factor=_FACTORS[raw[2] % len(_FACTORS)],
        size=_SMALL[raw[3] % len(_SMALL)],
        entries=_ENTRIES[raw[4] % len(_ENTRIES)][np.frombuffer(raw[5:], dtype=np.uint8)],
    )


def _free(drafts: list[_Draft], columns: NDArray[np.bool_]) -> Floats:
    return np.array([draft.entries[columns] for draft in drafts]).reshape(-1, int(columns.sum()))


def _kept_of(rows: Floats, drafts: list[_Draft]) -> Floats:
    return rows[np.array([draft.kept for draft in drafts], dtype=bool)]


def _teachers(drafts: list[_Draft], columns: NDArray[np.bool_]) -> Floats:
    """Non-zero rows, on the coordinate axes or free."""
    rows = _free(drafts, columns)
    for a, draft in enumerate(drafts):
        if draft.relation % 2 or not rows[a].any():
            rows[a] = 0.0
            rows[a, a % rows.shape[1]] = draft.factor if 0.1 < draft.factor < 10 else 1.0
    return rows


def _separated(teachers: Floats, least: float) -> bool:
    unit = teachers / np.linalg.norm(teachers, axis=1, keepdims=True)
    gram = np.abs(unit @ unit.T)
    np.fill_diagonal(gram, 0.0)
    return bool(gram.max(initial=0.0) <= np.cos(least))


def _students(
    space: Space,
    drafts: list[_Draft],
    teachers: Floats,
    anchors: Floats,
    columns: NDArray[np.bool_],
    mode: int,
) -> Floats:
    """Kept students; ``anchors`` are all teachers, also those not kept, so that no reference ever moves."""
    modes: tuple[str, ...] = _MODES if len(teachers) else _MODES[:2]
    modes = modes[2:] if space.near_optimum and len(teachers) else modes
    name = modes[mode % len(modes)]
    free, kept = _free(drafts, columns), [draft for draft in drafts if draft.kept]
    if name == "free" or not kept:
        return _kept_of(free, drafts)
    if name == "related":
        rows = list(anchors)
        for draft, row in zip(drafts, free, strict=True):
            rows.append(_related(draft, row, rows))
        return _kept_of(np.array(rows[len(anchors) :]), drafts)
    students = _optimal(space.minima, teachers, kept)
    error = _kept_of(free, drafts)
    error = error / np.maximum(1.0, np.abs(error).max(axis=1, keepdims=True))
    if name == "near optimum":
        return students + kept[0].size * error
    if name == "collapsing":
        small = kept[0].other % len(kept)
        students[small] = kept[small].size * error[small]
    return students


def _related(draft: _Draft, free: Floats, others: list[Floats]) -> Floats:
    """A row in a special position to one of the others."""
    relation = _RELATIONS[draft.relation]
    if relation == "zero":
        return np.zeros_like(free)
    if relation == "free" or not others:
        return free
    other = others[draft.other % len(others)]
    if relation == "copy":
        return other.copy()
    if relation == "opposite":
        return -other
    error = draft.size * free / np.maximum(1.0, np.abs(free).max())
    return draft.factor * other + (error if relation == "near" else 0.0)


def _optimal(minima: Minima, teachers: Floats, kept: list[_Draft]) -> Floats:
    """Students of zero loss up to rounding, shares from small integers; too few meet the first teachers
    only.
    """
    count, m = len(kept), min(len(teachers), len(kept))
    rows = np.zeros((count, teachers.shape[1]))
    owner = np.array([i if i < m else draft.other % m for i, draft in enumerate(kept)])
    share = np.array([1.0 + draft.relation for draft in kept])
    for a in range(m):
        mine = owner == a
        part = share[mine] / share[mine].sum()
        if minima.law == "copies":
            rows[a] = teachers[a]
        else:
            rows[mine] = (np.sqrt(part) if minima.law == "gram" else part)[:, None] * teachers[a]
    return weights_of(rows, minima.power)
