"""What holds in place of a refuted inequality: the same one with the best constant in front of its right side."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sympy import Rational

from checks.claim import Claim
from checks.constant import Constant, measure_constant
from checks.engine import Engine
from checks.evidence import Outcome
from checks.given import Networks
from checks.method import Context
from checks.relation import AtMost, Bounded

__all__ = ["Suggestion", "suggest"]

# Searches with new seeds while the suggested inequality is refuted too: each starts from a larger constant.
_ROUNDS = 4


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """``claim`` says left ≤ ``constant`` · right; ``outcome`` is what the methods found about it."""

    constant: Rational
    claim: Claim
    outcome: Outcome
    measured: Constant


def suggest(claim: Claim, context: Context) -> Suggestion | None:
    """The inequality left ≤ C · right with C the best constant, a short fraction or rounded up to four digits, verified again.

    None if the ratio left/right has no upper bound in sight, or if nothing with such a constant survives, as where
    the right side changes its sign.  Raises ValueError for a claim that is not one ≤ between scalars over networks.
    """
    given, then = claim.given, claim.then
    if not isinstance(given, Networks) or not isinstance(then, AtMost):
        raise ValueError(f"{claim.id or 'the claim'} is no inequality left ≤ right over networks; state it with AtMost")
    plain = replace(claim, expected=None, mutants={}, witness=(), slack_as=(), family=None, erratum=None)
    ratio = replace(plain, id=f"{claim.id}?", then=Bounded(then.left / then.right))
    least = Rational(0)
    for turn in range(_ROUNDS):
        measured = measure_constant(ratio, replace(context, seed=context.seed + turn))
        if measured is None or measured.diverges:
            return None
        least = max(least, _simple(measured.number))
        stated = replace(plain, id=f"{claim.id}*{least}", then=AtMost(then.left, least * then.right))
        outcome = Engine(context=context).outcome(stated)
        if not outcome.verdict.fatal:
            return Suggestion(constant=least, claim=stated, outcome=outcome, measured=measured)
        least *= Rational(1001, 1000)
    return None


def _simple(value: float) -> Rational:
    """A short fraction that the value is up to rounding, else the next larger decimal of four digits."""
    exact = Rational(value)
    short = exact.limit_denominator(64)
    if abs(short - exact) <= exact / 10**9:
        return short
    step = Rational(1)
    while exact >= 10_000 * step:
        step *= 10
    while exact < 1_000 * step:
        step /= 10
    return (exact // step + 1) * step
