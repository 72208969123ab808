"""Trees that are ≥ 0 by their form, and trees that must not pass."""

from __future__ import annotations

import pytest
from sympy import Rational, Symbol, exp, pi, sin, sqrt

from theory.heads import after_step, angle, dot, least, magnitude, norm, positive_part
from theory.nonnegative import nonnegative_by_form, positive_by_form
from theory.symbols import V, beta, i, j, over, v, w

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
    dot(w[i], w[i]) * dot(v, v) - dot(w[i], v) ** 2,
    over(dot(w[i], w[i]) * dot(V[j], V[j]) * norm(v) - dot(w[i], V[j]) ** 2 * norm(v), i, j),
    over(dot(w[i], w[j]) * dot(V[i], V[j]) ** 3, i, j),
    norm(v) * over(dot(w[i], w[j]), i, j),
    pi / 2 - angle(w[i], v) / 2,
    3 * pi - angle(w[i], v) - 2 * angle(w[j], v),
    sin(angle(w[i], v) / 3),
)

NOT_SEEN = (
    dot(w[i], w[i]) * dot(v, v) - 2 * dot(w[i], v) ** 2,
    dot(w[i], w[i]) * dot(v, v) * x - dot(w[i], v) ** 2 * x,
    dot(w[i], v) ** 2 - dot(w[i], w[i]) * dot(v, v),
    dot(w[i], w[i]) * dot(w[j], w[j]) - dot(w[i], v) ** 2,
    over(dot(w[i], V[j]) * dot(w[j], V[i]), i, j),
    over(-dot(w[i], w[j]), i, j),
    over(dot(w[i], w[j]) * beta[i], i, j),
    over(Rational(1) * dot(w[i], V[j]), i, j),
    over(dot(w[i] + over(beta[j] * w[i], j), w[j] + over(beta[j] * w[j], j)), i, j),  # the sum captures j
    x, -(x**2), x**2 - y**2, x**3, x * y, x**2 - Rational(1, 10**9), -pi,
    beta[i], dot(w[i], v), dot(w[i], w[j]),
    pi / 2 - angle(w[i], v), pi - angle(w[i], v) - angle(w[j], v) / 1000, angle(w[i], v) - pi, 4 - angle(w[i], v),
    2 * pi - x * angle(w[i], v), pi - angle(w[i], v) * angle(w[j], v), sin(2 * angle(w[i], v)), sin(-angle(w[i], v) / 2),
    sin(x / 2), sin(angle(w[i], v) + angle(w[j], v)),
)  # fmt: skip


@pytest.mark.parametrize("tree", NONNEGATIVE, ids=str)
def test_form_is_seen(tree: object) -> None:
    assert nonnegative_by_form(tree) is not None


@pytest.mark.parametrize("tree", NOT_SEEN, ids=str)
def test_sign_is_not_guessed(tree: object) -> None:
    assert nonnegative_by_form(tree) is None


def test_assumptions_and_definitions_are_used() -> None:
    assert nonnegative_by_form(x * y, assumed=(x, y)) == frozenset({"hypothesis"})
    assert nonnegative_by_form(x * y, assumed=(x,)) is None
    assert nonnegative_by_form(2 * (y - x) * (x + 1) ** 2, assumed=(y - x,)) is not None
    assert nonnegative_by_form(2 * (x - y), assumed=(y - x,)) is None
    square = nonnegative_by_form(x, definition=lambda leaf: y**2 if leaf == x else None)
    assert square == frozenset({"squares"})


def test_what_is_assumed_is_not_assumed_of_the_next_network() -> None:
    assert nonnegative_by_form(after_step(norm(w[i]))) is not None
    assert nonnegative_by_form(after_step(beta[i]), assumed=(beta[i],)) is None
    assert nonnegative_by_form(least(norm(v), after_step(dot(v, v)))) is not None
    assert nonnegative_by_form(least(norm(v), x)) is None


def test_strict_signs_need_a_strict_part() -> None:
    assert positive_by_form(x**2 + 1) is not None
    assert positive_by_form(exp(x) * pi) is not None
    assert positive_by_form(1 / (x**2 + y**2)) is not None
    assert positive_by_form(x + y**2, positive=(x,)) is not None
    assert positive_by_form(x + y, assumed=(y,), positive=(x,)) is not None
    assert positive_by_form(norm(v), positive=(dot(v, v),)) is not None


@pytest.mark.parametrize("tree", (x**2, norm(v), x**2 + y**2, x, x**2 - 1, sqrt(x), Rational(0)), ids=str)
def test_zero_is_not_excluded(tree: object) -> None:
    assert positive_by_form(tree) is None
