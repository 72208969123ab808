"""Trees that are ≥ 0 by their form, and trees that must not pass."""

from __future__ import annotations

import pytest
from sympy import Rational, Symbol, pi, sqrt

from theory.heads import angle, dot, magnitude, norm, positive_part
from theory.nonnegative import nonnegative_by_form
from theory.symbols import beta, i, j, over, v, w

x, y = Symbol("x", real=True), Symbol("y", real=True)

NONNEGATIVE = (
    x**2,
    (x - y) ** 2 + 3 * (x + y) ** 4,
    pi * norm(w[i] - v),
    dot(w[i] - v, w[i] - v),
    over(norm(beta[i] * w[j] - beta[j] * w[i]) ** 2, i, j) / 2,
    angle(w[i], v) * magnitude(x) + positive_part(-x),
    sqrt(x),
    1 / x**2,
    Rational(0) * x + 1,
)

NOT_SEEN = (x, -(x**2), x**2 - y**2, x**3, x * y, dot(w[i], v), dot(w[i], w[j]), x**2 - Rational(1, 10**9), -pi, beta[i])


@pytest.mark.parametrize("tree", NONNEGATIVE, ids=str)
def test_form_is_seen(tree: object) -> None:
    assert nonnegative_by_form(tree) is not None


@pytest.mark.parametrize("tree", NOT_SEEN, ids=str)
def test_sign_is_not_guessed(tree: object) -> None:
    assert nonnegative_by_form(tree) is None


def test_assumptions_and_definitions_are_used() -> None:
    assert nonnegative_by_form(x * y, assumed=(x, y)) == {"hypothesis"}
    assert nonnegative_by_form(x * y, assumed=(x,)) is None
    assert nonnegative_by_form(x, definition=lambda leaf: y**2 if leaf == x else None) == {"squares"}
