"""Bounds without a constant along flows and descents: the largest ratio met, and whether it still grows at
late times.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.claim import Claim
from checks.evidence import Evidence, trust
from checks.given import Descent, Flow
from checks.method import Context, Method
from checks.relation import Bounded
from checks.runs.long_runs import long_runs, values_along
from checks.verdict import Verdict

_RUNS = 3
# A ratio that follows a power of t at least this large over each of the last two decades is taken to be
# unbounded.
_EXPONENT = 0.05


def _growth(t: np.ndarray[Any, Any], logs: np.ndarray[Any, Any]) -> list[float]:
    """Powers of t that the ratio follows over the last decade and the one before, latest first."""
    positive = t > 0
    clock = np.log10(t[positive])
    at = np.interp(clock[-1] - np.arange(3.0), clock, logs[positive] / np.log(10.0))
    return [float(at[0] - at[1]), float(at[1] - at[2])]


def _run(claim: Claim, context: Context) -> Evidence:
    given, then = claim.given, claim.then
    assert isinstance(given, Flow | Descent)
    assert isinstance(then, Bounded)
    sign = 1.0 if then.side == "above" else -1.0
    runs = long_runs(claim, context, int(claim.options.get("flows", _RUNS)) * context.budget.effort)
    horizon = float(given.until if isinstance(given, Flow) else given.steps)
    rows: list[dict[str, Any]] = []
    for frame in runs.frames:
        t, (ratio,) = values_along(claim, frame, then.trees())
        usable = (ratio > 0) & np.isfinite(ratio) & (t > 0)
        if usable.sum() < 3 or t[usable][-1] < 100 * t[usable][0]:
            continue
        logs = sign * np.log(ratio[usable])
        worst = int(logs.argmax())
        growth = _growth(t[usable], logs)
        # A run that ends or leaves the hypotheses early has only shown how it began.
        to_the_end = t[usable][-1] >= 0.1 * horizon
        rows.append(
            {
                "extreme ratio": float(f"{ratio[usable][worst]:.8g}"),
                "at t": float(f"{t[usable][worst]:g}"),
                "powers of t, last two decades": [round(sign * power, 4) for power in growth],
                "to the end": bool(to_the_end),
                "runs away": bool(to_the_end and min(growth) > _EXPONENT and worst == len(logs) - 1),
                "start": frame.entries["w"].data[0].round(6).tolist(),
            }
        )
    what = "flows" if isinstance(given, Flow) else "runs"
    if not rows:
        return Evidence(
            method=METHOD.name,
            verdict=Verdict.UNDECIDED,
            arithmetic="binary64",
            quantified_over="nothing",
            detail="no run met the hypotheses with a positive ratio over two decades"
            + (f"; {runs.lost[0]}" if runs.lost else ""),
            trust=trust("numpy", "scipy"),
        )
    worst_run = max(rows, key=lambda row: sign * row["extreme ratio"])
    away = any(row["runs away"] for row in rows)
    if runs.inaccurate:
        verdict, detail = Verdict.UNDECIDED, runs.inaccurate
    elif away:
        verdict, detail = Verdict.CONTRADICTED, "the ratio follows a power of t to the end"
    elif not any(row["to the end"] for row in rows):
        verdict, detail = Verdict.UNDECIDED, "every run ends or leaves the hypotheses long before the horizon"
    else:
        whole = sum(row["to the end"] for row in rows)
        verdict, detail = (
            Verdict.MEASURED,
            f"the ratio stays bounded in every run, {whole} of which reach the last decade",
        )
    return Evidence(
        method=METHOD.name,
        verdict=verdict,
        arithmetic="integration" if isinstance(given, Flow) else "binary64",
        quantified_over=f"{len(rows)} {what}",
        detail=detail,
        numbers={
            "constant": worst_run["extreme ratio"],
            "side": then.side,
            "attained from": worst_run["start"],
            "runs": [{name: value for name, value in row.items() if name != "start"} for row in rows],
            **runs.numbers(),
        },
        trust=trust("numpy", "scipy"),
    )


METHOD = Method(
    name="bounds along runs",
    order=45,
    run=_run,
    applies=lambda claim: isinstance(claim.given, Flow | Descent) and isinstance(claim.then, Bounded),
)
