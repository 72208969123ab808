"""Covariance-matrix adaptation (μ/μ_w, λ) from several starts at once; sees only the order of the keys.

Full matrices up to 48 coordinates, diagonal ones above. A start whose step size has collapsed or grown out
of hand begins again around its best point with a fresh step size.
"""

import numpy as np

from numerics.instances.space import Floats
from numerics.search.objective import Objective
from numerics.search.optimiser import Optimiser

_FULL = 48


def _run(objective: Objective, starts: Floats, radius: Floats, rng: np.random.Generator, allowance: int) -> None:
    size, k = starts.shape
    lam = 4 + int(3 * np.log(k + 1))
    mu = lam // 2
    if allowance < 4 * size * lam:
        return
    weight = np.log(mu + 0.5) - np.log(np.arange(1, mu + 1))
    weight /= weight.sum()
    effective = 1.0 / np.sum(weight**2)
    c_sigma = (effective + 2) / (k + effective + 5)
    damping = 1 + 2 * max(0.0, np.sqrt((effective - 1) / (k + 1)) - 1) + c_sigma
    c_c = (4 + effective / k) / (k + 4 + 2 * effective / k)
    c_1 = 2 / ((k + 1.3) ** 2 + effective)
    c_mu = min(1 - c_1, 2 * (effective - 2 + 1 / effective) / ((k + 2) ** 2 + effective))
    expected = np.sqrt(k) * (1 - 1 / (4 * k) + 1 / (21 * k * k))
    full = k <= _FULL
    mean, best, sigma = starts.copy(), starts.copy(), radius.copy()
    best_key = np.full(size, np.inf)
    p_sigma, p_c = np.zeros((size, k)), np.zeros((size, k))
    covariance = np.broadcast_to(np.eye(k), (size, k, k)).copy() if full else np.ones((size, 1, k))
    basis, spread = covariance.copy(), np.ones((size, k))
    owner = np.repeat(np.arange(size), lam)
    every, used, generation = np.arange(size), 0, 0
    while used + size * lam <= allowance and not objective.stopped:
        z = rng.standard_normal((size, lam, k))
        step = np.einsum("sij,slj->sli", basis, spread[:, None] * z) if full else spread[:, None] * z
        points = mean[:, None] + sigma[:, None, None] * step
        keys, _ = objective(points.reshape(-1, k), owner)
        used += size * lam
        generation += 1
        keys = keys.reshape(size, lam)
        order = np.argsort(keys, axis=1, kind="stable")
        first = keys[every, order[:, 0]]
        better = first < best_key
        best[better], best_key[better] = points[every, order[:, 0]][better], first[better]
        chosen = np.take_along_axis(step, order[:, :mu, None], axis=1)
        move = np.einsum("m,smk->sk", weight, chosen)
        white = np.einsum("m,smk->sk", weight, np.take_along_axis(z, order[:, :mu, None], axis=1))
        mean = mean + sigma[:, None] * move
        turned = np.einsum("sij,sj->si", basis, white) if full else white
        p_sigma = (1 - c_sigma) * p_sigma + np.sqrt(c_sigma * (2 - c_sigma) * effective) * turned
        length = np.linalg.norm(p_sigma, axis=1)
        calm = length / np.sqrt(1 - (1 - c_sigma) ** (2 * generation)) < (1.4 + 2 / (k + 1)) * expected
        p_c = (1 - c_c) * p_c + (calm * np.sqrt(c_c * (2 - c_c) * effective))[:, None] * move
        if full:
            rank_mu = np.einsum("m,smi,smj->sij", weight, chosen, chosen)
            rank_one = p_c[:, :, None] * p_c[:, None, :]
        else:
            rank_mu, rank_one = np.einsum("m,smi,smi->si", weight, chosen, chosen)[:, None], (p_c**2)[:, None]
        covariance = (1 - c_1 - c_mu) * covariance + c_1 * rank_one + c_mu * rank_mu
        sigma = sigma * np.exp(np.minimum((c_sigma / damping) * (length / expected - 1), 0.7))
        lost = ~((1e-15 < sigma) & (sigma < 1e6) & np.isfinite(covariance).all(axis=(1, 2)))
        lost |= spread.max(axis=1) > 1e7 * spread.min(axis=1)
        if lost.any():
            mean[lost], p_sigma[lost], p_c[lost] = best[lost], 0.0, 0.0
            covariance[lost] = np.eye(k) if full else 1.0
            sigma[lost] = 10.0 ** rng.uniform(-8.0, 0.0, int(lost.sum()))
        if not full:
            spread = np.sqrt(covariance[:, 0])
        elif generation % max(1, k // 8) == 0 or lost.any():
            values, basis = np.linalg.eigh((covariance + np.swapaxes(covariance, 1, 2)) / 2)
            spread = np.sqrt(np.maximum(values, 1e-300))


OPTIMISER = Optimiser(name="evolution", title="covariance-matrix adaptation", order=2, share=0.3, starts=6, run=_run)
