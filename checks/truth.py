"""Truth of relations over a frame: certain in balls, as margins in floats.

In balls every element of a relation (one per batch element and value of the free indices) is yes, no or
unknown; NaN and balls that straddle the boundary are unknown.  A claim is violated at an element only if
every hypothesis is certainly met and the conclusion certainly fails there.
"""

from __future__ import annotations

from enum import Enum
from typing import Any, NoReturn

import numpy as np
from flint import arb, fmpq
from sympy import Symbol

from checks.relation import All, AtMost, Below, Equal, Relation
from numerics.arithmetic.base import Data
from numerics.evaluation.walk import Value, Walk, align

__all__ = ["Answer", "float_margin", "holds", "implication", "premise_slack"]


class Answer(Enum):
    """Yes, no or unknown; without truth value."""

    YES = 1
    NO = -1
    UNKNOWN = 0

    def __bool__(self) -> NoReturn:
        raise TypeError("an Answer has no truth value; compare it with Answer.YES")


def _sign(element: Any, relation: Relation) -> int:
    if isinstance(element, fmpq):
        value = 1 if element > 0 else -1 if element < 0 else 0
        if isinstance(relation, Equal):
            return 1 if value == 0 else -1
        threshold = 0 if isinstance(relation, AtMost) else 1
        return 1 if value >= threshold else -1
    if not isinstance(element, arb) or not element.is_finite():
        return 0
    if isinstance(relation, Equal):
        return -1 if not element.contains(0) else 0
    if isinstance(relation, AtMost):
        return 1 if element >= 0 else -1 if element < 0 else 0
    return 1 if element > 0 else -1 if element <= 0 else 0


def elements(walk: Walk, relation: Relation) -> Value:
    """Element-wise truth (+1, 0, −1) of a relation in balls, with the relation's free indices as axes."""
    if isinstance(relation, All):
        parts, axes = align([elements(walk, part) for part in relation.parts])
        return Value(data=np.minimum.reduce(np.broadcast_arrays(*parts)), axes=axes)
    if not isinstance(relation, AtMost | Below | Equal):
        raise ValueError(f"{type(relation).__name__} is no statement about one instance")
    slack = walk(relation.slack)
    signs = np.frompyfunc(lambda element: _sign(element, relation), 1, 1)(slack.data).astype(np.int8)
    if slack.vector:
        signs = signs.min(axis=-1)
    # SymPy cancels equal terms of the two sides, also where they are undefined: a side that has no value
    # decides nothing.
    defined = [_defined(walk(side)) for side in relation.trees()]
    (data, *finite), axes = align([Value(data=signs, axes=slack.axes), *defined])
    return Value(data=np.where(np.logical_and.reduce(np.broadcast_arrays(*finite)), data, np.int8(0)), axes=axes)


def _defined(value: Value) -> Value:
    """Where all coordinates of a value are enclosed."""
    finite = np.frompyfunc(_is_finite, 1, 1)(value.data).astype(bool)
    return Value(data=finite.all(axis=-1) if value.vector else finite, axes=value.axes)


def _is_finite(element: Any) -> bool:
    return isinstance(element, fmpq) or (isinstance(element, arb) and bool(element.is_finite()))


def implication(walk: Walk, where: tuple[Relation, ...], then: Relation) -> np.ndarray[Any, Any]:
    """(B,) truth of "where implies then" for all values of the free indices: +1 certain, −1 certainly
    violated, 0 unknown.

    A hypothesis over indices that the conclusion has not is required for all of them.
    """
    conclusion = elements(walk, then)
    hypotheses = []
    for relation in where:
        value = elements(walk, relation)
        extra = [place for place, axis in enumerate(value.axes) if axis not in conclusion.axes]
        data = value.data.min(axis=tuple(place + 1 for place in extra)) if extra else value.data
        hypotheses.append(Value(data=data, axes=tuple(axis for axis in value.axes if axis in conclusion.axes)))
    arrays, _ = align([conclusion, *hypotheses])
    done, *met = np.broadcast_arrays(*arrays)
    premise = np.minimum.reduce(met) if met else np.ones_like(done)
    violated = (premise == 1) & (done == -1)
    settled = (premise == -1) | (done == 1)
    batch = done.shape[0]
    violated, settled = violated.reshape(batch, -1), settled.reshape(batch, -1)
    return np.where(violated.any(axis=1), -1, np.where(settled.all(axis=1), 1, 0)).astype(np.int8)


def holds(walk: Walk, where: tuple[Relation, ...], then: Relation) -> Answer:
    """`implication` at a single instance."""
    return Answer(int(implication(walk, where, then)[0]))


