"""Limited-memory BFGS from many starts at once; gradients by central differences, all coordinates in one
batch.

Each start has its own radius, which sets the first step (the radius) and the difference step (1e-4 of it),
so that structure at any scale is seen. A step is the best of a ladder of lengths, all evaluated in one
batch. Where the hypotheses bound a step, the direction slides along the boundary.
"""

import numpy as np

from numerics.instances.space import Floats
from numerics.search.objective import UNMET, Objective
from numerics.search.optimiser import Optimiser

_MEMORY = 8
_LADDER = 4.0 ** np.arange(1.0, -8.0, -1.0)
_STEP = 1e-4


def _gradients(objective: Objective, x: Floats, key: Floats, radius: Floats) -> tuple[Floats, Floats]:
    """(S, k) gradients of key and of slack; one-sided where the other side leaves the hypotheses."""
    size, k = x.shape
    step = _STEP * radius[:, None]
    offsets = np.concatenate([np.eye(k), -np.eye(k)])
    points = x[:, None, :] + step[..., None] * offsets
    keys, slack = objective(points.reshape(-1, k), np.repeat(np.arange(size), 2 * k))
    plus, minus = keys.reshape(size, 2, k)[:, 0], keys.reshape(size, 2, k)[:, 1]
    centre = key[:, None]
    inside = centre < UNMET / 2
    plus_out, minus_out = inside & (plus >= UNMET / 2), inside & (minus >= UNMET / 2)
    width = 2.0 - plus_out - minus_out
    high, low = np.where(plus_out, centre, plus), np.where(minus_out, centre, minus)
    gradient = (high - low) / (np.where(width > 0, width, 1.0) * step)
    side = np.nan_to_num(slack.reshape(size, 2, k))
    return gradient, (side[:, 0] - side[:, 1]) / (2.0 * step)


def _two_loop(gradient: Floats, s: Floats, y: Floats, rho: Floats) -> Floats:
    """Quasi-Newton direction from the last pairs (M, S, k); pairs with rho = 0 are skipped."""
    q = gradient.copy()
    alphas = np.zeros(rho.shape)
    for i in range(len(rho)):
        alphas[i] = rho[i] * np.einsum("sk,sk->s", s[i], q)
        q -= alphas[i][:, None] * y[i]
    curvature = np.einsum("sk,sk->s", y[0], y[0]) * rho[0]
    q /= np.where(curvature > 0, curvature, 1.0)[:, None]
    for i in reversed(range(len(rho))):
        q += s[i] * (alphas[i] - rho[i] * np.einsum("sk,sk->s", y[i], q))[:, None]
    return -q


def _run(objective: Objective, starts: Floats, radius: Floats, rng: np.random.Generator, allowance: int) -> None:
    del rng
    x = starts.copy()
    size, k = x.shape
    if allowance < size * (4 * k + _LADDER.size):
        return
    owner = np.arange(size)
    key, _ = objective(x, owner)
    s, y, rho = np.zeros((_MEMORY, size, k)), np.zeros((_MEMORY, size, k)), np.zeros((_MEMORY, size))
    gradient, slack_gradient = _gradients(objective, x, key, radius)
    used, cost = size * (2 * k + 1), size * (2 * k + _LADDER.size)
    fresh = np.ones(size, dtype=bool)  # no curvature yet: the first step is one radius long
    while used + cost <= allowance and not objective.stopped:
        direction = _two_loop(gradient, s, y, rho)
        length = np.linalg.norm(direction, axis=1)
        downhill = np.einsum("sk,sk->s", direction, gradient) < 0
        direction = np.where(downhill[:, None], direction, -gradient)
        unscaled = fresh | ~downhill
        length = np.linalg.norm(direction, axis=1)
        direction[unscaled] *= (radius / np.maximum(length, 1e-300))[unscaled, None]
        outward = np.einsum("sk,sk->s", direction, slack_gradient)
        normal = np.einsum("sk,sk->s", slack_gradient, slack_gradient)
        slide = direction - (outward / np.where(normal > 0, normal, 1.0))[:, None] * slack_gradient
        # Half of the ladder slides along the boundary where the plain step would leave the hypotheses.
        path = np.repeat(direction[:, None], _LADDER.size, axis=1)
        path[:, 1::2] = np.where((outward < 0)[:, None, None], slide[:, None], direction[:, None])
        trial = x[:, None] + _LADDER[:, None] * path
        keys, _ = objective(trial.reshape(-1, k), np.repeat(owner, _LADDER.size))
        used += cost
        keys = keys.reshape(size, -1)
        best = keys.argmin(axis=1)
        better = keys[owner, best] < key
        if not better.any() and not (radius > 1e-12).any():
            break
        new = np.where(better[:, None], trial[owner, best], x)
        key = np.where(better, keys[owner, best], key)
        radius = np.where(better, radius, radius / 8.0)  # stalled: look closer
        new_gradient, slack_gradient = _gradients(objective, new, key, radius)
        difference, change = new - x, new_gradient - gradient
        product = np.einsum("sk,sk->s", difference, change)
        useful = better & (product > 1e-12 * np.linalg.norm(difference, axis=1) * np.linalg.norm(change, axis=1))
        s, y, rho = np.roll(s, 1, axis=0), np.roll(y, 1, axis=0), np.roll(rho, 1, axis=0)
        s[0], y[0] = difference, change
        rho[0] = np.where(useful, 1.0 / np.where(useful, product, 1.0), 0.0)
        rho[:, ~better] = 0.0  # a stalled start forgets its curvature
        fresh = ~useful
        x, gradient = new, new_gradient


OPTIMISER = Optimiser(name="descent", title="L-BFGS from many starts", order=1, share=0.4, starts=12, run=_run)
