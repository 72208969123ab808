"""Partial derivatives of trees: what has to have a sign for a statement to be monotone in a variable."""

from __future__ import annotations

from fractions import Fraction

from numerics.prover.tree import ONE, ZERO, NotEnclosable, Tree, add, multiply, power, rational, variables

__all__ = ["derivative"]


def derivative(tree: Tree, name: str) -> Tree:
    """∂ tree / ∂ name, by the rules of the calculus, sums and products folded. Exact.

    Undefined wherever the tree itself is (so 1/u for log u is written (√u)⁻²).  Raises NotEnclosable for |·|
    and max, which have kinks, and for atan2, which jumps where its formal derivative does not.
    """
    if name not in variables(tree):
        return ZERO
    head, *parts = tree
    if head == "var":
        return ONE
    if head == "add":
        return add(*(derivative(part, name) for part in parts))
    if head == "mul":
        return add(
            *(
                multiply(*parts[:index], derivative(part, name), *parts[index + 1 :])
                for index, part in enumerate(parts)
                if name in variables(part)
            )
        )
    if head == "owen":
        return _owen(parts[0], parts[1], name)
    return multiply(_outer(head, parts[0], parts[1:]), derivative(parts[0], name))


def _owen(h: Tree, a: Tree, name: str) -> Tree:
    half = multiply(rational(Fraction(-1, 2)), power(h, 2))
    square = add(ONE, power(a, 2))
    root = power(rational(2), Fraction(-1, 2))
    along = multiply(
        rational(Fraction(-1, 2)),
        root,
        power(("pi",), Fraction(-1, 2)),
        ("exp", half),
        ("erf", multiply(root, a, h)),
        derivative(h, name),
    )
    across = multiply(
        rational(Fraction(1, 2)),
        power(("pi",), -1),
        power(square, -1),
        ("exp", multiply(half, square)),
        derivative(a, name),
    )
    return add(along, across)


def _outer(head: str, u: Tree, extra: list[str]) -> Tree:
    minus = rational(-1)
    square = power(u, 2)
    if head == "pow":
        exponent = Fraction(extra[0])
        return multiply(rational(exponent), power(u, exponent - 1))
    rules = {
        "exp": ("exp", u),
        "log": power(power(u, Fraction(1, 2)), -2),
        "sin": ("cos", u),
        "cos": multiply(minus, ("sin", u)),
        "tan": add(ONE, power(("tan", u), 2)),
        "sinh": ("cosh", u),
        "cosh": ("sinh", u),
        "tanh": add(ONE, multiply(minus, power(("tanh", u), 2))),
        "atan": power(add(ONE, square), -1),
        "asin": power(add(ONE, multiply(minus, square)), Fraction(-1, 2)),
        "acos": multiply(minus, power(add(ONE, multiply(minus, square)), Fraction(-1, 2))),
        "erf": multiply(rational(2), power(("pi",), Fraction(-1, 2)), ("exp", multiply(minus, square))),
    }
    if head not in rules:
        raise NotEnclosable((head, u))
    return rules[head]
