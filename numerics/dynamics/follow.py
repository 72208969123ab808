"""A flow through collapses: legs of integration, each with the students that are not frozen at 0."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.flow_systems import Carried, Decoded
from numerics.dynamics.integrate import Limits, integrate
from numerics.dynamics.path import Leg
from numerics.dynamics.reduce import Reduction
from numerics.dynamics.start import system_of
from numerics.dynamics.trajectory import Event
from numerics.fast.systems import compiled
from numerics.network import Network

__all__ = ["Beginning", "Followed", "Plan", "follow"]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How to integrate: method, local relative tolerance, limits, and whether a collapsed student is frozen.

    ``watch(leg, alive)``: conditions (C, S) along a leg whose changes must be kept among the steps.
    """

    method: str
    accuracy: float
    freeze: bool
    limits: Limits
    backend: str = "numpy"
    watch: Callable[[Leg, Mask], Mask] | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Beginning:
    """Reduced rows at time ``t``, zero rows of a kinked model frozen, with what is known beyond the rows."""

    network: Network
    reduction: Reduction
    carried: Carried | None = None
    t: float = 0.0

    @property
    def collapses(self) -> bool:
        """Whether the loss has a kink at 0, so that a student that gets there has no gradient."""
        return self.network.activation.kinked and self.network.parametrisation.exponent == 0

    @property
    def alive(self) -> Mask:
        """Students that move: (n,)."""
        if not self.collapses:
            return np.ones(self.network.n, dtype=bool)
        return np.asarray((self.reduction.students != 0).any(axis=1), dtype=bool)


@dataclass(frozen=True, kw_only=True, eq=False)
class Followed:
    """Everything along the recorded times ``t``; ``legs`` pairs the steps with the students that moved."""

    t: Floats
    found: Decoded
    floor: Floats
    status: str
    message: str
    events: tuple[Event, ...]
    counts: dict[str, float]
    legs: tuple[tuple[Leg, Mask], ...]
    carried: Carried | None

    def steps(self) -> Iterator[tuple[Leg, Mask, Decoded]]:
        """Legs with all their steps decoded, every student in its place."""
        for leg, alive in self.legs:
            yield leg, alive, spread(leg.decode(), alive)


def follow(beginning: Beginning, times: Floats, plan: Plan) -> Followed:
    """Integrate through the recorded ``times``, freezing students that collapse if the plan says so."""
    alive, reduction, carried, now = beginning.alive, beginning.reduction, beginning.carried, beginning.t
    parts: list[tuple[Floats, Floats, Decoded]] = []
    events: list[Event] = []
    legs: list[tuple[Leg, Mask]] = []
    counts: dict[str, float] = {}
    rest = times
    while True:
        own = replace(reduction, students=reduction.students[alive])
        system = system_of(_subset(beginning.network, own, alive), own, carried)
        run = integrate(
            compiled(system, plan.backend),
            rest,
            method=plan.method,
            accuracy=plan.accuracy,
            collapses=beginning.collapses,
            limits=plan.limits,
            start=now,
            watch=None if plan.watch is None else partial(_watched, plan.watch, alive),
        )
        legs += [(leg, alive) for leg in run.path]
        for name, count in run.counts.items():
            counts[name] = counts.get(name, 0.0) + count
        found, event = spread(run.found, alive), run.event
        if event is not None and event.neuron is not None:
            neuron = int(np.flatnonzero(alive)[event.neuron])
            text = event.message.replace(f"student {event.neuron} ", f"student {neuron} ", 1)
            event = replace(event, neuron=neuron, message=text)
            events.append(event)
        goes_on = plan.freeze and event is not None and alive.sum() > 1 and event.t < times[-1]
        reached = len(run.t) - (1 if goes_on and run.t[-1] not in rest else 0)
        parts.append((run.t[:reached], run.floor[:reached], Decoded(*(array[:reached] for array in found))))
        if not goes_on or event is None or event.neuron is None:
            break
        rest = rest[reached:]
        now = event.t
        weights = beginning.network.student_weights
        output = found.weights[-1, event.neuron] * (1.0 if weights is None else np.asarray(weights)[event.neuron])
        carried = _without(run.carried, int(np.count_nonzero(alive[: event.neuron])), output)
        students = found.weights[-1].copy()
        students[event.neuron] = 0.0
        reduction = replace(reduction, students=students)
        alive = alive & (np.arange(len(alive)) != event.neuron)
    message = run.message if event is None else f"{event.message} (at t = {event.t:.6g})"
    return Followed(
        t=np.concatenate([part[0] for part in parts]),
        floor=np.concatenate([part[1] for part in parts]),
        found=Decoded(*(np.concatenate(columns) for columns in zip(*(part[2] for part in parts), strict=True))),
        status=run.status,
        message=message,
        events=tuple(events),
        counts=counts,
        legs=tuple(legs),
        carried=run.carried,
    )


def _watched(watch: Callable[[Leg, Mask], Mask], alive: Mask, leg: Leg) -> Mask:
    return watch(leg, alive)


def spread(found: Decoded, alive: Mask) -> Decoded:
    """The weights with zero rows for the students that do not move."""
    if alive.all():
        return found
    weights = np.zeros((len(found.weights), len(alive), found.weights.shape[-1]))
    weights[:, alive] = found.weights
    return found._replace(weights=weights)


def _subset(network: Network, reduction: Reduction, alive: Mask) -> Network:
    weights = network.student_weights
    return Network(
        model=network.model,
        students=reduction.students,
        teachers=reduction.teachers,
        student_weights=None if weights is None else np.asarray(weights)[alive],
        teacher_weights=network.teacher_weights,
    )


def _without(known: Carried | None, place: int, output: Floats) -> Carried | None:
    """What is carried on when a neuron, tiny by now, is taken out: its ``output`` a u leaves every sum."""
    if known is None:
        return None
    residuals = known.residuals.copy()
    residuals[known.group[place]] -= known.flips[place] * output
    return replace(
        known,
        residuals=residuals,
        total=known.total - output,
        group=np.delete(known.group, place),
        flips=np.delete(known.flips, place),
    )
