"""Loss and gradient of a 1-homogeneous model straight from the Gram matrix, and where that was accurate.

With the derived split k = κ c + γ ρ₁ρ₂ (sin θ − θ cos θ),

    ∂L/∂u_i = 2 λ s_i [ Σ_b s_b (κ − γ θ_ib) u_b + γ (Σ_b s_b ρ_b sin θ_ib) ū_i ],
    L = ½ Σ_i ⟨u_i, ∂L/∂u_i⟩ + λ Σ_{a teacher, b} s_a s_b k(a, b)          (Euler: k is 1-homogeneous in u_i).

Rounding the cosine by ε moves θ by ε / sin θ, but sin θ with it, and both together move the gradient by
(cos θ ū_i − ū_b) ε / sin θ, of length ε: whatever the geometry, the error is a few ε times the mass Σ_b |s_b|
ρ_b. So a row is accurate whenever it is not small against its mass, which is seen afterwards.  The others
are left to `homogeneous`; only close to an optimum are there more than a few.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["LARGE", "LONGEST", "SHORTEST", "Constants", "Direct", "direct", "direct_apart"]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

# A row of this part of its mass keeps 1e-13.
LARGE = 1.0 / 64.0
# Squares of norms outside this range would leave binary64.
SHORTEST, LONGEST = 1e-140, 1e140
# Entries of one temporary array, so that all of them stay in the second-level cache.
CACHE = 9_000


@dataclass(frozen=True, kw_only=True)
class Constants:
    """λ, κ and γ of a model."""

    scale: float
    kappa: float
    gamma: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Direct:
    """``gradient`` (..., n, d), ``loss`` (...), None if not asked for, and where they are accurate: (...)
    each.
    """

    gradient: Floats
    gradient_good: Mask
    loss: Floats | None
    loss_good: Mask | None


def direct(rows: Floats, weights: Floats, students: int, constants: Constants, *, with_loss: bool = False) -> Direct:
    """Gradient in the effective students and loss, of rows (..., N, d) with signed output weights (..., N).

    Where marked good, relative error ≤ (N + √d) 1e-14 per row, and of the loss; anything, NaN included,
    elsewhere.  Zero rows and norms beyond [1e-140, 1e140] are never good.
    """
    with np.errstate(all="ignore"):
        size, width = rows.shape[-2:]
        step = max(1, 2 * CACHE // (size * max(size, width)))
        if rows.ndim == 2 or (rows.ndim == 3 and 1 < len(rows) <= step):
            return _whole(rows, weights, students, constants, with_loss)
        flat, signs = rows.reshape(-1, size, width), np.broadcast_to(weights, rows.shape[:-1]).reshape(-1, size)
        found = _empty(len(flat), students, width, with_loss)
        for start in range(0, len(flat), step):
            part: slice | int = slice(start, start + step) if step > 1 else start
            _store(found, part, _whole(flat[part], signs[part], students, constants, with_loss))
        return _reshaped(found, rows.shape[:-2])


def direct_apart(students: Floats, teachers: Floats, weights: Floats, constants: Constants) -> Direct:
    """The gradient for students (B, n, d) beside teachers (B or 1, m, d) and weights (B or 1, N), without loss.

    Rows are put together piece by piece, so that they are still in the cache when they are needed.
    """
    (count, n, width), m = students.shape, teachers.shape[1]
    found = _empty(count, n, width, False)
    step = max(1, 2 * CACHE // ((n + m) * max(n + m, width)))
    rows = np.empty((min(step, count), n + m, width))
    with np.errstate(all="ignore"):
        for start in range(0, count, step):
            part = slice(start, min(start + step, count))
            piece = rows[: part.stop - start]
            piece[:, :n] = students[part]
            piece[:, n:] = teachers[part] if len(teachers) > 1 else teachers
            signs = weights[part] if len(weights) > 1 else np.broadcast_to(weights, piece.shape[:2])
            if step == 1:  # a matrix of its own is what BLAS is fastest at
                _store(found, start, _whole(piece[0], signs[0], n, constants, False))
            else:
                _store(found, part, _whole(piece, signs, n, constants, False))
    return found


def _empty(count: int, students: int, width: int, with_loss: bool) -> Direct:
    return Direct(
        gradient=np.empty((count, students, width)),
        gradient_good=np.empty(count, dtype=bool),
        loss=np.empty(count) if with_loss else None,
        loss_good=np.empty(count, dtype=bool) if with_loss else None,
    )


def _store(found: Direct, part: slice | int, new: Direct) -> None:
    found.gradient[part], found.gradient_good[part] = new.gradient, new.gradient_good
    if found.loss is not None and found.loss_good is not None:
        found.loss[part], found.loss_good[part] = new.loss, new.loss_good


def _reshaped(found: Direct, shape: tuple[int, ...]) -> Direct:
    return Direct(
        gradient=found.gradient.reshape(shape + found.gradient.shape[1:]),
        gradient_good=found.gradient_good.reshape(shape),
        loss=None if found.loss is None else found.loss.reshape(shape),
        loss_good=None if found.loss_good is None else found.loss_good.reshape(shape),
    )


def _whole(rows: Floats, weights: Floats, n: int, constants: Constants, with_loss: bool) -> Direct:
    """One instance (N, d), or a batch (B, N, d) small enough for the cache."""
    kappa, gamma = constants.kappa, constants.gamma
    size = rows.shape[-2]
    if rows.ndim == 2:
        gram = rows @ rows.T  # BLAS does half the work for a product with its own transpose
        matrix, length = gram[:n], np.sqrt(gram.diagonal())
    else:
        matrix = rows[..., :n, :] @ rows.swapaxes(-1, -2)
        length = np.sqrt(np.einsum("...ad,...ad->...a", rows, rows))
    inverse, strength = 1.0 / length, weights * length
    mass = np.add.reduce(np.abs(strength), axis=-1)
    teachers = _Teachers(rows, weights, length, n, constants) if with_loss else None
    own = np.empty((*length.shape[:-1], n))
    step = n if n * size <= CACHE or rows.ndim > 2 else max(1, CACHE // size)
    for low in range(0, n, step):
        part = slice(low, min(low + step, n))
        block = matrix[..., part, :]
        block *= inverse[..., None, :]
        block *= inverse[..., part, None]
        sine = block * block
        np.subtract(1.0, sine, out=sine)
        np.maximum(sine, 0.0, out=sine)
        np.sqrt(sine, out=sine)
        own[..., part] = np.einsum("...ib,...b->...i", sine, strength)
        if teachers is not None:
            teachers.see(part, block, sine)
        np.arctan2(sine, block, out=block)
        block *= -gamma
        block += kappa
        block *= weights[..., None, :]
    own *= inverse[..., :n]
    own *= gamma
    # The diagonal, as a view.
    matrix.reshape(*matrix.shape[:-2], n * size)[..., :: size + 1] += own
    gradient = matrix @ rows
    square = np.einsum("...id,...id->...i", gradient, gradient)
    least = (LARGE * kappa) * mass
    reach = np.logical_and.reduce(inverse < 1.0 / SHORTEST, axis=-1)
    reach &= mass < LONGEST
    good = np.logical_and.reduce(square > (least * least)[..., None], axis=-1)
    good &= reach
    signs = weights[..., :n]
    gradient *= (2.0 * constants.scale) * signs[..., None]
    if teachers is None:
        return Direct(gradient=gradient, gradient_good=good, loss=None, loss_good=None)
    loss = 0.5 * np.einsum("...id,...id->...", rows[..., :n, :], gradient) + constants.scale * teachers.total(signs)
    enough = loss > (LARGE * constants.scale * kappa) * (mass * mass)
    return Direct(gradient=gradient, gradient_good=good, loss=loss, loss_good=enough & reach)


class _Teachers:
    """Σ s_a s_b k(a, b) over the pairs with a teacher, collected before the cosines are overwritten."""

    def __init__(self, rows: Floats, weights: Floats, length: Floats, n: int, constants: Constants) -> None:
        self._constants, self._n = constants, n
        self._length, self._signs = length, weights[..., n:]
        self._kernels = np.empty((*rows.shape[:-2], n, rows.shape[-2] - n))
        strength = self._signs * length[..., n:]
        if strength.shape[-1] == 1:
            self._teachers = constants.kappa * strength[..., 0] ** 2
            return
        unit = rows[..., n:, :] / length[..., n:, None]
        block = self._kernel(unit @ unit.swapaxes(-1, -2))
        self._teachers = np.einsum("...a,...ab,...b->...", strength, block, strength)

    def _kernel(self, cosine: Floats, sine: Floats | None = None) -> Floats:
        """k of unit rows."""
        if sine is None:
            sine = np.sqrt(np.maximum(1.0 - cosine * cosine, 0.0))
        angle = np.arctan2(sine, cosine)
        return (self._constants.kappa - self._constants.gamma * angle) * cosine + self._constants.gamma * sine

    def see(self, part: slice, cosine: Floats, sine: Floats) -> None:
        n = self._n
        self._kernels[..., part, :] = self._kernel(cosine[..., n:], sine[..., n:])

    def total(self, signs: Floats) -> Floats:
        n = self._n
        students, teachers = signs * self._length[..., :n], self._signs * self._length[..., n:]
        if teachers.shape[-1] == 1:
            pairs = np.einsum("...i,...i->...", students, self._kernels[..., 0]) * teachers[..., 0]
        else:
            pairs = np.einsum("...i,...ia,...a->...", students, self._kernels, teachers)
        return np.asarray(self._teachers + pairs)
