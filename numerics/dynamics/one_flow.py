"""A single flow from where it begins to its `Trajectory`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.conditions import Condition
from numerics.dynamics.crossings import crossings
from numerics.dynamics.flow_systems import Carried, Decoded
from numerics.dynamics.follow import Beginning, Followed, Plan, follow, spread
from numerics.dynamics.frozen import rest_at_zero
from numerics.dynamics.integrate import METHODS
from numerics.dynamics.monitors import energy_error, loss_increase, span_error, torque
from numerics.dynamics.observed import observed
from numerics.dynamics.path import Leg
from numerics.dynamics.potentials import values_along
from numerics.dynamics.quantities import Quantities
from numerics.dynamics.refine import differences, tighter
from numerics.dynamics.trajectory import Trajectory

__all__ = ["Request", "one_flow"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is asked of a flow; ``times`` ascend from where it begins or later."""

    times: Floats
    plan: Plan
    quantities: Quantities = ()
    conditions: Mapping[str, Condition] = field(default_factory=dict)
    refine: bool = False
    dimension: int | None = None


def one_flow(beginning: Beginning, request: Request) -> Trajectory:
    """Integrate, test what rests at 0, locate events, watch invariants and gather the evidence."""
    plan, margin = request.plan, _margins(beginning, request)
    if request.conditions:
        plan = replace(plan, watch=_watch(margin, request.conditions))
    followed, rest = rest_at_zero(beginning, follow(beginning, request.times, plan))
    found: dict[str, float | str] = {
        "method": plan.method,
        "relative_tolerance": plan.accuracy,
        "loss_floor": float(followed.floor[-1]),
    }
    trajectory = _trajectory(beginning, followed, request)
    _names_fit(trajectory, request)
    steps = _steps(followed)
    monitors = {
        "largest_relative_loss_increase": loss_increase(followed.found.loss, followed.floor),
        "energy_error": energy_error(followed, steps),
        "span_error": span_error(beginning.network, beginning.reduction) if beginning.t == 0 else 0.0,
        "torque": torque(trajectory.networks, beginning.reduction),
        **rest.monitors(),
        **followed.counts,
    }
    events = [
        *followed.events,
        *crossings(followed, request.conditions, margin, method=plan.method, accuracy=plan.accuracy),
    ]
    trajectory = replace(
        trajectory,
        monitors=monitors,
        events=tuple(sorted(events, key=lambda event: event.t)),
        steps=steps,
        quantities=observed(trajectory, request.quantities),
    )
    if request.refine:
        found |= _evidence(beginning, request, trajectory)
    return replace(trajectory, error_evidence=found)


def _trajectory(beginning: Beginning, followed: Followed, request: Request) -> Trajectory:
    network, reduction = beginning.network, beginning.reduction
    found = followed.found
    lifted = request.dimension is None
    return Trajectory(
        model=network.model,
        status=followed.status,
        message=followed.message,
        t=followed.t,
        states=found.weights,
        teachers=reduction.teachers,
        loss=found.loss,
        residual=found.residual,
        loss_rate=found.slope,
        student_weights=network.student_weights,
        teacher_weights=network.teacher_weights,
        reduced_dimension=reduction.dimension,
        dimension=reduction.original if request.dimension is None else request.dimension,
        basis=reduction.basis if lifted else None,
        carry={} if followed.carried is None else vars_of(followed.carried),
    )


def vars_of(carried: Carried) -> dict[str, NDArray[Any]]:
    """Its arrays by name."""
    return {name: getattr(carried, name) for name in Carried.__dataclass_fields__}


def _steps(followed: Followed) -> dict[str, Floats]:
    parts = [(leg.t, found.loss, found.slope) for leg, _, found in followed.steps()]
    columns = (np.concatenate(column) for column in zip(*parts, strict=True))
    return dict(zip(("t", "loss", "loss_rate"), columns, strict=True))


def _margins(beginning: Beginning, request: Request) -> Any:
    """margin(t, found, condition) of `crossings`."""

    def margin(t: Floats, found: Decoded, condition: Condition) -> Floats:
        states = Trajectory(
            model=beginning.network.model,
            status="",
            message="",
            t=t,
            states=found.weights,
            teachers=beginning.reduction.teachers,
            loss=found.loss,
            residual=found.residual,
            loss_rate=found.slope,
            student_weights=beginning.network.student_weights,
            teacher_weights=beginning.network.teacher_weights,
            reduced_dimension=beginning.reduction.dimension,
            dimension=beginning.reduction.original if request.dimension is None else request.dimension,
        )
        return condition.margin(values_along(states, condition.keys))

    return margin


def _watch(margin: Any, conditions: Mapping[str, Condition]) -> Any:
    """Which conditions hold at the steps of a leg: (C, S)."""

    def watch(leg: Leg, alive: NDArray[np.bool_]) -> NDArray[np.bool_]:
        found = spread(leg.decode(), alive)
        rows = []
        for name, condition in conditions.items():
            with _naming(name):
                rows.append(margin(leg.t, found, condition) >= 0)
        return np.array(rows)

    return watch


def _names_fit(trajectory: Trajectory, request: Request) -> None:
    """Raise ValueError for a quantity that this network does not have, before anything is made of it."""
    for name, condition in request.conditions.items():
        with _naming(name):
            values_along(trajectory, condition.keys)


@contextmanager
def _naming(event: str) -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise ValueError(f"events[{event!r}]: {error}") from error


def _evidence(beginning: Beginning, request: Request, trajectory: Trajectory) -> dict[str, float | str]:
    """Relative differences to a run at a 30 times smaller tolerance and to the other method."""
    plan = request.plan
    other = next(name for name in METHODS if name != plan.method)
    silent = replace(plan, limits=replace(plan.limits, progress=None))
    own = {"loss": trajectory.loss, **trajectory.quantities}

    def again(changed: Plan, suffix: str) -> dict[str, float]:
        second = _trajectory(beginning, follow(beginning, request.times, changed), request)
        count = len(trajectory.t)
        # A run that ended early has one time of its own at the end, that of the last step.
        shared = count if trajectory.status == "finished" or trajectory.t[-1] in request.times else count - 1
        if len(second.t) < shared or not (second.t[:shared] == trajectory.t[:shared]).all():
            return differences(own, None, suffix)
        values = {"loss": second.loss, **observed(second, request.quantities)}
        return differences(
            {name: array[:shared] for name, array in own.items()},
            {name: array[:shared] for name, array in values.items()},
            suffix,
        )

    return {
        "second_method": other,
        "second_tolerance": tighter(plan.accuracy),
        **again(replace(silent, accuracy=tighter(plan.accuracy)), "tolerance"),
        **again(replace(silent, method=other), "method"),
    }
