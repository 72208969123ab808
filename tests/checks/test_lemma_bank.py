"""The bank of lemmas: every false one is refuted by an exact witness, no true one is."""

from dataclasses import replace

import lemma_bank
import pytest

from checks.engine import Engine
from checks.method import BUDGETS, Context
from checks.verdict import Verdict
from checks.wellformed import fault

EVERYTHING = {**lemma_bank.TRUE, **lemma_bank.FALSE}
# One of each sort, found at once.
AT_ONCE = (
    "residual, sharp constant less 1/100",
    "ReLU loss is convex",
    "gradient dominates",
    "small loss, small angles",
)


def outcome(name, budget):
    claim = replace(EVERYTHING[name], id=name)
    return Engine(context=Context(budget=BUDGETS[budget])).outcome(claim)


def refuted(name, budget):
    found = outcome(name, budget)
    return found.verdict is Verdict.REFUTED and found.leading.witness is not None


def test_the_bank_is_large_and_well_formed():
    assert len(lemma_bank.FALSE) >= 50
    assert len(lemma_bank.TRUE) >= 30
    assert len({claim.digest for claim in EVERYTHING.values()}) == len(EVERYTHING)
    assert {name: wrong for name, claim in EVERYTHING.items() if (wrong := fault(claim))} == {}


@pytest.mark.parametrize("name", AT_ONCE)
def test_some_false_lemmas_are_refuted_at_once(name):
    assert refuted(name, "quick")


@pytest.mark.parametrize("name", lemma_bank.SHARP)
def test_no_sharp_lemma_is_refuted_at_once(name):
    name = f"{name}, sharp"
    assert not outcome(name, "quick").verdict.fatal


@pytest.mark.soundness
@pytest.mark.parametrize("name", lemma_bank.FALSE)
def test_false_lemmas_are_refuted(name):
    assert refuted(name, "full")


@pytest.mark.soundness
@pytest.mark.parametrize("name", lemma_bank.TRUE)
def test_no_true_lemma_is_refuted(name):
    assert not outcome(name, "full").verdict.fatal
