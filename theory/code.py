"""Formulas as Python that runs on its own: NumPy rows, the standard library's functions, sums as
comprehensions.

A student row is ``w[i]`` of an array (n, d), the teacher ``v`` an array (d,), several teachers ``v[a]`` of an
array (m, d). Binary64 evaluation of the textbook form: near alignment and near the optimum it loses digits,
as formulas do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sympy import Add, E, Expr, Indexed, Integer, Mul, NumberSymbol, Pow, Rational, Sum, Symbol, pi
from sympy.core.function import Function

from theory import heads
from theory.leaves import leaves
from theory.quantity import leaf_key
from theory.reading import condition, readable
from theory.symbols import AXES, axis_of

if TYPE_CHECKING:
    from theory.formulas import Derived, Formula

__all__ = ["to_python"]

_NAMES = {"acos": "acos", "asin": "asin", "atan": "atan"}
_COUNTS = {"student": "len(w)", "teacher": "len(v)"}

_HEADER = """\
from math import acos, asin, atan, atan2, cos, erf, exp, log, pi, sin, sqrt, tan

import numpy as np
from numpy import dot


def norm(x):
    return sqrt(dot(x, x))


def angle(x, y):
    x, y = x / norm(x), y / norm(y)
    return 2 * atan2(norm(x - y), norm(x + y))
