"""Relations: what a claim says.  Inert records over trees, since SymPy decides relationals while it builds
them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sympy import Expr, Sum, Symbol, latex

from theory.heads import Binder, inert

__all__ = ["All", "AtLeast", "AtMost", "Below", "Bounded", "Equal", "Likely", "Relation", "Tends"]


@dataclass(frozen=True)
class _Binary:
    left: Expr
    right: Expr

    def __post_init__(self) -> None:
        object.__setattr__(self, "left", inert(self.left))
        object.__setattr__(self, "right", inert(self.right))

    @property
    def slack(self) -> Expr:
        """right − left."""
        return self.right - self.left

    def trees(self) -> tuple[Expr, ...]:
        """The trees of the relation."""
        return self.left, self.right


class Equal(_Binary):
    """left = right wherever both are defined; two vectors are equal in every coordinate."""

    sign = "="


class AtMost(_Binary):
    """left ≤ right."""

    sign = r"\leq"


class Below(_Binary):
    """left < right."""

    sign = "<"


class Tends(_Binary):
    """left → right as the time of the flow, or the parameter of the family, grows."""

    sign = r"\to"


def AtLeast(left: Any, right: Any) -> AtMost:
    """left ≥ right, stored as right ≤ left."""
    return AtMost(right, left)


@dataclass(frozen=True)
class Bounded:
    """sup of ``ratio`` (inf if ``side`` is "below") over the instances is finite and positive: an O(·) or
    Ω(·).
    """

    ratio: Expr
    side: str = field(default="above", kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ratio", inert(self.ratio))
        if self.side not in ("above", "below"):
            raise ValueError(f"side={self.side!r} of Bounded: choose 'above' for O(·) or 'below' for Ω(·)")

    def trees(self) -> tuple[Expr, ...]:
        """The ratio."""
        return (self.ratio,)


@dataclass(frozen=True)
class Likely:
    """P(event) ≥ ``at_least`` and ≤ ``at_most`` over the draws; ``law`` is the exact probability, where its
    author knows it.
    """

    event: AtMost | Below | All
    at_least: Expr | None = field(default=None, kw_only=True)
    at_most: Expr | None = field(default=None, kw_only=True)
    law: Expr | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        if self.at_least is None and self.at_most is None:
            raise ValueError("Likely needs at_least=… or at_most=…")
        for bound in ("at_least", "at_most", "law"):
            if getattr(self, bound) is not None:
                object.__setattr__(self, bound, inert(getattr(self, bound)))

    def trees(self) -> tuple[Expr, ...]:
        """Trees of the event and of the bounds."""
        bounds = tuple(bound for bound in (self.at_least, self.at_most, self.law) if bound is not None)
        return (*self.event.trees(), *bounds)


@dataclass(frozen=True)
class All:
    """Every one of the relations holds."""

    parts: tuple[Any, ...]

    def __init__(self, *parts: Any) -> None:
        if not parts:
            raise ValueError("All() of nothing says nothing; give at least one relation")
        object.__setattr__(self, "parts", parts)

    def trees(self) -> tuple[Expr, ...]:
        """Trees of all parts."""
        return tuple(tree for part in self.parts for tree in part.trees())


Relation: TypeAlias = Equal | AtMost | Below | Bounded | Tends | Likely | All


def free_indices(relation: Relation) -> tuple[Symbol, ...]:
    """Index symbols that a relation leaves free: it holds for all of them."""
    from theory.symbols import AXES

    found = {symbol for tree in relation.trees() for symbol in _free(tree) if symbol in AXES}
    return tuple(sorted(found, key=str))


def _free(tree: Expr) -> frozenset[Symbol]:
    """Symbols of a tree that no sum and no extremum binds."""
    if isinstance(tree, Symbol):
        return frozenset({tree})
    if isinstance(tree, Sum):
        return _free(tree.function) - {limit[0] for limit in tree.limits}
    if isinstance(tree, Binder):
        return _free(tree.args[0]) - {tree.args[1]}
    return frozenset().union(*map(_free, tree.args))


def plain(relation: Relation) -> str:
    """One-line rendering with SymPy's own words, for digests and error messages."""
    if isinstance(relation, All):
        return " and ".join(plain(part) for part in relation.parts)
    if isinstance(relation, Bounded):
        return f"Bounded({relation.ratio}, {relation.side})"
    if isinstance(relation, Likely):
        bounds = f"at_least={relation.at_least}, at_most={relation.at_most}, law={relation.law}"
        return f"Likely({plain(relation.event)}, {bounds})"
    return f"{type(relation).__name__}({relation.left}, {relation.right})"


def to_latex(relation: Relation, printer: Any = latex) -> str:
    """LaTeX of a relation; ``printer`` renders a tree."""
    if isinstance(relation, All):
        return r"\quad\text{and}\quad ".join(to_latex(part, printer) for part in relation.parts)
    if isinstance(relation, Bounded):
        comparison = r"= O(1)" if relation.side == "above" else r"= \Omega(1)"
        return f"{printer(relation.ratio)} {comparison}"
    if isinstance(relation, Likely):
        bounds = []
        if relation.at_least is not None:
            bounds.append(rf"\geq {printer(relation.at_least)}")
        if relation.at_most is not None:
            bounds.append(rf"\leq {printer(relation.at_most)}")
        inner = to_latex(relation.event, printer)
        return rf"\mathbb{{P}}\left[{inner}\right] " + ", ".join(bounds)
    return f"{printer(relation.left)} {relation.sign} {printer(relation.right)}"
