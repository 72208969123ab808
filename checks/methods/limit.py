"""Limits along gradient flow and descent: the series at late times, extrapolated, and the stated limit."""

from __future__ import annotations

from typing import Any

from checks.claim import Claim
from checks.evidence import Evidence, trust
from checks.given import Descent, Flow
from checks.method import Context, Method
from checks.relation import Tends
from checks.runs.flows import Flows
from checks.runs.limits import Answer, compare, extrapolate
from checks.runs.long_runs import long_runs, values_along
from checks.verdict import Verdict

_RUNS = 2
_TOLERANCE = 0.02


def _run(claim: Claim, context: Context) -> Evidence:
    given, then = claim.given, claim.then
    assert isinstance(given, Flow | Descent)
    assert isinstance(then, Tends)
    runs = long_runs(claim, context, int(claim.options.get("flows", _RUNS)) * context.budget.effort)
    tolerance = float(claim.options.get("tolerance", _TOLERANCE))
    answers, rows = [], []
    for frame in runs.frames:
        t, (left, right) = values_along(claim, frame, then.trees())
        try:
            answer = compare(t, left, right, tolerance)
            limit = extrapolate(t, left)
        except (ValueError, IndexError) as error:
            answers.append(Answer(sign=0, reason=str(error), distance=float("inf")))
            continue
        answers.append(answer)
        rows.append(
            {
                "last value": f"{left[-1]:.10g}",
                "at t": f"{t[-1]:g}",
                "extrapolated": f"{limit.value:.10g}",
                "interval": f"[{limit.low:.8g}, {limit.high:.8g}]",
                "stated": f"{right[-1]:.10g}",
                "relative distance": f"{answer.distance:.2e}",
                "finding": answer.reason,
            }
        )
    return _judged(given, answers, rows, runs)


def _judged(
    given: Flow | Descent,
    answers: list[Answer],
    rows: list[dict[str, str]],
    runs: Flows,
) -> Evidence:
    horizon = f"t = {float(given.until):g}" if isinstance(given, Flow) else f"{given.steps} steps"
    what = "flows" if isinstance(given, Flow) else "runs"
    wrong = [answer for answer in answers if answer.sign < 0]
    verdict, detail = Verdict.MEASURED, "every run approaches the stated limit"
    if runs.inaccurate:
        verdict, detail = Verdict.UNDECIDED, runs.inaccurate
    elif wrong:
        verdict, detail = Verdict.CONTRADICTED, f"{len(wrong)} of {len(answers)} {what}: {wrong[0].reason}"
    elif 2 * sum(answer.sign for answer in answers) < len(answers) or not answers:
        verdict = Verdict.UNDECIDED
        detail = next((answer.reason for answer in answers if answer.sign == 0), "no run met the hypotheses")
    elif any(answer.sign == 0 for answer in answers):
        near = sum(answer.sign for answer in answers)
        detail = f"{near} of {len(answers)} {what} approach the stated limit, none another"
    numbers: dict[str, Any] = {"runs": rows, **runs.numbers()}
    return Evidence(
        method=METHOD.name,
        verdict=verdict,
        arithmetic="integration" if isinstance(given, Flow) else "binary64",
        quantified_over=f"{len(answers)} {what} up to {horizon}",
        detail=detail,
        numbers=numbers,
        trust=trust("numpy", "scipy"),
    )


METHOD = Method(
    name="limits",
    order=45,
    run=_run,
    applies=lambda claim: isinstance(claim.given, Flow | Descent) and isinstance(claim.then, Tends),
)
