"""Arguments of a flow, checked, with errors that name the argument, its value and the remedy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.integrate import METHODS
from numerics.network import Network

__all__ = ["check_flow", "recorded_times"]

Floats = NDArray[np.float64]

PER_DECADE = 12
AFTER_COLLAPSE = ("stop", "freeze")


def check_flow(
    net: Network,
    until: float,
    method: str | None,
    accuracy: float,
    max_steps: int,
    after_collapse: str,
    jobs: object,
    dimension: object,
) -> None:
    """Raises ValueError for the first argument outside its domain."""
    if not isinstance(net, Network):
        raise ValueError(f"net={net!r} is not a Network; build one with numerics.Network(model=…, students=…, …)")
    if not (np.isfinite(until) and until > 0):
        raise ValueError(f"until={until!r} must be a positive finite time")
    if method is not None and method not in METHODS:
        raise ValueError(f"method={method!r} is unknown; choose {' or '.join(METHODS)}")
    if not 1e-13 <= accuracy <= 1e-3:
        raise ValueError(f"accuracy={accuracy!r} is out of range; give a number between 1e-13 and 1e-3")
    if max_steps < 1:
        raise ValueError(f"max_steps={max_steps!r} must be at least 1")
    if after_collapse not in AFTER_COLLAPSE:
        raise ValueError(f"after_collapse={after_collapse!r} is unknown; choose {' or '.join(AFTER_COLLAPSE)}")
    if not isinstance(jobs, int) or isinstance(jobs, bool) or jobs == 0 or jobs < -1:
        raise ValueError(f"jobs={jobs!r} must be a positive number of processes, or -1 for all cores")
    if dimension is not None and (not isinstance(dimension, int | np.integer) or dimension < net.d):
        raise ValueError(f"dimension={dimension!r} must be an integer, at least {net.d}, the length of the rows")
    defined = np.asarray(net.gradient_defined)
    if after_collapse == "stop" and not defined.all():
        zero = int(np.argwhere(~defined)[0][-1])
        raise ValueError(
            f"student {zero} is 0, where this activation has no gradient; move it, leave it out, "
            "or rest it there with after_collapse='freeze'"
        )
    if not defined.any(axis=-1).all():
        raise ValueError("all students are 0, where this activation has no gradient; move one")


def recorded_times(at: Sequence[float] | Floats | None, until: float, start: float = 0.0) -> Floats:
    """The times to record in [``start``, ``until``]: as given, or the start and 12 per decade."""
    if at is None:
        first = max(start, min(1e-2, 1e-2 * until))
        count = max(1, int(np.ceil(PER_DECADE * np.log10(until / first)))) + 1
        grid = np.geomspace(first, until, count)
        grid[-1] = until
        return np.unique(np.concatenate([[start], grid]))
    times = np.asarray(at, dtype=np.float64)
    if times.ndim != 1 or not len(times) or not np.isfinite(times).all():
        raise ValueError(f"at={at!r} is not a list of times; give finite increasing numbers")
    if (times < start).any() or (times > until).any() or (np.diff(times) <= 0).any():
        raise ValueError(f"at must increase strictly within [{start:g}, {until:g}], got {times[0]:g} … {times[-1]:g}")
    return times
