"""Bound and free indices of trees: opening a sum, comparing up to names, and what holds for all values of an index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from sympy import Add, Expr, Sum, Symbol

from theory.heads import Binder
from theory.symbols import AXES, BoundIndex, axis_of, fresh

__all__ = ["bound_index", "canonical", "free_indices_of", "instances", "is_multiple", "opened", "substituted"]


def free_indices_of(tree: Expr) -> frozenset[Symbol]:
    """Index symbols of a tree that no sum and no extremum binds."""
    if isinstance(tree, Symbol):
        return frozenset({tree}) if tree in AXES or isinstance(tree, BoundIndex) else frozenset()
    if isinstance(tree, Sum):
        return free_indices_of(tree.function) - {limit[0] for limit in tree.limits}
    if isinstance(tree, Binder):
        return free_indices_of(tree.args[0]) - {tree.args[1]}
    return frozenset().union(*map(free_indices_of, tree.args)) if tree.args else frozenset()


def opened(tree: Expr) -> Expr:
    """The summand of a sum, or the body of an extremum, with new symbols in place of its bound indices.

    A sign that is found for the result holds for all rows, and no statement about one row can be taken for it.
    """
    if isinstance(tree, Sum):
        return tree.function.xreplace({limit[0]: fresh(limit[0]) for limit in tree.limits})
    return tree.args[0].xreplace({tree.args[1]: fresh(tree.args[1])})


def substituted(tree: Expr, values: Mapping[Expr, Expr]) -> Expr:
    """The tree with values put in, its bound indices renamed so that they capture nothing of them."""
    bound = {limit[0] for total in tree.atoms(Sum) for limit in total.limits}
    bound |= {head.args[1] for head in tree.atoms(Binder)}
    return tree.xreplace({index: fresh(index) for index in bound}).xreplace(dict(values))


@cache
def bound_index(kind: str, depth: int) -> BoundIndex:
    """The one name of the bound index of that kind at that depth."""
    axis = next(symbol for symbol, of in AXES.items() if of == kind)
    index = BoundIndex(f"{axis.name}{depth}", integer=True)
    index.axis_kind = kind
    return index


def canonical(tree: Expr, depth: int = 0) -> Expr:
    """The tree with bound indices named by their depth, so that copies of a definition compare equal."""
    if isinstance(tree, Sum):
        names = {limit[0]: bound_index(axis_of(limit[0]), depth + place) for place, limit in enumerate(tree.limits)}
        inner = canonical(tree.function.xreplace(names), depth + len(names))
        return Sum(inner, *((names[limit[0]], *limit[1:]) for limit in tree.limits))
    if isinstance(tree, Binder):
        name = bound_index(axis_of(tree.args[1]), depth)
        return tree.func(canonical(tree.args[0].xreplace({tree.args[1]: name}), depth + 1), name)
    if not tree.args or not tree.has(Sum, Binder):
        return tree
    return tree.func(*(canonical(argument, depth) for argument in tree.args))


def instances(tree: Expr, for_all: Sequence[Symbol], like: Expr) -> Iterator[Expr]:
    """The tree at all choices of its indices ``for_all`` among the free indices of another."""
    if not for_all:
        yield tree
        return
    candidates = sorted(free_indices_of(like), key=str)
    choices = [[index for index in candidates if axis_of(index) == axis_of(one)] for one in for_all]
    for chosen in product(*choices):
        yield tree.xreplace(dict(zip(for_all, chosen, strict=True)))


def is_multiple(node: Expr, known: Expr) -> bool:
    """Whether a tree is a positive rational multiple of another; SymPy multiplies 2 (x − y) out."""
    if node == known:
        return True
    if not (isinstance(node, Add) and isinstance(known, Add)):
        return False
    (content, rest), (factor, core) = node.primitive(), known.primitive()
    return rest == core and (int(content.p) > 0) == (int(factor.p) > 0)
