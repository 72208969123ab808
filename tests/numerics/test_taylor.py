"""Contacts: orders seen exactly, quotients that enclose, charts that cover, and the ring and jets they rest
on.
"""

from fractions import Fraction
from itertools import product

import mpmath
import numpy as np
import pytest
import random_expressions
import sympy
from flint import arb, fmpq
from hypothesis import given
from hypothesis import strategies as st
from random_expressions import DIGITS, NAMES, Undefined, as_ball, as_fmpq
from sympy import Rational, cos, cosh, erf, exp, log, pi, sin, sqrt, symbols, tan, tanh

from numerics.ball import compile_tree, precision
from numerics.prover.derivative import derivative
from numerics.prover.exact import NotInRing, Ring
from numerics.prover.jet import ball_call, evaluate, variable
from numerics.prover.rewrite import is_total, signs_shown
from numerics.prover.taylor import Contact, blow_up, quotient, vanishes, vanishing_order
from numerics.prover.tree import (
    NotEnclosable,
    add,
    encode,
    from_json,
    multiply,
    power,
    rational,
    substitute,
    variables,
)

x, y = symbols("x y")
ZERO = fmpq(0)


@pytest.mark.parametrize(
    "f, point, order",
    [
        (sin(x) - x * cos(x), 0, 3),
        (x**3 / 3 - sin(x) + x * cos(x), 0, 5),
        (sin(pi * x) + (pi - pi * x) * cos(pi * x), 1, 3),
        (4 * pi**3 * (2 * pi * x - sin(2 * pi * x)) - 8 * pi * (pi * x) ** 3, 0, 3),
        (4 * pi**3 * (2 * pi * x - sin(2 * pi * x)) - 8 * pi * (pi * x) ** 3, 1, 1),
        (x**4 - sin(x) ** 2 - x**2 + 2 * x * sin(x) * cos(x), 0, 6),
        (sin(2 * pi * x / 3) - sin(pi * x / 3), 1, 1),
        (y * (1 - cos(x)), 0, 2),
        (exp(x * y) - 1 - x * y, 0, 2),
        (log(1 + x) - tanh(x) + x**2 / 2, 0, 3),
        (cosh(x) - 1 - x**2 / 2, 0, 4),
        (tan(x) - erf(x) * sqrt(pi) / 2, 0, 3),
        (sqrt(1 + x) - 1 - x / 2, 0, 2),
        (cos(x), 0, 0),
        (x - Rational(1, 10**12), 0, 0),
        (sin(x) - y, 0, 0),
        (sqrt(x), 0, 0),
        (1 / x - 1 / x + x, 0, 1),  # SymPy cancels it
        (0 * x, 0, 0),  # zero to every order: there is nothing to divide out
    ],
)
def test_the_order_of_a_zero_is_exact(f, point, order):
    assert vanishing_order(encode(f), ("x", "y"), "x", fmpq(point), {}) == order


def test_a_mixed_coefficient():
    f = encode((1 - cos(x)) * y * (x + y))
    assert vanishes(f, NAMES, {"x": ZERO, "y": ZERO}, {}, {})
    assert vanishes(f, NAMES, {"x": ZERO, "y": ZERO}, {}, {"x": 2, "y": 1})
    assert not vanishes(f, NAMES, {"x": ZERO, "y": ZERO}, {}, {"x": 3, "y": 1})
    assert not vanishes(f, NAMES, {"x": ZERO, "y": fmpq(1)}, {}, {"x": 2})


@pytest.mark.parametrize(
    "f, zero",
    [
        (sin(x) ** 2 + cos(x) ** 2 - 1, True),
        (tan(x) * cos(x) - sin(x), True),
        (cosh(x) ** 2 - sympy.sinh(x) ** 2 - 1, True),
        (sqrt(x + y) ** 2 * y - x * y - y**2, True),
        (sin(-x) + sin(x), True),
        (exp(x) * exp(-x) - 1, True),
        (sympy.acos(x) + sympy.asin(x) - pi / 2, True),
        (sin(x) ** 2 + cos(x) ** 2 - Rational(999999, 1000000), False),
        (pi - Rational(22, 7), False),
        (sqrt(2) * sqrt(3) - sqrt(6), False),  # true, but beyond this ring: it may only fail to see
        (sin(x) - sin(y), False),
        (x - 1, False),
    ],
)
def test_the_ring_sees_zeros_and_only_zeros(f, zero):
    ring = Ring()
    element = evaluate(encode(f), {name: ring.atom(("variable", name)) for name in NAMES}, ring.call)
    assert (isinstance(element, fmpq) and element == 0) or element.vanishes() is zero


