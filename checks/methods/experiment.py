"""Figures and algorithms: the experiment is run again over seeds, and every stated feature is asserted."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.claim import Claim
from checks.evidence import Evidence, trust
from checks.given import Experiment
from checks.instances import walk_over
from checks.method import Context, Method
from checks.relation import All, AtMost, Below, Equal, Relation, plain
from checks.runs.experiments import experiment_frame, seeds_of
from checks.truth import float_margin
from checks.verdict import Verdict
from numerics.arithmetic.floating import Floating
from numerics.evaluation.walk import Walk


def _number(walk: Walk, tree: Any) -> float | str:
    data = np.asarray(walk(tree).data, dtype=np.float64).reshape(-1)
    value = float(data[0])
    return float(f"{value:.6g}") if np.isfinite(value) else str(value)


def _feature(walk: Walk, part: AtMost | Below | Equal) -> dict[str, Any]:
    """Both sides of a feature and whether it holds: in every seed, where it is not summarised over the seeds.

    What is not a number in some seed does not hold.
    """
    margins = np.atleast_1d(float_margin(walk, (), part))
    holds = margins > 0 if isinstance(part, Below) else margins >= (-1e-9 if isinstance(part, Equal) else 0)
    return {
        "feature": plain(part),
        "left": _number(walk, part.left),
        "right": _number(walk, part.right),
        "holds": bool(holds.all()),
    }


def features(claim: Claim, walk: Walk) -> list[dict[str, Any]]:
    """Every stated feature with its numbers."""
    then = claim.then
    assert then is not None
    parts: tuple[Relation, ...] = then.parts if isinstance(then, All) else (then,)
    return [_feature(walk, part) for part in parts if isinstance(part, AtMost | Below | Equal)]


def _run(claim: Claim, context: Context) -> Evidence:
    given = claim.given
    assert isinstance(given, Experiment)
    walk = walk_over(given, experiment_frame(claim, given, context), Floating(), claim)
    found = features(claim, walk)
    failed = [feature for feature in found if not feature["holds"]]
    labels = ", ".join(given.runs) if len(given.runs) <= 6 else f"{len(given.runs)} runs"
    coarse = f", steps taken {given.coarse} at a time" if context.budget.effort == 1 and given.coarse > 1 else ""
    return Evidence(
        method=METHOD.name,
        verdict=Verdict.CONTRADICTED if failed else Verdict.SUPPORTED,
        arithmetic="simulation",
        quantified_over=f"{seeds_of(given, context)} seeds of {labels}{coarse}",
        detail=f"{len(found) - len(failed)} of {len(found)} features hold"
        + (f"; fails: {failed[0]['feature']}" if failed else ""),
        numbers={"features": found},
        trust=trust("numpy"),
    )


METHOD = Method(
    name="experiment",
    order=50,
    run=_run,
    applies=lambda claim: isinstance(claim.given, Experiment) and isinstance(claim.then, AtMost | Below | Equal | All),
)
