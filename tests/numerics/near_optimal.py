"""Networks close to a global minimum, with losses far below what a textbook sum can resolve."""

from __future__ import annotations

import numpy as np


def near_optimal(
    model: str, rng: np.random.Generator, *, n: int = 4, d: int = 5, distance: float, turned: bool = True
) -> tuple[np.ndarray, np.ndarray]:
    """Students (n, d) whose components across one random teacher are about ``distance``, and the teacher (1,
    d).
    """
    teacher = rng.normal(size=d)
    across = rng.normal(size=(n, d)) * distance
    across -= np.outer(across @ teacher, teacher) / (teacher @ teacher)
    if model == "wang21a":
        mix = rng.normal(size=n)
        return np.outer(mix / np.linalg.norm(mix), teacher) + across, teacher[None]
    effective = rng.dirichlet(np.ones(n))[:, None] * teacher + across
    effective[-1] = teacher - effective[:-1].sum(axis=0) + distance**2 * rng.normal(size=d)
    if model == "xu23a":
        return effective, teacher[None]
    students = effective / np.sqrt(np.linalg.norm(effective, axis=1))[:, None]
    signs = rng.choice([-1.0, 1.0], size=(n, 1)) if turned else 1.0
    return students * signs, teacher[None]
