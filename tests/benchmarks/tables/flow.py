"""Gradient flow to t = 1e9, and its error by a much tighter run."""

from __future__ import annotations

import numpy as np
from race import race
from record import Goal, Table
from start import BACKENDS, small_start

from numerics.dynamics.flow_systems import FlowSystem
from numerics.dynamics.integrate import Limits, integrate
from numerics.dynamics.start import flow_system
from numerics.fast.systems import compiled

END = np.array([1e9])
ACCURACY = {5: 1e-7, 20: 1e-9, 50: 1e-9}
BOUNDS = {
    ("numpy", 5): 0.3,
    ("numba", 5): 0.06,
    ("numpy", 20): 10.0,
    ("numba", 20): 10.0,
    ("numpy", 50): 20.0,
    ("numba", 50): 10.0,
}


def measure() -> Table:
    seconds: dict[str, float] = {}
    goals = []
    for n, d in ((5, 10), (20, 100), (50, 100)):
        system = flow_system(small_start(n, d))

        def run(backend: str, accuracy: float = ACCURACY[n], system: FlowSystem = system) -> float:
            done = integrate(
                compiled(system, backend),
                END,
                method="LSODA",
                accuracy=accuracy,
                collapses=True,
                limits=Limits(max_steps=200_000),
            )
            assert done.status == "finished", done.message
            return float(done.found.loss[-1])

        exact = run(BACKENDS[-1], 1e-11)
        names = {name: f"integration alone, {name}, n = {n}, d = {d}" for name in BACKENDS}
        seconds |= race({names[name]: (lambda name=name, run=run: run(name)) for name in BACKENDS}, rounds=7, seconds=8)
        for name in BACKENDS:
            bound = BOUNDS[name, n]
            goals.append(Goal(what=names[name], value=seconds[names[name]], bound=bound, at_least=False, unit="s"))
            error = abs(run(name) - exact) / exact
            what = f"relative error of the loss, {name}, n = {n}"
            goals.append(Goal(what=what, value=error, bound=1e-6, at_least=False, unit=""))
    given = " and ".join(f"{tolerance:g} for n = {n}" for n, tolerance in ACCURACY.items())
    notes = (f"Local relative tolerance {given}; the error is the difference to a run at 1e-11.",)
    return Table(title="flow: to t = 1e9 from a small start", seconds=seconds, goals=goals, notes=notes)
