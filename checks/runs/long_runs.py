"""A few long runs of gradient flow or descent from generic starts, recorded over the decades, for limits and
bounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

import numpy as np
from sympy import Expr

from checks.claim import Claim
from checks.given import Descent, Flow
from checks.instances import frame_of_point, walk_over
from checks.method import Context
from checks.runs.flows import Flows, admissible, flow_frame, flows_of, generic_starts, rng_of_starts
from checks.runs.followed import descend
from checks.runs.trajectories import descent_frame, recorded_steps, spread, starts_of, step_sizes
from checks.truth import float_margin
from numerics.arithmetic.floating import Floating
from numerics.evaluation.walk import Frame

__all__ = ["long_runs", "values_along"]

_ATTEMPTS = 40


def long_runs(claim: Claim, context: Context, count: int) -> Flows:
    """Up to ``count`` runs that the claim is about, one frame each, and why runs were left out."""
    given = claim.given
    if isinstance(given, Flow):
        return flows_of(claim, context, count, generic=True)
    assert isinstance(given, Descent)
    starts = starts_of(given)
    times = recorded_steps(given.steps, given.at or tuple(round(time) for time in spread(given.steps, 24)))
    if given.points:
        drawn = iter([frame_of_point(starts, point, Floating()) for point in given.points])
        count = len(given.points)
    else:
        attempts = islice(generic_starts(starts, rng_of_starts(context, given, "long runs")), _ATTEMPTS * count)
        drawn = (start for start in attempts if admissible(starts, start))
    frames: list[Frame] = []
    lost: list[str] = []
    for tried in drawn:
        run = _descended(given, tried, times)
        if isinstance(run, str):
            lost.append(run)
        else:
            frames.append(run)
        if len(frames) == count:
            break
    return Flows(frames=tuple(frames), tried=len(frames) + len(lost), lost=tuple(lost))


def _descended(given: Descent, start: Frame, times: list[int]) -> Frame | str:
    """A single run, in the coordinates of the residual where there are no companions to take along."""
    if given.companions:
        return descent_frame(starts_of(given), start, given.step, times)
    eta = float(step_sizes(walk_over(starts_of(given), start, Floating()), given.step)[0])
    run = descend(given.model, start.entries["w"].data[0], start.entries["v"].data[0], eta, times)
    return run if isinstance(run, str) else flow_frame(start, run, eta)


def values_along(claim: Claim, frame: Frame, trees: Sequence[Expr]) -> tuple[Any, list[Any]]:
    """(t, values of each tree) at the recorded times at which the hypotheses hold and the first tree is
    defined.
    """
    given = claim.given
    assert isinstance(given, Flow | Descent)
    walk = walk_over(starts_of(given), frame, Floating(), claim)
    size = frame.times
    values = [np.broadcast_to(walk(tree).data, (size,)) for tree in trees]
    # Running slopes are undefined in their first decade.
    keep = ~np.isnan(values[0])
    for relation in given.where:
        keep &= np.broadcast_to(float_margin(walk, (), relation), (size,)) >= -1e-9
    return frame.entries["t"].data[keep], [value[keep] for value in values]
