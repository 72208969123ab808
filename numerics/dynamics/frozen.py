"""Is a frozen student's rest a subgradient flow?  Tested at the recorded times, and the record cut where it is not."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.flow_systems import Decoded
from numerics.dynamics.follow import Beginning, Followed
from numerics.dynamics.subgradient import AtZero, subgradient_at_zero
from numerics.dynamics.trajectory import Event
from numerics.network import Network

__all__ = ["Rest", "rest_at_zero"]

Mask = NDArray[np.bool_]

TESTS = 12


@dataclass(frozen=True, kw_only=True)
class Rest:
    """Findings as monitors: largest ``distance`` of 0 from the subgradients found, smallest ``descent`` (see
    `AtZero`), the last time ``checked_until`` at which rounding left something to test, and how many ``tests``.
    """

    distance: float = 0.0
    descent: float = 0.0
    checked_until: float = 0.0
    tests: int = 0

    def monitors(self) -> dict[str, float]:
        if not self.tests:
            return {}
        return {
            "frozen_subgradient_distance": self.distance,
            "frozen_steepest_descent": self.descent,
            "frozen_checked_until": self.checked_until,
            "frozen_tests": float(self.tests),
        }


def rest_at_zero(beginning: Beginning, followed: Followed) -> tuple[Followed, Rest]:
    """``followed``, cut before the first tested time at which 0 was no subgradient of a student at rest."""
    if not beginning.collapses:
        return followed, Rest()
    resting: Mask = np.asarray((followed.found.weights == 0.0).all(axis=-1), dtype=np.bool_)
    places = np.flatnonzero(resting.any(axis=1))
    if not len(places):
        return followed, Rest()
    chosen = places[np.unique(np.linspace(0, len(places) - 1, min(TESTS, len(places))).astype(int))]
    rest = Rest()
    for place in chosen:
        for neuron in np.flatnonzero(resting[place]):
            found = _test(beginning, followed, int(place), int(neuron))
            if not found.resolved:
                return followed, rest
            if not found.stays:
                return _cut(followed, int(place), int(neuron), found), rest
            rest = Rest(
                distance=max(rest.distance, found.distance),
                descent=min(rest.descent, found.descent),
                checked_until=float(followed.t[place]),
                tests=rest.tests + 1,
            )
    return followed, rest


def _test(beginning: Beginning, followed: Followed, place: int, neuron: int) -> AtZero:
    network = beginning.network
    state = Network(
        model=network.model,
        students=followed.found.weights[place],
        teachers=beginning.reduction.teachers,
        student_weights=network.student_weights,
        teacher_weights=network.teacher_weights,
    )
    spare = beginning.reduction.original > beginning.reduction.dimension
    return subgradient_at_zero(state, neuron, residual=followed.found.residual[place], spare=spare)


def _cut(followed: Followed, place: int, neuron: int, found: AtZero) -> Followed:
    moment = float(followed.t[place])
    text = (
        f"student {neuron} may not rest at 0 at t = {moment:.9g}: no combination of the limits of its gradient "
        f"is nearer to 0 than {found.distance:.2g} of the largest; the record ends before"
    )
    keep = max(place, 1)
    return replace(
        followed,
        t=followed.t[:keep],
        floor=followed.floor[:keep],
        found=Decoded(*(array[:keep] for array in followed.found)),
        status="unresolved",
        message=text,
        events=(*followed.events, Event(name="not stationary", t=moment, neuron=neuron, message=text)),
        carried=None,
    )
