"""Gradient flow ẇ = −∇L(w) to any time, with status, events and evidence.

SciPy's LSODA (or Radau) with the analytic Jacobian, in reduced coordinates and well-scaled variables
(`flow_systems`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import LSODA, Radau

from numerics.flow_systems import FlowSystem, flow_system
from numerics.network import Network
from numerics.quantities import Quantities, evaluate_quantities
from numerics.trajectory import Event, Trajectory

__all__ = ["gradient_flow"]

Floats = NDArray[np.float64]

METHODS: Mapping[str, Any] = {"LSODA": LSODA, "Radau": Radau}
COLLAPSE_HORIZON = 1e-9
PER_DECADE = 12


@dataclass(frozen=True, kw_only=True)
class _Run:
    """Outcome of one integration: variables at the recorded τ, and how it ended."""

    tau: Floats
    variables: Floats
    status: str
    message: str
    event: Event | None
    counts: Mapping[str, float]


def gradient_flow(
    net: Network,
    *,
    until: float,
    at: Sequence[float] | Floats | None = None,
    method: str | None = None,
    accuracy: float = 1e-9,
    quantities: Quantities = (),
    evidence: bool = False,
    max_steps: int = 200_000,
    max_seconds: float | None = None,
    progress: Callable[[float], None] | None = None,
) -> Trajectory:
    """Follow the flow of one network from t = 0 to ``until``.

    ``at``: recorded times in [0, until] (default: 0 and 12 per decade); ``method`` "LSODA" (default) or
    "Radau"; ``accuracy``: local relative tolerance, tolerances per group of variables follow from it;
    ``quantities``: names to record; ``evidence``: integrate again with a tighter tolerance and with the other
    method and report the differences; ``progress(t)`` is called after every step.

    Error: the relative error of the loss is about 10 × ``accuracy`` for one teacher (measured 1e-9 at t =
    1e9); for other models the weights themselves are variables, whose rounding limits a loss below 1e-20 of
    the teachers' scale. A student that reaches 0 under a kinked activation ends the run with status
    "collapse" and an event. Raises ValueError for arguments outside their domain; failures of the method are
    statuses.
    """
    _check(net, until, method, accuracy, max_steps)
    name = method or "LSODA"
    times = _times(at, until)
    system = flow_system(net)
    run = _integrate(system, net, times, name, accuracy, max_steps, max_seconds, progress)
    states, residual, loss = system.decode(run.tau, run.variables)
    recorded = times[: len(run.tau)].copy()
    if len(run.tau) > len(recorded) or run.status != "finished":
        recorded = system.clock * np.expm1(run.tau)
    shown = {
        "steps": run.counts["steps"],
        "rate_calls": run.counts["rate_calls"],
        "jacobians": run.counts["jacobians"],
    }
    floor = system.loss_floor(run.tau, accuracy)
    found = Trajectory(
        model=net.model,
        status=run.status,
        message=run.message,
        t=recorded,
        states=states,
        teachers=system.reduction.teachers,
        loss=loss,
        residual=residual,
        student_weights=net.student_weights,
        teacher_weights=net.teacher_weights,
        monitors={"largest_relative_loss_increase": _increase(loss, floor), **shown},
        events=() if run.event is None else (run.event,),
        reduced_dimension=system.reduction.dimension,
        dimension=net.d,
        basis=system.reduction.basis,
        error_evidence={"method": name, "relative_tolerance": accuracy, "loss_floor": float(floor[-1])},
    )
    changes: dict[str, Any] = {"quantities": evaluate_quantities(found.networks, quantities)}
    if evidence and run.status == "finished":
        limits = (max_steps, max_seconds, None)
        again = _evidence(system, net, times, name, accuracy, loss[-1], limits)
        changes["error_evidence"] = {**found.error_evidence, **again}
    return _with(found, changes)


def _increase(loss: Floats, floor: Floats) -> float:
    """Largest relative increase between recorded times, of losses above what the tolerances resolve."""
    known = loss[1:] > floor[1:]
    ratio = loss[1:][known] / np.where(loss[:-1] > 0, loss[:-1], np.inf)[known]
    return float(np.max(ratio - 1.0, initial=0.0))


def _with(found: Trajectory, changes: Mapping[str, Any]) -> Trajectory:
    return Trajectory(**{**vars(found), **changes})


def _check(net: Network, until: float, method: str | None, accuracy: float, max_steps: int) -> None:
    if not isinstance(net, Network):
        raise ValueError(
            f"net={net!r} is not a Network; build one with numerics.Network(model=..., students=..., teachers=...)"
        )
    if net.batch_shape:
        raise ValueError(
            f"net has batch shape {net.batch_shape}; a flow follows one network, so pass them one at a time"
        )
    if not (np.isfinite(until) and until > 0):
        raise ValueError(f"until={until!r} must be a positive finite time")
    if method is not None and method not in METHODS:
        raise ValueError(f"method={method!r} is unknown; choose {' or '.join(METHODS)}")
    if not 1e-13 <= accuracy <= 1e-3:
        raise ValueError(f"accuracy={accuracy!r} is out of range; give a number between 1e-13 and 1e-3")
    if max_steps < 1:
        raise ValueError(f"max_steps={max_steps!r} must be at least 1")
    if not np.all(net.gradient_defined):
        zero = int(np.flatnonzero(~np.asarray(net.gradient_defined))[0])
        raise ValueError(
            f"student {zero} is 0, where this activation has no gradient; move it or leave it out"
        )


def _times(at: Sequence[float] | Floats | None, until: float) -> Floats:
    if at is None:
        first = min(1e-2, 1e-2 * until)
        count = int(np.ceil(PER_DECADE * np.log10(until / first))) + 1
        grid = np.geomspace(first, until, count)
        grid[-1] = until
        return np.concatenate([[0.0], grid])
    times = np.asarray(at, dtype=np.float64)
    if times.ndim != 1 or not len(times) or not np.isfinite(times).all():
        raise ValueError(f"at={at!r} is not a list of times; give finite increasing numbers")
    if (times < 0).any() or (times > until).any() or (np.diff(times) <= 0).any():
        raise ValueError(f"at must increase strictly within [0, {until:g}], got {times[0]:g} … {times[-1]:g}")
    return times


def _integrate(
    system: FlowSystem,
    net: Network,
    times: Floats,
    method: str,
    accuracy: float,
    max_steps: int,
    max_seconds: float | None,
    progress: Callable[[float], None] | None,
) -> _Run:
    wanted = np.log1p(times / system.clock)
    end = float(wanted[-1])
    counts = {"steps": 0.0, "rate_calls": 0.0, "jacobians": 0.0}

    def rate(tau: float, variables: Floats) -> Floats:
        counts["rate_calls"] += 1
        return system.rate(tau, variables)

    def jacobian(tau: float, variables: Floats) -> Floats:
        counts["jacobians"] += 1
        return system.jacobian(tau, variables)

    start = system.start
    taken = int(np.searchsorted(wanted, 0.0, side="right"))
    recorded = [start] * taken
    if end <= 0:
        return _Run(
            tau=wanted, variables=np.array(recorded), status="finished", message="", event=None, counts=counts
        )
    collapses = net.activation.kinked and net.parametrisation.exponent == 0
    options = {"rtol": accuracy, "atol": system.tolerance(accuracy, float(times[-1])), "jac": jacobian}
    solver = METHODS[method](rate, 0.0, start, end, first_step=min(1e-4, end), **options)
    began = time.monotonic()
    status, message, event = "finished", f"reached t = {times[-1]:g}", None
    while solver.status == "running":
        problem = solver.step()
        counts["steps"] += 1
        if problem or not np.isfinite(solver.y).all():
            status, message = "stalled", f"the integrator stopped: {problem or 'values overflowed'}"
            break
        if taken < len(wanted) and wanted[taken] <= solver.t:
            between = solver.dense_output()
            while taken < len(wanted) and wanted[taken] <= solver.t:
                recorded.append(solver.y if wanted[taken] == solver.t else between(wanted[taken]))
                taken += 1
        if progress is not None:
            progress(float(system.clock * np.expm1(solver.t)))
        if collapses and (event := _collapse(system, solver.t, solver.y, accuracy)) is not None:
            status, message = "collapse", event.message
            break
        if counts["steps"] >= max_steps or (
            max_seconds is not None and time.monotonic() - began > max_seconds
        ):
            limit = f"{max_steps} steps" if counts["steps"] >= max_steps else f"{max_seconds:g} s"
            status, message = "stalled", f"not there after {limit}; raise the limit, or try method='Radau'"
            break
    tau = wanted[:taken]
    if status != "finished":
        message += f" (at t = {system.clock * np.expm1(solver.t):.6g})"
        if np.isfinite(solver.y).all() and (not taken or solver.t > tau[-1]):
            recorded.append(solver.y)
            tau = np.append(tau, solver.t)
    return _Run(
        tau=tau, variables=np.array(recorded), status=status, message=message, event=event, counts=counts
    )


def _collapse(system: FlowSystem, tau: float, variables: Floats, accuracy: float) -> Event | None:
    """The neuron that reaches 0 within a 1e-9th of the elapsed time, moving straight inward, if there is one.

    A neuron moving inward within the integrator's resolution of 0 counts too: its direction is no longer
    known there.
    """
    lengths, inward, sideways = system.radial(tau, variables)
    now = np.expm1(tau)
    due = np.where(inward > 0, lengths / np.where(inward > 0, inward, 1.0), np.inf)
    straight = (due < COLLAPSE_HORIZON * (1.0 + now)) & (sideways <= 0.1 * inward)
    lost = (lengths < system.resolution(accuracy)) & (inward > 0)
    hits = np.flatnonzero(straight | lost)
    if not len(hits):
        return None
    neuron = int(hits[np.argmin(due[hits])])
    moment = float(system.clock * (now + due[neuron]))
    return Event(
        name="collapse",
        t=moment,
        neuron=neuron,
        message=f"student {neuron} reaches 0 at t = {moment:.9g}, where the loss has no gradient; "
        "go on without it, or from another start",
    )


def _evidence(
    system: FlowSystem,
    net: Network,
    times: Floats,
    method: str,
    accuracy: float,
    loss: float,
    limits: tuple[int, float | None, None],
) -> dict[str, float | str]:
    """Relative differences of the final loss to a run at a 30 times smaller tolerance and to the other
    method.
    """
    other = next(name for name in METHODS if name != method)
    result: dict[str, float | str] = {"second_method": other}
    for key, name, tolerance in (
        ("loss_difference_tolerance", method, max(accuracy / 30, 1e-13)),
        ("loss_difference_method", other, accuracy),
    ):
        run = _integrate(system, net, times[-1:], name, tolerance, *limits)
        if run.status != "finished":
            result[key] = float("nan")
            continue
        _, _, again = system.decode(run.tau, run.variables)
        result[key] = float(abs(again[-1] - loss) / again[-1]) if again[-1] else 0.0
    return result
