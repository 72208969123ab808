"""Trees rewritten for a reader, without changing their value: constants before sums, ‖x‖² for ⟨x, x⟩, w̄ for
w/‖w‖.

Display only.  The angle of a row with itself is taken for 0 also where the row vanishes, as everywhere in the
project.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Add, Expr, Integer, Mul, Pow, Rational, Sum, pi

from theory.glyphs import is_row
from theory.heads import Head, angle, dot, norm

__all__ = ["tidy", "unit"]

_MOST_PRODUCTS = 4


class unit(Head):
    """x̄ = x/‖x‖; only in trees for display."""

    nargs = 1


def tidy(tree: Expr) -> Expr:
    """The tree for display.  Exact."""
    if not tree.args:
        return tree
    if isinstance(tree, Sum):
        return _sum(tree)
    if isinstance(tree, Add):
        return _grouped([tidy(argument) for argument in tree.args])
    if isinstance(tree, dot):
        return _dot(*map(tidy, tree.args))
    node = tree.func(*map(tidy, tree.args))
    if isinstance(node, Mul):
        return _product(node)
    if isinstance(node, norm):
        return norm(_oriented(node.args[0])[1])
    if isinstance(node, angle) and node.args[0] == node.args[1]:
        return Integer(0)
    return node


def _dot(x: Expr, y: Expr) -> Expr:
    """⟨a x, b y⟩ = a b ⟨x, y⟩, multiplied out where both are short combinations of rows."""
    if Integer(0) in (x, y):
        return Integer(0)
    left, right = Add.make_args(x), Add.make_args(y)
    short = len(left) * len(right) <= _MOST_PRODUCTS and all(map(_is_multiple_of_row, (*left, *right)))
    if short and len(left) * len(right) > 1:
        return tidy(Add(*(_dot(one, other) for one in left for other in right)))
    (a, x), (b, y) = _coefficient(x), _coefficient(y)
    if x == y:
        return _product(a * b * norm(x) ** 2)
    return _product(a * b * dot(x, y))


def _coefficient(vector: Expr) -> tuple[Expr, Expr]:
    """(a, x) with vector = a x."""
    if isinstance(vector, Add):
        number, rest = content(vector)
        sign, rest = _oriented(rest)
        return number * sign, rest
    factors = Mul.make_args(vector)
    rows = [factor for factor in factors if _is_unit_or_row(factor)]
    if len(rows) == 1:
        (row,) = rows
        scalar = Mul(*(factor for factor in factors if factor is not row))
        return (scalar / norm(row.args[0]), row.args[0]) if isinstance(row, unit) else (scalar, row)
    number, rest = vector.as_coeff_Mul()
    return number, rest


def _oriented(vector: Expr) -> tuple[int, Expr]:
    """(±1, x) with vector = ±x, so that x and −x are written alike: the term that comes first is positive."""
    first = min(Add.make_args(vector), key=lambda term: str(-term if _is_negative(term) else term))
    return (-1, -vector) if _is_negative(first) else (1, vector)


def _is_unit_or_row(factor: Expr) -> bool:
    return is_row(factor) or isinstance(factor, unit)


def _is_multiple_of_row(term: Expr) -> bool:
    return sum(map(_is_unit_or_row, Mul.make_args(term))) == 1


def _product(node: Expr) -> Expr:
    """w/‖w‖ = w̄, also inside ⟨x, w⟩/‖w‖; numbers out of brackets, so that equal brackets meet."""
    number: Expr = Integer(1)
    factors: list[Expr] = []
    for factor in Mul.make_args(node):
        base, exponent = factor.as_base_exp()
        if isinstance(base, Add) and isinstance(exponent, Integer):
            inside, base = content(base)
            number, factor = number * inside**exponent, base**exponent
        factors.append(factor)
    node = number * Mul(*factors)
    for row in sorted((row for row in node.atoms(norm) if is_row(row.args[0])), key=str):
        node = _with_unit(node, row)
    return node


def _with_unit(node: Expr, length: norm) -> Expr:
    (row,) = length.args
    factors = list(Mul.make_args(node))
    powers = [factor.exp for factor in factors if isinstance(factor, Pow) and factor.base == length]
    left = -int(powers[0]) if powers and isinstance(powers[0], Integer) else 0
    changed: dict[Any, Any] = {}
    for factor in factors:
        if left > 0 and factor == row:
            changed[factor], left = length * unit(row), left - 1
        elif left > 0 and isinstance(factor, dot) and row in factor.args:
            other = factor.args[0] if factor.args[1] == row else factor.args[1]
            changed[factor], left = length * dot(other, unit(row)), left - 1
    return Mul(*(changed.get(factor, factor) for factor in factors)) if changed else node


def _sum(tree: Sum) -> Expr:
    """Σ c f = c Σ f for what the bound indices do not reach, and for the numbers that all terms of f
    share.
    """
    indices = [limit[0] for limit in tree.limits]
    outside, inside = tidy(tree.function).as_independent(*indices, as_Add=False)
    if isinstance(inside, Add):
        number, inside = content(inside)
        outside = outside * number
    elif isinstance(inside, Mul):
        number, inside = _number(inside)
        outside = outside * number
    if isinstance(inside, Sum):
        return outside * Sum(inside.function, *inside.limits, *tree.limits)
    return outside * Sum(inside, *tree.limits)


def _grouped(terms: list[Expr]) -> Expr:
    """The sum, with the terms that are no sums over an axis put into one bracket where they share a factor
    with π.
    """
    loose = [term for term in terms if not term.has(Sum)]
    if len(loose) > 1 and len(loose) < len(terms):
        number, rest = content(Add(*loose))
        if number.has(pi):
            return Add(*(term for term in terms if term.has(Sum)), number * rest)
    return Add(*terms)


def content(tree: Expr) -> tuple[Expr, Expr]:
    """(c, f) with tree = c f, c the rational content times the power of π that all terms share; c < 0 if all
    terms are.
    """
    parts = [_number(term) for term in Add.make_args(tree)]
    powers = {number.as_powers_dict().get(pi, Integer(0)) for number, _ in parts}
    shared = pi ** powers.pop() if len(powers) == 1 else Integer(1)
    number, rest = Add(*(term / shared for term in Add.make_args(tree))).primitive()
    if all(map(_is_negative, Add.make_args(rest))):
        number, rest = -number, -rest
    return number * shared, rest


def _number(term: Expr) -> tuple[Expr, Expr]:
    """The rational factor and the power of π of a product, and the rest."""
    is_number: Callable[[Expr], bool] = lambda factor: isinstance(factor, Rational) or _is_power_of_pi(factor)  # noqa: E731
    factors = Mul.make_args(term)
    return Mul(*filter(is_number, factors)), Mul(*(factor for factor in factors if not is_number(factor)))


def _is_power_of_pi(factor: Expr) -> bool:
    return factor == pi or (isinstance(factor, Pow) and factor.base == pi and isinstance(factor.exp, Integer))


def _is_negative(term: Expr) -> bool:
    number = term.as_coeff_Mul()[0]
    return bool(isinstance(number, Rational) and number.p < 0)
