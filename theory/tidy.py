"""Trees rewritten for a reader, without changing their value: constants before sums, ‖x‖² for ⟨x, x⟩, no angle of x with x.

Display only.  The angle of a row with itself is taken for 0 also where the row vanishes, as everywhere in the project.
"""

from __future__ import annotations

from sympy import Add, Expr, Integer, Mul, Pow, Rational, Sum, pi

from theory.heads import angle, dot, norm

__all__ = ["tidy"]


def tidy(tree: Expr) -> Expr:
    """The tree for display.  Exact."""
    if not tree.args:
        return tree
    if isinstance(tree, Sum):
        return _sum(tree)
    if isinstance(tree, Add):
        return _grouped([tidy(argument) for argument in tree.args])
    node = tree.func(*map(tidy, tree.args))
    if isinstance(node, dot) and node.args[0] == node.args[1]:
        return norm(node.args[0]) ** 2
    if isinstance(node, angle) and node.args[0] == node.args[1]:
        return Integer(0)
    return node


def _sum(tree: Sum) -> Expr:
    """Σ c f = c Σ f for what the bound indices do not reach, and for the numbers that all terms of f share."""
    indices = [limit[0] for limit in tree.limits]
    outside, inside = tidy(tree.function).as_independent(*indices, as_Add=False)
    if isinstance(inside, Add):
        number, inside = content(inside)
        outside = outside * number
    elif isinstance(inside, Mul):
        number, rest = _number(inside)
        outside, inside = outside * number, rest
    if isinstance(inside, Sum):
        return outside * Sum(inside.function, *inside.limits, *tree.limits)
    return outside * Sum(inside, *tree.limits)


def _grouped(terms: list[Expr]) -> Expr:
    """The sum, with the terms that are no sums over an axis put into one bracket where they share a factor with π."""
    loose = [term for term in terms if not term.has(Sum)]
    if len(loose) > 1:
        number, rest = content(Add(*loose))
        if number.has(pi):
            return Add(*(term for term in terms if term.has(Sum)), number * rest)
    return Add(*terms)


def content(tree: Add) -> tuple[Expr, Expr]:
    """(c, f) with tree = c f, c the rational content times the power of π that all terms share; c < 0 if all terms are."""
    parts = [_number(term) for term in tree.args]
    powers = {number.as_powers_dict().get(pi, Integer(0)) for number, _ in parts}
    shared = pi ** powers.pop() if len(powers) == 1 else Integer(1)
    number, rest = Add(*(term / shared for term in tree.args)).primitive()
    if all(_is_negative(term) for term in Add.make_args(rest)):
        number, rest = -number, -rest
    return number * shared, rest


def _number(term: Expr) -> tuple[Expr, Expr]:
    """The rational factor and the power of π of a product, and the rest."""
    factors = Mul.make_args(term)
    numbers = [factor for factor in factors if isinstance(factor, Rational) or _is_power_of_pi(factor)]
    return Mul(*numbers), Mul(*(factor for factor in factors if factor not in numbers))


def _is_power_of_pi(factor: Expr) -> bool:
    return factor == pi or (isinstance(factor, Pow) and factor.base == pi and isinstance(factor.exp, Integer))


def _is_negative(term: Expr) -> bool:
    number = term.as_coeff_Mul()[0]
    return bool(isinstance(number, Rational) and number.p < 0)
