"""Batches of gradient-descent runs in binary64, recorded at chosen steps.

    w ← w − η ∇L(w)         (population, or the empirical loss of given samples)

A run that diverges goes to infinity or NaN; that is left in the record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from numerics.compile import compile_expressions, compile_kernel
from numerics.network import Network
from theory.activation import Polynomial, z
from theory.model import Model

__all__ = ["empirical_gradient", "population_gradient", "simulate"]

Floats = NDArray[np.float64]
Gradient = Callable[[Floats], Floats]


def population_gradient(model: Model, teachers: Floats) -> Gradient:
    """∇L of the population loss as a function of students (B, n, d) against teachers (B, m, d).

    For polynomial kernels through the compiled kernel, error about 1e-15 times the largest term, which is below what one
    step of descent rounds anyway; for the others through the cancellation-free forms of `Network`.
    """
    kernel = compile_kernel(model.activation)
    if kernel.chart != "gram" or model.parametrisation.name != "identity":
        return lambda students: np.asarray(
            Network(model=model, students=students, teachers=teachers).gradient
        )
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
    """∇ of λ (1/N) Σ_μ (Σ_i σ(w_i·x_μ) − Σ_a σ(v_a·x_μ))² over samples (B, N, d); identity parametrisation only.

    Raises ValueError for another parametrisation.
    """
    if model.parametrisation.name != "identity":
        raise ValueError(f"empirical runs of {model.name!r} are not available: its parametrisation is not u = w")
    sigma, slope = _activation(model)
    targets = sigma(teachers @ samples.swapaxes(1, 2)).sum(axis=1)
    factor = 2.0 * float(model.scale) / samples.shape[1]

    def gradient(students: Floats) -> Floats:
        fields = students @ samples.swapaxes(1, 2)
        errors = sigma(fields).sum(axis=1) - targets
        return np.asarray(factor * ((errors[:, None, :] * slope(fields)) @ samples))

    return gradient


def _activation(model: Model) -> tuple[Gradient, Gradient]:
    """σ and σ′ on arrays, from the declared shape; σ′(0) of a kinked activation is the declared one."""
    shape = model.activation.shape
    if isinstance(shape, Polynomial):
        polynomial = model.activation.definition + 0 * z
        values = compile_expressions((z,), (polynomial, polynomial.diff(z)))
        return (lambda field: values(field)[0]), (lambda field: values(field)[1])
    degree, right, left = shape.degree, float(shape.right), float(shape.left)
    declared = model.activation.slope_at_zero
    at_zero = 0.0 if declared is None else float(declared)

    def sigma(field: Floats) -> Floats:
        return np.where(field >= 0, right, left) * np.abs(field) ** degree

    def slope(field: Floats) -> Floats:
        values = degree * np.where(field > 0, right, -left) * np.abs(field) ** (degree - 1)
        return np.where(field == 0, at_zero, values)

    return sigma, slope


def simulate(gradient: Gradient, students: Floats, step: Floats, times: Sequence[int]) -> Floats:
    """States (B, T, n, d) of w ← w − η ∇L(w) at the ascending step numbers ``times``; ``step`` is η, (B,).

    Raises ValueError for times that are not ascending from 0 on.
    """
    wanted = list(times)
    if not wanted or wanted[0] < 0 or any(b <= a for a, b in zip(wanted, wanted[1:], strict=False)):
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
