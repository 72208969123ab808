"""Prefix trees: the one form in which a statement is stored, hashed, enclosed and checked.

    expression ::= ("rat", "p/q") | ("pi",) | ("euler",) | ("var", name)
                 | ("add", e, …) | ("mul", e, …) | ("pow", e, "p/q") | (function, e, …)

A tree is a nested tuple of strings, so it is hashable, compares structurally and is JSON as it stands.
Exact: rationals are kept as strings ``p/q``; a SymPy Float has no exact value that its author meant and is
refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

import sympy
from flint import fmpq
from sympy import Expr, Symbol

from theory.heads import magnitude, positive_part
from theory.owen import owens_t

__all__ = [
    "ONE",
    "ZERO",
    "NotEnclosable",
    "Step",
    "Tree",
    "add",
    "as_fmpq",
    "decode",
    "encode",
    "from_json",
    "multiply",
    "power",
    "rational",
    "straight_line",
    "substitute",
    "variables",
]

Tree = tuple[Any, ...]

ZERO: Tree = ("rat", "0")
ONE: Tree = ("rat", "1")

# Number of arguments of every head that is allowed besides rat, pi, euler, var, add, mul and pow.
ARITY = {
    "sin": 1, "cos": 1, "tan": 1, "asin": 1, "acos": 1, "atan": 1, "atan2": 2, "exp": 1, "log": 1,
    "sinh": 1, "cosh": 1, "tanh": 1, "erf": 1, "abs": 1, "max": 2, "owen": 2,
}  # fmt: skip

# SymPy class -> head. Our own heads magnitude and positive_part mean |x| and max(x, 0).
HEADS: dict[Any, str] = {
    sympy.sin: "sin", sympy.cos: "cos", sympy.tan: "tan", sympy.asin: "asin", sympy.acos: "acos",
    sympy.atan: "atan", sympy.atan2: "atan2", sympy.exp: "exp", sympy.log: "log", sympy.sinh: "sinh",
    sympy.cosh: "cosh", sympy.tanh: "tanh", sympy.erf: "erf", magnitude: "abs",
    owens_t: "owen",
}  # fmt: skip


class NotEnclosable(ValueError):
    """Raised when an expression holds something outside the allow-list; ``what`` is the offending part."""

    def __init__(self, what: object) -> None:
        super().__init__(
            f"cannot enclose {what!r} ({type(what).__name__}): only rationals, pi, E, EulerGamma, "
            f"symbols, sums, products, rational powers and {', '.join(sorted(ARITY))} are allowed; "
            "rewrite the expression with these"
        )
        self.what = what


def as_fmpq(text: str) -> fmpq:
    """The exact rational written as ``p`` or ``p/q``. Raises ValueError for anything else."""
    value = Fraction(text)
    return fmpq(value.numerator, value.denominator)


def rational(value: Any) -> Tree:
    """The leaf of an exact rational (int, Fraction, fmpq or SymPy Rational)."""
    return ("rat", str(value))


def _value(tree: Tree) -> Fraction | None:
    return Fraction(tree[1]) if tree[0] == "rat" else None


def _fold(head: str, unit: Fraction, parts: Iterable[Tree], combine: Callable[[Fraction, Fraction], Fraction]) -> Tree:
    """Flatten nested sums (products) and gather their rational parts into one, exactly."""
    constant, rest = unit, []
    queue = list(parts)
    while queue:
        part = queue.pop(0)
        if part[0] == head:
            queue[:0] = part[1:]
        elif (value := _value(part)) is not None:
            constant = combine(constant, value)
        else:
            rest.append(part)
    if constant != unit or not rest:
        rest.insert(0, rational(constant))
    return rest[0] if len(rest) == 1 else (head, *rest)


def add(*parts: Tree) -> Tree:
    """e₁ + e₂ + …, nested sums flattened and rationals added."""
    return _fold("add", Fraction(0), parts, lambda a, b: a + b)


def multiply(*parts: Tree) -> Tree:
    """e₁ e₂ …, nested products flattened and rationals multiplied (0·e stays: e may be undefined)."""
    return _fold("mul", Fraction(1), parts, lambda a, b: a * b)


def power(base: Tree, exponent: Fraction | int) -> Tree:
    """base^exponent for a rational exponent."""
    exponent = Fraction(exponent)
    value = _value(base)
    if exponent == 1:
        return base
    if value is not None and exponent.denominator == 1 and (value != 0 or exponent > 0):
        return rational(value**exponent.numerator)
    return ("pow", base, str(exponent))


@lru_cache(maxsize=4096)
def encode(expression: Expr) -> Tree:
    """The tree of a SymPy expression, by a structural walk; nothing is evaluated or simplified.

    Exact. Raises NotEnclosable for anything outside the allow-list, ValueError for a SymPy Float.
    """
    if isinstance(expression, sympy.Float):
        raise ValueError(f"{expression} is a float; write the number that is meant as a Rational")
    if isinstance(expression, sympy.Rational):
        return rational(expression)
    if isinstance(expression, Symbol):
        return ("var", expression.name)
    if expression is sympy.pi:
        return ("pi",)
    if expression is sympy.EulerGamma:
        return ("euler",)
    if expression is sympy.E:
        return ("exp", ONE)
    if isinstance(expression, sympy.Add):
        return add(*map(encode, expression.args))
    if isinstance(expression, sympy.Mul):
        return multiply(*map(encode, expression.args))
    if isinstance(expression, sympy.Pow):
        base, exponent = expression.args
        if base is sympy.E:
            return ("exp", encode(exponent))
        if not isinstance(exponent, sympy.Rational):
            raise NotEnclosable(expression)
        return power(encode(base), Fraction(str(exponent)))
    if isinstance(expression, positive_part):
        return ("max", encode(expression.args[0]), ZERO)
    head = HEADS.get(type(expression))
    if head is None or len(expression.args) != ARITY[head]:
        raise NotEnclosable(expression)
    return (head, *map(encode, expression.args))


def decode(tree: Tree, symbols: Mapping[str, Symbol]) -> Expr:
    """The SymPy expression of a tree, for display only (SymPy may evaluate while it builds)."""
    head, *parts = tree
    if head == "rat":
        return sympy.Rational(parts[0])
    if head == "var":
        return symbols[parts[0]]
    if head == "pi":
        return sympy.pi
    if head == "euler":
        return sympy.EulerGamma
    if head == "pow":
        return decode(parts[0], symbols) ** sympy.Rational(parts[1])
    arguments = [decode(part, symbols) for part in parts]
    if head == "max":
        return (arguments[0] + arguments[1] + magnitude(arguments[0] - arguments[1])) / 2
    build = {"add": sympy.Add, "mul": sympy.Mul, **{name: function for function, name in HEADS.items()}}
    return build[head](*arguments)


def from_json(value: Any) -> Tree:
    """The tree stored in a JSON value. Raises ValueError for anything that is not a tree over the
    allow-list.
    """
    if not isinstance(value, list | tuple) or not value or not isinstance(value[0], str):
        raise ValueError(f"not an expression tree: {value!r}")
    head, *parts = value
    if head in ("rat", "var") and len(parts) == 1 and isinstance(parts[0], str):
        return (head, str(Fraction(parts[0])) if head == "rat" else parts[0])
    if head in ("pi", "euler") and not parts:
        return (head,)
    if head == "pow" and len(parts) == 2 and isinstance(parts[1], str):
        return (head, from_json(parts[0]), str(Fraction(parts[1])))
    if (head in ("add", "mul") and parts) or ARITY.get(head) == len(parts):
        return (head, *map(from_json, parts))
    raise ValueError(f"not an expression tree: {value!r}")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One operation of straight-line code: its head, the steps it takes as arguments, and the leaf or
    exponent it holds.
    """

    head: str
    arguments: tuple[int, ...]
    value: Any  # fmpq of a rat, name of a var, Fraction exponent of a pow, else None
    tree: Tree


