"""Whether every instance of one claim is an instance of another: kinds and sizes, ranges and hypotheses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Expr

from checks.claim import Claim
from checks.given import Box, Networks
from checks.relation import All, AtMost, Below, Equal
from theory.indices import free_indices_of, substituted
from theory.symbols import fresh

__all__ = ["conditions_at", "misfit"]


def misfit(simple: Claim, claim: Claim) -> str:
    """Why a claim can't take over from ``simple``; "" if its instances are instances of that."""
    one, other = simple.given, claim.given
    if isinstance(one, Box):
        return "it has own quantities" if simple.quantities else ""
    if not isinstance(one, Networks) or not isinstance(other, Networks):
        return "it is about networks, this claim is not"
    if one.model != other.model:
        return f"it is about networks of {one.model}"
    for argument in ("students", "teachers", "dimension", "samples"):
        (low, high), (least, most) = getattr(one, argument), getattr(other, argument)
        if not low <= least <= most <= high:
            return f"it is stated for {argument} from {low} to {high} only"
    if one.weighted != other.weighted:
        return "only one of the two has output weights"
    for argument in ("directions", "coefficients", "vectors"):
        if not set(getattr(one, argument)) <= set(getattr(other, argument)):
            return f"its {argument} are not those of this claim"
    if one.students_as is not None and one.students_as != other.students_as:
        return "its students are built in another way"
    if simple.quantities and simple.quantities != claim.quantities:
        return "it has own quantities"
    return ""


def conditions_at(claim: Claim, values: Mapping[str, Expr]) -> list[tuple[Any, bool]]:
    """Ranges and hypotheses of a claim at the values put in, each with whether it is strict."""
    given: Any = claim.given
    bounds = given.variables if isinstance(given, Box) else given.scalars
    found: list[tuple[Any, bool]] = []
    for symbol, (low, high) in bounds.items():
        value = values[str(symbol)]
        found += [(AtMost(low, value), False), (AtMost(value, high), False)]
    waiting = list(given.where)
    while waiting:
        relation = waiting.pop(0)
        if isinstance(relation, All):
            waiting += relation.parts
            continue
        if not isinstance(relation, AtMost | Below | Equal):
            raise ValueError(f"{claim.id}: a hypothesis that is no comparison can't be passed on")
        indices = frozenset().union(*(free_indices_of(tree) for tree in relation.trees()))
        # An index that the conclusion has not: for all rows, so for one of which nothing is known.
        places = {index: values.get(str(index), fresh(index)) for index in indices}
        places |= {symbol: values[str(symbol)] for symbol in bounds}
        left, right = (substituted(tree, places) for tree in relation.trees())
        found.append((type(relation)(left, right), isinstance(relation, Below)))
    return found
