"""Speed of the hot paths as ratios against what one would write instead, all in one run.

    .venv/bin/python tests/benchmarks/run.py

Prints a table; asserts nothing, because a time depends on what else the machine does.  The load is printed with it.
"""

from __future__ import annotations

import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import statistics  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402

import numpy as np  # noqa: E402

from numerics import Network, gradient_flow  # noqa: E402


def seconds(work: Callable[[], object], repeats: int = 5) -> float:
    """Median time of a few repeats, after one to warm up."""
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def textbook_gradient(students: np.ndarray, teacher: np.ndarray) -> np.ndarray:
    """Equation (4) of xu23a with arccos, one network at a time: what one writes first."""
    rows = np.vstack([students, teacher])
    signs = np.array([1.0] * len(students) + [-1.0])
    norms = np.linalg.norm(rows, axis=1)
    cosines = np.clip(rows[:-1] @ rows.T / np.outer(norms[:-1], norms), -1, 1)
    angles = np.arccos(cosines)
    push = (np.sin(angles) * norms * signs).sum(axis=1)[:, None] * students / norms[:-1, None]
    return (push + ((np.pi - angles) * signs) @ rows) / (2 * np.pi)


def main() -> None:
    rng = np.random.default_rng(0)
    students, teachers = rng.standard_normal((20_000, 5, 10)), rng.standard_normal((20_000, 1, 10))
    few = 500
    pairs = list(zip(students[:few], teachers[:few, 0], strict=True))
    loop = seconds(lambda: [textbook_gradient(rows, teacher) for rows, teacher in pairs]) / few
    batch = seconds(lambda: Network(model="xu23a", students=students, teachers=teachers).gradient) / len(students)
    start = Network(model="xu23a", students=rng.standard_normal((5, 10)) / 20, teachers=np.eye(1, 10))
    flow = seconds(lambda: gradient_flow(start, until=1e9), repeats=3)
    print(f"load {os.getloadavg()[0]:.2f}")
    print(f"gradient (5, 10), Python loop over the textbook form   {1e6 * loop:8.2f} µs per network")
    ratio = f"×{loop / batch:.1f}"
    print(f"gradient (5, 10), batch of 20000, cancellation-free    {1e6 * batch:8.2f} µs per network   {ratio}")
    print(f"flow (5, 10) to t = 1e9                                {1e3 * flow:8.0f} ms")


if __name__ == "__main__":
    main()