def premise_met(walk: Walk, where: tuple[Relation, ...]) -> Answer:
    """Whether all hypotheses are certainly met for at least one value of their free indices."""
    if not where:
        return Answer.YES
    values = elements(walk, All(*where)).data.reshape(-1)
    return Answer.YES if (values == 1).any() else Answer.NO if (values == -1).all() else Answer.UNKNOWN


_EQUALITY = 1e-9


def float_margin(walk: Walk, where: tuple[Relation, ...], then: Relation) -> np.ndarray[Any, np.dtype[np.float64]]:
    """(B,) smallest relative slack over the free indices at which the hypotheses are met; NaN where there are
    none.

    The slack of left ≤ right is (right − left) / (|left| + |right|), so −1e-16 is rounding and −1e-3 a
    violation; 0 ≤ 0 has slack 1, because no constant pushed past the truth fails there.  That of an equality is
    −|left − right| / (|left| + |right|).
    """
    conclusion = _relative(walk, then)
    premises = [_relative(walk, relation) for relation in where]
    reduced = []
    for value in premises:
        extra = tuple(place + 1 for place, axis in enumerate(value.axes) if axis not in conclusion.axes)
        data = value.data.min(axis=extra) if extra else value.data
        reduced.append(Value(data=data, axes=tuple(axis for axis in value.axes if axis in conclusion.axes)))
    arrays, _ = align([conclusion, *reduced])
    slack, *met = np.broadcast_arrays(*arrays)
    for relation, premise in zip(where, met, strict=True):
        floor = -_EQUALITY if isinstance(relation, Equal) else 0.0
        ok = premise > 0 if isinstance(relation, Below) else premise >= floor
        slack = np.where(ok, slack, np.nan)
    flat = slack.reshape(slack.shape[0], -1)
    empty = np.isnan(flat).all(axis=1)
    smallest = np.where(np.isnan(flat), np.inf, flat).min(axis=1)
    return np.where(empty, np.nan, smallest)


def premise_slack(walk: Walk, where: tuple[Relation, ...], then: Relation) -> np.ndarray[Any, np.dtype[np.float64]]:
    """(B,) how far the hypotheses are from being met, < 0 where they are not: the smallest relative slack of any.

    Indices that a hypothesis shares with the conclusion are taken at their best, the others at their worst.
    """
    shared = _relative(walk, then).axes
    slacks = []
    for relation in where:
        value = _relative(walk, relation)
        own = tuple(place + 1 for place, axis in enumerate(value.axes) if axis not in shared)
        data = value.data.min(axis=own, keepdims=True) if own else value.data
        data = np.where(np.isnan(data), -np.inf, data).reshape(len(data), -1).max(axis=1)
        slacks.append(data + _EQUALITY if isinstance(relation, Equal) else data)
    smallest = np.minimum.reduce(np.broadcast_arrays(*slacks))
    return np.where(np.isinf(smallest), np.nan, smallest)


def _relative(walk: Walk, relation: Relation) -> Value:
    if isinstance(relation, All):
        parts, axes = align([_relative(walk, part) for part in relation.parts])
        return Value(data=np.minimum.reduce(np.broadcast_arrays(*parts)), axes=axes)
    if not isinstance(relation, AtMost | Below | Equal):
        raise ValueError(f"{type(relation).__name__} is no statement about one instance")
    sides = walk(relation.left), walk(relation.right)
    (left, right), axes = align(list(sides))
    # A vector beside a scalar is an error that the difference of the sides tells, unless the scalar is 0.
    vector = sides[0].vector if sides[0].vector == sides[1].vector else walk(relation.slack).vector
    with np.errstate(all="ignore"):  # ∞ − ∞ is undefined, and that is what NaN says
        return _scale_free(relation, left, right, axes, vector=vector)


def _scale_free(
    relation: AtMost | Below | Equal, left: Data, right: Data, axes: tuple[Symbol, ...], *, vector: bool
) -> Value:
    if vector:
        gap, scale = (
            np.linalg.norm(right - left, axis=-1),
            np.linalg.norm(left, axis=-1) + np.linalg.norm(right, axis=-1),
        )
    else:
        gap, scale = right - left, np.abs(left) + np.abs(right)
    if isinstance(relation, Equal):
        gap = -np.abs(gap)
    # An infinite side decides, everything else is scale free.
    nothing = 1.0 if isinstance(relation, AtMost) else 0.0
    relative = np.where(scale == 0, nothing, gap / np.where(scale == 0, 1.0, scale))
    return Value(data=np.where(np.isinf(scale), np.sign(gap), relative), axes=axes)