"""


def to_python(derived: Derived) -> str:
    """The formulas as functions of the rows that they need, with the definitions they refer to inside."""
    functions = [_function(name, group, derived.definitions) for name, group in _grouped(derived.formulas).items()]
    rows = any("angle(" in text or "norm(" in text or "dot(" in text or "np." in text for text in functions)
    header = _HEADER if rows else "from math import acos, atan, cos, erf, exp, pi, sin, sqrt\n"
    return "\n\n".join([header, *functions]).rstrip() + "\n"


def _grouped(formulas: Sequence[Formula]) -> dict[str, list[Formula]]:
    groups: dict[str, list[Formula]] = {}
    for formula in formulas:
        arity = leaf_key(formula.left)[1] if isinstance(formula.left, Indexed) else 0
        several = len({leaf_key(other.left)[1] for other in formulas if isinstance(other.left, Indexed | Symbol)}) > 1
        groups.setdefault(f"{formula.name}_{arity}" if several else formula.name, []).append(formula)
    return groups


def _function(name: str, formulas: Sequence[Formula], where: Sequence[Formula]) -> str:
    trees = [formula.right for formula in (*formulas, *where)]
    quantities = {leaf_key(formula.left) for formula in where}
    arguments = _arguments(trees, quantities)
    lines = [f"def {name}({', '.join(arguments)}):"]
    defined: set[tuple[str, int]] = set()
    for formula in where:
        key = leaf_key(formula.left)
        if key in defined or any(isinstance(index, Integer) for index in getattr(formula.left, "indices", ())):
            continue
        defined.add(key)
        axes = [str(index) for index in getattr(formula.left, "indices", ())]
        lines += [
            f"    def {_called(*key, quantities)}({', '.join(axes)}):",
            f"        return {_text(formula.right, quantities)}",
            "",
        ]
    lines.append(f"    return {_result(formulas, quantities)}")
    return "\n".join(lines) + "\n"


def _result(formulas: Sequence[Formula], quantities: set[tuple[str, int]]) -> str:
    first = formulas[0]
    free = sorted((index for index in first.left.free_symbols if index in AXES), key=str)
    if not free:
        parts = [_text(formula.right, quantities) for formula in formulas]
        return parts[0] if len(parts) == 1 else f"np.array([{', '.join(parts)}])"
    text = _text(first.right, quantities)
    for index in reversed(free):
        text = f"[{text} for {index} in range({_COUNTS[axis_of(index)]})]"
    return f"np.array({text})"


def _arguments(trees: Sequence[Expr], quantities: set[tuple[str, int]]) -> list[str]:
    """Rows and scalars that the trees need, in a fixed order."""
    keys = {leaf_key(leaf) for tree in trees for leaf in leaves(tree)} - quantities
    named = {name for name, _ in keys} - {"n", "m", "d"}
    named |= {name for size, name in (("n", "w"), ("m", "v"), ("d", "w")) if (size, 0) in keys}
    loops = {axis_of(limit[0]) for tree in trees for total in tree.atoms(Sum) for limit in total.limits}
    named |= {{"student": "w", "teacher": "v"}.get(kind, "x") for kind in loops}
    order = ["rho_1", "rho_2", "theta", "p", "q", "c", "w", "v", "V"]
    return sorted(named, key=lambda name: (order.index(name) if name in order else len(order), name))


def _called(name: str, arity: int, quantities: set[tuple[str, int]]) -> str:
    """The local function of a quantity; two of one name are told apart by their number of indices."""
    return (
        f"{name}_{arity}" if sum(name == other for other, _ in quantities) > 1 else f"{name}_of" if arity == 0 else name
    )


def _text(tree: Expr, quantities: set[tuple[str, int]]) -> str:
    return _Code(quantities)(readable(tree))


class _Code:
    """Python text of a tree."""

    def __init__(self, quantities: set[tuple[str, int]]) -> None:
        self._quantities = quantities

    def __call__(self, tree: Expr) -> str:
        return self._expression(tree)[0]

    def _part(self, tree: Expr, level: int) -> str:
        text, own = self._expression(tree)
        return text if own >= level else f"({text})"

    def _expression(self, tree: Expr) -> tuple[str, int]:
        """Text and how tightly it binds: 0 sums, 1 products, 2 powers, 3 atoms."""
        if isinstance(tree, Integer):
            return str(tree), 3 if tree >= 0 else 0
        if isinstance(tree, Rational):
            return f"{tree.p} / {tree.q}", 1 if tree.p > 0 else 0
        if isinstance(tree, NumberSymbol):
            return {pi: "pi", E: "exp(1)"}.get(tree, str(tree)), 3
        if isinstance(tree, Symbol | Indexed):
            return self._leaf(tree), 3
        if isinstance(tree, Add):
            return self._sum_of_terms(tree), 0
        if isinstance(tree, Mul):
            return self._product(tree)
        if isinstance(tree, Pow):
            return self._power(tree)
        if isinstance(tree, Sum):
            return self._sum(tree), 3
        return f"{self._function(tree)}({', '.join(map(self, tree.args))})", 3

    def _leaf(self, leaf: Expr) -> str:
        key = leaf_key(leaf)
        indices = [self._index(index) for index in leaf.indices] if isinstance(leaf, Indexed) else []
        if key in self._quantities:
            return f"{_called(*key, self._quantities)}({', '.join(indices)})"
        if not indices:
            return {"n": "len(w)", "m": "len(v)", "d": "len(w[0])"}.get(key[0], key[0])
        return key[0] + "".join(f"[{index}]" for index in indices)

    @staticmethod
    def _index(index: Expr) -> str:
        # Written-out students count from 1, arrays from 0.
        return str(index - 1) if isinstance(index, Integer) else str(index).replace("'", "_")

    def _sum_of_terms(self, tree: Add) -> str:
        text = ""
        for term in sorted(tree.args, key=_is_negative):
            minus = _is_negative(term)
            part = self._part(-term if minus else term, 1)
            text += f" {'-' if minus else '+'} {part}" if text else (f"-{part}" if minus else part)
        return text

    def _product(self, tree: Mul) -> tuple[str, int]:
        if _is_negative(tree):
            return f"-{self._part(-tree, 1)}", 0
        above, below = tree.as_numer_denom() if not tree.atoms(heads.Head) else _over(tree)
        factors = [self._part(factor, 2) for factor in Mul.make_args(above) if factor != 1] or ["1"]
        text = " * ".join(factors)
        under = [self._part(factor, 2) for factor in Mul.make_args(below) if factor != 1]
        if under:
            text += f" / {under[0]}" if len(under) == 1 else f" / ({' * '.join(under)})"
        return text, 1

    def _power(self, tree: Pow) -> tuple[str, int]:
        base, exponent = tree.args
        if exponent == Rational(1, 2):
            return f"sqrt({self(base)})", 3
        if isinstance(exponent, Rational) and exponent.p < 0:
            return f"1 / {self._part(base**-exponent, 2)}", 1
        return f"{self._part(base, 3)} ** {self._part(exponent, 3)}", 2

    def _sum(self, tree: Sum) -> str:
        parts = condition(tree)
        loops = " ".join(
            f"for {self._index(index)} in range({_COUNTS[axis_of(_plain(index))]})" for index in parts.indices
        )
        unequal = [f"{self._index(one)} != {self._index(other)}" for one, other in parts.distinct]
        return f"sum({self(parts.summand)} {loops}{' if ' + ' and '.join(unequal) if unequal else ''})"

    def _function(self, tree: Expr) -> str:
        name = type(tree).__name__
        if isinstance(tree, heads.Head):
            return {"magnitude": "abs"}.get(name, name)
        return name if isinstance(tree, Function) else f"({name})"


def _plain(index: Symbol) -> Symbol:
    """The index without primes, which knows its axis."""
    known: Mapping[str, Symbol] = {str(axis): axis for axis in AXES}
    return known.get(str(index).rstrip("'"), index)


def _over(tree: Mul) -> tuple[Expr, Expr]:
    """Numerator and denominator without combining fractions inside brackets."""
    above, below = [], []
    for factor in tree.args:
        exponent = factor.exp if isinstance(factor, Pow) else None
        if isinstance(exponent, Rational) and exponent.p < 0:
            below.append(factor.base**-exponent)
        elif isinstance(factor, Rational):
            above.append(Integer(factor.p))
            below.append(Integer(factor.q))
        else:
            above.append(factor)
    return Mul(*above), Mul(*below)


def _is_negative(term: Expr) -> bool:
    number = term.as_coeff_Mul()[0]
    return bool(isinstance(number, Rational) and number.p < 0)
