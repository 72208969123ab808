"""Sums and products written out term by term, so that equal terms cancel without a decision procedure."""

from __future__ import annotations

from itertools import product

from sympy import Add, Expr, Integer, Mul, Pow, Sum

from theory.indices import canonical
from theory.symbols import AXIS_SIZE, axis_of, fresh

__all__ = ["linear"]

# Largest power of a sum that is multiplied out.
_POWER = 2


def linear(tree: Expr) -> Expr:
    """The tree as a sum of products, sums over rows taken term by term and constants taken out of them."""
    return Add(*(canonical(term) for term in _terms(tree)))


def _terms(tree: Expr) -> list[Expr]:
    if isinstance(tree, Add):
        return [term for part in tree.args for term in _terms(part)]
    if isinstance(tree, Mul):
        return [Mul(*chosen) for chosen in product(*map(_terms, tree.args))]
    if isinstance(tree, Pow) and isinstance(tree.base, Add) and isinstance(tree.exp, Integer):
        if 1 < int(tree.exp) <= _POWER:
            return [Mul(*chosen) for chosen in product(*[_terms(tree.base)] * int(tree.exp))]
    if isinstance(tree, Sum) and len(tree.limits) == 1:
        ((index, *_),) = tree.limits
        new = fresh(index)
        return [_summed(term, new) for term in _terms(tree.function.xreplace({index: new}))]
    return [tree]


def _summed(term: Expr, index: Expr) -> Expr:
    outside = [factor for factor in Mul.make_args(term) if index not in factor.free_symbols]
    inside = [factor for factor in Mul.make_args(term) if index in factor.free_symbols]
    size = AXIS_SIZE[axis_of(index)]
    return Mul(*outside, Sum(Mul(*inside), (index, 1, size)) if inside else size)
