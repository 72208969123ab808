"""The right-hand side of one large network against the two matrix products that nothing can save."""

from __future__ import annotations

import numpy as np
from race import race
from record import Goal, Table
from start import network

from numerics import gradient_field

SIZES = ((1000, 1000), (100, 1000))


def measure() -> Table:
    works = {}
    for n, d in SIZES:
        net = network(n, d)
        students = np.array(net.students)
        rows = np.concatenate([students, net.teachers])
        coefficients = np.random.default_rng(1).standard_normal((n, n + 1))
        field = gradient_field(net, backend="numpy")
        works[f"lemmata, ({n}, {d})"] = lambda f=field, w=students: f(w)
        works[f"U Uᵀ and C U, ({n}, {d})"] = lambda u=rows, c=coefficients: (u @ u.T, c @ u)
    seconds = race(works, rounds=15, seconds=12)
    goals = [
        Goal(
            what=f"against the two products, ({n}, {d})",
            value=seconds[f"lemmata, ({n}, {d})"] / seconds[f"U Uᵀ and C U, ({n}, {d})"],
            bound=1.3 if (n, d) == (1000, 1000) else None,
            at_least=False,
        )
        for n, d in SIZES
    ]
    return Table(title="large: one right-hand side of many neurons", seconds=seconds, goals=goals)