@lru_cache(maxsize=1024)
def straight_line(tree: Tree) -> tuple[Step, ...]:
    """Straight-line code with equal parts once; the last step is the tree. Raises NotEnclosable."""
    steps: list[Step] = []
    known: dict[tuple[Any, ...], int] = {}

    def place(tree: Tree) -> int:
        head, *parts = tree
        value: Any = None
        if head == "rat":
            value = as_fmpq(parts[0])
        elif head == "var":
            value = parts[0]
        elif head == "pow":
            value = Fraction(parts[1])
        elif head not in ("add", "mul", "pi", "euler") and head not in ARITY:
            raise NotEnclosable(tree)
        arguments = tuple(place(part) for part in parts if isinstance(part, tuple))
        key = (head, arguments, value)
        if key not in known:
            known[key] = len(steps)
            steps.append(Step(head=head, arguments=arguments, value=value, tree=tree))
        return known[key]

    place(tree)
    return tuple(steps)


def variables(tree: Tree) -> frozenset[str]:
    """The names of the free variables."""
    if tree[0] == "var":
        return frozenset(tree[1:])
    return frozenset().union(*(variables(part) for part in tree[1:] if isinstance(part, tuple)))


def substitute(tree: Tree, values: Mapping[str, Tree]) -> Tree:
    """The tree with every named variable replaced; sums, products and integer powers of rationals are
    folded.
    """
    head, *parts = tree
    if head == "var":
        return values.get(parts[0], tree)
    if head == "pow":
        return power(substitute(parts[0], values), Fraction(parts[1]))
    if head in ("rat", "pi", "euler"):
        return tree
    changed = [substitute(part, values) for part in parts]
    if head == "add":
        return add(*changed)
    if head == "mul":
        return multiply(*changed)
    return (head, *changed)
