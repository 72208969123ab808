"""Many small networks at once, each with its own teacher."""

from __future__ import annotations

import alternatives
import numpy as np
from race import race
from record import Goal, Table
from start import BACKENDS

from numerics import Network, gradient_field

COUNT, FEW, N, D = 100_000, 300, 5, 10


def measure() -> Table:
    rng = np.random.default_rng(0)
    students, teachers = rng.standard_normal((COUNT, N, D)), rng.standard_normal((COUNT, 1, D))
    pairs = list(zip(students[:FEW], teachers[:FEW], strict=True))

    def gradient(backend: str) -> np.ndarray:
        return np.asarray(Network(model="xu23a", students=students, teachers=teachers, backend=backend).gradient)

    net = Network(model="xu23a", students=students, teachers=teachers)
    fields = {name: gradient_field(net, backend=name) for name in BACKENDS}
    works = {f"lemmata, {name}, per network": (lambda f=f: f(students)) for name, f in fields.items()}
    works |= {f"the same by Network(…).gradient, {name}": (lambda name=name: gradient(name)) for name in BACKENDS}
    loop = "Python loop over the NumPy textbook form, per network"
    seconds = race({**works, loop: lambda: [alternatives.textbook(*pair) for pair in pairs]}, rounds=20, seconds=15)
    seconds = {name: value / (FEW if name == loop else COUNT) for name, value in seconds.items()}
    goals = [
        Goal(
            what=f"{name} against the Python loop",
            value=seconds[loop] / seconds[f"lemmata, {name}, per network"],
            bound={"numpy": 20, "numba": 60}[name],
        )
        for name in BACKENDS
    ]
    title = f"batch: {COUNT} gradients, n = {N}, d = {D}"
    return Table(title=title, seconds=seconds, goals=goals)
