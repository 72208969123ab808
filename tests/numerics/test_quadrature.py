"""Certified quadrature: against closed forms, mpmath, float series and Monte Carlo; and enclosures that must not lie."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Expr, Rational, cos, erf, exp, log, sin, sqrt, tanh

from numerics.ball import compile_ball, precision
from numerics.quadrature.hermite_series import mean_values, pair_errors, pair_values
from numerics.quadrature.trapezoid import mean_enclosure, pair_enclosure
from theory.activation import Activation, z
from theory.kernel import derive_kernel
from theory.pair_expectation import derivative_of, gaussian_mean, gaussian_pair
from theory.symbols import c, p, q

SOFTPLUS, GELU = log(1 + exp(z)), z * (1 + erf(z / sqrt(2))) / 2
PLACES = [
    (fmpq(1), fmpq(1), fmpq(1, 2)), (fmpq(1, 4), fmpq(9), fmpq(-1)), (fmpq(1), fmpq(1), fmpq(1)),
    (fmpq(1), fmpq(4), fmpq(-2)), (fmpq(2), fmpq(2), 2 - fmpq(1, 10**9)), (fmpq(0), fmpq(2), fmpq(0)),
    (fmpq(3), fmpq(3), 3 - fmpq(1, 10**30)), (fmpq(30), fmpq(1, 50), fmpq(1, 10)),
]  # fmt: skip


def enclosed(first: Expr, second: Expr, at: tuple[fmpq, fmpq, fmpq], bits: int = 128) -> arb:
    x, y, inner = at
    with precision(bits):
        return pair_enclosure(gaussian_pair(first, second), arb(x), arb(y), arb(inner), arb(x * y - inner**2))


@pytest.mark.parametrize("at", PLACES, ids=str)
def test_quadrature_encloses_closed_forms(at: tuple[fmpq, fmpq, fmpq]) -> None:
    """cos, sin, erf and polynomials have both: the closed form lies inside the ball, and the ball is small."""
    for sigma in (cos(z), sin(z), erf(z), erf(z / 2) / 3 + 1, z**3 - z, exp(z / 2)):
        kernel = derive_kernel(Activation.from_expression("own", sigma))
        for first, second, closed in (
            (sigma, sigma, kernel.gram),
            (derivative_of(sigma), derivative_of(sigma), kernel.partial("c")),
            (derivative_of(derivative_of(sigma)), sigma, 2 * kernel.partial("p")),
        ):
            found = enclosed(first, second, at)
            with precision(400):
                exact = compile_ball(closed, (p, q, c))(*at)
            assert found.overlaps(exact)
            assert found.rad() < 1e-20 * (1 + abs(exact))


def test_wrong_values_are_not_enclosed() -> None:
    """Negative control: neighbouring numbers lie outside, so that the balls are no empty promise."""
    at = (fmpq(1), fmpq(1), fmpq(1, 2))
    found = enclosed(cos(z), cos(z), at)
    with precision(400):
        exact = compile_ball(derive_kernel(Activation.from_expression("own", cos(z))).gram, (p, q, c))(*at)
        assert not found.overlaps(exact + arb("1e-20"))
        assert not found.overlaps(exact * (1 - arb("1e-20")))
        assert not found.overlaps(compile_ball(exp(-(p + q) / 2) * cos(c), (p, q, c))(*at))


@pytest.mark.parametrize("bits", [64, 96])
def test_precision_and_symmetry(bits: int) -> None:
    for at in PLACES[:5]:
        rough, fine = (enclosed(SOFTPLUS, GELU, at, size) for size in (bits, 2 * bits))
        assert (rough.overlaps(fine) and fine.rad() < rough.rad()) or at[0] == 0
        swapped = enclosed(GELU, SOFTPLUS, (at[1], at[0], at[2]), bits)
        assert rough.overlaps(swapped)
        assert rough.rad() < arb(2) ** (-bits // 2)


def test_against_mpmath() -> None:
    sigma, density = (lambda x: mpmath.log1p(mpmath.exp(x))), (lambda x: mpmath.npdf(x))
    with mpmath.workdps(25):
        one = mpmath.quad(lambda x: sigma(x) ** 2 * density(x), mpmath.linspace(-14, 14, 9))
        found = enclosed(SOFTPLUS, SOFTPLUS, (fmpq(1), fmpq(1), fmpq(1)))
        with precision(128):
            assert abs(found.mid() - arb(mpmath.nstr(one, 25))) < 1e-20
            mean = mean_enclosure(gaussian_mean(SOFTPLUS**2), arb(1))
        assert mean.overlaps(found)


def test_wide_balls_enclose_every_point() -> None:
    variance, covariance = arb(1, 0.01), arb(0.25, 0.01)
    for sigma in (SOFTPLUS, tanh(z)):
        head = gaussian_pair(sigma, sigma)
        with precision(80):
            wide = pair_enclosure(head, variance, variance, covariance, variance * variance - covariance * covariance)
        for x in (fmpq(991, 1000), fmpq(1), fmpq(1009, 1000)):
            for inner in (fmpq(241, 1000), fmpq(259, 1000)):
                assert wide.contains(enclosed(sigma, sigma, (x, fmpq(1), inner)))


@settings(max_examples=25, deadline=None)
@given(
    st.fractions(0, 6, max_denominator=50),
    st.fractions(0, 6, max_denominator=50),
    st.fractions(-1, 1, max_denominator=30),
)
def test_float_series_lies_within_its_error(x: Rational, y: Rational, cosine: Rational) -> None:
    """c = t √(xy) is irrational, so that the kernel is asked at t · min(x, y), inside the domain."""
    inner = cosine * min(x, y)
    at = tuple(fmpq(value.numerator, value.denominator) for value in (x, y, inner))
    gram = tuple(np.array(float(value)) for value in (x, y, inner))
    for sigma in (SOFTPLUS, tanh(z)):
        found = enclosed(sigma, sigma, at, 96)  # type: ignore[arg-type]
        value, error = float(pair_values(sigma, sigma, *gram)), float(pair_errors(sigma, sigma, *gram))
        assert error < 1e-11
        assert abs(value - float(found.mid())) <= error + 1e-13


def test_series_in_batches_and_monte_carlo() -> None:
    rng = np.random.default_rng(5)
    rows = rng.standard_normal((4, 3))
    gram = rows @ rows.T
    squares = np.diag(gram)
    values = pair_values(GELU, GELU, squares[:, None], squares[None, :], gram)
    assert values.shape == (4, 4)
    assert np.allclose(values, values.T, rtol=1e-13)
    assert np.allclose(np.diag(values), mean_values(GELU**2, squares), rtol=1e-12)
    forms = rng.standard_normal((400_000, 3)) @ rows.T
    from scipy.special import ndtr

    sample = (forms * ndtr(forms)).T @ (forms * ndtr(forms)) / len(forms)
    assert np.abs(values - sample).max() < 0.05 * values.max()


def test_large_norms_have_an_honest_error_and_no_ball() -> None:
    assert not enclosed(SOFTPLUS, SOFTPLUS, (fmpq(10**8), fmpq(10**8), fmpq(1))).is_finite()
    value = pair_values(SOFTPLUS, SOFTPLUS, *(np.array(x) for x in (100.0, 100.0, 50.0)))
    error = pair_errors(SOFTPLUS, SOFTPLUS, *(np.array(x) for x in (100.0, 100.0, 50.0)))
    found = enclosed(SOFTPLUS, SOFTPLUS, (fmpq(100), fmpq(100), fmpq(50)), 64)
    assert found.is_finite()
    assert abs(float(value) - float(found.mid())) <= float(error)
    with precision(64):
        outside = pair_enclosure(gaussian_pair(SOFTPLUS, SOFTPLUS), arb(-1), arb(1), arb(0), arb(-1))
        assert not outside.is_finite()
