"""Exact witnesses against an inequality, confirmed by enclosures and made as simple as they can be."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from flint import fmpq
from sympy import Expr, Symbol

from numerics.ball import precision
from numerics.instances.rational import simplest_between
from numerics.prover.certificate import Statement, at_constants
from numerics.prover.enclosure import certain
from numerics.prover.taylor import vanishes
from numerics.prover.tree import Tree, add, decode, multiply, rational, substitute

__all__ = ["refuted_by", "simplest_witness"]

HALVINGS = 60


def refuted_by(statement: Statement, point: Mapping[str, Tree], *, bits: int = 256) -> bool:
    """True only if the constants ``point`` lie in the box, meet all side conditions, and f < 0 (≤ 0 when
    strict) there.

    By enclosures at ``bits`` bits; an equality is accepted only where the exact ring shows it.
    """

    def holds(tree: Tree) -> bool:
        value = at_constants(tree, point)
        return certain(value) or (value.is_finite() and vanishes(substitute(tree, point), (), {}, {}, {}))

    with precision(bits):
        value = at_constants(statement.tree, point)
        wrong = bool(value.is_finite() and value < 0)
        if not wrong and statement.strict and value.is_finite():
            wrong = vanishes(substitute(statement.tree, point), (), {}, {}, {})
        if not wrong:
            return False
        for name, lo, hi in statement.sides:
            x: Tree = ("var", name)
            if not (holds(add(x, multiply(rational(-1), lo))) and holds(add(hi, multiply(rational(-1), x)))):
                return False
        return all(map(holds, statement.where))


def simplest_witness(statement: Statement, point: Mapping[str, fmpq]) -> dict[Symbol, Expr] | None:
    """A simple exact witness near the coordinates ``point`` (as in `Statement.in_unit_coordinates`), or None.

    Coordinates are replaced one by one by the simplest rational that keeps the claim refuted; a coordinate
    that has to stay on an irrational bound stays the named constant.
    """
    current = {name: statement.point(name, value) for name, value in point.items()}
    if not refuted_by(statement, current):
        return None
    for name, lo, hi in statement.sides:
        end = next((end for end in (lo, hi) if refuted_by(statement, {**current, name: end})), None)
        if end is not None:
            current[name] = end
            continue
        centre, width = _fraction(current[name]), _fraction(hi) - _fraction(lo)
        for halving in range(HALVINGS):
            radius = width / 2**halving
            low, high = centre - radius, centre + radius
            if lo[0] == hi[0] == "rat":
                low, high = max(low, Fraction(lo[1])), min(high, Fraction(hi[1]))
            trial = {**current, name: rational(simplest_between(low, high))}
            if refuted_by(statement, trial):
                current = trial
                break
    symbols = {symbol.name: symbol for symbol in statement.symbols}
    return {symbols[name]: decode(value, symbols) for name, value in current.items()}


def _fraction(tree: Tree) -> Fraction:
    """The value of a rational constant, or a rational near that of another one (to look near it)."""
    if tree[0] == "rat":
        return Fraction(tree[1])
    mantissa, exponent = at_constants(tree, {}).mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
