"""Polish of an extremal instance: quasi-Newton descent on the coordinates that matter, one batch per gradient.

Searches spread their work over many places and over coordinates that a constructed instance does not use; from the best of
them a few hundred evaluations along active coordinates gain the digits that a table of constants needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from scipy.optimize import minimize

__all__ = ["polished"]

Floats = np.ndarray[Any, np.dtype[np.float64]]
Margin = Callable[[Mapping[str, Any]], Floats]

# Central differences, wide first: the weights of networks near a minimum are rounded to binary64, and so is the ratio.
_STEPS = (1e-2, 1e-3, 1e-4)
_RESTARTS, _WORTHWHILE = 8, 1e-3
# What an inadmissible place counts as: line searches come back from it.
_OUTSIDE = 1e3


def polished(
    margin: Margin,
    instance: Mapping[str, Floats],
    *,
    iterations: int,
    thorough: bool = True,
    relaxed: Margin | None = None,
) -> dict[str, Floats]:
    """An instance whose margin is at most that of ``instance``, after runs of so many steps of L-BFGS at most: one with
    wide differences or, if it is to be ``thorough``, several with narrower and narrower ones.

    ``margin`` maps a batch to (B,) numbers, NaN where the hypotheses are not met; ``relaxed`` is the same where they are
    and larger elsewhere, so that steps can go along their boundary instead of stopping at it.
    """
    shapes = {name: np.asarray(array).shape for name, array in instance.items()}
    flat = np.concatenate([np.asarray(array, dtype=np.float64).reshape(-1) for array in instance.values()])

    def evaluated(points: Floats, chosen: Margin = relaxed or margin) -> Floats:
        batch, place = {}, 0
        for name, shape in shapes.items():
            size = int(np.prod(shape, dtype=int))
            batch[name] = points[:, place : place + size].reshape(len(points), *shape)
            place += size
        values = np.asarray(chosen(batch), dtype=np.float64)
        return np.where(np.isfinite(values), values, _OUTSIDE)

    best: list[Any] = [float(evaluated(flat[None], margin)[0]), flat]
    if best[0] >= _OUTSIDE:
        return dict(instance)
    scale = np.maximum(np.abs(flat), 1e-3)
    offsets = np.diag(scale)
    # Coordinates that are only drawn to be replaced have no effect at all.
    active = np.flatnonzero(np.abs(evaluated(flat + 1e-2 * offsets) - best[0]) > 0)

    def objective(x: Floats, step: float) -> tuple[float, Floats]:
        point = flat.copy()
        point[active] = x * scale[active]
        values = evaluated(
            np.concatenate([point[None], point + step * offsets[active], point - step * offsets[active]])
        )
        count = len(active)
        up, down = values[1 : 1 + count], values[1 + count :]
        # One-sided where the other side leaves the hypotheses.
        high, low = np.where(up >= _OUTSIDE, values[0], up), np.where(down >= _OUTSIDE, values[0], down)
        sides = 2.0 - (up >= _OUTSIDE) - (down >= _OUTSIDE)
        if values[0] < best[0] and (relaxed is None or evaluated(point[None], margin)[0] < best[0]):
            best[:] = [float(values[0]), point]
        return float(values[0]), (high - low) / (np.maximum(sides, 1.0) * step)

    options = {"maxiter": iterations, "ftol": 1e-13, "gtol": 1e-9}
    for step in (_STEPS if thorough else _STEPS[:1]) if active.size else ():
        for _ in range(_RESTARTS if thorough else 1):
            before = best[0]
            minimize(
                objective, best[1][active] / scale[active], args=(step,), jac=True, method="L-BFGS-B", options=options
            )
            if best[0] > before - _WORTHWHILE:
                break
    found, place = {}, 0
    for name, shape in shapes.items():
        size = int(np.prod(shape, dtype=int))
        found[name] = best[1][place : place + size].reshape(shape)
        place += size
    return found
