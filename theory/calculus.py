"""Derivatives of claim trees along a motion of the students.

`derivative` differentiates a tree when every student row w_i moves with a given velocity: the negative gradient for the
gradient flow (`along_flow`), a direction V_i for directional derivatives (`along_direction`).  Rules: linearity, product,
chain, and

    D⟨x, y⟩ = ⟨Dx, y⟩ + ⟨x, Dy⟩,   D‖x‖ = ⟨x, Dx⟩ / ‖x‖,   D|y| = (|y| / y) Dy,   D y₊ = (y₊ / y) Dy,
    D∠(x, y) = −[⟨Dx, ȳ − cos∠ x̄⟩ / ‖x‖ + ⟨Dy, x̄ − cos∠ ȳ⟩ / ‖y‖] / sin∠ .

Exact wherever the tree is differentiable; a quotient that vanishes at the point is undefined there.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy import Add, Expr, Indexed, Integer, Mul, NumberSymbol, Pow, Rational, Sum, Symbol, cos, sin
from sympy.core.function import Function

from theory.heads import Distinct, angle, dot, magnitude, norm, positive_part
from theory.pair_expectation import GaussianMean, GaussianPair
from theory.symbols import V, w

__all__ = ["along_direction", "along_flow", "derivative"]

Expand = Callable[[Expr], Expr | None]


def derivative(tree: Expr, velocity: Callable[[Symbol], Expr], expand: Expand) -> Expr:
    """D tree when w_i moves with ``velocity(i)``.

    ``expand(leaf)`` returns the definition of a quantity leaf, or None for a leaf that stands still (teachers, scalars).
    Raises ValueError for a head that has no derivative rule.
    """

    def d(node: Expr) -> Expr:
        if isinstance(node, Rational | NumberSymbol | Distinct):
            return Integer(0)
        if isinstance(node, Indexed) and node.base == w:
            return velocity(node.indices[0])
        if isinstance(node, Indexed | Symbol):
            definition = expand(node)
            return Integer(0) if definition is None else d(definition)
        if isinstance(node, Add):
            return Add(*map(d, node.args))
        if isinstance(node, Mul):
            return Add(*(_replace_factor(node.args, slot, d(factor)) for slot, factor in enumerate(node.args)))
        if isinstance(node, Pow) and isinstance(node.exp, Rational):
            return node.exp * node.base ** (node.exp - 1) * d(node.base)
        if isinstance(node, Sum):
            inner = d(node.function)
            return Integer(0) if inner == 0 else Sum(inner, *node.limits)
        if isinstance(node, dot):
            (x, y), (dx, dy) = node.args, map(d, node.args)
            return _dot(dx, y) + _dot(x, dy)
        if isinstance(node, norm):
            (x,) = node.args
            return _dot(x, d(x)) / norm(x)
        if type(node) is angle:
            return _angle(node, d)
        if isinstance(node, magnitude | positive_part):
            # Both are homogeneous of degree 1: f′(y) = f(y) / y off the kink, where the derivative is undefined.
            (y,) = node.args
            return node / y * d(y)
        if _is_elementary(node):
            return Add(*(node.fdiff(slot + 1) * d(argument) for slot, argument in enumerate(node.args)))
        raise ValueError(f"no derivative rule for {type(node).__name__} in {node}")

    return d(tree)


def _is_elementary(node: Expr) -> bool:
    return isinstance(node, GaussianPair | GaussianMean) or (
        isinstance(node, Function) and type(node).__module__.startswith("sympy.functions")
    )


def _replace_factor(factors: tuple[Expr, ...], slot: int, replacement: Expr) -> Expr:
    return Mul(*factors[:slot], replacement, *factors[slot + 1 :]) if replacement != 0 else Integer(0)


def _dot(x: Expr, y: Expr) -> Expr:
    return Integer(0) if x == 0 or y == 0 else dot(x, y)


def _angle(node: angle, d: Callable[[Expr], Expr]) -> Expr:
    x, y = node.args
    total: Expr = Integer(0)
    for moving, fixed in ((x, y), (y, x)):
        velocity = d(moving)
        if velocity != 0:
            across = dot(velocity, fixed) / norm(fixed) - cos(node) * dot(velocity, moving) / norm(moving)
            total -= across / (norm(moving) * sin(node))
    return total


def along_flow(tree: Expr, gradient: Callable[[Symbol], Expr], expand: Expand) -> Expr:
    """d/dt tree along ẇ_i = −gradient(i)."""
    return derivative(tree, lambda index: -gradient(index), expand)


def along_direction(tree: Expr, order: int, expand: Expand) -> Expr:
    """D^order tree[V, …, V] along straight lines w + ε V."""
    for _ in range(order):
        tree = derivative(tree, lambda index: V[index], expand)
    return tree
