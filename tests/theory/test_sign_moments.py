"""Gaussian moments with signs: against the kernel, Hermite-free special cases, and what has no closed form."""

import pytest
from sympy import Integer, pi, sin, sqrt

from theory.expectation import gaussian_expectation
from theory.heads import angle, dot, gaussian_input, magnitude, norm
from theory.indicators import sgn
from theory.sign_moments import sign_moment
from theory.symbols import a, i, over, teachers, w

u, v, z, y = w[0], w[1], w[2], w[3]
x = gaussian_input


def test_no_sign_is_isserlis() -> None:
    assert gaussian_expectation(dot(x, u) * dot(x, v)) == dot(u, v)
    assert sign_moment((), (u, v, z, y)) == dot(u, v) * dot(y, z) + dot(u, z) * dot(v, y) + dot(u, y) * dot(v, z)


def test_two_signs_give_the_angle() -> None:
    assert sign_moment((u, v), ()) == 1 - 2 * angle(u, v) / pi


def test_absolute_values_give_the_kernel() -> None:
    kernel = dot(u, v) * (1 - 2 * angle(u, v) / pi) + 2 * norm(u) * norm(v) * sin(angle(u, v)) / pi
    assert gaussian_expectation(magnitude(dot(x, u)) * magnitude(dot(x, v))).expand() == kernel.expand()


def test_equal_signs_cancel_and_odd_moments_vanish() -> None:
    assert gaussian_expectation(magnitude(dot(x, u)) ** 2) == dot(u, u)
    assert sign_moment((u,), ()) == Integer(0)
    assert gaussian_expectation(sgn(dot(x, u)) * dot(x, v) * dot(x, z)) == 0


def test_mean_absolute_value_under_a_sum() -> None:
    mean = gaussian_expectation(over(magnitude(dot(x, w[i])), i))
    assert mean == over(sqrt(2) * norm(w[i]) / sqrt(pi), i)


def test_four_signs_without_forms_are_refused() -> None:
    with pytest.raises(ValueError, match="4 signs has no closed form"):
        sign_moment((u, v, z, y), ())


def test_only_forms_and_their_signs_are_read() -> None:
    with pytest.raises(ValueError, match="write powers of"):
        gaussian_expectation(sgn(dot(x, u) + dot(x, teachers[a])))
