"""Proof of an identity for one choice of sizes: its sides agree at the generic instance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
from sympy import Symbol

from checks.claim import Claim
from checks.identities.generic import Sizes, generic_walk
from checks.identities.hypotheses import Applied, apply_hypotheses, equations, picked
from checks.relation import All, Equal, Relation, free_indices
from numerics.arithmetic.base import Unevaluable
from numerics.evaluation.index_degree import names_rows
from numerics.evaluation.walk import Value, Walk, align
from numerics.formal.reduction import vanishes
from numerics.formal.ring import Element, Ring, TooLarge
from theory.symbols import axis_of

__all__ = ["WORK", "Attempt", "is_identity", "parts_of", "prove_at"]

# Work (products of terms) that one choice of sizes may take.
WORK = 2_000_000


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What became of the difference for one choice of sizes."""

    sizes: Sizes
    zero: bool
    elements: int = 0
    undefined: int = 0
    generators: int = 0
    relations: int = 0
    work: int = 0
    reason: str = ""
    too_large: bool = False
    applied: Applied | None = None
    # The equations among the hypotheses of which the proof made rules, other than definitions of inputs.
    used: tuple[Equal, ...] = ()


def parts_of(then: Relation) -> tuple[Equal, ...]:
    """The equations of a conclusion."""
    return tuple(equations(then))


def is_identity(then: Relation | None) -> bool:
    """Whether a conclusion consists of equations alone."""
    return isinstance(then, Equal) or (isinstance(then, All) and all(map(is_identity, then.parts)))


def prove_at(claim: Claim, sizes: Sizes, limit: int = WORK) -> Attempt:
    """Try to reduce the difference of the sides to 0 at the generic instance of these sizes."""
    try:
        return _reduced(claim, sizes, limit)
    except TooLarge as error:
        return Attempt(sizes=sizes, zero=False, too_large=True, reason=str(error))
    except Unevaluable as error:
        return Attempt(sizes=sizes, zero=False, reason=str(error))


def _reduced(claim: Claim, sizes: Sizes, limit: int) -> Attempt:
    assert claim.then is not None
    where = tuple(getattr(claim.given, "where", ()))
    elements = undefined = generators = relations = work = 0
    applied: Applied | None = None
    used: dict[Equal, None] = {}
    for at in _assignments(claim, where, sizes):
        # Hypotheses at named rows are rules of a ring of their own.
        own = Ring(limit=limit - work)
        applied = apply_hypotheses(generic_walk(claim, sizes, own), where, at)
        for part in parts_of(claim.then):
            value = picked(_difference(applied.walk, part), at)
            for place, element in _elements(value):
                elements += 1
                if element.undefined:
                    # Undefined where free indices agree, like the sine of an angle in a denominator: no
                    # statement there.
                    if not _coincident({**at, **dict(zip(value.axes, place, strict=False))}):
                        return Attempt(sizes=sizes, zero=False, reason=f"{part.slack} is nowhere defined")
                    undefined += 1
                elif not vanishes(element):
                    return Attempt(
                        sizes=sizes,
                        zero=False,
                        elements=elements,
                        work=work + own.work,
                        generators=len(own.generators),
                        reason=f"{len(element.terms or {})} terms do not cancel",
                    )
        used.update(dict.fromkeys(equation for equation in applied.used if equation not in applied.definitions))
        work += own.work
        generators, relations = max(generators, len(own.generators)), max(relations, len(own.rules))
    return Attempt(
        sizes=sizes,
        zero=True,
        elements=elements,
        undefined=undefined,
        generators=generators,
        relations=relations,
        work=work,
        applied=applied,
        used=tuple(used),
    )


def _difference(walk: Walk, part: Equal) -> Value:
    """right − left, undefined where either is; the tree of the difference would cancel what both lack."""
    sides = [walk(side) for side in part.trees()]
    vector = any(side.vector for side in sides)
    (left, right), axes = align(sides)
    if len({side.vector for side in sides}) > 1 and not any(_vanishing(side) for side in sides if not side.vector):
        raise Unevaluable(f"{part.left} = {part.right} equates a vector and a scalar")
    return Value(data=right - left, axes=axes, vector=vector)


def _vanishing(side: Value) -> bool:
    return all(element.terms == {} for element in side.data.flat)


def _elements(value: Value) -> Iterator[tuple[tuple[int, ...], Element]]:
    for place in np.ndindex(value.data.shape):
        element: Element = value.data[place]  # type: ignore[assignment]
        yield place[1:], element


def _coincident(rows: Mapping[Symbol, int]) -> bool:
    """Whether two indices of a kind name the same row."""
    named = [(axis_of(index), row) for index, row in rows.items()]
    return len(set(named)) < len(named)


def _assignments(claim: Claim, where: tuple[Relation, ...], sizes: Sizes) -> Iterator[dict[Symbol, int]]:
    """Values of the free indices that hypotheses share with the conclusion, one for each pattern of
    equalities.

    Permutations of the rows of a kind map instances to instances, so one representative of each pattern is
    enough unless rows are named by number.
    """
    assert claim.then is not None
    hypothetical = {index for relation in where for part in equations(relation) for index in free_indices(part)}
    shared = [index for index in free_indices(claim.then) if index in hypothetical]
    count = {"student": sizes.students, "teacher": sizes.teachers, "sample": sizes.samples}
    ranges = [range(count[axis_of(index)]) for index in shared]
    stated = [*claim.then.trees(), *(tree for relation in where for tree in relation.trees())]
    built = getattr(claim.given, "students_as", None)
    # A definition of the claim's own may name a row as well.
    numbered = bool(claim.quantities) or any(map(names_rows, stated if built is None else [*stated, built]))
    for rows in product(*ranges):
        if numbered or _first_of_pattern(shared, rows):
            yield dict(zip(shared, rows, strict=True))


def _first_of_pattern(indices: list[Symbol], rows: tuple[int, ...]) -> bool:
    highest: dict[str, int] = {}
    for index, row in zip(indices, rows, strict=True):
        kind = axis_of(index)
        if row > highest.get(kind, -1) + 1:
            return False
        highest[kind] = max(highest.get(kind, -1), row)
    return True
