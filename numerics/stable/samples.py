"""Empirical loss and gradient on samples x_μ, for every activation and parametrisation.

L̂ = (λ/N) Σ_μ R(x_μ)²,   R(x) = Σ_i a_i σ(u_i·x) − Σ_a ω_a σ(v_a·x),
∂L̂/∂u_i = (2λ/N) a_i Σ_μ R(x_μ) σ′(u_i·x_μ) x_μ,   with the declared σ′(0) of a kinked activation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from numerics.quadrature.hermite_series import function_of
from numerics.stable.chain import push
from numerics.stable.compile import compile_expressions
from theory.activation import Activation, Homogeneous, Polynomial, z
from theory.model import Model

__all__ = ["SampleLoss", "activation_values"]

Floats = NDArray[np.float64]


@cache
def activation_values(activation: Activation) -> Callable[[Floats], tuple[Floats, Floats]]:
    """f(z) -> (σ(z), σ′(z)), elementwise; a few ulp."""
    shape = activation.shape
    if isinstance(shape, Polynomial):
        sigma = activation.definition
        polynomial = compile_expressions((z,), (sigma, sigma.diff(z)))
        return lambda field: (polynomial(field)[0], polynomial(field)[1])
    if not isinstance(shape, Homogeneous):
        value, derivative = (function_of(part) for part in (shape.definition, shape.definition.diff(z)))
        return lambda field: (value(field), derivative(field))
    degree, right, left = shape.degree, float(shape.right), float(shape.left)
    at_zero = 0.0 if activation.slope_at_zero is None else float(activation.slope_at_zero)

    def homogeneous(field: Floats) -> tuple[Floats, Floats]:
        side = np.where(field > 0, right, -left * (-1.0) ** (degree - 1))
        slope = degree * side * field ** (degree - 1) if degree else np.zeros_like(field)
        return side * field**degree, np.where(field == 0, at_zero, slope)

    return homogeneous


@dataclass(frozen=True, kw_only=True, eq=False)
class SampleLoss:
    """L̂ of a batch of students (B, n, d) against teachers (B, m, d) with signed output weights (B, n + m)."""

    model: Model
    teachers: Floats
    weights: Floats

    def gradient(self, students: Floats, samples: Floats) -> tuple[Floats, Floats]:
        """(L̂, ∂L̂/∂w): (B,), (B, n, d) on samples (N, d) or (B, N, d); error about N ulp of the largest
        term.
        """
        n = students.shape[1]
        values = activation_values(self.model.activation)
        norms = np.sqrt(np.einsum("bid,bid->bi", students, students))
        unit = students / np.where(norms > 0, norms, 1.0)[..., None]
        exponent = self.model.parametrisation.exponent
        effective = students * norms[..., None] ** exponent if exponent else students
        out, slope = values(effective @ samples.swapaxes(-1, -2))
        target, _ = values(self.teachers @ samples.swapaxes(-1, -2))
        residual = np.einsum("bi,bim->bm", self.weights[:, :n], out)
        residual += np.einsum("ba,bam->bm", self.weights[:, n:], target)
        factor = float(self.model.scale) / samples.shape[-2]
        loss = factor * np.einsum("bm,bm->b", residual, residual)
        pull = (residual[:, None, :] * slope) @ samples
        pull *= 2.0 * factor * self.weights[:, :n, None]
        return loss, push(self.model.parametrisation, unit, norms, pull)
