"""Fitted powers with intervals, and the Łojasiewicz exponents that they imply."""

from __future__ import annotations

import pytest
from sympy import Rational, sqrt

from checks.power_law import PowerLaw, fitted_power, lojasiewicz_exponent
from checks.relation import Bounded
from theory.vocabulary import Theta, gradient_norm, loss, residual_norm, v_norm


def test_an_exact_power_has_a_narrow_interval_and_a_bent_one_a_wide_one() -> None:
    exact = fitted_power([(x, 3 * x**0.5) for x in (1.0, 1e-4, 1e-9)])
    assert exact == PowerLaw(exponent=0.5, low=0.5, high=0.5)
    bent = fitted_power([(1.0, 1.0), (1e-2, 1.0), (1e-4, 0.1)])
    assert bent is not None
    assert bent.low is not None
    assert bent.high is not None
    assert bent.low <= 0.0
    assert bent.high >= 0.5


def test_too_few_rows_have_no_interval_or_no_power() -> None:
    assert fitted_power([(1.0, 2.0)]) is None
    assert fitted_power([(1.0, 2.0), (2.0, 0.0)]) is None
    law = fitted_power([(1.0, 2.0), (2.0, 4.0)])
    assert law == PowerLaw(exponent=1.0)
    assert law.as_data() == {"exponent": 1.0, "interval": None}


DRIFT = PowerLaw(exponent=0.05, low=0.0, high=0.1)


@pytest.mark.parametrize(
    "then, exponent, low, high",
    [
        (Bounded(ratio=gradient_norm * v_norm ** Rational(1, 3) / sqrt(loss), side="below"), 0.55, 0.5, 0.6),
        (Bounded(ratio=loss * sqrt(Theta) / gradient_norm**2), 0.475, 0.45, 0.5),
    ],
)
def test_the_exponent_moves_with_the_drift(then: Bounded, exponent: float, low: float, high: float) -> None:
    assert lojasiewicz_exponent(then, DRIFT) == PowerLaw(exponent=exponent, low=low, high=high)


@pytest.mark.parametrize(
    "then",
    [
        Bounded(ratio=gradient_norm / sqrt(loss)),  # the other side keeps the gradient small
        Bounded(ratio=gradient_norm / residual_norm, side="below"),  # the residual moves with the loss
        Bounded(ratio=residual_norm**2 / loss),
    ],
)
def test_other_ratios_imply_none(then: Bounded) -> None:
    assert lojasiewicz_exponent(then, DRIFT) is None
    assert lojasiewicz_exponent(Bounded(ratio=gradient_norm / loss, side="below"), None) is None
