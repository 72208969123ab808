"""Where a tree has a value: conditions under which its quotients, roots, logarithms and angles are defined.

    1/x needs x ≠ 0;   √x needs x ≥ 0;   ∠(x, y) needs x ≠ 0 and y ≠ 0;   log x, tan x, … need themselves.

Two trees that agree wherever both are defined say the same of an instance only if one is defined where the
other is; `undefined_parts` decides that by comparing conditions, never by guessing: what it does not see
counts as undefined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sympy import (
    Expr,
    Indexed,
    Integer,
    Mul,
    NumberSymbol,
    Pow,
    Rational,
    Sum,
    Symbol,
    atan,
    cos,
    cosh,
    exp,
    sin,
    sinh,
    tanh,
)

from theory.heads import Distinct, after_step, angle, directional, dot, largest, norm, rate, smallest
from theory.indices import canonical, free_indices_of, instances, opened
from theory.nonnegative import Fact, Facts, nonnegative_by_form, positive_by_form
from theory.symbols import BoundIndex, w

__all__ = ["Condition", "conditions", "undefined_parts"]

Definition: TypeAlias = Callable[[Expr], Expr | None]

# Functions that are defined for all real numbers.
_TOTAL = (exp, sin, cos, atan, sinh, cosh, tanh)


@dataclass(frozen=True, kw_only=True)
class Condition:
    """``base`` ≠ 0, ``base`` ≥ 0, or ``base`` defined; for all values of its bound indices."""

    kind: Literal["nonzero", "nonnegative", "defined"]
    base: Expr


@dataclass(kw_only=True)
class _Collector:
    definition: Definition
    # Whether the angle of a student needs the student not to vanish.
    rows: bool = True
    # Whether to leave out what a mask may hide, and angles inside definitions: a quantity may have a value there.
    sure: bool = False

    # Conditions that are known to hold, so that nothing inside has to be asked for.
    known: Callable[[Condition], bool] = lambda condition: False

    def __post_init__(self) -> None:
        self.found: set[Condition] = set()
        # Students that are read.
        self.students: set[Expr] = set()

    def visit(self, node: Expr, *, stated: bool = True) -> None:
        if isinstance(node, Rational | NumberSymbol | Distinct):
            return
        if isinstance(node, Symbol | Indexed):
            if isinstance(node, Indexed) and node.base == w:
                self.students.add(node)
            expanded = self.definition(node)
            if expanded is not None:
                self.visit(expanded, stated=isinstance(expanded, angle))
            return
        if isinstance(node, Sum | largest | smallest):
            self.visit(opened(node), stated=stated)
            return
        if isinstance(node, after_step | rate | directional):
            # Derivatives, and values at other weights: defined where they are, which a comparison finds out.
            whole = Condition(kind="defined", base=canonical(node))
            if isinstance(node, after_step) and not self.known(whole):
                self.moved(node.args[0], stated=stated)
            if self.sure or not isinstance(node, after_step):
                self.found.add(whole)
            return
        if isinstance(node, Mul) and self.sure and node.has(Distinct):
            return
        if isinstance(node, Pow):
            self.visit(node.base, stated=stated)
            if not isinstance(node.exp, Rational):
                self.add("defined", node)
                return
            if int(node.exp.q) > 1:
                self.add("nonnegative", node.base)
            if int(node.exp.p) < 0:
                for base in _factors(node.base):
                    self.add("nonzero", base)
            return
        for argument in node.args:
            self.visit(argument, stated=stated)
        if isinstance(node, angle):
            if stated or not self.sure:
                for row in node.args:
                    if self.rows or not (isinstance(row, Indexed) and row.base == w):
                        for base in _factors(norm(row)):
                            self.add("nonzero", base)
        elif type(node).__module__.startswith("sympy.functions") and not isinstance(node, _TOTAL):
            self.add("defined", node)

    def moved(self, node: Expr, *, stated: bool) -> None:
        """At the next weights: the students that are read have moved, and are such that the value is defined."""
        inner = _Collector(definition=self.definition, sure=self.sure)
        inner.visit(node, stated=stated)
        for condition in inner.found:
            self.add(condition.kind, after_step(condition.base))
        for student in inner.students:
            self.add("defined", after_step(student))

    def add(self, kind: Literal["nonzero", "nonnegative", "defined"], base: Expr) -> None:
        self.found.add(Condition(kind=kind, base=canonical(base)))


def conditions(
    tree: Expr,
    definition: Definition = lambda leaf: None,
    *,
    rows: bool = True,
    known: Callable[[Condition], bool] = lambda condition: False,
) -> frozenset[Condition]:
    """Conditions that together make a tree defined; they may ask for more than is needed, never for less.

    ``rows=False`` leaves out that an angle needs its students not to vanish; ``known`` says what is known to be defined.
    """
    collector = _Collector(definition=definition, rows=rows, known=known)
    collector.visit(tree)
    return frozenset(collector.found)


def _implied(tree: Expr, definition: Definition) -> frozenset[Condition]:
    """Conditions that hold wherever a tree has a value; they may be fewer than there are, never more."""
    collector = _Collector(definition=definition, sure=True)
    collector.visit(tree)
    return frozenset(collector.found)


def _factors(base: Expr) -> Iterable[Expr]:
    """Trees that are all non-zero exactly where ``base`` is."""
    if isinstance(base, Mul):
        for factor in base.args:
            yield from _factors(factor)
    elif isinstance(base, Pow) and isinstance(base.exp, Rational):
        yield from _factors(base.base)
    elif isinstance(base, norm):
        yield dot(base.args[0], base.args[0])
    elif isinstance(base, after_step):
        yield from map(after_step, _factors(base.args[0]))
    elif not isinstance(base, Rational | NumberSymbol) or base == Integer(0):
        yield base


def undefined_parts(
    tree: Expr,
    given: Iterable[Expr],
    definition: Definition = lambda leaf: None,
    assumed: Facts = (),
    positive: Facts = (),
    *,
    for_all: Sequence[Symbol] = (),
    rows: bool = True,
) -> tuple[Condition, ...]:
    """Conditions of ``tree`` that are not seen to hold wherever all of the trees ``given`` are defined.

    ``assumed`` and ``positive`` are trees known to be ≥ 0 and > 0.  What is ``given`` at one value of an index is
    granted there alone, and for all values of an index of ``for_all`` or one that a sum binds.
    """
    granted = {condition for one in given for condition in _implied(one, definition)}
    # A row that is not 0 has a square > 0.
    squares = [one.base for one in granted if one.kind == "nonzero" and _is_square(one.base)]
    positive = (*positive, *(Fact(tree=base, for_all=tuple(_all_values(base, for_all))) for base in squares))

    def holds(condition: Condition) -> bool:
        if any(_covers(one, condition, for_all) for one in granted):
            return True
        if condition.kind == "nonzero":
            return positive_by_form(condition.base, assumed, definition, positive) is not None
        if condition.kind == "nonnegative":
            return nonnegative_by_form(condition.base, assumed, definition, positive) is not None
        return False

    open_ = [condition for condition in conditions(tree, definition, rows=rows, known=holds) if not holds(condition)]
    return tuple(sorted(open_, key=lambda condition: (condition.kind, str(condition.base))))


def _covers(one: Condition, other: Condition, for_all: Sequence[Symbol]) -> bool:
    if one.kind != other.kind:
        return False
    every = _all_values(one.base, for_all)
    return any(canonical(base) == other.base for base in instances(one.base, every, other.base))


def _all_values(base: Expr, for_all: Sequence[Symbol]) -> list[Symbol]:
    """The indices of a granted condition for all values of which it holds."""
    return [index for index in free_indices_of(base) if isinstance(index, BoundIndex) or index in for_all]


def _is_square(base: Expr) -> bool:
    """⟨x, x⟩, also after a step."""
    inner = base.args[0] if isinstance(base, after_step) else base
    return isinstance(inner, dot) and inner.args[0] == inner.args[1]
