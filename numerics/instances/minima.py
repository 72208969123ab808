"""Which students reach zero loss, so that near-optimal instances are built and not waited for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from theory.model import Model

Floats = NDArray[np.float64]

Law = Literal["additive", "even", "gram", "copies"]


@dataclass(frozen=True, kw_only=True)
class Minima:
    """The known global minima of a model.

    ``law``: "additive"  Σ_{i in cluster of v} u_i = v with u_i = c_i v, c_i >= 0 (positively homogeneous
    units);
             "even"      the same with free signs (σ(−x) = σ(x)); "gram"      Σ_i u_i u_iᵀ = Σ_a v_a v_aᵀ,
             that is U = Q V with orthonormal columns of Q (quadratic); "copies"    every teacher copied
             once, the other students zero (any other activation).
    ``power``: the effective neuron is u = ‖w‖^(power−1) w.
    """

    law: Law
    power: int


def minima_of(model: str | Model) -> Minima:
    """Minima of a model or of the model of that name, read off its activation and parametrisation.

    Raises ValueError if there is no such model.
    """
    from theory.activation import Polynomial  # SymPy is loaded only when a model is named
    from theory.model import find_model

    found = find_model(model) if isinstance(model, str) else model
    activation = found.activation
    law: Law = "copies"
    if activation.degree == 1:
        law = "even" if activation.even else "additive"
    elif activation.degree == 2 and isinstance(activation.shape, Polynomial):
        law = "gram"
    return Minima(law=law, power=1 + found.parametrisation.exponent)


def weights_of(effective: Floats, power: int) -> Floats:
    """Weights w with ‖w‖^(power−1) w = u: w = ‖u‖^(1/power − 1) u, and 0 for u = 0. Shape (..., d)."""
    if power == 1:
        return effective
    length = np.sqrt(np.einsum("...d,...d->...", effective, effective))[..., None]
    return effective * np.where(length > 0, length, 1.0) ** (1.0 / power - 1.0)


def optimal_students(
    minima: Minima, teachers: Floats, count: int, rng: np.random.Generator
) -> tuple[Floats, NDArray[np.intp]]:
    """Students of exactly zero loss (up to rounding) and the teacher of each: (B, n, d), (n,).

    Teachers (B, m, d), m >= 1. With fewer students than teachers only the first ``count`` teachers are met.
    The split c_i of a teacher is flat Dirichlet in one half of the draws and spread over many orders of
    magnitude (some students almost zero) in the other.
    """
    size, m, d = teachers.shape
    owner = np.concatenate([rng.permutation(min(m, count)), rng.integers(0, min(m, count), max(0, count - m))])
    if minima.law == "gram":
        frame = _orthonormal_columns(rng, size, count, min(m, count))
        effective = np.einsum("bik,bkd->bid", frame, teachers[:, : min(m, count)])
    elif minima.law == "copies":
        effective = np.zeros((size, count, d))
        first = [int(np.argmax(owner == a)) for a in range(min(m, count))]
        effective[:, first] = teachers[:, : len(first)]
    else:
        share = rng.standard_exponential((size, count))
        if rng.random() < 0.5:
            share *= np.exp(rng.uniform(-20.0, 0.0, (size, count)))
        for a in range(min(m, count)):
            share[:, owner == a] /= share[:, owner == a].sum(axis=1, keepdims=True)
        effective = share[..., None] * teachers[:, owner]
        if minima.law == "even" and rng.random() < 0.5:
            effective *= rng.choice([-1.0, 1.0], (size, count, 1))
    return weights_of(effective, minima.power), owner.astype(np.intp)


def _orthonormal_columns(rng: np.random.Generator, size: int, rows: int, columns: int) -> Floats:
    """(B, rows, columns) with QᵀQ = I; in one draw out of four single students carry a teacher each."""
    if rng.random() < 0.25:
        frame = np.zeros((size, rows, columns))
        frame[:, rng.permutation(rows)[:columns], np.arange(columns)] = rng.choice([-1.0, 1.0], (size, columns))
        return frame
    draw = rng.standard_normal((size, rows, columns))
    if columns == 1:
        return draw / np.linalg.norm(draw, axis=1, keepdims=True)
    return np.linalg.qr(draw)[0]


def nearest_minimum(minima: Minima, teachers: Floats, students: Floats) -> Floats:
    """A point of the minima close to the given students: (B, m, d), (B, n, d) -> (B, n, d).

    Each student goes to the teacher nearest in angle; shares are the students' own, rescaled to sum to one.
    For quadratic networks it is the orthogonal Procrustes solution Q V, the nearest point itself where n >=
    m.
    """
    norm = np.sqrt(np.einsum("bnd,bnd->bn", students, students))
    effective = students * norm[..., None] ** (minima.power - 1)
    if minima.law == "gram":
        left, _, right = np.linalg.svd(np.einsum("bnd,bmd->bnm", effective, teachers), full_matrices=False)
        return weights_of(left @ right @ teachers, minima.power)
    length = np.sqrt(np.einsum("bmd,bmd->bm", teachers, teachers))
    inner = np.einsum("bnd,bmd->bnm", effective, teachers) / np.where(length > 0, length, 1.0)[:, None]
    owner = (np.abs(inner) if minima.law == "even" else inner).argmax(axis=2)
    along = np.take_along_axis(inner, owner[..., None], axis=2)[..., 0]
    own = np.take_along_axis(teachers, owner[..., None], axis=1)
    if minima.law == "copies":
        nearer = 2.0 * along > np.take_along_axis(length, owner, axis=1)
        return weights_of(np.where(nearer[..., None], own, 0.0), minima.power)
    mass = np.abs(along) if minima.law == "even" else np.maximum(along, 0.0)
    total = np.einsum("bn,bnm->bm", mass, owner[..., None] == np.arange(teachers.shape[1]))
    share = mass / np.maximum(np.take_along_axis(total, owner, axis=1), 1e-300)
    if minima.law == "even":
        share = np.where(along < 0, -share, share)
    return weights_of(share[..., None] * own, minima.power)