@pytest.mark.parametrize("turn", [Fraction(n, d) for d in (1, 2, 3, 4, 5, 6, 12) for n in range(-2 * d, 2 * d + 1)])
@pytest.mark.parametrize("name", ["sin", "cos"])
def test_special_values_agree_with_balls(turn, name):
    ring = Ring()
    tree = (name, ("mul", ("rat", str(turn)), ("pi",)))
    seen = compile_tree(ring.tree(evaluate(tree, {}, ring.call)), [])()
    assert seen.overlaps(compile_tree(tree, [])())
    assert seen.rad() < 1e-12


def test_the_ring_refuses_what_is_undefined():
    ring = Ring()
    for tree in (
        ("pow", ("rat", "0"), "-1"),
        ("pow", ("rat", "-2"), "1/2"),
        ("atan2", ("var", "x"), ("var", "y")),
    ):
        with pytest.raises(NotInRing):
            evaluate(tree, {name: ring.atom(("variable", name)) for name in NAMES}, ring.call)


SMOOTH = [
    exp(sin(x) * y) * sympy.atan(x) + log(1 + x**2) * tanh(y * x),
    erf(x + 1) + sqrt(2 + x) * sympy.asin(x / 2) + sympy.atan2(x, y),
    cosh(x) ** 3 / (1 + x) + tan(x) + sympy.acos(x / 3) + (1 + x) ** Rational(2, 3),
]


@pytest.mark.parametrize("f", SMOOTH)
def test_jets_are_taylor_coefficients(f):
    jet = evaluate(encode(f), {"x": variable(fmpq(1, 5), 6), "y": arb(2)}, ball_call)
    with mpmath.workdps(30):
        g = sympy.lambdify(x, f.subs(y, 2), "mpmath")
        reference = mpmath.taylor(g, mpmath.mpf(1) / 5, 5)
    for found, expected in zip(jet.c, reference, strict=True):
        assert found.overlaps(arb(str(expected), 1e-12))


@pytest.mark.parametrize("f", [SMOOTH[0], SMOOTH[2], log(2 + x * y) * sqrt(1 + x), sympy.acos(x / 4) ** 2])
def test_symbolic_derivatives(f):
    tree = derivative(encode(f), "x")
    exact = encode(sympy.diff(f, x))
    for point in ((fmpq(1, 5), fmpq(2)), (fmpq(1, 2), fmpq(1, 3))):
        assert compile_tree(tree, NAMES)(*point).overlaps(compile_tree(exact, NAMES)(*point))


def test_derivatives_stop_at_kinks_jumps_and_edges():
    for tree in (
        ("abs", ("var", "x")),
        ("max", ("var", "x"), ("rat", "0")),
        ("atan2", ("var", "x"), ("rat", "-1")),
    ):
        with pytest.raises(NotEnclosable):
            derivative(tree, "x")
    slope = compile_tree(derivative(("log", ("var", "x")), "x"), ["x"])
    assert slope(fmpq(2)).overlaps(arb(1) / 2)
    assert not slope(fmpq(-2)).is_finite()  # as the logarithm itself


def value_or_reason(tree, point):
    """The value at 100 digits, "undefined", or "open" where that is a matter of rounding."""
    try:
        return random_expressions.value(
            tree, {n: mpmath.mpf(int(p.p)) / int(p.q) for n, p in zip(NAMES, point, strict=True)}
        )
    except Undefined as undefined:
        return "undefined" if undefined.robust else "open"


def enclose_quotients(rng: np.random.Generator, count: int) -> int:
    """Check q ∋ g for f = (x − p)^m (y − r)^k g and random g, at random exact points; returns how many."""
    checked = 0
    for _ in range(count):
        g = random_expressions.tree(rng, int(rng.integers(1, 4)))
        box = random_expressions.box(rng)
        contacts, f, signs = [], g, 1
        for name, (lo, hi) in zip(NAMES, box, strict=True):
            if lo == hi or rng.random() < 0.3:
                continue
            order = int(rng.integers(0, 4))
            point = (
                as_fmpq(random_expressions.number(rng))
                if order % 2 == 0 and rng.random() < 0.3
                else (lo, hi)[rng.integers(2)]
            )
            f = multiply(power(add(("var", name), rational(-point)), order), f) if order else f
            contacts.append(Contact(variable=name, point=point, order=order, degree=order + int(rng.integers(0, 3))))
            signs *= -1 if order % 2 and hi <= point else 1
        sign, ratio = quotient(f, NAMES, box, contacts)
        assert sign in (0, signs)
        if not contacts or not ratio.is_finite():
            continue
        for _ in range(4):
            at = random_expressions.point(rng, box)
            if any(at[NAMES.index(c.variable)] == c.point for c in contacts):
                continue
            exact = value_or_reason(g, at)
            assert exact != "undefined", (f, box, contacts, at)
            if exact == "open":
                continue
            assert ratio.overlaps(as_ball(exact)), (f, box, contacts, at, ratio, exact)
            checked += 1
    return checked


