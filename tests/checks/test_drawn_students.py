"""A violation that floats see at students built by ``drawn_as`` is rechecked at these students, not at the raw draw."""

import numpy as np

from checks.claim import Claim
from checks.engine import Engine
from checks.given import Networks
from checks.method import BUDGETS, Context
from checks.relation import AtMost
from checks.simplify import built
from checks.verdict import Verdict
from theory.symbols import i, v
from theory.vocabulary import theta, v_norm, w_norm

# Every drawn student is v/2; raw draws hardly ever meet the hypotheses.
_given = Networks(
    model="xu23a",
    students=(1, 3),
    dimension=(2, 3),
    drawn_as=v / 2,
    where=(AtMost(theta[i], 0), AtMost(w_norm[i], v_norm)),
)


def test_built_students_replace_the_drawn_ones() -> None:
    instance = {"w": np.array([[5.0, 1.0]]), "v": np.array([[2.0, 4.0]])}
    np.testing.assert_array_equal(built(_given, instance)["w"], [[1.0, 2.0]])
    assert instance["w"][0, 0] == 5.0


def test_raw_draws_are_kept_without_a_construction() -> None:
    instance = {"w": np.array([[5.0, 1.0]]), "v": np.array([[2.0, 4.0]])}
    assert built(Networks(model="xu23a"), instance) is instance


def test_false_statement_about_built_students_is_refuted() -> None:
    claim = Claim(given=_given, then=AtMost(3 * w_norm[i], v_norm))
    outcome = Engine(context=Context(budget=BUDGETS["quick"])).outcome(claim)
    assert outcome.verdict is Verdict.REFUTED
