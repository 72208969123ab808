"""`stable.direct` in machine code: the same functions, for many small networks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from numerics.fast.tiles import tiles
from numerics.stable import direct as plain
from numerics.stable.direct import Constants, Direct

__all__ = ["direct", "direct_apart"]

Floats = NDArray[np.float64]

# Multiplications of one instance above which matrix products are faster than loops.
BLAS_WINS = 40_000


def direct(rows: Floats, weights: Floats, students: int, constants: Constants, *, with_loss: bool = False) -> Direct:
    """Gradient in the effective students and loss; arguments, results and bounds as of `stable.direct.direct`."""
    size, width = rows.shape[-2:]
    if students * size * width > BLAS_WINS:
        return plain.direct(rows, weights, students, constants, with_loss=with_loss)
    shape = rows.shape[:-2]
    flat = rows.reshape(-1, size, width)
    signs = np.broadcast_to(weights, (*shape, size)).reshape(-1, size)
    found = _tiled(flat[:, :students], flat[:, students:], signs, constants)
    return Direct(
        gradient=found.gradient.reshape(*shape, students, width),
        gradient_good=found.gradient_good.reshape(shape),
        loss=None if found.loss is None else found.loss.reshape(shape),
        loss_good=None if found.loss_good is None else found.loss_good.reshape(shape),
    )


def direct_apart(students: Floats, teachers: Floats, weights: Floats, constants: Constants) -> Direct:
    """The same for students (B, n, d) beside teachers (B or 1, m, d) and weights (B or 1, N)."""
    n, m, width = *students.shape[1:2], *teachers.shape[1:]
    if n * (n + m) * width > BLAS_WINS:
        return plain.direct_apart(students, teachers, weights, constants)
    return _tiled(students, teachers, weights, constants)


def _tiled(students: Floats, teachers: Floats, weights: Floats, constants: Constants) -> Direct:
    count = len(students)
    gradient, good = np.empty(students.shape), np.empty(count, dtype=np.bool_)
    loss, enough = np.empty(count), np.empty(count, dtype=np.bool_)
    numbers = np.array([constants.scale, constants.kappa, constants.gamma])
    parts = (students, teachers, weights[:, None])
    # One layout, any strides, so that the loops are compiled once.
    views = [np.lib.stride_tricks.as_strided(part, part.shape, part.strides, writeable=False) for part in parts]
    tiles(*views, numbers, gradient, good, loss, enough)
    return Direct(gradient=gradient, gradient_good=good, loss=loss, loss_good=enough)
