"""Probabilities over Gaussian draws: Monte Carlo with exact binomial bounds, and the exact law where one is
known.

Monte Carlo supports or contradicts at confidence 1 − 1e-6 (Clopper–Pearson).  A law that the rules of
`checks.runs.gaussian_law` derive from the event lets balls decide the statement; a law that the author states only
supports it, and is compared with the draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from sympy import Expr

from checks.claim import Claim
from checks.evidence import Evidence, trust
from checks.given import Draws
from checks.instances import walk_over
from checks.method import Context, Method
from checks.relation import Below, Likely
from checks.runs.draws import drawn_blocks, last_of_run, states_of_draw
from checks.runs.gaussian_law import derived_law
from checks.truth import float_margin
from checks.verdict import Verdict
from numerics.arithmetic.ball import Balls
from numerics.arithmetic.floating import Floating
from numerics.ball import ball, precision
from numerics.evaluation.walk import Entry, Frame, Walk

_RISK = 1e-6
_PRECISIONS = (64, 128, 256, 512)
# Recorded states that a budget spends on runs per unit of effort.
_STATES = 300_000


@dataclass(frozen=True, kw_only=True)
class _Count:
    """Draws that meet the hypotheses, those with the event, and those where a run ended before it was
    decided.
    """

    draws: int
    yes: int
    open: int

    def interval(self) -> tuple[float, float]:
        """Clopper–Pearson bounds of the probability at confidence 1 − 1e-6, an open draw counted against
        either.
        """
        from scipy.stats import beta

        low, high = self.yes, self.yes + self.open
        below = 0.0 if low == 0 else float(beta.ppf(_RISK / 2, low, self.draws - low + 1))
        above = 1.0 if high == self.draws else float(beta.ppf(1 - _RISK / 2, high + 1, self.draws - high))
        return below, above


def _count(claim: Claim, given: Draws, then: Likely, total: int, rng: np.random.Generator) -> _Count:
    draws = yes = still_open = 0
    for frame in drawn_blocks(given, total, rng):
        answers = [_answers(claim, given, then, frame, censored) for censored in (False, True)]
        met = ~np.isnan(answers[0])
        happened, otherwise = (np.where(met, answer == 1, False) for answer in answers)
        draws += int(met.sum())
        yes += int((happened & otherwise).sum())
        still_open += int((happened ^ otherwise).sum())
    return _Count(draws=draws, yes=yes, open=still_open)


def _answers(claim: Claim, given: Draws, then: Likely, frame: Frame, censored: bool) -> np.ndarray[Any, Any]:
    """(B,) 1 event, 0 no event, NaN hypotheses not met."""
    walk = walk_over(given, frame, Floating(), claim)
    walk.horizon.censored = censored
    size = frame.entries["w"].data.shape[0]
    event = np.broadcast_to(float_margin(walk, (), then.event), (size,))
    strict = isinstance(then.event, Below)
    answer = ((event > 0) if strict else (event >= 0)).astype(np.float64)
    for relation in given.where:
        margin = np.broadcast_to(float_margin(walk, (), relation), (size,))
        met = margin > 0 if isinstance(relation, Below) else margin >= 0
        answer = np.where(met, answer, np.nan)
    return np.asarray(last_of_run(answer, frame.times))


def _compared(value: Any, then: Likely, walk: Walk) -> int:
    """+1 if the enclosure certainly satisfies the bounds, −1 if it certainly breaks one, 0 unknown."""
    slacks = []
    if then.at_least is not None:
        slacks.append(ball(value) - ball(walk(then.at_least).data[0]))
    if then.at_most is not None:
        slacks.append(ball(walk(then.at_most).data[0]) - ball(value))
    if any(slack < 0 for slack in slacks):
        return -1
    return 1 if all(slack >= 0 for slack in slacks) else 0


def _law_in_balls(claim: Claim, given: Draws, law: Expr, then: Likely) -> tuple[Any, int]:
    """(enclosure of the law, whether it satisfies the bounds)."""
    value, sign = None, 0
    for bits in _PRECISIONS:
        with precision(bits):
            walk = _numbers(claim, given)
            value = ball(walk(law).data[0])
            sign = _compared(value, then, walk)
        if sign:
            break
    return value, sign


def _numbers(claim: Claim, given: Draws) -> Walk:
    """A walk over the numbers of the draws: sizes and fixed scalars."""
    balls = Balls()
    entries = {
        "w": Entry(data=balls.lift(np.zeros((1, given.students, 1))), axis="student", vector=True),
        **{str(symbol): Entry(data=balls.lift([value])) for symbol, value in given.scalars.items()},
    }
    return walk_over(given, Frame(entries=entries, dimension=given.dimension), balls, claim)


def _run(claim: Claim, context: Context) -> Evidence:
    given, then = claim.given, claim.then
    assert isinstance(given, Draws)
    assert isinstance(then, Likely)
    total = context.budget.draws
    if given.steps:
        total = max(200, min(total, _STATES * context.budget.effort**2 // states_of_draw(given)))
    count = _count(claim, given, then, total, context.rng(claim, "draws"))
    scope = f"{count.draws} draws of d = {given.dimension}, {_sizes(given)}"
    if count.draws == 0:
        return Evidence(
            method=METHOD.name,
            verdict=Verdict.UNDECIDED,
            arithmetic="binary64",
            quantified_over=scope,
            detail="no draw met the hypotheses: the statement may be vacuous",
            trust=trust("numpy"),
        )
    low, high = count.interval()
    numbers: dict[str, Any] = {
        "draws": count.draws,
        "with the event": count.yes,
        "open": count.open,
        "probability": f"{count.yes / count.draws:.6g}",
        "interval": f"[{low:.6g}, {high:.6g}]",
    }
    found = derived_law(given, then.event)
    law = then.law if found is None else found
    if law is not None:
        return _with_law(claim, given, then, law, (low, high), numbers, scope, derived=found is not None)
    verdict, detail = _by_interval(claim, given, then, low, high)
    return Evidence(
        method=METHOD.name,
        verdict=verdict,
        arithmetic="statistics",
        quantified_over=scope,
        detail=detail,
        numbers=numbers,
        trust=trust("numpy", "scipy"),
    )


def _by_interval(claim: Claim, given: Draws, then: Likely, low: float, high: float) -> tuple[Verdict, str]:
    walk = _numbers(claim, given)
    at_least = 0.0 if then.at_least is None else float(ball(walk(then.at_least).data[0]).mid())
    at_most = 1.0 if then.at_most is None else float(ball(walk(then.at_most).data[0]).mid())
    if high < at_least or low > at_most:
        return Verdict.CONTRADICTED, "the whole confidence interval (1 − 1e-6) breaks the bound"
    if low >= at_least and high <= at_most:
        return Verdict.SUPPORTED, "the whole confidence interval (1 − 1e-6) satisfies the bound"
    return (
        Verdict.UNDECIDED,
        "the bound lies inside the confidence interval (1 − 1e-6); draw more, or state the law",
    )


def _with_law(
    claim: Claim,
    given: Draws,
    then: Likely,
    law: Expr,
    interval: tuple[float, float],
    numbers: dict[str, Any],
    scope: str,
    *,
    derived: bool,
) -> Evidence:
    value, sign = _law_in_balls(claim, given, law, then)
    origin = "derived by rule from the event" if derived else "stated by the claim"
    numbers = {**numbers, "law's value": value.str(15), "law": f"{law} ({origin})"}
    apart = not (value >= _down(interval[0]) and value <= _up(interval[1]))
    if derived and then.law is not None:
        stated, _ = _law_in_balls(claim, given, then.law, then)
        if not stated.overlaps(value):
            return _evidence(
                Verdict.CONTRADICTED,
                "balls",
                scope,
                "the stated law is not the law derived from the event",
                {**numbers, "stated law's value": stated.str(15)},
            )
    if apart:
        return _evidence(
            Verdict.UNDECIDED if derived else Verdict.CONTRADICTED,
            "statistics",
            scope,
            "the law lies outside the confidence interval (1 − 1e-6) of the draws",
            numbers,
        )
    everything = "the law of the event, all draws"
    if sign == 0:
        return _evidence(Verdict.UNDECIDED, "balls", scope, "balls can't tell the law from the bound", numbers)
    if derived:
        verdict = Verdict.CERTIFIED if sign > 0 else Verdict.REFUTED
        return _evidence(
            verdict, "balls", everything, "the law derived by rule, enclosed; draws agree with it", numbers
        )
    verdict = Verdict.SUPPORTED if sign > 0 else Verdict.CONTRADICTED
    return _evidence(verdict, "statistics", scope, "the stated law, enclosed; draws agree with it", numbers)


def _down(number: float) -> Any:
    return ball(Balls().lift(number - 1e-12).item())


def _up(number: float) -> Any:
    return ball(Balls().lift(number + 1e-12).item())


def _evidence(verdict: Verdict, arithmetic: str, scope: str, detail: str, numbers: dict[str, Any]) -> Evidence:
    return Evidence(
        method=METHOD.name,
        verdict=verdict,
        arithmetic=arithmetic,
        quantified_over=scope,
        detail=detail,
        numbers=numbers,
        trust=trust("numpy", "scipy", "python-flint"),
    )


def _sizes(given: Draws) -> str:
    sizes = [
        f"n = {given.students}",
        *(f"{label}: {c.students or '?'}" for label, c in given.companions.items()),
    ]
    return ", ".join(sizes)


METHOD = Method(
    name="draws",
    order=30,
    run=_run,
    applies=lambda claim: isinstance(claim.given, Draws) and isinstance(claim.then, Likely),
)
