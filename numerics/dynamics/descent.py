"""Gradient descent w ← w − η ∇L(w) on the population loss or on samples, over batches and for millions of
steps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.descent_steppers import Stepper, choose_stepper
from numerics.dynamics.observed import observed
from numerics.dynamics.quantities import Quantities, check_quantities
from numerics.dynamics.trajectory import Trajectory
from numerics.fast.backend import resolve_backend
from numerics.network import Network

__all__ = ["gradient_descent"]

Floats = NDArray[np.float64]

DEFAULT_RECORDS = 100
CHECK_EVERY = 256


def gradient_descent(
    net: Network,
    *,
    step: float | Floats,
    steps: int,
    record: int | Sequence[int] | None = None,
    quantities: Quantities = (),
    samples: int | Floats | None = None,
    fresh: bool = False,
    rng: np.random.Generator | None = None,
    progress: Callable[[int], None] | None = None,
    carry: Mapping[str, Floats] | None = None,
    backend: str = "numpy",
) -> Trajectory:
    """Exactly ``steps`` steps of size η = ``step`` (a number, or one per instance of the batch) from the
    given students.

    ``record``: step numbers to record, or how many (default 100, spaced logarithmically, with 0 and the
    last). ``samples``: an array (N, d) or (..., N, d) of fixed inputs, or a number N to draw from N(0, I)
    with ``rng`` for every instance of the batch, once or, with ``fresh``, anew for every step (stochastic
    descent); None follows the population gradient.  ``carry``: what a run left beyond its weights
    (`resume_descent`).  ``backend``: "numpy", "numba" or "auto" (Numba where installed) takes the steps of a
    population descent; they agree to rounding.

    The trajectory's ``t`` are step numbers, ``loss`` is always the population loss; on fixed or drawn samples
    ``quantities["sample_loss"]`` is the empirical loss that the next step will descend.  A population run of
    one teacher is taken in reduced coordinates with the residual as a variable (see `descent_steppers`).
    Status "diverged": no instance of the batch is finite any more; "mixed": some are not, see ``statuses``.
    Raises ValueError for arguments outside their domain, such as a student at 0 whose population gradient
    does not exist.
    """
    eta, numbers = _check(net, step, steps), _record(record, steps)
    check_quantities(quantities)
    if samples is None and not np.all(net.gradient_defined):
        zero = int(np.argwhere(~np.asarray(net.gradient_defined))[0][-1])
        raise ValueError(f"student {zero} is 0, where this activation has no gradient; move it or leave it out")
    stepper = choose_stepper(net, eta, _draw(net, samples, fresh, rng), carry, resolve_backend(backend))
    keep: list[Any] = []
    status, message = "finished", f"{steps} steps"
    place = 0
    with np.errstate(over="ignore", invalid="ignore"):
        number = 0
        while True:
            if place < len(numbers) and number == numbers[place]:
                keep.append(stepper.snapshot())
                place += 1
            if not stepper.finite():
                status, message = "diverged", f"not finite after {number} steps; take a smaller step than {step}"
                break
            if progress is not None:
                progress(number)
            if number == steps:
                break
            following = numbers[place] if place < len(numbers) else steps
            until = min(steps, following, number - number % CHECK_EVERY + CHECK_EVERY)
            stepper.advance(until - number)
            number = until
        return _trajectory(net, stepper, keep, numbers[: len(keep)], status, message, quantities)


def _trajectory(
    net: Network,
    stepper: Stepper,
    keep: list[Any],
    numbers: Sequence[int],
    status: str,
    message: str,
    quantities: Quantities,
) -> Trajectory:
    states, residual, loss, extra = stepper.decode(keep)
    alive: NDArray[np.bool_] = np.asarray(np.isfinite(states).all(axis=(-2, -1)))
    found = Trajectory(
        model=net.model,
        kind="descent",
        status=status,
        message=message,
        t=np.asarray(numbers, dtype=np.float64),
        states=states,
        teachers=stepper.teachers,
        loss=loss,
        residual=residual,
        student_weights=net.student_weights,
        teacher_weights=net.teacher_weights,
        reduced_dimension=int(states.shape[-1]),
        dimension=net.d,
        basis=stepper.basis,
        monitors=_monitors(loss),
        error_evidence={"method": stepper.method},
        carry=stepper.carry(),
    )
    if net.batch_shape and status == "finished" and not alive[-1].all():
        found = replace(found, status="mixed", message=f"{int((~alive[-1]).sum())} of {alive[-1].size} diverged")
    if net.batch_shape:
        found = replace(found, statuses=np.where(alive[-1], "finished", "diverged"))
    return replace(found, quantities={**extra, **observed(found, quantities)})


def _integer(value: object) -> int | None:
    """``value`` as an integer, None for booleans and everything else."""
    return int(value) if isinstance(value, int | np.integer) and not isinstance(value, bool) else None


def _monitors(loss: Floats) -> dict[str, float]:
    """Largest relative increase of the population loss between recorded steps (it need not decrease for large
    steps).
    """
    before, after = loss[:-1], loss[1:]
    known = np.isfinite(before) & np.isfinite(after) & (before > 0)
    ratio = after[known] / before[known] - 1.0
    return {"largest_relative_loss_increase": float(np.max(ratio, initial=0.0))}


def _check(net: Network, step: float | Floats, steps: int) -> Floats:
    if not isinstance(net, Network):
        raise ValueError(f"net={net!r} is not a Network; build one with numerics.Network(model=…, students=…, …)")
    if _integer(steps) is None or steps < 0:
        raise ValueError(f"steps={steps!r} must be a non-negative integer")
    eta = np.asarray(step, dtype=np.float64)
    if not np.isfinite(eta).all() or not (eta > 0).all():
        raise ValueError(f"step={step!r} must be positive and finite")
    try:
        return np.broadcast_to(eta, net.batch_shape)
    except ValueError as error:
        raise ValueError(
            f"step has shape {eta.shape}, the batch {net.batch_shape}; give one step or one per instance"
        ) from error


def _record(record: int | Sequence[int] | None, steps: int) -> list[int]:
    if record is None or isinstance(record, int | np.integer):
        count = DEFAULT_RECORDS if record is None else int(record)
        if _integer(record if record is not None else count) is None or count < 1:
            raise ValueError(f"record={record!r} must be at least 1, or a list of step numbers")
        inner = np.geomspace(1, steps, count) if steps else np.zeros(0)
        return sorted({0, steps, *np.rint(inner).astype(int).tolist()})
    numbers = [int(number) for number in record]
    if not numbers or any(b <= a for a, b in pairwise(numbers)):
        raise ValueError(f"record={list(record)[:5]} … must be increasing step numbers")
    if numbers[0] < 0 or numbers[-1] > steps:
        raise ValueError(f"record must lie within 0 … {steps}, got {numbers[0]} … {numbers[-1]}")
    return [*numbers, steps + 1]


def _draw(
    net: Network, samples: int | Floats | None, fresh: bool, rng: np.random.Generator | None
) -> Callable[[], Floats] | None:
    """A source of samples, called once per step; None for the population."""
    if samples is None:
        if fresh:
            raise ValueError("fresh=True needs samples=N, the number of inputs to draw for every step")
        return None
    if isinstance(samples, int | np.integer) and not isinstance(samples, bool):
        if samples < 1:
            raise ValueError(f"samples={samples} must be at least 1")
        if rng is None:
            raise ValueError(f"samples={samples} are drawn at random; pass rng=numpy.random.default_rng(seed)")
        shape = (*((net._rows.raw.shape[0],) if net.batch_shape else ()), int(samples), net.d)
        if fresh:
            return lambda: rng.standard_normal(shape)
        fixed = rng.standard_normal(shape)
        return lambda: fixed
    array = np.asarray(samples, dtype=np.float64)
    if fresh or array.ndim < 2 or array.shape[-1] != net.d or not np.isfinite(array).all():
        raise ValueError(
            f"samples has shape {array.shape}; give finite inputs (N, {net.d}), or a number with fresh=True"
        )
    array = (
        array
        if array.ndim == 2
        else np.broadcast_to(array, net.batch_shape + array.shape[-2:]).reshape(-1, *array.shape[-2:])
    )
    return lambda: array
