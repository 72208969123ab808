"""Quantities: the vocabulary in which claims are stated.

A `Quantity` names one scalar or vector of the field (``loss``, ``theta[i]``, ``gradient[i]``, ``Z``, …) and defines it by
a tree over rows, heads and other quantities.  One definition serves every arithmetic: the structural walk evaluates it in
floats, in balls and symbolically.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from sympy import Expr, Indexed, IndexedBase, Sum, Symbol

from theory.discovery import discover
from theory.heads import Binder
from theory.model import Model
from theory.symbols import fresh

__all__ = ["Quantity", "Setting", "Vocabulary", "find_quantity", "instantiate", "leaf_key", "vocabulary"]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What a definition may depend on: the model, whether it has several teachers, and whether neurons carry output weights."""

    model: Model
    several_teachers: bool = False
    weighted: bool = False


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A named quantity ``name[axes…]`` with its definition.

    ``define(setting)`` returns the tree over the formal ``axes``; a mark ``#`` in ``latex`` is where the indices go, at its end
    without one; ``vector`` tells that the value is a vector of R^d;
    ``nonnegative`` that it is ≥ 0 by definition; ``undefined`` says where the definition has no value.
    """

    name: str
    latex: str
    meaning: str
    source: str
    define: Callable[[Setting], Expr]
    axes: tuple[Symbol, ...] = ()
    vector: bool = False
    nonnegative: bool = False
    undefined: str = "nowhere"

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError(f"quantity name {self.name!r} is not an identifier; use letters, digits and underscores")

    @property
    def arity(self) -> int:
        """Number of indices."""
        return len(self.axes)

    @property
    def symbol(self) -> Symbol | IndexedBase:
        """The symbol to write in a claim: ``loss`` is used as such, ``theta`` as ``theta[i]``."""
        assumptions = {"nonnegative": True} if self.nonnegative else {"real": True}
        return IndexedBase(self.name, **assumptions) if self.axes else Symbol(self.name, **assumptions)


Vocabulary = Mapping[tuple[str, int], Quantity]


@cache
def vocabulary() -> Vocabulary:
    """Every quantity of `theory.quantities`, by (name, number of indices)."""
    found: dict[tuple[str, int], Quantity] = {}
    for quantities in discover("theory.quantities", "QUANTITIES", tuple).values():
        for quantity in quantities:
            key = (quantity.name, quantity.arity)
            if key in found:
                raise ValueError(f"quantity {quantity.name!r} with {quantity.arity} indices is defined twice")
            found[key] = quantity
    return MappingProxyType(found)


def find_quantity(name: str, arity: int = 0, extra: Vocabulary = MappingProxyType({})) -> Quantity:
    """The quantity of that name and number of indices, from ``extra`` first; ValueError naming near misses."""
    key = (name, arity)
    if key in extra:
        return extra[key]
    known = vocabulary()
    if key in known:
        return known[key]
    import difflib

    same_name = sorted(known_arity for known_name, known_arity in known if known_name == name)
    if same_name:
        raise ValueError(f"quantity {name!r} takes {' or '.join(map(str, same_name))} indices, not {arity}")
    near = difflib.get_close_matches(name, [known_name for known_name, _ in known], n=3)
    hint = f"; did you mean {', '.join(near)}?" if near else "; `lemmata show` lists the vocabulary"
    raise ValueError(f"unknown quantity {name!r}{hint}")


def leaf_key(leaf: Expr) -> tuple[str, int]:
    """(name, number of indices) of a symbol or indexed leaf."""
    if isinstance(leaf, Indexed):
        label = leaf.base.label
        return label.name if isinstance(label, Symbol) else str(label), len(leaf.indices)
    return leaf.name if isinstance(leaf, Symbol) else str(leaf), 0


def instantiate(quantity: Quantity, setting: Setting, indices: tuple[Expr, ...]) -> Expr:
    """The definition of ``quantity[indices]``, with every bound index fresh so that none can capture ``indices``."""
    definition = quantity.define(setting)
    bound = {limit[0] for total in definition.atoms(Sum) for limit in total.limits}
    bound |= {head.args[1] for head in definition.atoms(Binder)}
    renamed = definition.xreplace({index: fresh(index) for index in bound})
    return renamed.xreplace(dict(zip(quantity.axes, indices, strict=True)))
