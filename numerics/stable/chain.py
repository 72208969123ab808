"""From effective neurons u back to weights w: first and second derivatives of u = ‖w‖^κ w.

    J V = f V + g (w̄·V) w̄,      u″[V, V] = a (w̄·V) V + (b ‖V‖² + e (w̄·V)²) w̄,

with coefficients in ‖w‖ derived in `theory.parametrisation` and compiled here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from numerics.stable.compile import compile_expressions
from theory.parametrisation import Parametrisation, weight_norm

__all__ = ["bend", "jacobian", "push", "second_matrix"]

Floats = NDArray[np.float64]


@cache
def _coefficients(parametrisation: Parametrisation) -> Callable[..., tuple[Floats, ...]]:
    first, second = parametrisation.jacobian, parametrisation.second_order
    expressions = (first.along_direction, first.along_row, second.mixed, second.square, second.radial_square)
    return compile_expressions((weight_norm,), expressions)


def push(parametrisation: Parametrisation, unit: Floats, norms: Floats, vectors: Floats) -> Floats:
    """J V per neuron (J is symmetric, so this also pulls gradients back); unit, V (..., n, d), norms (...,
    n).
    """
    if parametrisation.exponent == 0:
        return vectors
    along, row, *_ = (value[..., None] for value in _coefficients(parametrisation)(norms))
    slope = np.einsum("...d,...d->...", unit, vectors)[..., None]
    return np.asarray(along * vectors + row * slope * unit, dtype=np.float64)


def bend(parametrisation: Parametrisation, unit: Floats, norms: Floats, direction: Floats) -> Floats:
    """u″[V, V] per neuron: (..., n, d).  Meaningless at w = 0 for κ = 1 (u is not C² there)."""
    if parametrisation.exponent == 0:
        return np.zeros_like(direction)
    _, _, mixed, square, radial = (value[..., None] for value in _coefficients(parametrisation)(norms))
    slope = np.einsum("...d,...d->...", unit, direction)[..., None]
    size = np.einsum("...d,...d->...", direction, direction)[..., None]
    return np.asarray(mixed * slope * direction + (square * size + radial * slope**2) * unit, dtype=np.float64)


def jacobian(parametrisation: Parametrisation, unit: Floats, norms: Floats) -> Floats:
    """J per neuron as matrices (..., n, d, d)."""
    along, row, *_ = (value[..., None, None] for value in _coefficients(parametrisation)(norms))
    outer = unit[..., :, None] * unit[..., None, :]
    return np.asarray(along * np.eye(unit.shape[-1]) + row * outer, dtype=np.float64)


def second_matrix(parametrisation: Parametrisation, unit: Floats, norms: Floats, covector: Floats) -> Floats:
    """The symmetric matrices M with Vᵀ M V = ⟨covector, u″[V, V]⟩ per neuron: (..., n, d, d)."""
    _, _, mixed, square, radial = (value[..., None, None] for value in _coefficients(parametrisation)(norms))
    cross = unit[..., :, None] * covector[..., None, :]
    onto = np.einsum("...d,...d->...", unit, covector)[..., None, None]
    outer = unit[..., :, None] * unit[..., None, :]
    symmetric = 0.5 * (cross + cross.swapaxes(-1, -2))
    return np.asarray(mixed * symmetric + onto * (square * np.eye(unit.shape[-1]) + radial * outer), dtype=np.float64)
