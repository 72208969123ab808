"""A descent that goes on from where a saved one ended, with all the digits it had."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.descent import gradient_descent
from numerics.dynamics.quantities import Quantities
from numerics.dynamics.trajectory import Trajectory

__all__ = ["resume_descent"]

Floats = NDArray[np.float64]


def resume_descent(
    run: Trajectory,
    *,
    step: float | Floats,
    steps: int,
    record: Sequence[int] | None = None,
    quantities: Quantities = (),
    samples: int | Floats | None = None,
    fresh: bool = False,
    rng: np.random.Generator | None = None,
    progress: Callable[[int], None] | None = None,
    backend: str = "numpy",
) -> Trajectory:
    """``run`` and its continuation to step number ``steps`` as one trajectory; arguments as for `gradient_descent`.

    Population descents go on as if they had not been interrupted, up to rounding of the residual they carried.
    Samples are not part of a saved run: ``samples`` are given again, or drawn afresh.  ``record`` counts from the start
    of ``run``.  Quantities recorded on both sides are joined.  Raises ValueError for a flow, for a run with instances
    that diverged, or for ``steps`` that are already reached.
    """
    if run.kind != "descent":
        raise ValueError("this trajectory is a flow; resume it with resume_flow")
    if not np.isfinite(run.states[-1]).all():
        raise ValueError("a descent that diverged can't be resumed; start again with a smaller step")
    start = int(run.t[-1])
    if not steps > start:
        raise ValueError(f"steps={steps!r} are already reached: the run ends at {start}; give a larger number")
    rest = gradient_descent(
        run.final(),
        step=step,
        steps=steps - start,
        record=None if record is None else [number - start for number in record],
        quantities=quantities,
        samples=samples,
        fresh=fresh,
        rng=rng,
        progress=None if progress is None else lambda number: progress(number + start),
        carry=run.carry if samples is None else None,
        backend=backend,
    )
    return _joined(run, rest, start)


def _joined(first: Trajectory, second: Trajectory, start: int) -> Trajectory:
    """Both records in the coordinates of the first, the state at ``start`` once."""
    fresh = second.t > 0
    inner = second.basis

    def back(array: Floats) -> Floats:
        return array if inner is None else array @ inner

    def both(one: Floats, other: Floats) -> Floats:
        return np.concatenate([one, other[fresh]])

    carry = dict(second.carry)
    if "turned_residual" in carry:
        carry["turned_residual"] = back(carry["turned_residual"])
    shared = [name for name in first.quantities if name in second.quantities]
    before, after = (run.monitors.get("largest_relative_loss_increase", 0.0) for run in (first, second))
    return replace(
        second,
        message=f"{int(second.t[-1]) + start} steps" if second.status == "finished" else second.message,
        t=np.concatenate([first.t, second.t[fresh] + start]),
        states=both(first.states, back(second.states)),
        teachers=first.teachers,
        loss=both(first.loss, second.loss),
        residual=both(first.residual, back(second.residual)),
        reduced_dimension=first.reduced_dimension,
        dimension=first.dimension,
        basis=first.basis,
        quantities={name: both(first.quantities[name], second.quantities[name]) for name in shared},
        monitors={"largest_relative_loss_increase": max(before, after)},
        carry=carry,
    )
