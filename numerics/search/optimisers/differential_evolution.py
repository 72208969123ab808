"""Differential evolution, current-to-pbest with random dither and crossover, on one population.

The population is the starts and copies of them moved by errors of many sizes, so that differences of every
size occur.
"""

import numpy as np

from numerics.instances.space import Floats
from numerics.search.objective import Objective
from numerics.search.optimiser import Optimiser


def _run(objective: Objective, starts: Floats, radius: Floats, rng: np.random.Generator, allowance: int) -> None:
    count, k = starts.shape
    size = int(np.clip(6 * k, 32, 120))
    if allowance < 4 * size:
        return
    owner = np.zeros(size, dtype=np.intp)  # one chart for all: differences need common coordinates
    parents = rng.integers(0, count, size)
    reach = 10.0 ** rng.uniform(-6.0, 0.5, (size, 1)) * np.maximum(radius[parents], 0.3)[:, None]
    x = starts[parents] + np.where(np.arange(size)[:, None] < count, 0.0, reach) * rng.standard_normal((size, k))
    x[: min(count, size)] = starts[: min(count, size)]
    key, _ = objective(x, owner)
    used, every = size, np.arange(size)
    while used + size <= allowance and not objective.stopped:
        elite = np.argsort(key, kind="stable")[: max(2, size // 8)]
        lead = x[rng.choice(elite, size)]
        a, b = x[rng.integers(0, size, size)], x[rng.integers(0, size, size)]
        factor = rng.uniform(0.3, 1.0, (size, 1))
        base = np.where(rng.random((size, 1)) < 0.3, x[rng.integers(0, size, size)], x)
        mutant = base + factor * (lead - base) + rng.uniform(0.3, 1.0, (size, 1)) * (a - b)
        crossover = rng.choice([0.1, 0.5, 0.9, 1.0], (size, 1))
        mask = rng.random((size, k)) < crossover
        mask[every, rng.integers(0, k, size)] = True
        trial = np.where(mask, mutant, x)
        trial_key, _ = objective(trial, owner)
        used += size
        better = trial_key <= key
        x[better], key[better] = trial[better], trial_key[better]
        if np.ptp(x, axis=0).max() < 1e-14 * max(1.0, float(np.abs(x).max())):
            break


OPTIMISER = Optimiser(
    name="differential_evolution",
    title="differential evolution",
    order=3,
    share=0.3,
    starts=24,
    run=_run,
    common=True,
)
