"""The normal form: it keeps values, it is unique, and it refuses what it cannot decide."""

from __future__ import annotations

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Expr, Float, Function, Integer, Rational, Symbol, cos, exp, lambdify, pi, sin, sqrt, tan

from theory.symbols import rho1, theta
from theory.trigonometric import equal, normal_form

phi = Symbol("phi", real=True)
leaves = st.sampled_from(
    (
        Integer(1),
        Rational(-2, 3),
        pi,
        theta,
        rho1,
        1 / rho1,
        sin(theta),
        cos(theta),
        1 / sin(theta),
        cos(phi - theta),
        sin(2 * phi + pi / 2),
        sqrt(2) * pi ** Rational(1, 2),
    )
)


def combined(children: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    pairs = st.tuples(children, children)
    return pairs.map(lambda pair: pair[0] + pair[1]) | pairs.map(lambda pair: pair[0] * pair[1])


trees = st.recursive(leaves, combined, max_leaves=8)
POINT = {theta: Rational(7, 5), phi: Rational(-3, 11), rho1: Rational(5, 7)}


def value(expression: Expr) -> mpmath.mpf:
    with mpmath.workdps(40):
        function = lambdify(tuple(POINT), expression, "mpmath")
        return mpmath.mpf(function(*(mpmath.mpf(int(x.p)) / int(x.q) for x in POINT.values())))


@settings(deadline=None)
@given(trees)
def test_keeps_the_value(tree: Expr) -> None:
    with mpmath.workdps(40):
        expected = value(tree)
        assert abs(value(normal_form(tree)) - expected) <= mpmath.mpf(10) ** -30 * (1 + abs(expected))


@settings(deadline=None)
@given(trees, trees)
def test_is_unique(tree: Expr, other: Expr) -> None:
    form = normal_form(tree)
    assert normal_form(form) == form
    assert normal_form((tree + other) * (tree - other)) == normal_form((tree**2 - other**2).expand())


@settings(deadline=None)
@given(trees)
def test_an_unequal_pair_is_told_apart(tree: Expr) -> None:
    assert equal(tree, normal_form(tree))
    assert not equal(tree, tree + sin(theta) ** 5)


def test_removes_a_removable_sine() -> None:
    assert normal_form((1 - cos(theta) ** 2) / sin(theta)) == sin(theta)
    assert normal_form(cos(3 * theta) - 4 * cos(theta) ** 3 + 3 * cos(theta)) == 0
    assert normal_form(sin(theta + pi) + cos(theta - pi / 2)) == 0
    assert normal_form(1 / (2 * cos(theta) ** 2 + 2 * sin(theta) ** 2)) == Rational(1, 2)
    assert normal_form(sqrt(2) ** 3 * sqrt(pi) * pi ** Rational(-3, 2)) == 2 * sqrt(2) / pi


@pytest.mark.parametrize(
    "outside",
    [
        exp(theta),
        tan(theta),
        1 / (1 + cos(theta)),
        1 / (cos(theta) ** 2 + sin(theta) ** 2 - 1),
        1 / cos(theta),
        sqrt(3),
        sqrt(phi),
        Float("0.5"),
        cos(theta / 2),
        cos(theta**2),
        theta**phi,
        Function("f")(theta),
    ],
)
def test_refuses_what_lies_outside(outside: Expr) -> None:
    with pytest.raises(ValueError, match=r"trigonometric|denominator|square roots|angle|exponent|in the ring"):
        normal_form(outside)
