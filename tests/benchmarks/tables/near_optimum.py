"""The right-hand side next to the optimum, where nothing but the cancellation-free forms keeps a digit."""

from __future__ import annotations

import numpy as np
from race import race
from record import Goal, Table
from start import BACKENDS

from numerics import Network, gradient_field


def measure() -> Table:
    rng = np.random.default_rng(1)
    students = np.full((5, 1), 0.2) * np.eye(1, 10)
    students[:, 1:] += 1e-7 * rng.standard_normal((5, 9))
    net = Network(model="xu23a", students=students, teachers=np.eye(1, 10))
    fields = {name: gradient_field(net, backend=name) for name in BACKENDS}
    rows = np.array(net.students)
    seconds = race({f"lemmata, {name}": (lambda f=f: f(rows)) for name, f in fields.items()})
    value = 1e6 * seconds["lemmata, numpy"]
    return Table(
        title="near_optimum: one right-hand side, n = 5, d = 10, L ≈ 1e-21",
        seconds=seconds,
        goals=[Goal(what="NumPy, one call", value=value, at_least=False, unit="µs")],
        notes=("The direct form refuses here, and the careful one is computed; flows have variables of their own.",),
    )
