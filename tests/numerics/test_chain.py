"""Arguments by derivatives: what they prove is true, what they refuse includes everything false."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Integer, Rational, Symbol, atan, cos, erf, exp, pi, sin, sqrt

from numerics.prover.boxes import prove_statement
from numerics.prover.certificate import Statement
from numerics.prover.chain import Chain, vanishes
from numerics.prover.tree import encode
from theory.owen import owens_t

x, y = Symbol("x", real=True), Symbol("y", real=True)


def side(low, high=None):
    return encode(Integer(0) + low), None if high is None else encode(Integer(0) + high)


def closed(expression, along, **sides):
    """Whether the argument closes, branch and bound included."""
    chain = Chain(sides=sides)
    if not chain.prove(encode(expression), along):
        return False
    for step in chain.boxes:
        statement = Statement(
            tree=step.tree,
            sides=tuple(
                (name, *ends) for name, ends in sides.items() if name not in step.fixed and ends[1] is not None
            ),
            where=(),
            strict=False,
            symbols=tuple(symbol for symbol in (x, y) if symbol.name in sides and symbol.name not in step.fixed),
        )
        if prove_statement(statement, work=500).status != "certified":
            return False
    return True


TRUE = [
    (2 * x / sqrt(pi) - erf(x), "xx", {"x": side(0)}),
    (1 - exp(-(x**2)) - x**2 + x**4 / 2, "xx", {"x": side(0)}),
    (erf(x / sqrt(2)) - sqrt(2 / pi) * x * exp(-(x**2) / 6), "xxxx", {"x": side(0)}),
    (2 * x * y / pi - erf(x / sqrt(2)) * erf(y / sqrt(2)), "xyyx", {"x": side(0), "y": side(0)}),
    (2 * exp(-(x**2) / 2) - 2 + x**2 * y**2, "yxx", {"x": side(0), "y": side(1)}),
    (x - atan(x), "x", {"x": side(0)}),
    (x**2 / 2 - 1 + cos(x), "xx", {"x": side(0, pi / 2)}),
    (sin(x) * (exp(y) - 1), "y", {"x": side(0, pi), "y": side(0)}),
    (1 / (1 + x**2) - (1 - x**2), "", {"x": side(0)}),
    (atan(y) / (2 * pi) - owens_t(x, y), "x", {"x": side(0), "y": side(0)}),
]

FALSE = [
    (Rational(11, 10) * x - erf(x), "xx", {"x": side(0)}),
    (1 - exp(-(x**2)) - x**2 + x**4 / 3, "xxxx", {"x": side(0)}),
    (erf(x / sqrt(2)) - sqrt(2 / pi) * x * exp(-(x**2) / 10), "xxxx", {"x": side(0)}),
    (x * y / pi - erf(x / sqrt(2)) * erf(y / sqrt(2)), "xyyx", {"x": side(0), "y": side(0)}),
    (2 * exp(-(x**2) / 2) - 2 + x**2 * y**2, "yxx", {"x": side(0), "y": side(Rational(1, 2))}),
    (sin(x) * (exp(y) - 1), "y", {"x": side(0, 2 * pi), "y": side(0)}),
    (sin(2 * x), "x", {"x": side(0, pi)}),
    (cos(x), "", {"x": side(0, pi)}),
    (x - 1, "x", {"x": side(0)}),
    (1 / (x - 1), "x", {"x": side(0)}),
    (-x, "x", {"x": side(0)}),
    (x, "", {"x": side(-1, 1)}),
    (owens_t(x, y) - atan(y) / (2 * pi), "x", {"x": side(0), "y": side(0)}),
    (erf(x - 1) + Rational(1, 2), "x", {"x": side(0, 3)}),
]


@pytest.mark.parametrize(("expression", "along", "sides"), TRUE, ids=str)
def test_true_statements_close(expression, along, sides):
    assert closed(expression, tuple(along), **sides)


@pytest.mark.parametrize(("expression", "along", "sides"), FALSE, ids=str)
def test_false_statements_do_not_close(expression, along, sides):
    for extra in ("", "x", "y", "xy", "xxyy"):
        order = tuple(along + "".join(name for name in extra if name in sides))
        if any(sides[name][0] != encode(Integer(0)) and name == "x" for name in order):
            continue
        assert not closed(expression, order, **sides)


@given(
    powers=st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 3), st.integers(-2, 0)), min_size=1, max_size=4),
    orders=st.integers(0, 3),
)
def test_what_closes_is_nonnegative_where_it_is_sampled(powers, orders):
    expression = sum((value * x**power * exp(rate * x / 2) for value, power, rate in powers), Integer(0))
    if not expression.has(x) or not closed(expression, ("x",) * orders, x=side(0)):
        return
    for point in (0.0, 0.01, 0.3, 1.0, 2.5, 7.0, 20.0):
        value = sum(c * point**p * math.exp(r * point / 2) for c, p, r in powers)
        assert value >= -1e-12 * (1 + point**3)


def test_identities_vanish_and_others_do_not():
    assert vanishes(encode(exp(x + y) - exp(x) * exp(y)))
    assert vanishes(encode(1 / (1 + x**2) - 1 / (1 + x**2) ** 2 * (1 + x**2)))
    assert vanishes(encode(owens_t(0, x) - atan(x) / (2 * pi)))
    assert not vanishes(encode(exp(x) - exp(2 * x)))
    assert not vanishes(encode(owens_t(x, y) - owens_t(y, x)))


def test_an_irrational_lower_end_is_refused():
    with pytest.raises(ValueError, match="lower end of x"):
        Chain(sides={"x": side(pi)}).prove(encode(x), ("x",))
