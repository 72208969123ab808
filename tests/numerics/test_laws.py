"""Distribution functions: enclosures against mpmath, floats inside them, and their domains."""

import mpmath
import numpy as np
import pytest
from flint import arb, fmpq
from hypothesis import given
from hypothesis import strategies as st

from numerics.ball import precision
from numerics.evaluation.laws import BALLS, FLOATS
from theory import laws

fractions = st.fractions(min_value=0, max_value=20, max_denominator=64)
degrees = st.integers(1, 40)


def reference(head: type, *arguments: float) -> mpmath.mpf:
    """The same functions by mpmath, from other formulas where there are any."""
    with mpmath.workdps(40):
        values = [mpmath.mpf(value.numerator) / value.denominator for value in arguments]
        match head.__name__:
            case "chi_square_cdf":
                return mpmath.gammainc(values[1] / 2, 0, values[0] / 2, regularized=True)
            case "chi_square_tail":
                return mpmath.gammainc(values[1] / 2, values[0] / 2, mpmath.inf, regularized=True)
            case "beta_cdf":
                return mpmath.betainc(values[1], values[2], 0, values[0], regularized=True)
            case "beta_tail":
                return mpmath.betainc(values[1], values[2], values[0], 1, regularized=True)
            case "f_cdf" | "f_tail":
                x, a, b = values
                below = mpmath.betainc(a / 2, b / 2, 0, a * x / (a * x + b), regularized=True)
                return below if head.__name__ == "f_cdf" else 1 - below
            case "normal_cdf":
                return mpmath.ncdf(values[0])
            case "normal_tail":
                return mpmath.ncdf(-values[0])
            case _:
                return mpmath.digamma(values[0])


def enclosure(head: type, *arguments: object) -> arb:
    with precision(160):
        return BALLS[head](*(arb(fmpq(value.numerator, value.denominator)) for value in arguments))


def agree(head: type, *arguments: object) -> None:
    found, expected = enclosure(head, *arguments), reference(head, *arguments)
    with precision(160):
        assert found.is_finite()
        gap = abs(found - arb(mpmath.nstr(expected, 35)))
        assert gap < arb("1e-25") * (1 + abs(found))
    value = float(FLOATS[head](*(float(argument) for argument in arguments)))
    assert value == pytest.approx(float(expected), rel=1e-9, abs=1e-13)


@given(x=fractions, k=degrees)
def test_chi_square(x: object, k: object) -> None:
    agree(laws.chi_square_cdf, x, k)
    agree(laws.chi_square_tail, x, k)


@given(x=fractions, a=degrees, b=degrees)
def test_f(x: object, a: object, b: object) -> None:
    agree(laws.f_cdf, x, a, b)
    agree(laws.f_tail, x, a, b)


@given(x=st.fractions(0, 1, max_denominator=64), a=degrees, b=degrees)
def test_beta(x: object, a: object, b: object) -> None:
    agree(laws.beta_cdf, x, a, b)
    agree(laws.beta_tail, x, a, b)


@given(x=st.fractions(-6, 6, max_denominator=64))
def test_normal(x: object) -> None:
    agree(laws.normal_cdf, x)
    agree(laws.normal_tail, x)


@given(x=st.fractions(min_value="1/64", max_value=30, max_denominator=64))
def test_digamma(x: object) -> None:
    agree(laws.psi, x)


@pytest.mark.parametrize(
    "head, arguments",
    [
        (laws.chi_square_cdf, (-1, 3)),
        (laws.chi_square_cdf, (1, 0)),
        (laws.beta_cdf, (2, 1, 1)),
        (laws.beta_tail, (-1, 1, 1)),
        (laws.f_cdf, (1, 0, 1)),
        (laws.psi, (0,)),
    ],
)
def test_outside_the_domain_nothing_is_known(head: type, arguments: tuple[int, ...]) -> None:
    assert not BALLS[head](*map(arb, arguments)).is_finite()


def test_a_ball_encloses_the_values_of_all_its_points() -> None:
    wide = arb(3, "0.25")
    value = BALLS[laws.chi_square_cdf](wide, arb(4))
    for x in np.linspace(2.75, 3.25, 11):
        assert value.contains(arb(float(reference(laws.chi_square_cdf, fmpq_fraction(x), fmpq_fraction(4)))))


def fmpq_fraction(value: float) -> object:
    from fractions import Fraction

    return Fraction(value)


def test_far_tails_keep_their_digits() -> None:
    with precision(128):
        tail = BALLS[laws.chi_square_tail](arb(8000), arb(2000))
        assert tail > 0
        assert tail.rad() < tail * arb("1e-20")
