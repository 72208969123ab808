"""Gradient flow ẇ = −∇L(w) to any time, with status, events and evidence.

SciPy's LSODA (or Radau) with the analytic Jacobian, in reduced coordinates and well-scaled variables
(`flow_systems`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.flow_systems import FlowSystem, weight_system
from numerics.dynamics.grouped_system import grouped_system
from numerics.dynamics.integrate import METHODS, Limits, Run, integrate
from numerics.dynamics.quantities import Quantities, evaluate_quantities
from numerics.dynamics.residual_system import residual_system
from numerics.dynamics.trajectory import Trajectory
from numerics.network import Network
from numerics.stable.forms import HomogeneousSplit, stable_form

__all__ = ["flow_system", "gradient_flow"]

Floats = NDArray[np.float64]

PER_DECADE = 12


def flow_system(network: Network) -> FlowSystem:
    """The best conditioned system for a single (not batched) network."""
    form, rows = stable_form(network.activation), network._rows
    alive = not rows.zero.any() and bool((rows.weights != 0).all())
    if not isinstance(form, HomogeneousSplit) or not alive:
        return weight_system(network)
    return residual_system(network, form) if network.m == 1 else grouped_system(network, form)


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

    ``at``: recorded times in [0, until] (default: 0 and 12 per decade); ``method`` "LSODA" (default), "Radau"
    or "BDF"; ``accuracy``: local relative tolerance, tolerances per group of variables follow from it;
    ``quantities``: names to record; ``evidence``: integrate again with a tighter tolerance and with the other
    method and report the differences; ``progress(t)`` is called after every step.

    Error: for 1-homogeneous activations, whatever the number of teachers, the relative error of the loss is
    about 10 × ``accuracy`` (1e-8 and less measured at t = 1e9, by a second tolerance and a second method); it
    is known of the run at hand with ``evidence``.  Where the weights themselves are variables (quadratic,
    zero students) losses below ``loss_floor`` of the evidence have no digits for certain.  Among several
    teachers, students with an odd part (ReLU) that end opposite to a teacher are followed to about t = 1e6
    only; the run then ends "stalled".

    A student that reaches 0 under a kinked activation ends the run with status
    "collapse" and an event.

    Raises ValueError for arguments outside their domain; failures of the method are
    statuses.
    """
    _check(net, until, method, accuracy, max_steps)
    name, times = method or "LSODA", _times(at, until)
    system = flow_system(net)
    limits = Limits(max_steps=max_steps, max_seconds=max_seconds, progress=progress)
    collapses = net.activation.kinked and net.parametrisation.exponent == 0
    run = integrate(system, times, method=name, accuracy=accuracy, collapses=collapses, limits=limits)
    found: dict[str, float | str] = {
        "method": name,
        "relative_tolerance": accuracy,
        "loss_floor": float(run.floor[-1]),
    }
    if evidence and run.status == "finished":
        silent = replace(limits, progress=None)
        found |= _evidence(system, times[-1:], name, accuracy, float(run.loss[-1]), collapses, silent)
    trajectory = Trajectory(
        model=net.model,
        status=run.status,
        message=run.message,
        t=run.t,
        states=run.states,
        teachers=system.reduction.teachers,
        loss=run.loss,
        residual=run.residual,
        student_weights=net.student_weights,
        teacher_weights=net.teacher_weights,
        monitors={"largest_relative_loss_increase": _increase(run.loss, run.floor), **run.counts},
        events=() if run.event is None else (run.event,),
        reduced_dimension=system.reduction.dimension,
        dimension=net.d,
        basis=system.reduction.basis,
        error_evidence=found,
    )
    return replace(trajectory, quantities=evaluate_quantities(trajectory.networks, quantities))


def _increase(loss: Floats, floor: Floats) -> float:
    """Largest relative increase between recorded times, of losses above what the tolerances resolve."""
    known = loss[1:] > floor[1:]
    ratio = loss[1:][known] / np.where(loss[:-1] > 0, loss[:-1], np.inf)[known]
    return float(np.max(ratio - 1.0, initial=0.0))


def _check(net: Network, until: float, method: str | None, accuracy: float, max_steps: int) -> None:
    if not isinstance(net, Network):
        raise ValueError(f"net={net!r} is not a Network; build one with numerics.Network(model=…, students=…, …)")
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
        raise ValueError(f"student {zero} is 0, where this activation has no gradient; move it or leave it out")


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


def _evidence(
    system: FlowSystem,
    end: Floats,
    method: str,
    accuracy: float,
    loss: float,
    collapses: bool,
    limits: Limits,
) -> dict[str, float | str]:
    """Relative differences of the final loss to a run at a 30 times smaller tolerance and to the other
    method.

    NaN where the second run did not arrive.
    """
    other = next(name for name in METHODS if name != method)

    def difference(name: str, tolerance: float) -> float:
        again: Run = integrate(system, end, method=name, accuracy=tolerance, collapses=collapses, limits=limits)
        if again.status != "finished":
            return float("nan")
        return float(abs(again.loss[-1] - loss) / again.loss[-1]) if again.loss[-1] else 0.0

    return {
        "second_method": other,
        "loss_difference_tolerance": difference(method, max(accuracy / 30, 1e-13)),
        "loss_difference_method": difference(other, accuracy),
    }
