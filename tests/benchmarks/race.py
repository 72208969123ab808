"""Timing contenders against each other in rounds, so that whatever else the machine does meets all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

__all__ = ["race"]

Work = Callable[[], object]

SAMPLE = 2e-3


def race(contenders: Mapping[str, Work], *, rounds: int = 40, seconds: float = 4.0) -> dict[str, float]:
    """Seconds of one call of each contender: the best of interleaved samples, since other jobs only add time.

    A sample lasts 2 ms or one call; rounds end after ``rounds``, or after ``seconds`` once there were three.
    """
    loops = {name: _loops(work) for name, work in contenders.items()}
    best = dict.fromkeys(contenders, float("inf"))
    began = time.perf_counter()
    for turn in range(rounds):
        for name, work in contenders.items():
            best[name] = min(best[name], _sample(work, loops[name]))
        if turn >= 2 and time.perf_counter() - began > seconds:
            break
    return best


def _sample(work: Work, loops: int) -> float:
    start = time.perf_counter()
    for _ in range(loops):
        work()
    return (time.perf_counter() - start) / loops


def _loops(work: Work) -> int:
    """After one call to warm up, compilation included."""
    work()
    once = _sample(work, 1)
    return max(1, min(10_000, int(SAMPLE / max(once, 1e-9))))
