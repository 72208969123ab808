"""Limits of sequences whose law is known, with fast and slow corrections, and sequences that have none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.dynamics.extrapolation import RATIO, extrapolate, look_back

TIMES = 1e8 / RATIO ** np.arange(5)


@given(limit=st.floats(-5, -0.2), size=st.floats(0.01, 3), power=st.floats(0.45, 1.5))
def test_power_corrections(limit, size, power):
    times = 1e5 / RATIO ** np.arange(5)
    found = extrapolate(times, limit + size * times**-power + 0.3 * size * times ** (-2 * power))
    assert found.low <= limit <= found.high
    assert found.width < 0.1 * size


@given(limit=st.floats(-5, -0.2), size=st.floats(0.05, 3), second=st.floats(-1, 1))
def test_logarithmic_corrections(limit, size, second):
    logs = np.log(TIMES)
    found = extrapolate(TIMES, limit + size / logs + size * second / logs**2)
    assert found.correction == "logarithmic"
    assert found.low <= limit <= found.high
    assert found.width < 0.5 * size


def test_a_settled_sequence():
    found = extrapolate(TIMES, np.full(5, -3.0))
    assert (found.value, found.correction) == (-3.0, "settled")
    assert found.width < 1e-5


def test_no_limit_is_not_a_narrow_interval():
    found = extrapolate(TIMES, np.array([-3.0, -2.0, -3.0, -2.0, -3.0]))
    assert found.correction == "unclear"
    assert found.width > 1
    assert extrapolate(TIMES[:2], np.ones(2)) is None
    assert extrapolate(TIMES, np.array([1.0, np.nan, 1, 1, 1])) is None


def test_the_last_value_of_a_slow_sequence_is_not_taken_for_its_limit():
    """x = 1/ln t is still 0.054 at t = 1e8; the interval must reach down to 0."""
    values = 1 / np.log(TIMES)
    found = extrapolate(TIMES, values)
    assert found.low <= 0.0 < found.value + 0.01 < values[0]


def test_looking_back():
    t = np.geomspace(1.0, 1e4, 100)
    times, values = look_back(t, np.log(t))
    assert times == pytest.approx(1e4 / RATIO ** np.arange(5))
    assert values == pytest.approx(np.log(times))
    assert len(look_back(t[t > 2e3], t[t > 2e3])[0]) == 2
