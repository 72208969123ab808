"""A neuron that reaches 0 in finite time: an event with its time, never a hang."""

from __future__ import annotations

import time

import numpy as np
from record import Goal, Table
from start import BACKENDS

from numerics import Network, gradient_flow

SEEDS, N, D = 8, 10, 20


def measure() -> Table:
    seconds, goals = {}, []
    for name in BACKENDS:
        statuses, longest = [], 0.0
        for seed in range(SEEDS):
            rng = np.random.default_rng(seed)
            net = Network(model="xu23a", students=rng.standard_normal((N, D)) / np.sqrt(D), teachers=np.eye(1, D))
            began = time.perf_counter()
            run = gradient_flow(net, until=100.0, backend=name)
            longest = max(longest, time.perf_counter() - began)
            told = run.status == "finished" or (run.status == "collapse" and 0 < run.events[-1].t <= 100.0)
            statuses.append((run.status, told))
        seconds[f"longest of {SEEDS} runs to t = 100, {name}"] = longest
        collapses = sum(status == "collapse" for status, _ in statuses)
        told = sum(told for _, told in statuses)
        what = f"{name}: finished or told as an event with its time, {collapses} collapses"
        goals.append(Goal(what=what, value=told, bound=SEEDS, unit="runs"))
    return Table(title=f"collapse: N(0, 1/d) starts, n = {N}, d = {D}", seconds=seconds, goals=goals)
