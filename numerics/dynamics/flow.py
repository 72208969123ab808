"""Gradient flow ẇ = −∇L(w) to any time, with status, events and evidence.

SciPy's LSODA (or Radau, BDF) with the analytic Jacobian, in reduced coordinates and well-scaled variables
(`flow_systems`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.arguments import check_flow, recorded_times
from numerics.dynamics.conditions import read_condition
from numerics.dynamics.flow_batch import flow_batch
from numerics.dynamics.follow import Beginning, Plan
from numerics.dynamics.integrate import Limits
from numerics.dynamics.one_flow import Request, one_flow
from numerics.dynamics.quantities import Quantities, check_quantities
from numerics.dynamics.start import flow_system, reduced_start
from numerics.dynamics.trajectory import Trajectory
from numerics.fast.backend import resolve_backend
from numerics.network import Network

__all__ = ["flow_system", "gradient_flow"]

Floats = NDArray[np.float64]


def gradient_flow(
    net: Network,
    *,
    until: float,
    at: Sequence[float] | Floats | None = None,
    method: str | None = None,
    accuracy: float = 1e-9,
    quantities: Quantities = (),
    events: Mapping[str, str] | None = None,
    after_collapse: str = "stop",
    refine: bool = False,
    jobs: int = 1,
    dimension: int | None = None,
    max_steps: int = 200_000,
    max_seconds: float | None = None,
    progress: Callable[[float], None] | None = None,
    backend: str | None = None,
) -> Trajectory:
    """Follow the flow of a network, or of every network of a batch, from t = 0 to ``until``.

    ``at``: recorded times in [0, until] (default: 0 and 12 per decade); ``method`` "LSODA" (default), "Radau"
    or "BDF"; ``accuracy``: local relative tolerance, tolerances per group of variables follow from it;
    ``quantities``: names to record, of the vocabulary or attributes of `Network`; ``events``: conditions by
    name, such as {"small": "Z <= 0.01"} (see `conditions` and `phases`), whose entries and exits are located;
    ``refine``: integrate again with a tighter tolerance and with another method and report the largest
    relative differences of the loss and the quantities at the recorded times; ``jobs``: processes for a batch
    (−1: all cores); ``dimension``: d that rows already in reduced coordinates stand for, as drawn by
    `gaussian_start`; ``progress(t)`` is called after every step; ``backend``: "numpy", "numba" or "auto" (Numba
    where installed) computes the right-hand sides, None takes LEMMATA_BACKEND, and "auto" without one.

    A student that reaches 0 under a kinked activation is an event "collapse" with its time.  With
    ``after_collapse`` "stop" it ends the run.  With "freeze" the student stays at 0, which is a solution of
    the inclusion ẇ ∈ −∂L(w) as long as 0 is a Clarke subgradient there: that is tested at the recorded times
    (`subgradient`), reported in ``monitors``, and the record ends with status "unresolved" where it fails.
    Students that start at 0 are frozen likewise.

    Error: for 1-homogeneous activations, whatever the number of teachers, the relative error of the loss is
    about 10 × ``accuracy`` (1e-8 and less measured at t = 1e9, by a second tolerance and a second method); it
    is known of the run at hand with ``refine``.  Where the weights themselves are variables (quadratic,
    smooth students at 0) losses below ``loss_floor`` of the evidence have no digits for certain.

    Raises ValueError for arguments outside their domain; failures of the method are statuses: "stalled" when
    ``max_steps``, ``max_seconds`` or rounding ended the run.
    """
    check_flow(net, until, method, accuracy, max_steps, after_collapse, jobs, dimension)
    check_quantities(quantities)
    request = Request(
        times=recorded_times(at, until),
        plan=Plan(
            method=method or "LSODA",
            accuracy=accuracy,
            freeze=after_collapse == "freeze",
            limits=Limits(max_steps=max_steps, max_seconds=max_seconds, progress=progress),
            backend=resolve_backend(backend),
        ),
        quantities=quantities,
        conditions={name: read_condition(text) for name, text in (events or {}).items()},
        refine=refine,
        dimension=dimension,
    )
    if net.batch_shape:
        return flow_batch(net, request, jobs)
    reduction, carried = reduced_start(net)
    return one_flow(Beginning(network=net, reduction=reduction, carried=carried), request)
