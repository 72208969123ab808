"""Generalisations of an identity in which sums over all rows disappear inside roots and angles.

If a statement holds for arbitrary vectors in place of the gradient, or for arbitrary numbers in place of
‖w_i⁺‖, it holds for the gradient and for ‖w_i⁺‖; and it may have an index degree where the special statement
has none.  A root √S is replaced by a number y of which only y² = S is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from sympy import (
    Add,
    Expr,
    Indexed,
    IndexedBase,
    Integer,
    Mul,
    Pow,
    Rational,
    Sum,
    Symbol,
    preorder_traversal,
)

from checks.claim import Claim
from checks.given import Networks
from checks.relation import All, Equal, Relation
from numerics.evaluation.index_degree import IndexDegree, Unbounded
from theory import heads
from theory.symbols import BoundIndex, axis_of, fresh

__all__ = ["Generalisation", "generalisations"]

# Bounds of a free number: they only say whether its sign is known.
_ANY, _ROOT = (Rational(-100), Rational(100)), (Rational(0), Rational(100))


@dataclass(frozen=True, kw_only=True)
class Generalisation:
    """A claim that implies the one it came from.

    ``free`` names quantities that it leaves free, ``roots`` the squares of its free numbers, by name, and
    ``relations`` says so as hypotheses.
    """

    claim: Claim
    free: frozenset[str] = frozenset()
    roots: Mapping[str, Expr] = field(default_factory=dict)
    relations: tuple[Equal, ...] = ()
    says: str = ""


def generalisations(claim: Claim, degrees: IndexDegree) -> Iterator[Generalisation]:
    """The claim itself, then more general ones."""
    given = claim.given
    assert isinstance(given, Networks)
    yield Generalisation(claim=claim)
    gradient = replace(claim, given=replace(given, directions=(*given.directions, "gradient")))
    yield Generalisation(claim=gradient, free=frozenset({"gradient"}), says="for any vectors in place of the gradient")
    for keep_roots in (True, False):
        abstraction = _Abstraction(degrees=degrees, keep_roots=keep_roots)
        try:
            then = abstraction.relation(claim.then)
        except Unbounded:
            continue
        if abstraction.names:
            yield abstraction.generalisation(claim, then)


@dataclass(kw_only=True)
class _Abstraction:
    """Replaces terms without an index degree by free numbers, one for each value of their free index.

    ``keep_roots`` looks into definitions and replaces the roots in them, with their squares as hypotheses;
    otherwise the terms of the statement itself are replaced, and nothing is known of the numbers.
    """

    degrees: IndexDegree
    keep_roots: bool
    names: dict[Expr, Symbol | IndexedBase] = field(default_factory=dict)
    coefficients: list[str] = field(default_factory=list)
    scalars: dict[Symbol, tuple[Rational, Rational]] = field(default_factory=dict)
    roots: dict[str, Expr] = field(default_factory=dict)
    relations: list[Equal] = field(default_factory=list)
    _definitions: dict[Expr, Expr | None] = field(default_factory=dict, repr=False)

    def generalisation(self, claim: Claim, then: Relation) -> Generalisation:
        """The claim with the conclusion ``then`` for all values of the free numbers."""
        given = claim.given
        assert isinstance(given, Networks)
        wider = replace(
            given,
            coefficients=(*given.coefficients, *self.coefficients),
            scalars={**given.scalars, **self.scalars},
            where=(*given.where, *self.relations),
        )
        listed = ", ".join(map(str, self.names))
        known = "any root of the same square" if self.relations else "any number"
        return Generalisation(
            claim=replace(claim, given=wider, then=then),
            roots=self.roots,
            relations=tuple(self.relations),
            says=f"for {known} in place of {listed}",
        )

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
        if self.keep_roots:
            return self._opened(tree)
        if isinstance(tree, Pow) and isinstance(tree.exp, Integer):
            return self.tree(tree.base) ** tree.exp
        return self._named(tree, tree)

    def _opened(self, tree: Expr) -> Expr:
        """A tree with the roots in it replaced, through definitions and derivatives."""
        if isinstance(tree, heads.norm):
            return self._root(tree, heads.dot(tree.args[0], tree.args[0]))
        if isinstance(tree, Pow) and isinstance(tree.exp, Integer):
            if isinstance(tree.base, heads.norm) and tree.exp % 2 == 0:
                return self.tree(heads.dot(tree.base.args[0], tree.base.args[0])) ** (tree.exp / 2)
            return self.tree(tree.base) ** tree.exp
        if isinstance(tree, Pow) and isinstance(tree.exp, Rational) and tree.exp.q == 2:
            return self._root(Pow(tree.base, Rational(1, 2)), tree.base) ** tree.exp.p
        if isinstance(tree, heads.dot):
            return heads.dot(*map(self.tree, tree.args))
        if isinstance(tree, heads.least | heads.greatest):
            # Of an extremum the ring knows nothing but its name.
            return self._named(tree, tree)
        if isinstance(tree, heads.rate | heads.directional | heads.expectation):
            return self.tree(self.degrees.walk.expand(tree))
        definition = self._definition(tree) if isinstance(tree, Symbol | Indexed) else None
        return self._named(tree, tree) if definition is None else self.tree(definition)

    def _definition(self, leaf: Expr) -> Expr | None:
        # Once for each leaf: two copies of a definition have different bound indices.
        if leaf not in self._definitions:
            self._definitions[leaf] = self.degrees.walk.definition(leaf)
        return self._definitions[leaf]

    def _root(self, tree: Expr, square: Expr) -> Expr:
        inner = self.tree(square)
        replaced = self._named(tree, Pow(inner, Rational(1, 2), evaluate=False), root=True)
        name = str(getattr(replaced, "base", replaced))
        if name not in self.roots:
            # The hypothesis has an index of its own, so that it is one about all rows.
            own = {index: fresh(index) for index in getattr(replaced, "indices", ())}
            self.relations.append(Equal(replaced.xreplace(own) ** 2, inner.xreplace(own)))
            self.roots[name] = self.relations[-1].right
        return replaced

    def _named(self, tree: Expr, key: Expr, *, root: bool = False) -> Expr:
        """The free number that stands for ``tree``, the same one for equal keys."""
        value = self.degrees.walk(tree)
        if value.vector or len(value.axes) > 1 or any(axis_of(axis) != "student" for axis in value.axes):
            raise Unbounded(f"{tree}, which depends on more than one index")
        pattern = _canonical(key.xreplace(dict.fromkeys(value.axes, _ROW)))
        if pattern not in self.names:
            name = f"free{len(self.names) + 1}"
            if value.axes:
                self.coefficients.append(name)
                self.names[pattern] = IndexedBase(name, real=True)
            else:
                self.names[pattern] = Symbol(name, real=True)
                self.scalars[self.names[pattern]] = _ROOT if root else _ANY
        known = self.names[pattern]
        return known[value.axes[0]] if isinstance(known, IndexedBase) else known


_ROW = Symbol("row", integer=True)


def _canonical(tree: Expr) -> Expr:
    """The tree with its bound indices named by their order, so that copies of a definition compare equal."""
    bound = [node for node in preorder_traversal(tree) if isinstance(node, BoundIndex)]
    order = {index: Symbol(f"{index.name}_{place}", integer=True) for place, index in enumerate(dict.fromkeys(bound))}
    return tree.xreplace(order)
