"""Generalisations of an identity in which sums over all rows disappear inside roots and angles.

If a statement holds for arbitrary vectors in place of the gradient, or for arbitrary numbers in place of
‖w_i⁺‖, it holds for the gradient and for ‖w_i⁺‖; and it may have an index degree where the special statement
has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sympy import Add, Expr, IndexedBase, Integer, Mul, Pow, Rational, Sum, Symbol

from checks.claim import Claim
from checks.given import Networks
from checks.relation import All, Equal, Relation
from numerics.index_degree import IndexDegree, Unbounded
from numerics.walk import Walk
from theory.symbols import axis_of

__all__ = ["Generalisation", "generalisations"]

# Bounds of a free number only say that its sign is unknown.
_ANY = (Rational(-1), Rational(1))


@dataclass(frozen=True, kw_only=True)
class Generalisation:
    """A claim that implies the one it came from, with the names of the quantities that it leaves free."""

    claim: Claim
    free: frozenset[str] = frozenset()
    says: str = ""


def generalisations(claim: Claim, degrees: IndexDegree) -> Iterator[Generalisation]:
    """The claim itself, then more general ones."""
    given = claim.given
    assert isinstance(given, Networks)
    yield Generalisation(claim=claim)
    gradient = replace(claim, given=replace(given, directions=(*given.directions, "gradient")))
    yield Generalisation(
        claim=gradient, free=frozenset({"gradient"}), says="for any vectors in place of the gradient"
    )
    abstraction = _Abstraction(degrees=degrees, walk=degrees.walk)
    try:
        then = abstraction.relation(claim.then)
    except Unbounded:
        return
    if abstraction.names:
        wider = replace(
            given,
            coefficients=(*given.coefficients, *abstraction.coefficients),
            scalars={**given.scalars, **dict.fromkeys(abstraction.scalars, _ANY)},
        )
        listed = ", ".join(map(str, abstraction.names))
        yield Generalisation(
            claim=replace(claim, given=wider, then=then), says=f"for any numbers in place of {listed}"
        )


@dataclass(kw_only=True)
class _Abstraction:
    """Replaces scalar terms without an index degree by free numbers, one per value of the free index."""

    degrees: IndexDegree
    walk: Walk
    names: dict[Expr, Expr] = field(default_factory=dict)
    coefficients: list[str] = field(default_factory=list)
    scalars: list[Symbol] = field(default_factory=list)

    def relation(self, relation: Relation | None) -> Relation:
        """A conclusion with such terms replaced."""
        if isinstance(relation, All):
            return All(*map(self.relation, relation.parts))
        assert isinstance(relation, Equal)
        return Equal(self.tree(relation.left), self.tree(relation.right))

    def tree(self, tree: Expr) -> Expr:
        """A tree with such terms replaced; sums, products and natural powers are kept."""
        try:
            self.degrees(tree)
            return tree
        except Unbounded:
            pass
        if isinstance(tree, Add | Mul):
            return tree.func(*map(self.tree, tree.args))
        if isinstance(tree, Sum):
            return Sum(self.tree(tree.function), *tree.limits)
        if isinstance(tree, Pow) and isinstance(tree.exp, Integer):
            return self.tree(tree.base) ** tree.exp
        return self._named(tree)

    def _named(self, tree: Expr) -> Expr:
        value = self.walk(tree)
        if value.vector or len(value.axes) > 1 or any(axis_of(axis) != "student" for axis in value.axes):
            raise Unbounded(f"{tree} depends on more than one index")
        axes: tuple[Any, ...] = value.axes
        # One family of numbers serves the term at every index.
        pattern = tree.xreplace({axes[0]: _ROW}) if axes else tree
        name = f"free{len(self.names) + 1}"
        if pattern not in self.names:
            if axes:
                self.coefficients.append(name)
                self.names[pattern] = IndexedBase(name, real=True)
            else:
                self.scalars.append(Symbol(name, real=True))
                self.names[pattern] = self.scalars[-1]
        known = self.names[pattern]
        return known[axes[0]] if axes else known


_ROW = Symbol("row", integer=True)
