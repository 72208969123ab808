"""A few long runs of gradient flow or descent from generic starts, recorded over the decades, for limits and
bounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from sympy import Expr

from checks.claim import Claim
from checks.given import Descent, Flow
from checks.instances import frame_of_point, walk_over
from checks.method import Context
from checks.runs.flows import admissible, flows_from_draws, flows_from_start, generic_starts
from checks.runs.trajectories import descent_frame, recorded_steps, spread, starts_of
from checks.truth import float_margin
from numerics.arithmetic.floating import Floating
from numerics.evaluation.walk import Frame

__all__ = ["long_runs", "values_along"]

_ACCURACY = 1e-10
_ATTEMPTS = 40


def long_runs(claim: Claim, context: Context, count: int) -> tuple[list[Frame], tuple[str, ...]]:
    """Frames of up to ``count`` runs that the claim is about, one each, and why runs were left out."""
    given = claim.given
    if isinstance(given, Flow):
        rng = context.rng(claim, "long runs")
        flows = (
            flows_from_start(given, _ACCURACY)
            if given.start
            else flows_from_draws(given, count, rng, _ACCURACY, generic=True)
        )
        return list(flows.frames), flows.lost
    assert isinstance(given, Descent)
    return list(_descents(claim, given, context, count)), ()


def _descents(claim: Claim, given: Descent, context: Context, count: int) -> Iterator[Frame]:
    """Frames of single runs of descent, recorded at steps spread over the decades."""
    starts = starts_of(given)
    times = recorded_steps(given.steps, given.at or tuple(round(time) for time in spread(given.steps, 24)))
    if given.start is not None:
        yield descent_frame(starts, frame_of_point(starts, given.start, Floating()), given.step, times)
        return
    drawn = islice(generic_starts(starts, context.rng(claim, "long runs")), _ATTEMPTS * count)
    for start in islice((start for start in drawn if admissible(starts, start)), count):
        yield descent_frame(starts, start, given.step, times)


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
