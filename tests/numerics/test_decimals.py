"""Every digit printed is right: against exact rounding of rationals."""

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

import pytest
from flint import arb, fmpq
from hypothesis import given
from hypothesis import strategies as st

from numerics.evaluation.decimals import decimal_of_ball, decimal_of_rational, power_of_ten_above

digits = st.integers(1, 40)
numbers = st.fractions() | st.builds(
    lambda m, e: Fraction(m) * Fraction(10) ** e, st.integers(-(10**30), 10**30), st.integers(-300, 300)
)


def nearest(value, count):
    context = Context(prec=count, rounding=ROUND_HALF_EVEN, Emin=-(10**6), Emax=10**6)
    return context.divide(Decimal(value.numerator), Decimal(value.denominator))


def exact(value):
    return fmpq(value.numerator, value.denominator)


@given(numbers, digits)
def test_rationals_are_rounded_to_nearest(value, count):
    assert Decimal(decimal_of_rational(exact(value), count)) == nearest(value, count)


@given(numbers, digits)
def test_short_decimals_are_printed_exactly_and_trimmed(value, count):
    text = decimal_of_rational(exact(value), count)
    if Fraction(text) == value and "." in text:
        assert not text.partition("e")[0].endswith("0")


@given(numbers.filter(bool), digits)
def test_a_ball_tells_its_digits_or_nothing(value, count):
    ball = arb(exact(value))
    text = decimal_of_ball(ball, count)
    if text is not None:
        assert Decimal(text) == nearest(value, count)
        assert len(text.lstrip("-0.").partition("e")[0].replace(".", "")) == count


@pytest.mark.parametrize(
    "ball, count",
    [
        (arb(0), 17),
        (arb(0, 1e-30), 17),
        (arb.nan(), 17),
        (arb("0.5 +/- 1e-10"), 11),
        (arb("0.15 +/- 1e-30"), 1),
        (arb.pos_inf(), 3),
    ],
)
def test_undetermined_balls_have_no_digits(ball, count):
    assert decimal_of_ball(ball, count) is None


@pytest.mark.parametrize(
    "value, count, text",
    [
        ("0", 17, "0"),
        ("1/8", 17, "0.125"),
        ("-1/3", 4, "-0.3333"),
        ("2/3", 3, "0.667"),
        ("999999/1000000", 3, "1.00"),
        ("1/100000", 5, "0.00001"),
        ("1/1000000", 5, "1e-6"),
        ("12345678", 4, "1.235e7"),
        ("1234", 4, "1234"),
        ("5/2", 1, "2"),
        ("7/2", 1, "4"),
    ],
)
def test_layout(value, count, text):
    assert decimal_of_rational(fmpq(*map(int, value.split("/"))), count) == text


def test_power_of_ten_above():
    assert power_of_ten_above(arb(0, 1e-31)) == "1e-30"
    assert power_of_ten_above(arb(5)) == "1e1"
