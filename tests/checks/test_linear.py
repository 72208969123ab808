"""Terms that cancel when sums and products are written out, and terms that must not."""

from __future__ import annotations

import pytest
from sympy import Expr, Symbol, sqrt

from checks.reduction.linear import linear
from checks.reduction.numbers import certainly_positive
from theory.heads import largest
from theory.symbols import beta, i, j, k, n, over

x, y = Symbol("x", real=True), Symbol("y", real=True)


@pytest.mark.parametrize(
    ("left", "right"),
    (
        (over(beta[i] + x, i), over(beta[j], j) + n * x),
        (over(x * beta[i], i), x * over(beta[k], k)),
        ((x + y) ** 2, x**2 + 2 * x * y + y**2),
        (over(beta[i] * over(beta[j], j), i), over(beta[j] * over(beta[i], i), j)),
        (x * (over(beta[i], i) + 1), over(x * beta[i], i) + x),
        (over(beta[i] - beta[j], i), over(beta[k], k) - n * beta[j]),
    ),
    ids=str,
)
def test_equal_terms_cancel(left: Expr, right: Expr) -> None:
    assert linear(left - right) == 0


@pytest.mark.parametrize(
    ("left", "right"),
    (
        (over(beta[i] ** 2, i), over(beta[i], i) ** 2),
        (over(beta[i] * beta[j], i), over(beta[i] ** 2, i)),
        (over(x, i), x),
        (largest(beta[i], i), beta[i]),
        (over(beta[i], i), over(beta[i], i) + x / 10**9),
    ),
    ids=str,
)
def test_other_terms_stay(left: Expr, right: Expr) -> None:
    assert linear(left - right) != 0


def test_numbers_are_compared_by_enclosure() -> None:
    from sympy import Rational, pi

    assert certainly_positive(Rational(41, 100) - Rational(126, 100) / pi) is not None
    assert certainly_positive(Rational(40, 100) - Rational(126, 100) / pi) is None
    assert certainly_positive(pi - pi * sqrt(4) / 2) is None
    assert certainly_positive(sqrt(3) ** 2 - 3) is None
