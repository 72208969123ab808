"""Random instances tested per second: ‖∇L‖ / L^(2/3), drawn by NumPy, in one process and in two threads."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from record import Goal, Table
from start import BACKENDS

from numerics import Network

COUNT, BLOCK, N, D = 200_000, 5_000, 5, 6


def smallest(backend: str, students: np.ndarray, teachers: np.ndarray) -> float:
    """The smallest ratio in a block: loss first, so that the gradient comes with it."""
    net = Network(model="xu23a", students=students, teachers=teachers, backend=backend)
    loss, norm = net.loss, net.gradient_norm
    return float((norm / loss ** (2 / 3)).min())


def rate(backend: str, workers: int) -> float:
    """Instances per second, best of four passes."""
    rng = np.random.default_rng(0)
    students, teachers = rng.standard_normal((COUNT, N, D)), rng.standard_normal((COUNT, 1, D))
    blocks = [slice(start, start + BLOCK) for start in range(0, COUNT, BLOCK)]
    best = float("inf")
    with ThreadPoolExecutor(workers) as pool:
        for _ in range(5):
            began = time.perf_counter()
            list(pool.map(lambda block: smallest(backend, students[block], teachers[block]), blocks))
            best = min(best, time.perf_counter() - began)
    return COUNT / best


def measure() -> Table:
    goals = []
    for name in BACKENDS:
        for workers in (1, 2):
            goals.append(
                Goal(
                    what=f"{name}, {workers} thread{'s' if workers > 1 else ''}, millions of instances per second",
                    value=rate(name, workers) / 1e6,
                    bound=1.0 if (name, workers) == ("numpy", 2) else None,
                    unit="M/s",
                )
            )
    notes = ("Threads share the machine: NumPy frees the interpreter's lock in long operations only.",)
    return Table(title=f"search: ‖∇L‖ / L^(2/3) of random networks, n = {N}, d = {D}", goals=goals, notes=notes)
