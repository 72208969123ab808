"""Exact Gaussian expectations against known moments, quadrature and each other."""

from __future__ import annotations

from math import factorial

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Expr, Float, Integer, Rational, Symbol, cos, diff, exp, factorial2, pi, sin

from theory.activation import Homogeneous
from theory.gaussian import antiderivative, gaussian_moment, isserlis, phi, polar_expectation
from theory.symbols import rho1, rho2, theta
from theory.trigonometric import equal

x, y, z = (Symbol(name, real=True) for name in "xyz")


def gram(a: object, b: object) -> Expr:
    return Symbol("g_" + "".join(sorted((str(a), str(b)))))


def test_moments_of_one_form_are_double_factorials() -> None:
    for power in range(9):
        expected = factorial2(power - 1) * gram(x, x) ** (power // 2) if power % 2 == 0 else 0
        assert gaussian_moment([x] * power, gram) == expected


def test_four_forms_pair_in_three_ways() -> None:
    pairings = gram(1, 2) * gram(3, 4) + gram(1, 3) * gram(2, 4) + gram(1, 4) * gram(2, 3)
    assert gaussian_moment([1, 2, 3, 4], gram) == pairings


@settings(deadline=None)
@given(st.lists(st.sampled_from("abc"), max_size=8), st.randoms())
def test_moment_is_symmetric_and_counts_pairings(indices: list[str], shuffle: object) -> None:
    reordered = sorted(indices)
    assert gaussian_moment(indices, gram) == gaussian_moment(reordered, gram)
    half, odd = divmod(len(indices), 2)
    pairings = 0 if odd else factorial(2 * half) // (2**half * factorial(half))
    assert gaussian_moment(indices, lambda a, b: Integer(1)) == pairings


def test_isserlis_on_a_polynomial() -> None:
    polynomial = 3 * x**2 * y**2 - 2 * x * z + Rational(1, 2)
    expected = 3 * gram(x, x) * gram(y, y) + 6 * gram(x, y) ** 2 - 2 * gram(x, z) + Rational(1, 2)
    assert isserlis(polynomial, (x, y, z), gram).expand() == expected.expand()


@pytest.mark.parametrize("bad", [exp(x), 1 / x, Float("0.5") * x**2])
def test_isserlis_refuses(bad: Expr) -> None:
    with pytest.raises(ValueError, match=r"not a polynomial|binary float"):
        isserlis(bad, (x, y), gram)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2), st.integers(0, 4), st.integers(0, 3))
def test_antiderivative_differentiates_back(power: int, sines: int, cosines: int) -> None:
    integrand = rho1 * phi**power * sin(phi) ** sines * cos(phi) ** cosines + cos(phi - theta)
    assert equal(diff(antiderivative(integrand, phi), phi), integrand)


def test_antiderivative_rejects_a_wrong_primitive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("theory.gaussian._monomial_antiderivative", lambda powers, variable: sin(variable) ** 2)
    with pytest.raises(ArithmeticError, match="fails differentiation"):
        antiderivative(sin(phi) ** 3 * rho2, phi)


def test_antiderivative_refuses_a_quotient() -> None:
    with pytest.raises(ValueError, match="divides by phi or its sine"):
        antiderivative(cos(phi) / sin(phi), phi)


def test_steps_meet_with_the_orthant_probability() -> None:
    step = Homogeneous(degree=0, right=1, left=0)
    assert equal(polar_expectation(step, step).value, (pi - theta) / (2 * pi))


def test_mixed_degrees_keep_their_radial_factor() -> None:
    """E max(X, 0) 1{Y > 0} = ρ₁ (1 + cos θ) / (2 √(2π)), against quadrature over the half plane Y > 0."""
    ramp, step = (Homogeneous(degree=degree, right=1, left=0) for degree in (1, 0))
    value = polar_expectation(ramp, step).value
    at = {rho1: Rational(3, 2), rho2: Rational(1, 7), theta: Rational(4, 5)}
    with mpmath.workdps(30):
        angle = mpmath.mpf(4) / 5
        angular = mpmath.quad(mpmath.cos, [angle - mpmath.pi / 2, mpmath.pi / 2])
        radial = mpmath.quad(lambda r: r**2 * mpmath.exp(-r * r / 2), [0, 2, 5, 13])
        expected = mpmath.mpf(3) / 2 * radial * angular / (2 * mpmath.pi)
        assert abs(mpmath.mpf(str(value.xreplace(at).evalf(30))) - expected) < mpmath.mpf(10) ** -25


def test_exchanging_the_forms_exchanges_the_radii() -> None:
    first, second = Homogeneous(degree=2, right=1, left=-3), Homogeneous(degree=1, right=2, left=5)
    one, other = polar_expectation(first, second).value, polar_expectation(second, first).value
    assert equal(one, other.xreplace({rho1: rho2, rho2: rho1}))
