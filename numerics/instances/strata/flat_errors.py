"""Quadratic networks near W = Q V (W = q vᵀ for one teacher) with errors orthogonal to the columns of Q.

Along these directions the Hessian vanishes at the minima, so that the loss is of fourth order in the error.
"""

import numpy as np

from numerics.instances.draw import arranged, log_uniform, norms, unit
from numerics.instances.layout import Layout, Least
from numerics.instances.minima import optimal_students
from numerics.instances.space import Batch, Floats
from numerics.instances.stratum import Stratum


def _students(layout: Layout, rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    rows, _ = optimal_students(layout.space.minima, teachers, count, rng)
    size, m, _ = teachers.shape
    columns = np.einsum("bid,bad->bia", rows, teachers[:, : min(m, count)])
    q = (
        np.linalg.qr(columns)[0]
        if columns.shape[2] > 1
        else columns / np.maximum(norms(columns[..., 0])[..., None], 1e-300)
    )
    error = rng.standard_normal(rows.shape)
    if rng.random() < 0.5:  # also across the teachers' span, not only across Q
        span = np.linalg.qr(np.swapaxes(teachers, 1, 2))[0] if m > 1 else np.swapaxes(unit(teachers), 1, 2)
        error -= np.einsum("bia,bda->bid", np.einsum("bid,bda->bia", error, span), span)
    across = error[:, :1].copy()
    error -= np.einsum("bia,bad->bid", q, np.einsum("bia,bid->bad", q, error))
    if rng.random() < 0.5:  # rank one, u rᵀ with r orthogonal to Q
        mixing = rng.standard_normal((size, count, 1))
        mixing -= q @ (np.swapaxes(q, 1, 2) @ mixing)
        error = mixing * across
    shrink = 1.0 + log_uniform(rng, 1e-9, 0.3, (size, 1, 1)) * rng.choice([-1.0, 0.0, 1.0], (size, 1, 1))
    return np.asarray(shrink * rows + log_uniform(rng, 1e-9, 1.0, (size, 1, 1)) * norms(teachers)[:, :1] * error)


def _draw(layout: Layout, rng: np.random.Generator, size: int) -> Batch:
    return arranged(layout, rng, size, _students)


STRATUM = Stratum(
    name="flat_errors",
    title="quadratic minima with errors orthogonal to q",
    draw=_draw,
    least=Least(students=2, teachers=1, covering=True),
    when=lambda space: space.minima.law == "gram",
    near_optimum=True,
)
