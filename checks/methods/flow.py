"""Statements about gradient flows: followed from drawn or stated starts, checked at every recorded time.

An integrator supports and contradicts; it never proves or refutes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.claim import Claim
from checks.evidence import Evidence, trust
from checks.given import Flow
from checks.instances import walk_over
from checks.method import Context, Method
from checks.relation import All, AtMost, Below, Equal, Relation
from checks.runs.flows import flows_of
from checks.runs.trajectories import starts_of
from checks.truth import float_margin
from checks.verdict import Verdict
from numerics.arithmetic.floating import Floating
from numerics.evaluation.walk import Frame

# Relative slack that the error of a flow can't explain.
_BEYOND_ERROR = -1e-5
_FLOWS = 6


def margins_along(claim: Claim, given: Flow, then: Relation, frame: Frame) -> np.ndarray[Any, Any]:
    """(T,) relative slacks along one flow; NaN where the hypotheses do not hold or the flow ended first."""
    size = frame.times
    answers = []
    for censored in (False, True):
        walk = walk_over(starts_of(given), frame, Floating(), claim)
        walk.horizon.censored = censored
        answers.append(np.broadcast_to(float_margin(walk, given.where, then), (size,)))
        if not walk.horizon.met:
            return answers[0]
    agree = ~np.isnan(answers[0]) & ((answers[0] < 0) == (answers[1] < 0))
    return np.where(agree, answers[1], np.nan)


def _run(claim: Claim, context: Context) -> Evidence:
    given, then = claim.given, claim.then
    assert isinstance(given, Flow)
    assert then is not None
    flows = flows_of(claim, context, int(claim.options.get("flows", _FLOWS)) * context.budget.effort)
    worst, when, place, met = np.inf, 0.0, -1, 0
    for number, frame in enumerate(flows.frames):
        margins = margins_along(claim, given, then, frame)
        if np.isnan(margins).all():
            continue
        met += 1
        lowest = int(np.where(np.isnan(margins), np.inf, margins).argmin())
        if margins[lowest] < worst:
            worst, when, place = float(margins[lowest]), float(frame.entries["t"].data[lowest]), number
    scope = f"{met} flows up to t = {float(given.until):g}"
    numbers: dict[str, Any] = {"flows": len(flows.frames), "flows in which the hypotheses were met": met}
    numbers |= flows.numbers()
    if met == 0:
        return Evidence(
            method=METHOD.name,
            verdict=Verdict.UNDECIDED,
            arithmetic="integration",
            quantified_over=scope,
            numbers=numbers,
            detail="no flow met the hypotheses: the statement may be vacuous",
            trust=trust("numpy", "scipy"),
        )
    start = flows.frames[place].entries["w"].data[0]
    numbers |= {
        "smallest relative margin": f"{worst:.3e}",
        "at t": f"{when:g}",
        "start": start.round(6).tolist(),
    }
    broken = worst < _BEYOND_ERROR
    if flows.inaccurate:
        verdict, detail = Verdict.UNDECIDED, flows.inaccurate
    elif broken:
        verdict, detail = Verdict.CONTRADICTED, "violated beyond the error of integration"
    else:
        verdict, detail = Verdict.SUPPORTED, "no violation found"
    return Evidence(
        method=METHOD.name,
        verdict=verdict,
        arithmetic="integration",
        quantified_over=scope,
        numbers=numbers,
        trust=trust("numpy", "scipy"),
        detail=detail,
    )


METHOD = Method(
    name="flows",
    order=50,
    run=_run,
    applies=lambda claim: isinstance(claim.given, Flow) and isinstance(claim.then, AtMost | Below | Equal | All),
)
