"""Trees prepared for a reader: bound indices get letters, masks become conditions of their sum, masks of
numbers go.

Nothing here changes a value: bound indices are renamed, and what is said in two places is said in one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sympy import Expr, Integer, Mul, Sum, Symbol

from theory.heads import Binder, Distinct, angle
from theory.symbols import AXES, axis_of

__all__ = ["Condition", "at_sizes", "condition", "readable"]

_LETTERS = {"student": "ijkl", "teacher": "ab", "sample": ("mu", "nu")}


@dataclass(frozen=True, kw_only=True)
class Condition:
    """How a sum is written: its indices in order, pairs of indices that differ, and what is summed."""

    indices: tuple[Symbol, ...]
    distinct: tuple[tuple[Expr, Expr], ...]
    summand: Expr
    limits: Mapping[Symbol, tuple[Expr, Expr]]


def readable(tree: Expr) -> Expr:
    """The tree with letters for its bound indices that clash with nothing they are near."""
    return _renamed(tree, {}, frozenset(map(str, _free(tree))))


def _free(tree: Expr) -> set[Symbol]:
    """Free symbols of a tree, the index of an extremum being bound like that of a sum."""
    if isinstance(tree, Binder):
        return _free(tree.args[0]) - {tree.args[1]}
    if isinstance(tree, Sum):
        return _free(tree.function) - {limit[0] for limit in tree.limits}
    if not tree.args:
        return {tree} if isinstance(tree, Symbol) and not hasattr(tree, "axis_kind") else set()
    return set().union(*map(_free, tree.args))


def _renamed(node: Expr, names: Mapping[Symbol, Symbol], taken: frozenset[str]) -> Expr:
    if node in names:
        return names[node]
    if not node.args:
        return node
    if isinstance(node, Sum):
        inner, chosen = dict(names), taken
        limits = []
        for index, low, high in reversed(node.limits):  # the outer sums first
            letter = _letter(index, chosen)
            chosen |= {str(letter)}
            inner[index] = letter
            limits.append((letter, low, high))
        return Sum(_renamed(node.function, inner, chosen), *reversed(limits))
    if isinstance(node, Binder):
        letter = _letter(node.args[1], taken)
        body = _renamed(node.args[0], {**names, node.args[1]: letter}, taken | {str(letter)})
        return node.func(body, letter)
    return node.func(*(_renamed(argument, names, taken) for argument in node.args))


def _letter(index: Symbol, taken: frozenset[str]) -> Symbol:
    """A free letter of the axis of an index, its own where that is free."""
    for name in (index.name, *_LETTERS[axis_of(index)], *_primed(axis_of(index))):
        if name not in taken:
            known = [symbol for symbol in AXES if symbol.name == name]
            return known[0] if known else Symbol(name, integer=True)
    raise AssertionError("letters with primes do not end")


def _primed(kind: str) -> Iterator[str]:
    for count in range(1, 100):
        for letter in _LETTERS[kind]:
            yield letter + "'" * count


def condition(total: Sum) -> Condition:
    """A nested sum taken apart: Σ_i Σ_j Distinct(i, j) f is one sum over i ≠ j."""
    indices: list[Symbol] = []
    limits: dict[Symbol, tuple[Expr, Expr]] = {}
    distinct: list[tuple[Expr, Expr]] = []
    node: Expr = total
    while isinstance(node, Sum):
        for index, low, high in node.limits:
            indices.append(index)
            limits[index] = (low, high)
        node = node.function
        factors = Mul.make_args(node)
        masks = [factor for factor in factors if isinstance(factor, Distinct)]
        rest = [factor for factor in factors if not isinstance(factor, Distinct)]
        distinct += [_ordered(mask, indices) for mask in masks]
        if masks:
            node = Mul(*rest)
    return Condition(indices=tuple(indices), distinct=tuple(distinct), summand=node, limits=limits)


def _ordered(mask: Distinct, bound: list[Symbol]) -> tuple[Expr, Expr]:
    """The bound index first, for "j ≠ i" under a sum over j."""
    first, second = mask.args
    return (
        (first, second)
        if first in bound and second not in bound
        else (second, first)
        if second in bound
        else (first, second)
    )


def at_sizes(tree: Expr, sizes: Mapping[str, int]) -> Expr:
    """The tree with its sums over axes of a given size written out, indices 1 … size.

    ``sizes`` maps "student", "teacher" or "sample" to numbers; free indices stay.  Masks of numbers are
    decided, and the angle of a row with itself is 0.  Exact.
    """
    if isinstance(tree, Sum):
        kinds = [axis_of(index) for index, *_ in tree.limits]
        if all(kind in sizes for kind in kinds):
            terms = [tree.function]
            for (index, *_), kind in zip(tree.limits, kinds, strict=True):
                terms = [_at(term, index, k) for term in terms for k in range(1, sizes[kind] + 1)]
            return sum((at_sizes(term, sizes) for term in terms), Integer(0))
    if isinstance(tree, Distinct) and all(isinstance(index, Integer) for index in tree.args):
        return Integer(int(tree.args[0] != tree.args[1]))
    if type(tree) is angle and tree.args[0] == tree.args[1]:
        return Integer(0)
    if not tree.args:
        return tree
    if isinstance(tree, Mul):
        # Masks first: what they take away need not have a value.
        masks = [at_sizes(factor, sizes) for factor in tree.args if isinstance(factor, Distinct)]
        if Integer(0) in masks:
            return Integer(0)
    return tree.func(*(at_sizes(argument, sizes) for argument in tree.args))


def _at(term: Expr, index: Symbol, number: int) -> Expr:
    return term.xreplace({index: Integer(number)})
