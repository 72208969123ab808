"""Whether the trees of a claim mean something: known names, indices of the right kind, no vector where a
number is needed.

The methods would find out too, but deep in their work; here a claim is evaluated once on a small made-up
instance.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

import numpy as np
from sympy import Expr, Indexed, Symbol

from checks.admissible import inadmissible
from checks.claim import Claim
from checks.given import Box, Integers, Networks
from checks.instances import claim_vocabulary, frame_of_arrays, scalar_frame, walk_over
from checks.relation import All, Likely, Relation
from numerics.arithmetic.floating import Floating
from numerics.evaluation.walk import Entry, Frame
from theory.leaves import leaves
from theory.quantity import Vocabulary, leaf_key, vocabulary
from theory.symbols import AXES, axis_of

__all__ = ["fault"]

_SIZES = {"n", "m", "d", "N"}


def fault(claim: Claim) -> str:
    """What is wrong with the trees of a claim, in one line with the remedy; "" if nothing is."""
    for tree in _trees(claim):
        for leaf in leaves(tree):
            wrong = _leaf_fault(claim, leaf)
            if wrong:
                return wrong
    return inadmissible(claim) or _trial(claim)


def _trees(claim: Claim) -> Iterator[Expr]:
    relations = [*getattr(claim.given, "where", ())]
    if claim.then is not None:
        relations.append(claim.then)
    for relation in relations:
        yield from relation.trees()
    built = getattr(claim.given, "students_as", None)
    if built is not None:
        yield built


def _inputs(claim: Claim) -> set[tuple[str, int]]:
    """(name, number of indices) of what the instances of the claim carry."""
    given: Any = claim.given
    found: set[tuple[str, int]] = set()
    if isinstance(given, Box | Integers):
        return {(str(symbol), 0) for symbol in given.variables}
    found |= {("w", 1), ("v", 1), ("v", 0), ("x", 0)} | {(name, 0) for name in _SIZES}
    found |= {(str(symbol), 0) for symbol in getattr(given, "scalars", ())}
    for argument, arity in (("directions", 1), ("coefficients", 1), ("vectors", 0)):
        found |= {(name, arity) for name in getattr(given, argument, ())}
    starts = getattr(given, "starts", None)
    if starts is not None:
        found |= {(str(symbol), 0) for symbol in starts.scalars}
    if getattr(given, "weighted", False):
        found |= {("alpha", 1), ("omega", 1)}
    if getattr(given, "samples", (0, 0))[1]:
        found |= {("x", 1)}
    return found


def _leaf_fault(claim: Claim, leaf: Expr) -> str:
    name, arity = leaf_key(leaf)
    inputs, own = _inputs(claim), claim_vocabulary(claim)
    if not isinstance(claim.given, Networks | Box | Integers) and name in ("t", "eta", "T"):
        return ""  # what runs have besides a network: their time and their step
    known = {*inputs, *own, *vocabulary()}
    if (name, arity) not in known:
        if isinstance(claim.given, Box | Integers):
            variables = ", ".join(map(str, claim.given.variables))
            return f"{leaf} is not among the variables {variables}; add it to them"
        arities = sorted(other_arity for other, other_arity in known if other == name)
        if arities:
            return f"{leaf}: {name} takes {' or '.join(map(str, arities))} indices, not {arity}"
        near = difflib.get_close_matches(name, sorted({other for other, _ in known}), n=2)
        remedy = (
            f"did you mean {' or '.join(near)}?"
            if near
            else "import it from theory.vocabulary, define a Quantity of that name, or declare it in `given`"
        )
        return f"unknown quantity {name!r}; {remedy}"
    return _index_fault(leaf, own) if isinstance(leaf, Indexed) else ""


_ROW_KINDS = {"v": "teacher", "omega": "teacher", "x": "sample"}


def _index_fault(leaf: Indexed, own: Vocabulary) -> str:
    """An index that is none, or that runs over other rows than the quantity has."""
    name, arity = leaf_key(leaf)
    quantity = own.get((name, arity)) or vocabulary().get((name, arity))
    kinds = [axis_of(axis) for axis in quantity.axes] if quantity else [_ROW_KINDS.get(name, "student")]
    for index, kind in zip(leaf.indices, kinds, strict=True):
        if not isinstance(index, Symbol):
            continue  # a number
        if index not in AXES and not hasattr(index, "axis_kind"):
            return f"{leaf}: {index} is no index; use {', '.join(map(str, AXES))} from theory.symbols"
        if axis_of(index) != kind:
            fitting = ", ".join(str(axis) for axis, other in AXES.items() if other == kind)
            return f"{leaf}: {index} runs over {axis_of(index)}s, but {name} is indexed by {kind}s; use {fitting}"
    return ""


def _trial(claim: Claim) -> str:
    """Evaluate every tree on one instance and say what can't be."""
    frame = _small_frame(claim)
    if frame is None:
        return ""
    try:
        walk = walk_over(claim.given, frame, Floating(), claim)
        for relation in _relations(claim):
            _try(walk, relation)
    except Exception as error:
        return f"can't be evaluated: {' '.join(str(error).split())}"
    return ""


def _relations(claim: Claim) -> Iterator[Relation]:
    yield from getattr(claim.given, "where", ())
    if isinstance(claim.then, Likely):
        yield claim.then.event
    elif claim.then is not None:
        yield claim.then


def _try(walk: Any, relation: Any) -> None:
    if isinstance(relation, All):
        for part in relation.parts:
            _try(walk, part)
        return
    values = [walk(tree) for tree in relation.trees()]
    if type(relation).__name__ != "Equal" and any(value.vector for value in values):
        raise ValueError("a vector has no order; compare norm(…) or dot(…)")
    if len(values) == 2 and values[0].vector != values[1].vector:
        zero = any(tree == 0 for tree in relation.trees())
        if not zero:
            raise ValueError("one side is a vector, the other a number")
    for value in values:
        loose = [str(axis) for axis in value.axes if axis not in AXES]
        if loose:
            raise ValueError(f"the index {loose[0]} is not bound; use {', '.join(map(str, AXES))} from theory.symbols")


def _small_frame(claim: Claim) -> Frame | None:
    given: Any = claim.given
    if isinstance(given, Box | Integers):
        points = {symbol: np.array([0.375]) for symbol in given.variables}
        return scalar_frame(points, Floating())
    if not isinstance(claim.given, Networks):
        return None
    rng = np.random.default_rng(0)
    count, targets, width = (max(1, span[0]) for span in (given.students, given.teachers, given.dimension))
    arrays = {name: rng.normal(size=(1, count, width)) for name in ("w", *given.directions, *given.coefficients)}
    arrays["v"] = rng.normal(size=(1, targets, width))
    arrays |= {name: rng.normal(size=(1, 1, width)) for name in given.vectors}
    arrays |= {str(symbol): np.full(1, 0.25) for symbol in given.scalars}
    if given.samples[1]:
        arrays["x"] = rng.normal(size=(1, max(1, given.samples[0]), width))
    frame = frame_of_arrays(given, arrays, Floating())
    if given.weighted:
        weights = {
            "alpha": Entry(data=np.ones((1, count)), axis="student"),
            "omega": Entry(data=np.ones((1, targets)), axis="teacher"),
        }
        frame = Frame(entries={**frame.entries, **weights})
    return frame
