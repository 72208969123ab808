"""Cancellation-free forms against the derived kernels, building blocks against exact values."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mpf
from sympy import Integer, Rational, cos, pi, sin

from numerics.stable import compensated
from numerics.stable.compile import compile_expressions, compile_kernel
from numerics.stable.forms import HomogeneousSplit, SquareForm, derive_split, derive_square_form, stable_form
from numerics.stable.pairs import pair_angles
from numerics.stable.quartic import REACH, SMALL
from numerics.stable.rows import Rows
from numerics.stable.special import SWITCH, angle_minus_sine, series_coefficients, sine_minus_angle_cosine
from theory.activation import Activation, Homogeneous, Polynomial, find_activation
from theory.kernel import derive_kernel
from theory.symbols import rho1, rho2, theta

finite = st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-100)


def test_relu_and_absolute_value_split_as_printed():
    relu = stable_form(find_activation("relu"))
    absolute = stable_form(find_activation("absolute_value"))
    assert relu == HomogeneousSplit(kappa=Rational(1, 2), gamma=1 / (2 * pi))
    assert (relu.odd, relu.even) == (Rational(1, 4), Rational(1, 4))
    assert absolute == HomogeneousSplit(kappa=Integer(1), gamma=2 / pi)
    assert (absolute.odd, absolute.even) == (0, 1)


def test_quadratic_is_a_square_form():
    assert stable_form(find_activation("quadratic")) == SquareForm(alpha=Integer(1), beta=Integer(2))


def test_leaky_relu_splits_too():
    leaky = Activation(
        name="leaky",
        title="",
        latex="",
        shape=Homogeneous(degree=1, right=Integer(1), left=Rational(-1, 10)),
        slope_at_zero=Integer(0),
    )
    split = derive_split(derive_kernel(leaky))
    slope, bend = Rational(11, 20), Rational(9, 20)
    assert split is not None
    assert (split.odd, split.even) == (slope**2, bend**2)


@pytest.mark.parametrize(
    "shape", [Homogeneous(degree=2, right=Integer(1), left=Integer(0)), Polynomial(coefficients=(0, 1, 0, 1))]
)
def test_other_kernels_have_no_split(shape):
    kernel = derive_kernel(Activation(name="other", title="", latex="", shape=shape))
    assert derive_split(kernel) is None
    assert derive_square_form(kernel) is None


def test_a_wrong_kernel_is_not_accepted():
    """The check of the split is not vacuous: a kernel off by one term is refused."""
    from dataclasses import replace

    kernel = derive_kernel(find_activation("relu"))
    assert derive_split(replace(kernel, polar=kernel.polar + rho1 * rho2 * sin(theta) ** 2)) is None
    assert derive_split(replace(kernel, polar=kernel.polar * (1 + cos(theta)))) is None


def test_special_functions_to_a_few_ulp():
    grid = np.concatenate([np.geomspace(1e-100, SWITCH, 400), np.linspace(SWITCH, np.pi, 200), [np.pi]])
    with mpmath.workdps(60 + 310):
        exact = [mpf(float(x)) for x in grid]
        s = [mpmath.sin(x) - x * mpmath.cos(x) for x in exact]
        t = [x - mpmath.sin(x) for x in exact]
        for values, truth in ((sine_minus_angle_cosine(grid), s), (angle_minus_sine(grid), t)):
            errors = [float(abs(mpf(float(a)) - b) / b) for a, b in zip(values, truth, strict=True)]
            assert max(errors) < 8e-16


def test_special_functions_at_zero_and_nan():
    for function in (sine_minus_angle_cosine, angle_minus_sine):
        assert function(np.array([0.0]))[0] == 0.0
        assert np.isnan(function(np.array([np.nan, 1.0]))[0])


def test_series_coefficients_are_those_of_the_functions():
    assert series_coefficients(lambda k: 2 * k, 3) == (Fraction(1, 3), Fraction(-1, 30), Fraction(1, 840))
    assert series_coefficients(lambda k: 1, 2) == (Fraction(1, 6), Fraction(-1, 120))


@given(st.lists(finite, min_size=1, max_size=40))
def test_sum_pair_is_correctly_rounded(values):
    array = np.array(values + [-x for x in values[1:]])
    high, low = compensated.sum_pair(array, 0)
    exact = sum(map(Fraction, array.tolist()))
    assert abs(Fraction(float(high)) + Fraction(float(low)) - exact) <= abs(exact) * Fraction(1, 2**80)


@given(st.lists(st.tuples(finite, finite), min_size=1, max_size=20))
def test_dot_and_norm_have_twice_the_precision(pairs):
    x, y = np.array(pairs).T
    high, low = compensated.dot(x, y)
    terms = [Fraction(a) * Fraction(b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    error = abs(Fraction(float(high)) + Fraction(float(low)) - sum(terms))
    assert error <= sum(map(abs, terms)) * Fraction(len(pairs), 2**98)
    largest = np.abs(x).max() or 1.0
    root, tail = compensated.norm(x / largest)
    square = sum(Fraction(a) ** 2 for a in (x / largest).tolist())
    assert abs((Fraction(float(root)) + Fraction(float(tail))) ** 2 - square) <= square / 2**95


@given(finite, finite)
def test_error_free_transformations(x, y):
    for transform, exact in ((compensated.two_sum, Fraction(x) + Fraction(y)),):
        high, low = transform(np.float64(x), np.float64(y))
        assert Fraction(float(high)) + Fraction(float(low)) == exact
    if x == 0 or y == 0 or abs(x * y) > 1e-200:
        high, low = compensated.two_product(np.float64(x), np.float64(y))
        assert Fraction(float(high)) + Fraction(float(low)) == Fraction(x) * Fraction(y)


@pytest.mark.parametrize("scales", [(1.0, 1.0), (1e-8, 1e8), (3e-120, 7e110)])
@pytest.mark.parametrize("angle", [1e-25, 1e-16, 1e-9, 1e-3, 0.3, 1.0, 2.0, 3.0])
@pytest.mark.parametrize("side", [1.0, -1.0])
def test_angles_at_every_scale(angle, scales, side):
    rng = np.random.default_rng(7)
    frame, _ = np.linalg.qr(rng.normal(size=(6, 6)))
    for axes in (np.eye(6), frame):
        first = axes[0]
        second = side * (np.cos(angle) * axes[0] + np.sin(angle) * axes[1])
        raw = np.stack([scales[0] * first, scales[1] * second])[None]
        pairs = pair_angles(Rows(raw=raw, weights=np.ones((1, 2)), students=2, growth=0))
        with mpmath.workdps(400):
            x, y = ([mpf(float(a)) for a in row] for row in raw[0])
            dot = mpmath.fsum(a * b for a, b in zip(x, y, strict=True))
            wedge = mpmath.fsum((x[i] * y[j] - x[j] * y[i]) ** 2 for i in range(6) for j in range(i))
            exact = mpmath.atan2(mpmath.sqrt(wedge), dot)
            error = abs(mpf(float(pairs.angle[0, 0, 1])) - exact)
            assert error <= 1e-14 * exact + 1e-30


def test_parallel_rows_have_angle_zero():
    raw = np.array([[[0.1, 0.3, -0.7], [0.2, 0.6, -1.4], [-0.4, -1.2, 2.8], [0.0, 0.0, 0.0]]])
    pairs = pair_angles(Rows(raw=raw, weights=np.ones((1, 4)), students=4, growth=0))
    assert pairs.angle[0, 0, 1] == 0.0
    assert pairs.angle[0, 0, 2] == np.pi
    assert (pairs.angle[0, 3] == 0).all()


def test_compiled_kernels_agree_with_exact_evaluation():
    for name in ("relu", "absolute_value", "quadratic"):
        kernel = derive_kernel(find_activation(name))
        compiled = compile_kernel(find_activation(name))
        point = dict(zip(kernel.variables, (Rational(3, 7), Rational(5, 3), Rational(2, 9)), strict=True))
        arguments = [np.array([float(value)]) for value in point.values()]
        values = compiled.value(*arguments) + compiled.first(*arguments) + compiled.second(*arguments)
        names = ("", "p", "q", "c", "pp", "pq", "pc", "qq", "qc", "cc")
        for word, value in zip(names, values, strict=True):
            exact = (kernel.partial(word) if word else kernel.expression).xreplace(point)
            assert value[0] == pytest.approx(float(exact.evalf(30)), rel=1e-14, abs=1e-16)


def test_compiling_refuses_floats_and_stray_symbols():
    with pytest.raises(ValueError, match="contains a Float"):
        compile_expressions((rho1,), (rho1 * 0.5,))
    with pytest.raises(ValueError, match="free symbols"):
        compile_expressions((rho1,), (rho1 * rho2,))


def test_rationals_are_rounded_once():
    (value,) = compile_expressions((rho1,), (Rational(1, 3) * rho1,))(np.array([1.0]))
    assert value[0] == 1 / 3


def test_continuation_reaches_past_its_range():
    assert SMALL < REACH
