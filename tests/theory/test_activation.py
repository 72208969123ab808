"""Activations: facts derived from the shape, and refusals."""

from __future__ import annotations

import pytest
from sympy import Expr, Float, Integer, Rational

from theory.activation import Activation, Homogeneous, Polynomial, activations, find_activation, z
from theory.heads import magnitude, positive_part


def evaluated(expression: Expr, at: int) -> Expr:
    """The definition at an integer, with the inert heads given their meaning."""
    bound = expression.xreplace({z: Integer(at)})
    meaning = {node: Integer(abs(int(node.args[0]))) for node in bound.atoms(magnitude)}
    meaning |= {node: Integer(max(int(node.args[0]), 0)) for node in bound.atoms(positive_part)}
    return bound.xreplace(meaning)


def relu_like(**changes: object) -> Activation:
    settings: dict[str, object] = {
        "name": "leaky",
        "title": "leaky",
        "latex": "",
        "shape": Homogeneous(degree=1, right=1, left=Rational(-1, 10)),
        "slope_at_zero": 1,
    }
    return Activation(**{**settings, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name, values",
    [("quadratic", (9, 4, 0, 4, 9)), ("relu", (0, 0, 0, 2, 3)), ("absolute_value", (3, 2, 0, 2, 3))],
)
def test_definition_has_the_values_of_the_activation(name: str, values: tuple[int, ...]) -> None:
    definition = find_activation(name).definition
    assert tuple(evaluated(definition, at) for at in (-3, -2, 0, 2, 3)) == values


def test_facts() -> None:
    facts = {
        name: (sigma.degree, sigma.even, sigma.odd, sigma.smooth, sigma.kinked, sigma.slope_at_zero)
        for name, sigma in activations().items()
    }
    assert facts["quadratic"] == (2, True, False, True, False, None)
    assert facts["relu"] == (1, False, False, False, True, 1)
    assert facts["absolute_value"] == (1, True, False, False, True, 0)
    leaky = relu_like()
    assert (leaky.degree, leaky.even, leaky.odd, leaky.kinked) == (1, False, False, True)
    identity = relu_like(shape=Homogeneous(degree=1, right=2, left=-2), slope_at_zero=None)
    assert (identity.odd, identity.smooth, identity.definition) == (True, True, 2 * z)
    mixed = relu_like(shape=Polynomial(coefficients=(1, 0, 3)), slope_at_zero=None)
    assert (mixed.degree, mixed.even, mixed.odd) == (None, True, False)


def test_derivatives_of_the_shapes() -> None:
    cubic = Polynomial(coefficients=(5, 0, Rational(1, 2), 2))
    assert cubic.derivative() == Polynomial(coefficients=(0, 1, 6))
    assert cubic.derivative(3) == Polynomial(coefficients=(12,))
    assert cubic.derivative(4) is None
    square = Homogeneous(degree=2, right=1, left=3)
    assert square.derivative() == Homogeneous(degree=1, right=2, left=-6)
    assert square.jump == 2 * (1 - 3)
    assert Homogeneous(degree=3, right=1, left=-1).jump == 0
    with pytest.raises(ValueError, match="point mass"):
        Homogeneous(degree=0, right=1, left=0).derivative()


def test_hashable_and_equal_by_value() -> None:
    assert hash(relu_like()) == hash(relu_like())
    assert relu_like() == relu_like()


@pytest.mark.parametrize(
    "build, message",
    [
        (lambda: Polynomial(coefficients=(1, 0)), "non-zero"),
        (lambda: Polynomial(coefficients=()), "non-zero"),
        (lambda: Polynomial(coefficients=(0.5,)), "exact rational"),  # type: ignore[arg-type]
        (lambda: Homogeneous(degree=-1, right=1, left=0), "degree"),
        (lambda: Homogeneous(degree=1, right=0, left=0), "zero activation"),
        (lambda: Homogeneous(degree=1, right=Float("0.5"), left=0), "right"),
        (lambda: relu_like(name="leaky relu"), "identifier"),
        (lambda: relu_like(slope_at_zero=None), "slope_at_zero"),
        (lambda: relu_like(shape=Polynomial(coefficients=(0, 1))), "drop slope_at_zero"),
        (lambda: relu_like(shape=Homogeneous(degree=0, right=1, left=0)), "discontinuous"),
        (lambda: find_activation("rellu"), "did you mean relu"),
    ],
)
def test_refusals_name_what_is_wrong(build: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        build()  # type: ignore[operator]
