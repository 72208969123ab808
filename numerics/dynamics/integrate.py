"""The stepping loop of a flow: SciPy's stiff solvers, events, limits, changes of variables, and a record of
it all.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import BDF, LSODA, Radau

from numerics.dynamics.flow_systems import Carried, Decoded, DiagonalSystem, FlowSystem
from numerics.dynamics.path import Leg, Path, Watch
from numerics.dynamics.trajectory import Event

__all__ = ["METHODS", "Limits", "Run", "integrate", "solver_at"]

Floats = NDArray[np.float64]

METHODS: Mapping[str, Any] = {"LSODA": LSODA, "Radau": Radau, "BDF": BDF}
COLLAPSE_HORIZON = 1e-9
LOST_HORIZON = 1e-6
# Stiffness grows like e^τ: over a longer step than this the Jacobian of its start says nothing about its end.
LONGEST_STEP = 0.5
RESTARTS = 20
SUSPECT = 1e-5
# From so many variables on, factorising the Jacobian costs more than the steps that its diagonal makes shorter,
# unless these become too short.
LARGE = 300
# In log-time, thousands of steps for less than this mean that the noise of the field sets the step.
CRAWL_STEPS, CRAWL_ADVANCE = 10_000, 0.5
# Before that, slow progress where the loss loses little of itself over the time elapsed is a reason to try the
# variables of a plateau, and where it loses next to nothing, to stop: rounding is all that still moves the weights.
SLOW_STEPS, FLAT, REST = 250, 0.3, 1e-6
# In units of the teachers' squares: at a smaller loss than this rest is not told from convergence.
RESOLVED = 1e-10
# A leg ends where a group of variables has left the size that its absolute tolerance was set for.
RISE, FALL = 1000.0, 0.01


@dataclass(frozen=True, kw_only=True)
class Limits:
    """When to give up: steps, seconds of wall time; ``progress(t)`` is called after every step."""

    max_steps: int
    max_seconds: float | None = None
    progress: Callable[[float], None] | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Run:
    """Recorded times, what was found there, what the tolerances resolve of the loss, and how it ended.

    ``path`` has the steps taken; ``carried`` is what is known of the last state beyond its weights.
    """

    t: Floats
    found: Decoded
    floor: Floats
    status: str
    message: str
    event: Event | None
    counts: Mapping[str, float]
    path: tuple[Leg, ...]
    carried: Carried | None


class _Record:
    """What has been seen, leg by leg of the run."""

    def __init__(self, accuracy: float) -> None:
        self._accuracy = accuracy
        self._parts: list[tuple[Floats, ...]] = []
        self._tau: list[float] = []
        self._variables: list[Floats] = []

    def add(self, tau: float, variables: Floats) -> None:
        self._tau.append(tau)
        self._variables.append(np.array(variables))

    def close(self, system: FlowSystem) -> None:
        if self._tau:
            tau = np.array(self._tau)
            decoded = Leg(system=system, tau=tau, variables=np.array(self._variables)).decode()
            self._parts.append((system.loss_floor(tau, self._accuracy), *decoded))
        self._tau, self._variables = [], []

    def arrays(self) -> tuple[Floats, Decoded]:
        floor, *found = (np.concatenate(parts) for parts in zip(*self._parts, strict=True))
        return floor, Decoded(*found)


def integrate(
    system: FlowSystem,
    times: Floats,
    *,
    method: str,
    accuracy: float,
    collapses: bool,
    limits: Limits,
    start: float = 0.0,
    watch: Watch | None = None,
) -> Run:
    """Follow ``system`` from t = ``start`` through the recorded ``times`` (ascending, last one the end).

    ``watch``: conditions whose changes the path must keep (see `path`).  ``collapses``: a student reaching 0 ends
    the run, status "collapse", or "unresolved" if it is too small to
    tell.  Failures are statuses too: "stalled" with a message.
    """
    with warnings.catch_warnings():
        # LSODA reports failed steps as warnings; here they are results.
        warnings.filterwarnings("ignore", category=UserWarning, module="scipy")
        warnings.filterwarnings("ignore", message="lsoda")
        return _integrate(system, times, method, accuracy, collapses, limits, start, watch)


def solver_at(
    system: FlowSystem,
    tau: float,
    variables: Floats,
    *,
    end: float,
    method: str,
    accuracy: float,
    counts: dict[str, float] | None = None,
    whole: bool = False,
) -> Any:
    """A SciPy solver of the system from (τ, Y) to the log-time ``end``; ``whole``: never by the diagonal alone."""
    counts = {"rate_calls": 0.0, "jacobians": 0.0} if counts is None else counts

    def rate(tau: float, variables: Floats) -> Floats:
        counts["rate_calls"] += 1
        return system.rate(tau, variables)

    def jacobian(tau: float, variables: Floats) -> Floats:
        counts["jacobians"] += 1
        return system.jacobian(tau, variables)

    options: dict[str, Any] = {"jac": jacobian}
    if not whole and _by_diagonal(system, variables, method):
        separable = cast(DiagonalSystem, system)

        def diagonal(tau: float, variables: Floats) -> Floats:
            counts["jacobians"] += 1
            return separable.diagonal(tau, variables)[None]

        # Newton's matrix decides whether a step converges, not what it converges to.
        options = {"jac": diagonal, "lband": 0, "uband": 0}
    return METHODS[method](
        rate,
        tau,
        variables,
        end,
        # LSODA starts with functional iteration, which converges for steps below 1/stiffness only.
        first_step=min(1e-4, 1e-2 * float(np.exp(-tau)), end - tau),
        max_step=LONGEST_STEP,
        rtol=accuracy,
        atol=system.tolerance(accuracy, float(system.clock * np.expm1(end)), system.levels(variables)),
        **options,
    )


def _by_diagonal(system: FlowSystem, variables: Floats, method: str) -> bool:
    large = method == "LSODA" and len(variables) >= LARGE
    return large and isinstance(system, DiagonalSystem) and system.separable


def _integrate(
    system: FlowSystem,
    times: Floats,
    method: str,
    accuracy: float,
    collapses: bool,
    limits: Limits,
    start: float,
    watch: Watch | None,
) -> Run:
    wanted, whole = np.log1p(times / system.clock), False
    end = float(wanted[-1])
    record, path = _Record(accuracy), Path(watch=watch)
    counts = {"steps": 0.0, "rate_calls": 0.0, "jacobians": 0.0, "restarts": 0.0, "legs": 1.0}

    def solver_from(tau: float, variables: Floats) -> Any:
        return solver_at(system, tau, variables, end=end, method=method, accuracy=accuracy, counts=counts, whole=whole)

    status, message, event = "finished", f"reached t = {times[-1]:g}", None
    tau = float(np.log1p(start / system.clock))
    variables = system.initial(tau)
    taken = 0
    if times[0] <= start:
        record.add(tau, variables)
        taken = 1
    path.add(system, tau, variables)
    solver, levels = (solver_from(tau, variables) if end > tau else None), system.levels(variables)
    began, restarted_at, milestone, paced = time.monotonic(), -1.0, tau, tau
    while solver is not None and solver.status == "running":
        problem = solver.step()
        counts["steps"] += 1
        if problem or not np.isfinite(solver.y).all():
            if counts["restarts"] >= RESTARTS or tau <= restarted_at or not np.isfinite(variables).all():
                status, message = "stalled", f"the integrator stopped: {problem or 'values overflowed'}"
                break
            counts["restarts"] += 1
            restarted_at = tau
            solver = solver_from(tau, variables)
            continue
        tau, variables = float(solver.t), solver.y.copy()
        path.add(system, tau, variables)
        if taken < len(wanted) and wanted[taken] <= tau:
            between = solver.dense_output()
            while taken < len(wanted) and wanted[taken] <= tau:
                record.add(float(wanted[taken]), variables if wanted[taken] == tau else between(wanted[taken]))
                taken += 1
        if limits.progress is not None:
            limits.progress(float(system.clock * np.expm1(tau)))
        if collapses and (event := _collapse(system, tau, variables, accuracy)) is not None:
            status, message = event.name, event.message
            break
        if reason := _spent(limits, counts["steps"], began):
            status, message = "stalled", f"not there after {reason}; raise the limit, or try the other method"
            break
        if counts["steps"] % CRAWL_STEPS == 0:
            if tau < milestone + CRAWL_ADVANCE:
                status = "stalled"
                message = f"{CRAWL_STEPS} steps hardly advanced: rounding dominates; try accuracy={10 * accuracy:g}"
                break
            milestone = tau
        if tau >= end:
            break
        better = system.regroup(tau, variables)
        if counts["steps"] % SLOW_STEPS == 0:
            if not whole and tau < paced + CRAWL_ADVANCE * LARGE / len(variables):
                whole = _by_diagonal(system, variables, method)
                if whole:
                    solver, paced = solver_from(tau, variables), tau
                    continue
            if better is None and tau < paced + CRAWL_ADVANCE:
                loss, decay = _decay(system, tau, variables)
                if decay < REST:
                    status, message = (
                        "stalled",
                        f"at rest at a loss of {loss:.6g}: a critical point, as far as rounding tells",
                    )
                    break
                better = system.plateau(tau, variables) if decay < FLAT else None
            paced = tau
        if better is not None:
            record.close(system)
            path.add(system, tau, variables)
            path.close(system)
            system, variables = better, better.initial(tau)
            path.add(system, tau, variables)
        else:
            change = system.levels(variables) / levels
            if (change < RISE).all() and (change > FALL).all():
                continue
        solver, levels = solver_from(tau, variables), system.levels(variables)
        counts["legs"] += 1
    now = float(system.clock * np.expm1(tau))
    if status != "finished":
        message += f" (at t = {now:.6g})"
        if not taken or now > times[taken - 1]:
            record.add(tau, variables)
    record.close(system)
    path.add(system, tau, variables)
    path.close(system)
    floor, found = record.arrays()
    return Run(
        t=times[:taken] if len(floor) == taken else np.append(times[:taken], now),
        found=found,
        floor=floor,
        status=status,
        message=message,
        event=event,
        counts=counts,
        path=tuple(path),
        carried=system.carried(tau, variables),
    )


def _decay(system: FlowSystem, tau: float, variables: Floats) -> tuple[float, float]:
    """(L, −(1 + t) L̇ / L), infinite below what the weights resolve."""
    found = system.decode(np.array([tau]), variables[None])
    loss, slope = float(found.loss[0]), float(found.slope[0])
    resolved = loss > RESOLVED * float(np.square(system.reduction.teachers).sum())
    return loss, -slope * system.clock * float(np.exp(tau)) / loss if resolved else np.inf


def _spent(limits: Limits, steps: float, began: float) -> str:
    """Which limit is reached, or ""."""
    if steps >= limits.max_steps:
        return f"{limits.max_steps} steps"
    if limits.max_seconds is not None and time.monotonic() - began > limits.max_seconds:
        return f"{limits.max_seconds:g} s"
    return ""


def _collapse(system: FlowSystem, tau: float, variables: Floats, accuracy: float) -> Event | None:
    """The neuron that reaches 0 within a 1e-9th of the elapsed time, moving straight inward, if there is one.

    One within the integrator's resolution of 0, whose direction is no longer known, has collapsed if it is
    due within a 1e-6th of the elapsed time; else, as in an exponential decay, the event is "unresolved".
    """
    sizes = system.sizes(tau, variables)
    if sizes.min() > max(SUSPECT * sizes.max(), system.resolution(accuracy)):
        return None
    lengths, inward, sideways = system.heading(tau, variables)
    now = np.expm1(tau)
    due = np.where(inward > 0, lengths / np.where(inward > 0, inward, 1.0), np.inf)
    straight = (due < COLLAPSE_HORIZON * (1.0 + now)) & (sideways <= 0.1 * inward)
    lost = (lengths < system.resolution(accuracy)) & (inward > 0)
    hits = np.flatnonzero(straight | lost)
    if not len(hits):
        return None
    neuron = int(hits[np.argmin(due[hits])])
    if due[neuron] < LOST_HORIZON * (1.0 + now):
        moment = float(system.clock * (now + due[neuron]))
        text = f"student {neuron} reaches 0 at t = {moment:.9g}, where the loss has no gradient"
        return Event(name="collapse", t=moment, neuron=neuron, message=text)
    moment = float(system.clock * now)
    text = f"student {neuron} shrinks below {system.resolution(accuracy):.1g} of the teachers at t = {moment:.9g}: "
    text += "its direction is lost to rounding, and whether it reaches 0 in finite time is not known"
    return Event(name="unresolved", t=moment, neuron=neuron, message=text)
