"""The leaves of a claim tree: what it says something about."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr, Indexed, Sum, Symbol

from theory.heads import Binder, Distinct
from theory.observables import run

__all__ = ["leaves"]


def leaves(tree: Expr) -> Iterator[Expr]:
    """Symbols and indexed symbols of a tree, with repetition; not the indices, bases and labels inside them."""
    if isinstance(tree, Indexed | Symbol):
        yield tree
    elif isinstance(tree, Sum):
        yield from leaves(tree.function)
    elif isinstance(tree, Binder):
        yield from leaves(tree.args[0])
    elif isinstance(tree, run):
        yield from leaves(tree.args[1])
    elif not isinstance(tree, Distinct):
        for argument in tree.args:
            yield from leaves(argument)
