"""Ratios bounded with a named constant, moduli in two halves, and the rules that they must not stretch."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Expr, Integer, Rational, pi, sin

from checks.catalog import find_claim
from checks.claim import Claim
from checks.engine import Engine
from checks.evidence import Evidence
from checks.given import Networks
from checks.method import BUDGETS, Context
from checks.methods.manifest import METHOD
from checks.reduction.inherited import slack_of
from checks.relation import AtMost, Below, Bounded
from checks.verdict import Verdict
from theory.heads import dot, least, norm
from theory.steps import CauchySchwarz, LeastStep, ModulusStep, Triangle
from theory.symbols import eta, i, n, over, v, w
from theory.vocabulary import gradient, theta, v_norm, w_norm

ANY = Networks(model="xu23a", students=(1, 4), dimension=(1, 4), scalars={eta: (0, 1)})
SUPPORTED = Claim(id="t/supported", given=ANY, then=AtMost(dot(w[i], v), 2 * w_norm[i] * v_norm))
HALF_ANGLE = Claim(id="t/half", given=ANY, then=AtMost(0, sin(theta[i] / 2)), slack_as=(sin(theta[i] / 2),))


def evidence(claim: Claim) -> Evidence:
    """What the argument of a claim amounts to."""
    claims = {one.id: one for one in (SUPPORTED, HALF_ANGLE, claim)}
    engine = Engine(context=Context(budget=BUDGETS["quick"]), claims=claims)
    return METHOD.run(claim, Context(budget=BUDGETS["quick"], resolve=engine.resolve, claims=claims))


def _bounded(ratio: Expr, constant: Any, slack: Expr, side: str = "above", given: Networks = ANY) -> Claim:
    options = {} if constant is None else {"constant": constant}
    return Claim(id="t/ratio", given=given, then=Bounded(ratio=ratio, side=side), slack_as=(slack,), options=options)


_share = w_norm[i] / (w_norm[i] + v_norm)
_rest = v_norm / (w_norm[i] + v_norm)
_turned = dot(w[i], v) / (w_norm[i] * v_norm)


@pytest.mark.parametrize(
    "claim",
    (
        _bounded(_share, 1, _rest),
        _bounded(_turned, 1, CauchySchwarz(w[i], v) / (w_norm[i] * v_norm)),
        _bounded(1 + _share, 1, _share, "below"),
        _bounded(1 + _share, 1 / pi, _share + (1 - 1 / pi), "below"),
    ),
    ids=lambda claim: str(claim.then),
)
def test_a_ratio_is_bounded_by_its_constant(claim: Claim) -> None:
    assert evidence(claim).verdict is Verdict.PROVED, evidence(claim).detail


@pytest.mark.parametrize(
    "claim",
    (
        _bounded(_share, Rational(99, 100), _rest),
        _bounded(_share, 1, _rest, "below"),
        _bounded(1 + _share, Rational(101, 100), _share, "below"),
        _bounded(_turned, 1, CauchySchwarz(w[i], -v) / (w_norm[i] * v_norm)),
        _bounded(_turned, 2, slack_of("t/supported") / (w_norm[i] * v_norm)),
        _bounded(_share**2, 1, _rest),
    ),
    ids=str,
)
def test_another_constant_is_another_statement(claim: Claim) -> None:
    assert evidence(claim).verdict is Verdict.UNDECIDED


@pytest.mark.parametrize(
    ("constant", "side"), ((None, "above"), (n, "above"), (1.5, "above"), (0, "below"), (-1, "below"))
)
def test_the_constant_is_absolute_and_exact(constant: Any, side: str) -> None:
    with pytest.raises(ValueError, match=r"constant|float|Float"):
        evidence(_bounded(_share, constant, _rest, side))


@pytest.mark.parametrize("name", ("xu23a/eq-16", "xu23a/lemma-8"))
@pytest.mark.parametrize("factor", (Rational(999, 1000), Rational(1001, 1000)))
def test_papers_constants_can_not_be_changed(name: str, factor: Rational) -> None:
    claim = find_claim(name)
    assert isinstance(claim.then, Bounded)
    changed = _bounded(claim.then.ratio, factor * claim.options["constant"], *claim.slack_as, given=claim.given)  # type: ignore[arg-type]
    assert evidence(changed).verdict is Verdict.UNDECIDED


_product = w_norm[i] * v_norm
_below, _above = CauchySchwarz(w[i], v), CauchySchwarz(-w[i], v)


def _modulus(bound: Expr, value: Expr, below: Expr, above: Expr) -> Claim:
    step = ModulusStep(bound, value, below, above)
    return Claim(id="t/modulus", given=ANY, then=AtMost(0, step.difference()), slack_as=(step,))


def test_a_modulus_is_bounded_from_both_sides() -> None:
    assert evidence(_modulus(_product, dot(w[i], v), _below, _above)).verdict is Verdict.PROVED


@pytest.mark.parametrize(
    "claim",
    (
        _modulus(_product, dot(w[i], v), _above, _below),
        _modulus(_product, dot(w[i], v), _below, _below),
        _modulus(_product / 2, dot(w[i], v), _below - _product / 2, _above - _product / 2),
    ),
    ids=str,
)
def test_half_a_modulus_is_not_enough(claim: Claim) -> None:
    assert evidence(claim).verdict is Verdict.UNDECIDED


_next = w[i] - eta * gradient[i]
_step = Triangle(w[i], _next, eta * gradient[i])


def _least(first: Expr, second: Expr, gap: Expr) -> Claim:
    return Claim(id="t/least", given=ANY, then=AtMost(least(first, second), first), slack_as=(gap,))


def test_the_least_of_two_is_a_letter() -> None:
    whole = least(w_norm[i], over(w_norm[i], i))
    assert evidence(_least(w_norm[i], v_norm, LeastStep(w_norm[i], v_norm))).verdict is Verdict.PROVED
    assert evidence(_least(w_norm[i], v_norm, LeastStep(v_norm, w_norm[i]))).verdict is Verdict.UNDECIDED
    claim = Claim(id="t/whole", given=ANY, then=AtMost(whole, 2 * w_norm[i]), slack_as=(w_norm[i],))
    assert evidence(claim).verdict is Verdict.UNDECIDED


def test_a_step_of_descent_is_at_most_the_gradient() -> None:
    claim = Claim(
        id="t/step",
        given=ANY,
        then=AtMost(w_norm[i], norm(_next) + eta * norm(gradient[i])),
        slack_as=(_step,),
    )
    assert evidence(claim).verdict is Verdict.PROVED
    shorter = Claim(
        id="t/step", given=ANY, then=AtMost(w_norm[i], norm(_next) + eta * norm(gradient[i]) / 2), slack_as=(_step,)
    )
    assert evidence(shorter).verdict is Verdict.UNDECIDED


def test_hypotheses_on_the_gradient_leave_all_numbers_of_rows() -> None:
    given = Networks(model="xu23a", students=(1, 4), scalars={eta: (0, 1)}, where=(AtMost(norm(gradient[i]), v_norm),))
    gap = ModulusStep(_product, dot(w[i], v), _below, _above)
    claim = Claim(id="t/rows", given=given, then=AtMost(0, gap.difference()), slack_as=(gap,))
    assert "all n" in evidence(claim).quantified_over


def test_strictness_is_not_given_away() -> None:
    claim = Claim(id="t/strict", given=ANY, then=Below(0, Integer(0) + norm(w[i])), slack_as=(norm(w[i]),))
    assert evidence(claim).verdict is Verdict.UNDECIDED
