"""Balls enclose: functions, powers, expressions; what is undefined is NaN; what is inexact is refused."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest
import random_expressions
import sympy
from flint import arb, ctx, fmpq
from hypothesis import given
from hypothesis import strategies as st
from random_expressions import DIGITS, NAMES, Undefined, as_ball
from sympy import Rational, Symbol, cos, exp, pi, sin, sqrt, symbols

from numerics.ball import (
    FUNCTIONS,
    HEAD_FUNCTIONS,
    NotEnclosable,
    ball,
    compile_ball,
    constant,
    hull,
    power,
    power_nonnegative,
    precision,
    sqr,
    sqrt_nonnegative,
)
from numerics.prover.enclosure import Enclosure, certain
from theory.heads import magnitude, positive_part

x, y = symbols("x y")
fractions = st.fractions(min_value=-4, max_value=4, max_denominator=60)


def undecided(value: arb) -> bool:
    return not value.is_finite()


@given(fractions, fractions, fractions, st.sampled_from([1, 2, 3, 4, 5, 7]))
def test_natural_powers_enclose_and_keep_their_sign(a, b, c, exponent):
    lo, mid, hi = sorted((a, b, c))
    result = power(hull(lo, hi), exponent)
    exact = mid**exponent
    assert result.contains(ball(exact))
    if exponent % 2 == 0:
        assert result.lower() > -arb("1e-6") * (result.upper() + 1)


@given(fractions, fractions, fractions, st.sampled_from(["1/2", "1/3", "3/2", "-1/2", "-2", "-3", "5/4"]))
def test_other_powers_enclose_or_are_undecided(a, b, c, text):
    lo, mid, hi = sorted((a, b, c))
    exponent = Fraction(text)
    result = power(hull(lo, hi), exponent)
    if (lo < 0 and exponent.denominator > 1) or (lo <= 0 <= hi and exponent < 0):
        assert undecided(result)
    if result.is_finite():
        with mpmath.workdps(50):
            root = mpmath.mpf(mid.numerator) / mid.denominator
            value = (
                root**exponent.numerator
                if exponent.denominator == 1
                else root ** (mpmath.mpf(exponent.numerator) / exponent.denominator)
            )
            assert result.overlaps(arb(str(value), 1e-30))


def test_powers_through_zero():
    around = arb(0, 1)
    assert sqr(around).contains(arb(0))
    assert sqr(around).contains(arb(1))
    assert sqr(around).lower() > -1e-8
    assert undecided(power(around, -1))
    assert undecided(power(around, Fraction(1, 2)))
    assert power(fmpq(-2, 3), 3) == fmpq(-8, 27)
    assert power(fmpq(2), Rational(1, 2)).contains(arb(2).sqrt())
    assert power(arb(3), 0) == 1
    assert undecided(power(arb.nan(), 0))


def test_cutting_at_zero_needs_an_upper_half():
    assert sqrt_nonnegative(hull(-1, 4)).contains(arb(2))
    assert sqrt_nonnegative(hull(-1, 4)).contains(arb(0))
    assert not sqrt_nonnegative(hull(-1, 4)).contains(arb(-1))
    assert undecided(sqrt_nonnegative(arb(-1)))
    assert power_nonnegative(hull(0, 8), Fraction(2, 3)).contains(arb(4))


@pytest.mark.parametrize(
    "name, arguments",
    [
        ("log", [arb(0)]),
        ("log", [arb(-1)]),
        ("log", [arb(0, 1)]),
        ("asin", [arb(2)]),
        ("acos", [hull(0, 2)]),
        ("tan", [hull(1, 2)]),
        ("atan2", [arb(0), arb(0)]),
        ("atan2", [arb(0, 1), arb(0, 1)]),
        ("max", [arb.nan(), arb(1)]),
        ("abs", [arb.nan()]),
        ("atan2", [arb.nan(), arb(-1)]),
        ("atan2", [arb(1), arb.nan()]),
        ("sin", [arb("inf")]),
    ],
)
def test_undefined_is_nan_and_decides_nothing(name, arguments):
    value = HEAD_FUNCTIONS[name](*arguments)
    assert undecided(value)
    assert not certain(value)
    assert not certain(-value)


def test_infinite_balls_decide_nothing():
    assert not certain(arb("inf"))
    assert not certain(arb(10**12).exp().exp())


def test_all_sympy_classes_have_an_enclosure():
    assert {sympy.sin, sympy.cos, sympy.tan, sympy.asin, sympy.acos, sympy.atan, sympy.atan2} <= set(FUNCTIONS)
    assert {sympy.exp, sympy.log, sympy.sinh, sympy.cosh, sympy.tanh, sympy.erf, magnitude} <= set(FUNCTIONS)


@pytest.mark.parametrize("symbol", [sympy.pi, sympy.E, sympy.EulerGamma])
def test_constants(symbol):
    with precision(200), mpmath.workdps(70):
        assert constant(symbol).overlaps(arb(str(mpmath.mpf(sympy.N(symbol, 65))), 1e-60))
    with pytest.raises(NotEnclosable):
        constant(sympy.GoldenRatio)


def test_expressions():
    f = compile_ball(sin(x) * sqrt(y) + pi / 3 + sympy.E - magnitude(x) + positive_part(x - 1), [x, y])
    assert f(arb(2), fmpq(4)).contains(2 * arb(2).sin() + arb.pi() / 3 + arb.const_e() - 1)
    assert undecided(f(arb(0), hull(-1, 1)))


def test_rationals_are_exact_at_every_precision():
    third = compile_ball(x + Rational(1, 3), [x])
    with precision(333):
        assert third(fmpq(0)).contains(fmpq(1, 3))
        assert third(fmpq(0)).rad() < arb(2) ** -300


def test_precision_is_local_even_after_an_error():
    before = ctx.prec

    def fail():
        with precision(777):
            assert ctx.prec == 777
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert ctx.prec == before


@pytest.mark.parametrize(
    "expression",
    [
        sympy.gamma(x),
        sympy.Abs(Symbol("w", real=True)),
        sympy.I * x,
        x**y,
        sympy.oo + x,
        sympy.zeta(x),
        sympy.Max(x, y),
    ],
)
def test_everything_else_is_refused(expression):
    with pytest.raises(NotEnclosable) as refusal:
        compile_ball(expression, [x, y, Symbol("w", real=True)])
    assert refusal.value.what is not None


def test_floats_are_refused():
    with pytest.raises(ValueError, match="float"):
        compile_ball(0.1 * x, [x])
    with pytest.raises(ValueError, match="exact"):
        ball(0.1)


def test_wrong_variables_are_refused():
    with pytest.raises(ValueError, match="not among"):
        compile_ball(x + y, [x])
    with pytest.raises(ValueError, match="2 values"):
        compile_ball(exp(x) + cos(x), [x])(arb(1), arb(2))


def contain(rng: np.random.Generator, expressions: int, points: int) -> int:
    """Check that value and mean value form of random expressions hold their values at random exact points;
    returns how many.
    """
    checked = 0
    for _ in range(expressions):
        tree, box = random_expressions.tree(rng, int(rng.integers(1, 5))), random_expressions.box(rng)
        enclosure = Enclosure(tree, NAMES)
        value = enclosure.value(box)
        mean = enclosure.mean_value(box, enclosure.gradient(box)[1])
        sign = enclosure.sign(box)
        for _ in range(points):
            point = random_expressions.point(rng, box)
            at = {name: mpmath.mpf(int(p.p)) / int(p.q) for name, p in zip(NAMES, point, strict=True)}
            try:
                exact = random_expressions.value(tree, at)
            except Undefined as undefined:
                if undefined.robust:
                    assert undecided(value), (tree, box, point)
                    assert undecided(mean) or undecided(value), (tree, box, point)
                continue
            true = as_ball(exact)
            for found in (value, mean, enclosure.at(point)):
                assert undecided(found) or found.overlaps(true), (tree, box, point, found, exact)
            assert sign <= 0 or true.upper() >= 0, (tree, box, point)
            assert sign >= 0 or true.lower() <= 0, (tree, box, point)
            checked += 1
    return checked


def test_enclosures_contain_the_values():
    with mpmath.workdps(DIGITS), precision(96):
        assert contain(np.random.default_rng(1), 700, 8) > 3000


@pytest.mark.soundness
@pytest.mark.parametrize("seed", range(10))
def test_enclosures_contain_a_million_values(seed):
    with mpmath.workdps(DIGITS), precision(64):
        assert contain(np.random.default_rng(100 + seed), 18_000, 10) > 100_000