def test_quotients_enclose():
    with mpmath.workdps(DIGITS), precision(96):
        assert enclose_quotients(np.random.default_rng(3), 700) > 1000


@pytest.mark.soundness
def test_many_quotients_enclose():
    with mpmath.workdps(DIGITS), precision(80):
        assert enclose_quotients(np.random.default_rng(4), 40_000) > 50_000


sides = st.tuples(
    st.fractions(-3, 3, max_denominator=9),
    st.fractions(min_value=Fraction(1, 9), max_value=3, max_denominator=9),
)


@given(
    st.lists(sides, min_size=2, max_size=3),
    st.lists(st.booleans(), min_size=3, max_size=3),
    st.integers(1, 3),
)
def test_the_charts_of_a_blow_up_cover_the_box_and_stay_in_it(drawn, upper, weight):
    names = ("x", "y", "z")[: len(drawn)]
    corner = {
        name: (as_fmpq(start), as_fmpq(-width if down else width))
        for name, (start, width), down in zip(names, drawn, upper, strict=False)
    }
    weights = {name: weight if index == 0 else 1 for index, name in enumerate(names)}
    charts = blow_up(names, corner, weights)
    for shares in product((Fraction(0), Fraction(1, 3), Fraction(3, 5), Fraction(1)), repeat=len(names)):
        # largest scaled coordinate first: it is the radius of the chart that must reach the point
        roots = {name: float(share) ** (1 / weights[name]) for name, share in zip(names, shares, strict=True)}
        leader = max(names, key=lambda name: roots[name])
        if weights[leader] > 1 or not any(shares):
            continue
        radius = shares[names.index(leader)]
        local = {
            name: as_fmpq(radius if name == leader else share / radius ** weights[name])
            for name, share in zip(names, shares, strict=True)
        }
        for name, share in zip(names, shares, strict=True):
            start, edge = corner[name]
            assert local[name] <= 1
            assert evaluate(charts[names.index(leader)][name], local, ball_call) == start + edge * as_fmpq(share)


def test_expressions_are_rewritten_only_when_it_shows_something():
    assert signs_shown(encode(sympy.expand((x - y) ** 2)), NAMES) is not None
    assert signs_shown(encode(x + y), NAMES) is None
    assert signs_shown(encode(sqrt(x) * (x - y) ** 2), NAMES) is None  # not defined everywhere
    assert not is_total(encode(1 / x))
    assert is_total(encode(sin(x) / pi + exp(-x)))


@pytest.mark.parametrize(
    "f", [(x - y) ** 2 * (x + 2 * y), x**2 - x * y + y**2 - x, (x**2 - 2) ** 2, pi**2 - (x * sin(y)) ** 2]
)
def test_rewriting_keeps_the_value(f):
    tree = encode(sympy.expand(f))
    other = signs_shown(tree, NAMES)
    assert other is not None
    for point in ((fmpq(1, 3), fmpq(-2, 7)), (fmpq(5, 2), fmpq(4))):
        assert compile_tree(tree, NAMES)(*point).overlaps(compile_tree(other, NAMES)(*point))


def test_trees_survive_json_and_substitution():
    tree = encode(sin(x) ** 2 / 3 + sqrt(y) * pi - exp(1))
    assert from_json([*tree]) == tree
    assert variables(tree) == {"x", "y"}
    assert variables(substitute(tree, {"x": rational(2), "y": rational(Fraction(1, 4))})) == frozenset()
    for bad in (
        [],
        ["sin"],
        ["rat", 1],
        ["rat", "1/0"],
        ["var"],
        ["pow", ["rat", "1"]],
        ["gamma", ["rat", "1"]],
        "x",
        ["rat", "0.1e"],
    ):
        with pytest.raises((ValueError, ZeroDivisionError)):
            from_json(bad)
