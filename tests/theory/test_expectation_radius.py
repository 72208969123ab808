"""Factors ‖x‖² of an expectation: the radius is independent of the direction."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Integer, Symbol, expand, lambdify

from theory.expectation import gaussian_expectation
from theory.heads import dot, gaussian_input, magnitude, norm
from theory.indicators import sgn
from theory.symbols import d, over, w
from theory.symbols import i as index

X = gaussian_input
SQUARE = dot(X, X)
A, B = Symbol("a_", real=True), Symbol("b_", real=True)


def test_moments_of_the_radius() -> None:
    assert gaussian_expectation(SQUARE) == d
    assert expand(gaussian_expectation(SQUARE**2) - d * (d + 2)) == 0
    assert expand(gaussian_expectation(SQUARE**3) - d * (d + 2) * (d + 4)) == 0
    assert gaussian_expectation(norm(X) ** 2) == d


def test_the_degree_of_the_rest_counts() -> None:
    plain = gaussian_expectation(dot(X, A) * dot(X, B))
    assert expand(gaussian_expectation(SQUARE * dot(X, A) * dot(X, B)) - (d + 2) * plain) == 0
    kernel = gaussian_expectation(magnitude(dot(X, A)) * magnitude(dot(X, B)))
    assert expand(gaussian_expectation(SQUARE * magnitude(dot(X, A)) * magnitude(dot(X, B))) - (d + 2) * kernel) == 0
    signs = gaussian_expectation(sgn(dot(X, A)) * sgn(dot(X, B)))
    assert expand(gaussian_expectation(SQUARE * sgn(dot(X, A)) * sgn(dot(X, B))) - d * signs) == 0


def test_under_a_sum_and_for_odd_rests() -> None:
    tree = over(SQUARE * dot(X, w[index]) ** 2, index)
    assert gaussian_expectation(tree) == over((d + 2) * dot(w[index], w[index]), index)
    assert gaussian_expectation(SQUARE * dot(X, A)) == Integer(0)


@pytest.mark.parametrize("dimension", [1, 2, 5])
def test_against_samples(dimension: int) -> None:
    rng = np.random.default_rng(dimension)
    samples = rng.standard_normal((400_000, dimension))
    values = (samples**2).sum(axis=1) ** 2 * samples[:, 0] ** 2
    exact = gaussian_expectation(SQUARE**2 * dot(X, A) ** 2).xreplace({dot(A, A): Integer(1)})
    expected = float(lambdify(d, exact)(dimension))
    assert abs(values.mean() - expected) < 6 * values.std() / np.sqrt(len(values))


def test_the_norm_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="polynomial"):
        gaussian_expectation(norm(X))
