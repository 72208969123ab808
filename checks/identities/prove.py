"""Proof of an identity: the difference of its sides vanishes in the ring, for as many rows as the index degree asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np
from sympy import Expr, Symbol

from checks.claim import Claim
from checks.given import Networks
from checks.identities.generic import Sizes, generic_walk
from checks.identities.hypotheses import Applied, apply_hypotheses, equations, picked
from checks.relation import All, Equal, Relation
from numerics.arithmetic.base import Unevaluable
from numerics.formal.reduction import vanishes
from numerics.formal.ring import Ring
from numerics.index_degree import IndexDegree, Unbounded, free_axes
from numerics.walk import Value
from theory.symbols import AXES, axis_of

__all__ = ["Attempt", "Proof", "prove", "prove_at"]

# Sizes that are tried where no index degree bounds them, and how much work (products of terms) a larger size may take.
_MOST = {"student": 4, "teacher": 2, "sample": 2}
_WORK = 2_000_000
_KINDS = ("student", "teacher", "sample")
_LETTER = {"student": "n", "teacher": "m", "sample": "N"}


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
    applied: Applied | None = None


@dataclass(kw_only=True)
class Proof:
    """``complete`` if the identity is proved for all that ``scope`` names; ``log`` says how."""

    complete: bool
    scope: str = ""
    log: list[str] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)


def parts_of(then: Relation) -> tuple[Equal, ...]:
    """The equations of a conclusion."""
    return tuple(equations(then))


def prove_at(claim: Claim, sizes: Sizes, limit: int = _WORK) -> Attempt:
    """Try to reduce the difference of the sides to 0 at the generic instance of these sizes."""
    ring = Ring(limit=limit)
    try:
        return _reduced(claim, sizes, ring)
    except Unevaluable as error:
        return Attempt(sizes=sizes, zero=False, work=ring.work, reason=str(error))


def _reduced(claim: Claim, sizes: Sizes, ring: Ring) -> Attempt:
    assert claim.then is not None
    where = tuple(getattr(claim.given, "where", ()))
    elements = undefined = generators = relations = work = 0
    applied: Applied | None = None
    for at in _assignments(claim, where, sizes):
        # Hypotheses at named rows are rules of a ring of their own.
        own = Ring(limit=ring.limit - work)
        applied = apply_hypotheses(generic_walk(claim, sizes, own), where, at)
        for part in parts_of(claim.then):
            value = picked(applied.walk(part.slack), at)
            for place, element in _elements(value):
                elements += 1
                if element.undefined:
                    # Undefined where free indices agree, like an angle in a denominator: no statement there.
                    if not _coincident(value, place) and len(set(at.values())) == len(at):
                        return Attempt(sizes=sizes, zero=False, work=ring.work, reason=f"{part.slack} is nowhere defined")
                    undefined += 1
                elif not vanishes(element):
                    return Attempt(
                        sizes=sizes, zero=False, elements=elements, work=work + own.work, generators=len(own.generators),
                        reason=f"{len(element.terms or {})} terms do not cancel",
                    )
        work += own.work
        generators, relations = max(generators, len(own.generators)), max(relations, len(own.rules))
    return Attempt(
        sizes=sizes, zero=True, elements=elements, undefined=undefined, generators=generators, relations=relations,
        work=work, applied=applied,
    )


def _elements(value: Value) -> Iterator[tuple[tuple[int, ...], object]]:
    yield from ((place[1:], value.data[place]) for place in np.ndindex(value.data.shape))


def _coincident(value: Value, place: tuple[int, ...]) -> bool:
    kinds = [(axis_of(axis), row) for axis, row in zip(value.axes, place, strict=False)]
    return len(set(kinds)) < len(kinds)


def _assignments(claim: Claim, where: tuple[Relation, ...], sizes: Sizes) -> Iterator[dict[Symbol, int]]:
    """Values of the free indices that hypotheses share with the conclusion, one for each pattern of equalities.

    Permutations of the rows of a kind map instances to instances, so one representative of each pattern is enough.
    """
    assert claim.then is not None
    shared = sorted(
        _free(claim.then) & {index for relation in where for part in equations(relation) for index in _free(part)}, key=str
    )
    count = {"student": sizes.students, "teacher": sizes.teachers, "sample": sizes.samples}
    ranges = [range(count[axis_of(index)]) for index in shared]
    for rows in product(*ranges):
        if _first_of_pattern(shared, rows):
            yield dict(zip(shared, rows, strict=True))


def _first_of_pattern(indices: list[Symbol], rows: tuple[int, ...]) -> bool:
    highest: dict[str, int] = {}
    for index, row in zip(indices, rows, strict=True):
        kind = axis_of(index)
        if row > highest.get(kind, -1) + 1:
            return False
        highest[kind] = max(highest.get(kind, -1), row)
    return True


def _free(relation: Relation) -> set[Symbol]:
    return {symbol for tree in relation.trees() for symbol in tree.free_symbols if symbol in AXES}


# -- how many rows -------------------------------------------------------------------------------------------------


def prove(claim: Claim) -> Proof:
    """Prove the identity for all numbers of rows, or for as many as the work limit allows."""
    proof = Proof(complete=False)
    if not isinstance(claim.given, Networks):
        attempt = prove_at(claim, Sizes())
        proof.attempts.append(attempt)
        proof.complete, proof.scope = attempt.zero, "all values of the variables"
        return proof
    spans = {"student": claim.given.students, "teacher": claim.given.teachers, "sample": claim.given.samples}
    first = prove_at(claim, _sizes({kind: max(low, 1) if kind != "sample" else low for kind, (low, _) in spans.items()}))  # type: ignore[misc]
    proof.attempts.append(first)
    if not first.zero or first.applied is None:
        return proof
    plans = {kind: _plan(claim, kind, spans[kind], first.applied, proof) for kind in _KINDS}  # type: ignore[arg-type]
    return _carry_out(claim, plans, proof)


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """Numbers of rows of one kind to be proved, and what that amounts to."""

    sizes: tuple[int, ...]
    says: str
    everything: bool = False


def _plan(claim: Claim, kind: str, span: tuple[int, int], applied: Applied, proof: Proof) -> _Plan:
    low, high = span
    letter = _LETTER[kind]
    if low == high:
        return _Plan(sizes=(low,), says=f"{letter} = {low}" if low else "", everything=True)
    low = max(low, 1)
    honest = tuple(range(low, min(high, max(low, _MOST[kind])) + 1))
    fallback = _Plan(sizes=honest, says=f"{letter} = {low} … {honest[-1]}", everything=honest[-1] == high)
    try:
        degree, free = _degree(claim, kind, applied)
    except Unbounded as error:
        proof.log.append(f"no index degree in {letter}: {error}")
        return fallback
    needed = degree + max(free, 1)
    if low > 1:
        return replace(fallback, sizes=fallback.sizes)
    proof.log.append(f"index degree {degree} in {letter} with {free} free: {letter} = 1 … {needed} implies all {letter}")
    return _Plan(sizes=tuple(range(1, needed + 1)), says=f"all {letter}", everything=True)


def _degree(claim: Claim, kind: str, applied: Applied) -> tuple[int, int]:
    """(index degree, number of free indices) of the conclusion; Unbounded if the argument does not apply."""
    assert claim.then is not None
    built: dict[str, Expr] = dict(applied.built)
    if isinstance(claim.given, Networks) and claim.given.students_as is not None:
        built["w"] = claim.given.students_as
    degree = IndexDegree(walk=applied.walk, kind=kind, built=built)
    for equation in applied.used:
        gives_input = any(str(leaf) in built or getattr(leaf, "name", None) in built for leaf in (equation.left, equation.right))
        if not gives_input and not degree(equation.slack).zero:
            raise Unbounded(f"the hypothesis {equation.left} = {equation.right} couples all rows")
    highest = 0
    for part in parts_of(claim.then):
        highest = max(highest, degree(part.slack).top)
    return highest, free_axes(claim.then.trees(), kind)


def _sizes(numbers: dict[str, int]) -> Sizes:
    return Sizes(students=numbers["student"], teachers=numbers["teacher"], samples=numbers["sample"])


def _carry_out(claim: Claim, plans: dict[str, _Plan], proof: Proof) -> Proof:
    done = {kind: [plan.sizes[0]] for kind, plan in plans.items()}
    grid = sorted(product(*(plans[kind].sizes for kind in _KINDS)), key=lambda numbers: (sum(numbers), numbers))
    proved: set[tuple[int, ...]] = set()
    for numbers in grid:
        attempt = prove_at(claim, _sizes(dict(zip(_KINDS, numbers, strict=True))))
        proof.attempts.append(attempt)
        if attempt.zero:
            proved.add(numbers)
        elif attempt.reason.startswith("the statement grows"):
            break
        else:
            return proof
    proof.complete = bool(proved)
    return _scoped(plans, grid, proved, done, proof)


def _scoped(plans, grid, proved, done, proof):  # type: ignore[no-untyped-def]
    raise NotImplementedError


def all_relation(then: Relation) -> bool:
    """Whether a conclusion consists of equations alone."""
    return isinstance(then, Equal) or (isinstance(then, All) and all(all_relation(part) for part in then.parts))
