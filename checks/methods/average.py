"""Statements about averages over Gaussian draws: every ``mean(…)`` is replaced by its confidence interval.

The interval is that of the central limit theorem at confidence 1 − 1e-6, which needs a finite variance; a
statement is supported if it holds at every corner of the intervals, and contradicted if it fails at every
one.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import numpy as np
from sympy import Expr, Symbol

from checks.claim import Claim
from checks.evidence import Evidence, trust
from checks.given import Draws
from checks.instances import walk_over
from checks.method import Context, Method
from checks.relation import All, AtMost, Below, Equal
from checks.runs.draws import drawn_blocks, last_of_run, states_of_draw
from checks.truth import float_margin
from checks.verdict import Verdict
from numerics.arithmetic.floating import Floating
from numerics.evaluation.walk import Entry, Frame
from theory.observables import mean

_STATES = 300_000
# Two-sided normal quantile at 1e-6.
_QUANTILE = 4.892
# An equality of averages is supported if its sides agree within an interval at most this wide.
_EQUALITY = 0.05

Part = AtMost | Below | Equal


def _parts(claim: Claim) -> tuple[Part, ...]:
    then = claim.then
    return tuple(then.parts) if isinstance(then, All) else (then,)  # type: ignore[return-value]


def _means(claim: Claim) -> list[Expr]:
    found = {head for part in _parts(claim) for tree in part.trees() for head in tree.atoms(mean)}
    return sorted(found, key=str)


def _intervals(
    claim: Claim, given: Draws, heads: list[Expr], total: int, rng: np.random.Generator
) -> dict[Expr, tuple[float, float]]:
    """(average, half width) of each mean over the draws that meet the hypotheses."""
    values: dict[Expr, list[Any]] = {head: [] for head in heads}
    for frame in drawn_blocks(given, total, rng):
        walk = walk_over(given, frame, Floating(), claim)
        size = frame.entries["w"].data.shape[0]
        met = np.ones(size, dtype=bool)
        for relation in given.where:
            met &= np.broadcast_to(float_margin(walk, (), relation), (size,)) >= 0
        for head in heads:
            data = np.broadcast_to(walk(head.args[0]).data, (size,))
            values[head].append(last_of_run(np.where(met, data, np.nan), frame.times))
    result = {}
    for head, pieces in values.items():
        kept = np.concatenate(pieces)
        kept = kept[~np.isnan(kept)]
        width = _QUANTILE * kept.std(ddof=1) / np.sqrt(len(kept)) if len(kept) > 100 else np.inf
        result[head] = (float(kept.mean()) if len(kept) else np.nan, float(width))
    return result


def _margins(
    claim: Claim, given: Draws, part: Part, intervals: Mapping[Expr, tuple[float, float]]
) -> np.ndarray[Any, Any]:
    """Relative slacks at all corners of the intervals."""
    heads = list(intervals)
    symbols = {head: Symbol(f"mean_{place}", real=True) for place, head in enumerate(heads)}
    corners = list(product((-1.0, 1.0), repeat=len(heads)))
    entries = {
        str(symbols[head]): Entry(
            data=np.array([intervals[head][0] + sign[place] * intervals[head][1] for sign in corners])
        )
        for place, head in enumerate(heads)
    }
    rows = np.zeros((len(corners), given.students, 1))
    frame = Frame(entries={"w": Entry(data=rows, axis="student", vector=True), **entries}, dimension=given.dimension)
    replaced = type(part)(part.left.xreplace(symbols), part.right.xreplace(symbols))
    if isinstance(part, Equal):
        # An equality is met where the slack changes sign; its signed slack is what the corners must show.
        replaced = AtMost(replaced.left, replaced.right)
    walk = walk_over(given, frame, Floating(), claim)
    return np.broadcast_to(float_margin(walk, (), replaced), (len(corners),))


def _finding(claim: Claim, given: Draws, part: Part, intervals: Mapping[Expr, tuple[float, float]]) -> int:
    margins = _margins(claim, given, part, intervals)
    if not np.isfinite(margins).all():
        return 0
    if isinstance(part, Equal):
        if (margins > 0).all() or (margins < 0).all():
            return -1
        return 1 if float(np.ptp(margins)) <= _EQUALITY else 0
    return 1 if (margins >= 0).all() else -1 if (margins < 0).all() else 0


def _run(claim: Claim, context: Context) -> Evidence:
    given = claim.given
    assert isinstance(given, Draws)
    total = context.budget.draws
    if given.steps:
        total = max(200, min(total, _STATES * context.budget.effort**2 // states_of_draw(given)))
    intervals = _intervals(claim, given, _means(claim), total, context.rng(claim, "draws"))
    findings = [_finding(claim, given, part, intervals) for part in _parts(claim)]
    verdict, detail = Verdict.SUPPORTED, "holds at every corner of the confidence intervals (1 − 1e-6)"
    if min(findings) < 0:
        verdict, detail = Verdict.CONTRADICTED, "fails at every corner of the confidence intervals (1 − 1e-6)"
    elif min(findings) == 0:
        verdict, detail = (
            Verdict.UNDECIDED,
            "the confidence intervals (1 − 1e-6) are too wide to tell; draw more",
        )
    return Evidence(
        method=METHOD.name,
        verdict=verdict,
        arithmetic="statistics",
        detail=detail,
        quantified_over=f"{total} draws of d = {given.dimension}, n = {given.students}",
        numbers={str(head): f"{value:.6g} ± {width:.2g}" for head, (value, width) in intervals.items()},
        trust=trust("numpy"),
    )


def _applies(claim: Claim) -> bool:
    if not isinstance(claim.given, Draws) or not isinstance(claim.then, AtMost | Below | Equal | All):
        return False
    return all(isinstance(part, AtMost | Below | Equal) for part in _parts(claim)) and bool(_means(claim))


METHOD = Method(name="averages", order=30, applies=_applies, run=_run)
