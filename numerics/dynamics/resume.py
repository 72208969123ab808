"""A flow that goes on from where a saved one ended, with all the digits it had."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.arguments import check_flow, recorded_times
from numerics.dynamics.conditions import read_condition
from numerics.dynamics.flow_systems import Carried
from numerics.dynamics.follow import Beginning, Plan
from numerics.dynamics.integrate import Limits
from numerics.dynamics.one_flow import Request, one_flow
from numerics.dynamics.quantities import Quantities, check_quantities
from numerics.dynamics.reduce import Reduction
from numerics.dynamics.trajectory import Trajectory
from numerics.fast.backend import resolve_backend

__all__ = ["resume_flow"]

Floats = NDArray[np.float64]


def resume_flow(
    run: Trajectory,
    *,
    until: float,
    at: Sequence[float] | Floats | None = None,
    method: str | None = None,
    accuracy: float | None = None,
    quantities: Quantities = (),
    events: dict[str, str] | None = None,
    after_collapse: str = "stop",
    refine: bool = False,
    max_steps: int = 200_000,
    max_seconds: float | None = None,
    progress: Callable[[float], None] | None = None,
    backend: str | None = None,
) -> Trajectory:
    """``run`` and its continuation to t = ``until`` as one trajectory; arguments as for `gradient_flow`.

    The residuals that the run carried are taken up, so that the result is that of one go up to the
    integrator's tolerance, also where the rounded weights know nothing of the loss any more.  Quantities
    recorded on both sides are joined; monitors and evidence are those of the continuation.  Raises ValueError
    for a batch, a descent, or an ``until`` that is already reached.
    """
    if run.kind != "flow" or run.loss.ndim != 1:
        kind = "a batch of flows" if run.kind == "flow" else "a descent"
        raise ValueError(f"this trajectory is {kind}; only a single flow can be resumed")
    start = float(run.t[-1])
    if not until > start:
        raise ValueError(f"until={until!r} is already reached: the run ends at t = {start:g}; give a later time")
    name = method or str(run.error_evidence.get("method", "LSODA"))
    tolerance = accuracy if accuracy is not None else float(run.error_evidence.get("relative_tolerance", 1e-9))
    final = run.final()
    resting = (run.states[-1] == 0).all(axis=-1).any() and after_collapse == "stop" and bool(run.carry)
    # Students that the earlier part has frozen stay so.
    check_flow(final, until, name, tolerance, max_steps, "freeze" if resting else after_collapse, 1, None)
    check_quantities(quantities)
    request = Request(
        times=recorded_times(at, until, start),
        plan=Plan(
            method=name,
            accuracy=tolerance,
            freeze=after_collapse == "freeze",
            limits=Limits(max_steps=max_steps, max_seconds=max_seconds, progress=progress),
            backend=resolve_backend(backend),
        ),
        quantities=quantities,
        conditions={key: read_condition(text) for key, text in (events or {}).items()},
        refine=refine,
        dimension=run.dimension,
    )
    reduction = Reduction(students=run.states[-1], teachers=run.teachers, basis=run.basis, original=run.dimension)
    carried = Carried(**run.carry) if run.carry else None
    rest = one_flow(Beginning(network=final, reduction=reduction, carried=carried, t=start), request)
    return _joined(run, replace(rest, basis=run.basis), start)


def _joined(first: Trajectory, second: Trajectory, start: float) -> Trajectory:
    """Both records, the state at ``start`` once."""
    fresh = second.t > start

    def both(one: Floats, other: Floats) -> Floats:
        return np.concatenate([one, other[fresh]])

    rates = first.loss_rate, second.loss_rate
    shared = [name for name in first.quantities if name in second.quantities]
    old = [event for event in first.events if event.name != "collapse" or event.t <= start]
    new = [event for event in second.events if "holds from the start" not in event.message]
    return replace(
        second,
        t=both(first.t, second.t),
        states=both(first.states, second.states),
        loss=both(first.loss, second.loss),
        residual=both(first.residual, second.residual),
        loss_rate=None if rates[0] is None or rates[1] is None else both(rates[0], rates[1]),
        quantities={name: both(first.quantities[name], second.quantities[name]) for name in shared},
        steps={
            name: np.concatenate([first.steps[name], second.steps[name][1:]])
            for name in second.steps
            if name in first.steps
        },
        events=(*old, *new),
    )
