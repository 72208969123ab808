"""What is known of the instances of a claim: signs from ranges and hypotheses, and where trees are defined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sympy import Expr, Indexed, Sum, Symbol

from checks.claim import Claim
from checks.given import Box, Networks
from checks.relation import AtMost, Below, free_indices
from theory.heads import angle, dot, norm
from theory.nonnegative import Fact
from theory.symbols import AXES, AXIS_SIZE, a, d, m, n, teachers, v

__all__ = ["Facts", "definition_of", "facts_of", "in_heads"]

Definition = Callable[[Expr], Expr | None]


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Trees that are ≥ 0, > 0 and defined at every instance that meets the hypotheses.

    ``for_all`` are the indices of the hypotheses that the conclusion has not: those hypotheses are about all rows.
    """

    assumed: tuple[Fact, ...]
    positive: tuple[Fact, ...]
    defined: tuple[Expr, ...]
    for_all: tuple[Symbol, ...]


def facts_of(claim: Claim) -> Facts:
    """The facts that the ranges and hypotheses of a claim on networks or on a box amount to."""
    given = claim.given
    assert isinstance(given, Networks | Box)
    assert claim.then is not None
    stated = set(free_indices(claim.then))
    hypotheses = [relation for relation in given.where if isinstance(relation, AtMost | Below)]
    everywhere = {index for relation in given.where for index in free_indices(relation)} - stated

    definition = definition_of(claim)

    def fact(relation: AtMost | Below) -> Fact:
        indices = tuple(index for index in free_indices(relation) if index in everywhere)
        return Fact(tree=in_heads(relation.slack, definition), for_all=indices)

    bounds: dict[Symbol, tuple[Expr, Expr]] = dict(given.variables if isinstance(given, Box) else given.scalars)
    rational = [(symbol, low) for symbol, (low, _) in bounds.items() if low.is_Rational]
    positive = [Fact(tree=symbol) for symbol, low in rational if int(low.p) > 0]
    positive += [fact(relation) for relation in hypotheses if isinstance(relation, Below)]
    assumed = [Fact(tree=symbol) for symbol, low in rational if int(low.p) == 0]
    assumed += [fact(relation) for relation in hypotheses if isinstance(relation, AtMost)]
    assumed += [Fact(tree=tree) for symbol, (low, high) in bounds.items() for tree in (symbol - low, high - symbol)]
    defined = [side for relation in given.where for side in relation.trees()]
    if isinstance(given, Networks):
        # Teachers never vanish.
        positive += [Fact(tree=dot(v, v)), Fact(tree=dot(teachers[a], teachers[a]), for_all=(a,))]
        for size, (least, _) in ((n, given.students), (m, given.teachers), (d, given.dimension)):  # type: ignore[misc]
            if least >= 1:
                positive.append(Fact(tree=size))
                assumed.append(Fact(tree=size - 1))
        defined += [] if given.students_as is None else [given.students_as]
    return Facts(assumed=tuple(assumed), positive=tuple(positive), defined=tuple(defined), for_all=tuple(everywhere))


def definition_of(claim: Claim) -> Definition:
    """Expands the quantities of a claim's vocabulary; None for an input of the instance, of no known sign."""
    from checks.instances import claim_vocabulary, setting_of
    from theory.quantity import find_quantity, instantiate, leaf_key

    if isinstance(claim.given, Box):
        return lambda leaf: None
    setting, extra = setting_of(claim.given), claim_vocabulary(claim)
    sizes = {str(symbol) for symbol in AXIS_SIZE.values()}

    def expand(leaf: Expr) -> Expr | None:
        name, arity = leaf_key(leaf)
        if (not arity and name in sizes) or leaf in AXES:
            return None
        try:
            quantity = find_quantity(name, arity, extra)
        except ValueError:
            return None
        return instantiate(quantity, setting, leaf.indices if arity else ())

    return expand


def in_heads(tree: Expr, definition: Definition) -> Expr:
    """The tree with quantities that are a norm or an angle of rows written as such, so that both ways to write them agree."""
    if isinstance(tree, Indexed | Symbol):
        expanded = definition(tree)
        return expanded if isinstance(expanded, norm | angle) and not expanded.has(Sum) else tree
    if not tree.args:
        return tree
    arguments = [in_heads(argument, definition) for argument in tree.args]
    return tree if all(new is old for new, old in zip(arguments, tree.args, strict=True)) else tree.func(*arguments)
