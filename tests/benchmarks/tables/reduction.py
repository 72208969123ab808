"""A thousand right-hand sides at d = 10⁶: in full, after a QR decomposition, and drawn reduced (Bartlett)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from race import race
from record import Goal, Table
from start import BACKENDS

from numerics import Network, gradient_field
from numerics.dynamics.reduce import gaussian_start, reduce_dimension

N, D, COUNT = 5, 1_000_000, 1000


def repeated(students: np.ndarray, teachers: np.ndarray, backend: str, count: int) -> None:
    field = gradient_field(Network(model="xu23a", students=students, teachers=teachers), backend=backend)
    for _ in range(count):
        field(students)


def bare_products(students: np.ndarray, teachers: np.ndarray) -> Callable[[], object]:
    """The least that a right-hand side in full dimension can cost: two products over d."""
    rows = np.concatenate([students, teachers])
    coefficients = np.random.default_rng(1).standard_normal((N, N + 1))
    return lambda: (rows @ rows.T, coefficients @ rows)


def measure() -> Table:
    rng = np.random.default_rng(0)
    students, teachers = rng.standard_normal((N, D)), rng.standard_normal((1, D))

    def by_qr(backend: str) -> None:
        reduced = reduce_dimension(students, teachers)
        repeated(reduced.students, reduced.teachers, backend, COUNT)

    def by_bartlett(backend: str) -> None:
        start = gaussian_start(n=N, d=D, sigma=1.0, teachers=np.eye(1), rng=rng)
        repeated(start.students, start.teachers, backend, COUNT)

    whole = gradient_field(Network(model="xu23a", students=students, teachers=teachers), backend="numpy")
    works: dict[str, Callable[[], object]] = {
        "one in full dimension": lambda: whole(students),
        "its two matrix products alone": bare_products(students, teachers),
    }
    for name in BACKENDS:
        works[f"{COUNT} after QR, {name}"] = lambda name=name: by_qr(name)
        works[f"{COUNT} drawn by Bartlett, {name}"] = lambda name=name: by_bartlett(name)
    seconds = race(works, rounds=6, seconds=10)
    full, fast = COUNT * seconds["one in full dimension"], BACKENDS[-1]
    bare = COUNT * seconds["its two matrix products alone"]
    by_way = {"QR": seconds[f"{COUNT} after QR, {fast}"], "Bartlett": seconds[f"{COUNT} drawn by Bartlett, {fast}"]}
    bounds = {"QR": 100.0, "Bartlett": 10_000.0 if fast == "numba" else None}
    goals = [
        Goal(what=f"{way}, {fast}, against full dimension", value=full / time, bound=bounds[way])
        for way, time in by_way.items()
    ]
    goals += [Goal(what=f"{way}, {fast}, against the bare products", value=bare / time) for way, time in by_way.items()]
    notes = ("The right-hand side in full dimension was timed once and multiplied.",)
    return Table(
        title=f"reduction: {COUNT} right-hand sides, n = {N}, d = {D}", seconds=seconds, goals=goals, notes=notes
    )
