"""How the cost of a right-hand side grows with the number of students."""

from __future__ import annotations

import numpy as np
from race import race
from record import Goal, Table
from start import network

from numerics import gradient_field

SIZES, DIMENSIONS = (125, 250, 500, 1000), (10, 100)


def measure() -> Table:
    works = {}
    for d in DIMENSIONS:
        for n in SIZES:
            net = network(n, d)
            field, students = gradient_field(net, backend="numpy"), np.array(net.students)
            works[f"n = {n}, d = {d}"] = lambda f=field, w=students: f(w)
    seconds = race(works, rounds=15, seconds=10)
    goals = []
    for d in DIMENSIONS:
        times = [seconds[f"n = {n}, d = {d}"] for n in SIZES]
        exponent = float(np.polyfit(np.log(SIZES), np.log(times), 1)[0])
        goals.append(
            Goal(what=f"exponent of n up to 1000, d = {d}", value=exponent, bound=2.2, at_least=False, unit="")
        )
    return Table(title="scaling: one right-hand side against n", seconds=seconds, goals=goals)
