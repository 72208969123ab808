"""Experiments: labelled runs of gradient descent over seeds, population or on samples, as one frame with a
run per label.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.claim import Claim
from checks.given import Experiment, Run, exact_rational
from checks.method import Context
from checks.runs.trajectories import trajectory_frame
from numerics.dynamics.descent import gradient_descent
from numerics.dynamics.simulate import batch_gradient, empirical_gradient, population_gradient, simulate
from numerics.evaluation.walk import Entry, Frame
from numerics.network import Network
from numerics.stable.compile import compile_kernel
from theory.model import Model, find_model

__all__ = ["experiment_frame", "seeds_of"]

_RECORDS = 250


def seeds_of(given: Experiment, context: Context) -> int:
    """Number of seeds that a budget affords."""
    quick, full = given.seeds
    return quick if context.budget.effort == 1 else max(full, context.budget.seeds)


def _coarse(given: Experiment, context: Context) -> int:
    return given.coarse if context.budget.effort == 1 else 1


def experiment_frame(claim: Claim, given: Experiment, context: Context) -> Frame:
    """All runs of the experiment: data drawn once per seed and number of samples, starts once per run."""
    seeds, coarse = seeds_of(given, context), _coarse(given, context)
    runs = {label: _simulated(claim, given, context, label, run, seeds, coarse) for label, run in given.runs.items()}
    return Frame(entries={}, runs=runs)


def _simulated(
    claim: Claim, given: Experiment, context: Context, label: str, run: Run, seeds: int, coarse: int
) -> Frame:
    model, d = find_model(given.model), given.dimension
    teachers = _teachers(given, seeds)
    start = context.rng(claim, f"start of {label}").standard_normal((seeds, run.students, d)) * float(run.deviation)
    if run.centre:
        start = start + _rows(run.centre)
    samples = None if run.fresh else _samples(claim, context, seeds, run.samples, d)
    eta = np.full(seeds, float(run.step) * coarse)
    steps = max(1, run.steps // coarse)
    times = sorted({min(round(time / coarse), steps) for time in run.at}) or _evenly(steps)
    if run.fresh:
        batches = context.rng(claim, f"batches of {label}")
        states = simulate(batch_gradient(model, teachers, run.samples, batches), start, eta, times)
    else:
        states = _states(model, teachers, start, samples, eta, times)
    still: dict[str, Entry] = {"v": Entry(data=teachers, axis="teacher", vector=True)}
    if samples is not None:
        still["x"] = Entry(data=samples, axis="sample", vector=True)
    still["w"] = Entry(data=start, axis="student", vector=True)
    clock = np.asarray(times, dtype=np.float64) * coarse
    return trajectory_frame(Frame(entries=still), states, clock, np.full(seeds, float(run.step)))


def _teachers(given: Experiment, seeds: int) -> np.ndarray[Any, Any]:
    """(seeds, m, d) teachers, the same for every seed."""
    if given.teacher_rows:
        return np.repeat(_rows(given.teacher_rows)[None], seeds, axis=0)
    teachers = np.zeros((seeds, 1, given.dimension))
    teachers[:, 0, 0] = float(given.teacher_norm)
    return teachers


def _rows(rows: tuple[tuple[Any, ...], ...]) -> np.ndarray[Any, Any]:
    return np.array([[float(exact_rational(entry)) for entry in row] for row in rows])


def _states(model: Model, teachers: Any, start: Any, samples: Any, eta: Any, times: list[int]) -> Any:
    """States (B, T, n, d) of the runs of all seeds at once."""
    if samples is not None:
        return simulate(empirical_gradient(model, teachers, samples), start, eta, times)
    if compile_kernel(model.activation).chart != "gram":
        # Kernels with kinks are quicker in the residual's coordinates; a run that diverges is recorded below.
        network = Network(model=model, students=start, teachers=teachers)
        run = gradient_descent(network, step=eta, steps=times[-1], record=times)
        if run.status == "finished":
            return (run.states if run.basis is None else run.states @ run.basis).swapaxes(0, 1)
    return simulate(population_gradient(model, teachers), start, eta, times)


def _evenly(steps: int) -> list[int]:
    return np.unique(np.linspace(0, steps, min(steps + 1, _RECORDS)).round().astype(int)).tolist()


def _samples(claim: Claim, context: Context, seeds: int, count: int, d: int) -> Any:
    if not count:
        return None
    return context.rng(claim, f"{count} samples").standard_normal((seeds, count, d))
