"""Equations among the hypotheses as rules of the ring.

An equation that is solved for a generator replaces it: x = … for a scalar, ‖v‖ = 1 for a length, ⟨w, v⟩ = 0
for a cosine, Σ β_i² = 1 for the square of the last coefficient.  A vector equation xi = … replaces the row.
Every rule holds at each instance that meets the hypotheses; a hypothesis of another shape is left out, which
can only lose a proof.

A hypothesis that shares free indices with the conclusion is assumed for the values of these alone (``at``);
one over other indices for all their values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np
from flint import fmpq
from sympy import Expr, Indexed, Symbol

from checks.relation import All, Equal, Relation
from numerics.evaluation.walk import Entry, Value, Walk
from numerics.formal.angles import sine_and_cosine
from numerics.formal.powers import power
from numerics.formal.reduction import normal_form
from numerics.formal.ring import UNIT, Element, Monomial, Ring, Terms
from theory.quantity import leaf_key

__all__ = ["Applied", "apply_hypotheses", "equations", "picked"]


@dataclass(kw_only=True)
class Applied:
    """The walk under the hypotheses, the equations that were used, and the inputs that they give."""

    walk: Walk
    used: list[Equal] = field(default_factory=list)
    # Those of the equations used that give an input by a tree.
    definitions: list[Equal] = field(default_factory=list)
    built: dict[str, Expr] = field(default_factory=dict)
    rules: list[str] = field(default_factory=list)


def apply_hypotheses(walk: Walk, where: tuple[Relation, ...], at: Mapping[Symbol, int]) -> Applied:
    """The walk with what the equations among the hypotheses determine, determined."""
    applied = Applied(walk=walk)
    for relation in where:
        for equation in equations(relation):
            if applied.walk(equation.slack).vector:
                _replace_rows(applied, equation, at)
            else:
                _add_rules(applied, equation, at)
    return applied


def equations(relation: Relation) -> list[Equal]:
    """The equations that a relation consists of, among others."""
    if isinstance(relation, All):
        return [part for inner in relation.parts for part in equations(inner)]
    return [relation] if isinstance(relation, Equal) else []


def picked(value: Value, at: Mapping[Symbol, int]) -> Value:
    """The value at fixed numbers of some of its indices."""
    for index, row in at.items():
        if index in value.axes:
            place = value.axes.index(index)
            axes = value.axes[:place] + value.axes[place + 1 :]
            value = replace(value, data=value.data.take(row, axis=place + 1), axes=axes)
    return value


def _replace_rows(applied: Applied, equation: Equal, at: Mapping[Symbol, int]) -> None:
    """Replace rows by their value where one side of a vector equation is the row itself.

    Coordinate by coordinate nothing follows from it: the rows that serve as a basis may be dependent.
    """
    walk = applied.walk
    for leaf, tree in ((equation.left, equation.right), (equation.right, equation.left)):
        if not isinstance(leaf, Symbol | Indexed):
            continue
        name, arity = leaf_key(leaf)
        entry = walk.frame.entries.get(name)
        if entry is None or not entry.vector or name in applied.built:
            continue
        if entry.axis is not None and not arity and entry.data.shape[1] != 1:
            continue
        if any(other.has(getattr(leaf, "base", leaf)) for other in (tree, *applied.built.values())):
            continue
        indices: tuple[Any, ...] = leaf.indices if arity else ()
        value = picked(walk(tree), at)
        if arity and indices[0] in at and not value.axes:
            data = entry.data.copy()
            data[:, at[indices[0]]] = value.data
        elif not value.axes or value.axes == indices:
            # One value for all rows of a family, or a value for each.
            rows = value.data if value.axes or entry.axis is None else value.data[:, None]
            data = np.broadcast_to(rows, entry.data.shape)
            applied.built[name] = tree
            applied.definitions.append(equation)
        else:
            continue
        entries = {**walk.frame.entries, name: Entry(data=data, axis=entry.axis, vector=True)}
        frame = replace(walk.frame, entries=entries)
        applied.walk = replace(walk, frame=frame, shared={}, _memo={}, _quantities={}, _after=None)
        applied.used.append(equation)
        applied.rules.append(f"{leaf} = {tree}")
        return


def _add_rules(applied: Applied, equation: Equal, at: Mapping[Symbol, int]) -> None:
    solved = [_solve(element) for element in picked(applied.walk(equation.slack), at).data.flat]
    if not any(solved):
        return
    applied.used.append(equation)
    applied.rules += [text for text in solved if text]
    for leaf, tree in ((equation.left, equation.right), (equation.right, equation.left)):
        if not isinstance(leaf, Symbol) or str(leaf) not in applied.walk.frame.entries or str(leaf) in applied.built:
            continue
        # An input that occurs in its own definition, or in an earlier one, is not defined by this equation.
        if not any(other.has(leaf) for other in (tree, *applied.built.values())):
            applied.built[str(leaf)] = tree
            applied.definitions.append(equation)
            return


def _solve(element: Element) -> str:
    """Add the rule that element = 0 gives; "" if it has no shape that determines a generator."""
    if element.undefined:
        return ""
    ring, normal = element.ring, normal_form(element)
    if normal.coefficient == 0:
        return ""
    if len(normal.primitive) == 1:
        return _solve_product(ring, normal.content)
    # A factor that may vanish makes the equation a disjunction; denominators may be dropped.
    divided = "" if any(exponent > 0 for _, exponent in normal.content) else _solve_sum(ring, normal.primitive)
    return divided or _solve_sum(ring, normal.terms(ring))


def _solve_product(ring: Ring, content: Monomial) -> str:
    """A product of generators is 0: useful where it is clear which of them is meant."""
    factors = [number for number, exponent in content if exponent > 0]
    if any(number in ring.rules for number in factors):
        return ""
    if len(factors) == 1:
        return _rule(ring, factors[0], 1, {})
    # ρ_a ρ_b C = 0: where a row vanishes its cosine is arbitrary, so that it may be taken to be 0.
    cosines = [number for number in factors if number in ring.cosines]
    if len(cosines) == 1 and all(number in ring.lengths for number in set(factors) - set(cosines)):
        return _rule(ring, cosines[0], 1, {})
    return ""


def _solve_sum(ring: Ring, terms: Terms) -> str:
    for lead in sorted(terms, key=_preference, reverse=True):
        rest = {monomial: value for monomial, value in terms.items() if monomial != lead}
        occurring = {other for monomial in rest for other, _ in monomial}
        for number, degree in reversed(lead):
            cofactor = tuple(pair for pair in lead if pair[0] != number)
            if degree not in (1, 2) or number in ring.rules or number in occurring | ring.closure(occurring):
                continue
            # Only a number on the other side shows that a cofactor is not 0.
            if cofactor and (set(rest) != {UNIT} or any(other in ring.rules for other, _ in cofactor)):
                continue
            inverse = tuple((other, -exponent) for other, exponent in cofactor)
            value = ring.product(rest, {inverse: fmpq(-1) / terms[lead]})
            return _determine(ring, number, int(degree), value)
    return ""


def _preference(monomial: Monomial) -> Any:
    """A generator to the first power first, then what was introduced last."""
    return len(monomial) == 1, bool(monomial) and monomial[-1][1] == 1, monomial


def _determine(ring: Ring, number: int, degree: int, value: Terms) -> str:
    if degree == 2 and ring.generators[number].nonnegative and set(value) == {UNIT} and value[UNIT] > 0:
        root = power(ring.number(value[UNIT]), Fraction(1, 2))
        assert root.terms is not None
        degree, value = 1, root.terms
    text = _rule(ring, number, degree, value)
    angle = ring.angles.get(number)
    if text and degree == 1 and angle is not None and angle.cosine.terms is not None:
        # An angle that is determined determines its cosine.
        for cosine in ring.cosines:
            if angle.cosine.terms == {((cosine, 1),): fmpq(1)} and cosine not in ring.rules:
                determined, _ = sine_and_cosine(Element(ring, value))
                assert determined.terms is not None
                _rule(ring, cosine, 1, determined.terms)
    return text


def _rule(ring: Ring, number: int, period: int, value: Terms) -> str:
    occurring = {other for monomial in value for other, _ in monomial}
    if number in occurring | ring.closure(occurring):
        return ""
    ring.rules[number] = (period, value)
    exponent = "" if period == 1 else "²"
    return f"{ring.generators[number].name}{exponent} eliminated"
