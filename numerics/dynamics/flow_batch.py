"""Flows of a batch of networks, one process per core, gathered in one `Trajectory`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.follow import Beginning
from numerics.dynamics.one_flow import Request, one_flow
from numerics.dynamics.start import reduced_start
from numerics.dynamics.trajectory import Trajectory
from numerics.network import Network

__all__ = ["flow_batch"]

Floats = NDArray[np.float64]


def flow_batch(net: Network, request: Request, jobs: int) -> Trajectory:
    """Every network of the batch through the same recorded times; ``jobs`` processes, BLAS on one thread each."""
    shape = net.batch_shape
    instances = [_instance(net, index) for index in np.ndindex(*shape)]
    if jobs == 1 or len(instances) == 1:
        runs = [_run(instance, request) for instance in instances]
    else:
        from joblib import Parallel, delayed, parallel_config

        # A callback can't report across processes.
        silent = replace(request, plan=replace(request.plan, limits=replace(request.plan.limits, progress=None)))
        with parallel_config(backend="loky", inner_max_num_threads=1):
            runs = Parallel(n_jobs=jobs)(delayed(_run)(instance, silent) for instance in instances)
    return _gather(runs, request.times, shape)


def _run(net: Network, request: Request) -> Trajectory:
    reduction, carried = reduced_start(net)
    return one_flow(Beginning(network=net, reduction=reduction, carried=carried), request)


def _instance(net: Network, index: tuple[int, ...]) -> Network:
    shape = net.batch_shape

    def own(array: Floats, shared: int) -> Floats:
        return np.asarray(np.broadcast_to(array, (*shape, *array.shape[array.ndim - shared :]))[index])

    return Network(
        model=net.model,
        students=own(net.students, 2),
        teachers=own(net.teachers, 2),
        student_weights=None if net.student_weights is None else own(net.student_weights, 1),
        teacher_weights=None if net.teacher_weights is None else own(net.teacher_weights, 1),
    )


def _gather(runs: Sequence[Trajectory], times: Floats, shape: tuple[int, ...]) -> Trajectory:
    """One trajectory with batch axes: coordinates padded to the widest, NaN after an instance has ended."""
    width = max(run.reduced_dimension for run in runs)
    statuses = np.array([run.status for run in runs]).reshape(shape)
    finished = sum(run.status == "finished" for run in runs)
    every = {run.status for run in runs}
    first = next((run for run in runs if run.status != "finished"), runs[0])

    def wide(array: Floats) -> Floats:
        pad = width - array.shape[-1]
        return np.pad(array, [(0, 0)] * (array.ndim - 1) + [(0, pad)]) if pad else array

    def along(arrays: Sequence[Floats]) -> Floats:
        """(T, ..., …) from the recorded times that every run reached."""
        every = np.full((len(times), len(arrays), *arrays[0].shape[1:]), np.nan)
        for place, (run, array) in enumerate(zip(runs, arrays, strict=True)):
            known = np.isin(run.t, times)
            every[: known.sum(), place] = array[known]
        return every.reshape(len(times), *shape, *arrays[0].shape[1:])

    def stacked(arrays: Sequence[Floats]) -> Floats:
        return np.stack(arrays).reshape(*shape, *arrays[0].shape)

    bases = None
    if all(run.basis is not None for run in runs):
        # Rows of zeros for coordinates that an instance does not need.
        bases = stacked([np.pad(run.basis, ((0, width - len(run.basis)), (0, 0))) for run in runs])  # type: ignore[arg-type]
    evidence: dict[str, float | str] = {}
    for name, value in runs[0].error_evidence.items():
        values = [run.error_evidence[name] for run in runs]
        evidence[name] = value if isinstance(value, str) else float(np.max(np.asarray(values, dtype=np.float64)))
    monitors = {name: max(run.monitors.get(name, 0.0) for run in runs) for name in runs[0].monitors}
    weights = [run.student_weights for run in runs], [run.teacher_weights for run in runs]
    return replace(
        runs[0],
        status=runs[0].status if len(every) == 1 else "mixed",
        message=f"{finished} of {len(runs)} reached t = {times[-1]:g}; the first that did not: {first.message}"
        if finished < len(runs)
        else runs[0].message,
        t=times,
        states=along([wide(run.states) for run in runs]),
        teachers=stacked([wide(run.teachers) for run in runs]),
        loss=along([run.loss for run in runs]),
        residual=along([wide(run.residual) for run in runs]),
        loss_rate=along([run.loss_rate for run in runs if run.loss_rate is not None]),
        student_weights=None if weights[0][0] is None else stacked([w for w in weights[0] if w is not None]),
        teacher_weights=None if weights[1][0] is None else stacked([w for w in weights[1] if w is not None]),
        quantities={name: along([run.quantities[name] for run in runs]) for name in runs[0].quantities},
        steps={},
        carry={},
        monitors=monitors,
        events=tuple(
            replace(event, instance=tuple(int(place) for place in index))
            for index, run in zip(np.ndindex(*shape), runs, strict=True)
            for event in run.events
        ),
        reduced_dimension=width,
        basis=bases,
        error_evidence=evidence,
        statuses=statuses,
    )
