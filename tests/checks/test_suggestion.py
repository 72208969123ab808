"""The constant that holds in place of one that does not."""

import pytest
from sympy import Rational, pi

from checks import AtMost, Claim, Equal, Networks
from checks.method import BUDGETS, Context
from checks.suggestion import suggest
from checks.verdict import Verdict
from theory.heads import dot
from theory.symbols import i, v, w
from theory.vocabulary import gradient, loss, residual_norm, theta, w_norm

RELU = Networks(model="xu23a", students=(1, 5), dimension=(1, 5))
QUICK = Context(budget=BUDGETS["quick"])


@pytest.mark.parametrize(
    "left, right, constant",
    [
        (residual_norm**2, 7 * loss, Rational(8, 7)),
        (dot(gradient[i], gradient[i]), loss / 2, Rational(2)),
        (w_norm[i] ** 2 * theta[i] ** 3, 30 * loss, Rational(4135, 1000)),  # 4π³/30 = 4.1341…
    ],
)
def test_the_sharp_constant_is_suggested_and_verified(left, right, constant):
    found = suggest(Claim(id="mine.py::x", given=RELU, then=AtMost(left, right)), QUICK)
    assert found.constant == constant
    assert found.claim.then == AtMost(left, constant * right)
    assert found.outcome.verdict is Verdict.SUPPORTED
    assert float(4 * pi**3 / 30) < 4.135


@pytest.mark.parametrize("left, right", [(residual_norm**3, loss), (0, dot(w[i], v)), (loss, dot(w[i], v))])
def test_nothing_is_suggested_where_no_constant_holds(left, right):
    assert suggest(Claim(id="mine.py::x", given=RELU, then=AtMost(left, right)), QUICK) is None


def test_other_kinds_of_claims_are_refused():
    with pytest.raises(ValueError, match="AtMost"):
        suggest(Claim(id="mine.py::x", given=RELU, then=Equal(loss, 0)), QUICK)
