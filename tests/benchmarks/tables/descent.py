"""One step of gradient descent, in a run of thousands."""

from __future__ import annotations

from functools import partial

from race import race
from record import Goal, Table
from start import BACKENDS, network

from numerics import gradient_descent

N, D = 5, 10
MODELS = ("xu23a", "zhou21b", "wang21a")
STEPS = {"numpy": 200, "numba": 20_000}


def measure() -> Table:
    works = {}
    for model in MODELS:
        net = network(N, D, model=model)
        for name in BACKENDS:
            run = partial(gradient_descent, net, step=1e-4, steps=STEPS[name], record=[STEPS[name]], backend=name)
            works[f"{model}, {name}"] = run
    seconds = {name: time / STEPS[name.rpartition(" ")[2]] for name, time in race(works, rounds=10, seconds=6).items()}
    goals = []
    if "numba" in BACKENDS:
        goals = [
            Goal(what=f"{model}, Numba against NumPy", value=seconds[f"{model}, numpy"] / seconds[f"{model}, numba"])
            for model in MODELS
        ]
    return Table(title=f"descent: one step of many, n = {N}, d = {D}", seconds=seconds, goals=goals)
