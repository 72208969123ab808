"""Batches of gradient-descent runs in binary64, recorded at chosen steps.

    w ← w − η ∇L(w)         (population, or the empirical loss of given samples or of fresh batches)

A run that diverges goes to infinity or NaN; that is left in the record.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from numerics.network import Network
from numerics.stable.compile import compile_kernel
from numerics.stable.samples import SampleLoss
from theory.model import Model

__all__ = ["batch_gradient", "empirical_gradient", "population_gradient", "simulate"]

Floats = NDArray[np.float64]
Gradient = Callable[[Floats], Floats]


def population_gradient(model: Model, teachers: Floats) -> Gradient:
    """∇L of the population loss as a function of students (B, n, d) against teachers (B, m, d).

    For polynomial kernels through the compiled kernel, error about 1e-15 times the largest term, which is
    below what one step of descent rounds anyway; for the others through the cancellation-free forms of
    `Network`.
    """
    kernel = compile_kernel(model.activation)
    if kernel.chart != "gram" or model.parametrisation.name != "identity":
        return lambda students: np.asarray(Network(model=model, students=students, teachers=teachers).gradient)
    scale = 2.0 * float(model.scale)

    def gradient(students: Floats) -> Floats:
        count = students.shape[1]
        rows = np.concatenate([students, teachers], axis=1)
        gram = students @ rows.swapaxes(1, 2)
        squares = np.einsum("bid,bid->bi", rows, rows)
        own, _, cross = kernel.first(squares[:, :count, None], squares[:, None, :], gram)
        signs = np.where(np.arange(rows.shape[1]) < count, scale, -scale)
        own_total = 2.0 * (own * signs).sum(axis=2)[..., None]
        return np.asarray(own_total * students + (cross * signs) @ rows)

    return gradient


def empirical_gradient(model: Model, teachers: Floats, samples: Floats) -> Gradient:
    """∇ of the loss on samples (B, N, d), as a function of students (B, n, d) against teachers (B, m, d)."""

    def gradient(students: Floats) -> Floats:
        signs = np.ones((students.shape[0], students.shape[1] + teachers.shape[1]))
        signs[:, students.shape[1] :] = -1.0
        loss = SampleLoss(model=model, teachers=teachers, weights=signs)
        return np.asarray(loss.gradient(students, samples)[1])

    return gradient


def batch_gradient(model: Model, teachers: Floats, count: int, rng: np.random.Generator) -> Gradient:
    """∇ of the loss on ``count`` Gaussian inputs that every call draws anew, as a function of students (B, n, d)."""

    def gradient(students: Floats) -> Floats:
        samples = rng.standard_normal((students.shape[0], count, students.shape[2]))
        return empirical_gradient(model, teachers, samples)(students)

    return gradient


def simulate(gradient: Gradient, students: Floats, step: Floats, times: Sequence[int]) -> Floats:
    """States (B, T, n, d) of w ← w − η ∇L(w) at the ascending step numbers ``times``; ``step`` is η, (B,).

    Raises ValueError for times that are not ascending from 0 on.
    """
    wanted = list(times)
    if not wanted or wanted[0] < 0 or any(b <= a for a, b in itertools.pairwise(wanted)):
        raise ValueError(f"times={wanted[:5]}…: give ascending step numbers ≥ 0")
    states = np.empty((students.shape[0], len(wanted), *students.shape[1:]))
    eta = np.broadcast_to(step, (students.shape[0],))[:, None, None]
    current, place = students.astype(np.float64), 0
    with np.errstate(all="ignore"):
        for number in range(wanted[-1] + 1):
            if number == wanted[place]:
                states[:, place] = current
                place += 1
            if number < wanted[-1]:
                current = current - eta * gradient(current)
    return states
