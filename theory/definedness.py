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

from theory.heads import Distinct, after_step, angle, directional, dot, norm, rate
from theory.nonnegative import nonnegative_by_form, positive_by_form
from theory.symbols import AXES

__all__ = ["Condition", "conditions", "undefined_parts"]

Definition: TypeAlias = Callable[[Expr], Expr | None]

# Functions that are defined for all real numbers.
_TOTAL = (exp, sin, cos, atan, sinh, cosh, tanh)


@dataclass(frozen=True, kw_only=True)
class Condition:
    """``base`` ≠ 0, ``base`` ≥ 0, or ``base`` defined."""

    kind: Literal["nonzero", "nonnegative", "defined"]
    base: Expr


def conditions(tree: Expr, definition: Definition = lambda leaf: None) -> frozenset[Condition]:
    """Conditions that together make a tree defined; they may ask for more than is needed, never for less."""
    found: set[Condition] = set()

    def visit(node: Expr) -> None:
        if isinstance(node, Rational | NumberSymbol | Distinct):
            return
        if isinstance(node, Symbol | Indexed):
            expanded = definition(node)
            if expanded is not None:
                visit(expanded)
            return
        if isinstance(node, Sum):
            visit(node.function)
            return
        if isinstance(node, after_step | rate | directional):
            # Derivatives, and values at other weights: defined where they are, which a comparison finds out.
            found.add(Condition(kind="defined", base=node))
            return
        if isinstance(node, Pow):
            visit(node.base)
            if not isinstance(node.exp, Rational):
                found.add(Condition(kind="defined", base=node))
            else:
                if int(node.exp.q) > 1:
                    found.add(Condition(kind="nonnegative", base=node.base))
                if int(node.exp.p) < 0:
                    found.update(Condition(kind="nonzero", base=base) for base in _factors(node.base))
            return
        for argument in node.args:
            visit(argument)
        if isinstance(node, angle):
            for row in node.args:
                found.update(Condition(kind="nonzero", base=base) for base in _factors(norm(row)))
        elif type(node).__module__.startswith("sympy.functions") and not isinstance(node, _TOTAL):
            found.add(Condition(kind="defined", base=node))

    visit(tree)
    return frozenset(found)


def _factors(base: Expr) -> Iterable[Expr]:
    """Trees that are all non-zero exactly where ``base`` is."""
    if isinstance(base, Mul):
        for factor in base.args:
            yield from _factors(factor)
    elif isinstance(base, Pow) and isinstance(base.exp, Rational):
        yield from _factors(base.base)
    elif isinstance(base, norm):
        yield dot(base.args[0], base.args[0])
    elif not isinstance(base, Rational | NumberSymbol) or base == Integer(0):
        yield base


def undefined_parts(
    tree: Expr,
    given: Iterable[Expr],
    definition: Definition = lambda leaf: None,
    assumed: Sequence[Expr] = (),
    positive: Sequence[Expr] = (),
) -> tuple[Condition, ...]:
    """Conditions of ``tree`` that are not seen to hold wherever all of the trees ``given`` are defined.

    ``assumed`` and ``positive`` are trees known to be ≥ 0 and > 0.  A condition on ``given`` counts only
    if it leaves no index free and no mask can hide it.
    """
    granted = {
        condition
        for one in given
        if not one.has(Distinct)
        for condition in conditions(one, definition)
        if not condition.base.free_symbols & set(AXES)
    }

    def holds(condition: Condition) -> bool:
        if condition in granted:
            return True
        if condition.kind == "nonzero":
            return positive_by_form(condition.base, assumed, definition, positive) is not None
        if condition.kind == "nonnegative":
            return nonnegative_by_form(condition.base, assumed, definition, positive) is not None
        return False

    open_ = [condition for condition in conditions(tree, definition) if not holds(condition)]
    return tuple(sorted(open_, key=lambda condition: (condition.kind, str(condition.base))))
