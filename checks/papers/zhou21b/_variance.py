"""The variance of the gradient on one sample, in closed form.

The gradient by w_k on the sample x is R(x) ‖w_k‖ (I + w̄_k w̄_kᵀ) x sgn⟨w_k, x⟩, with the square R²(‖w_k‖² ‖x‖² + 3⟨w_k, x⟩²).
"""

from __future__ import annotations

from sympy import Expr, pi, sin

from checks.papers.zhou21b._kernel import kernel
from theory.heads import angle, dot, norm
from theory.symbols import a, b, d, i, j, k, over, teachers, w
from theory.vocabulary import gradient_norm, loss


def pair(x: Expr, y: Expr, along: Expr) -> Expr:
    """E[|x·u| |y·u| (along·u)²] over u ~ N(0, I)."""
    phi = angle(x, y)
    ratio = norm(y) / norm(x) * dot(along, x) ** 2 + norm(x) / norm(y) * dot(along, y) ** 2
    return (
        dot(along, along) * kernel(x, y)
        + 2 * (1 - 2 * phi / pi) * dot(along, x) * dot(along, y)
        + 2 * sin(phi) / pi * ratio
    )


def residual_along(along: Expr) -> Expr:
    """E[R² (along·x)²]."""
    return (
        over(norm(w[i]) * norm(w[j]) * pair(w[i], w[j], along), i, j)
        - 2 * over(norm(w[i]) * pair(w[i], teachers[a], along), i, a)
        + over(pair(teachers[a], teachers[b], along), a, b)
    )


# E[R² ‖x‖²], and E of the square of the gradient by w_k.
radial = 2 * (d + 2) * loss
second_moment = dot(w[k], w[k]) * radial + 3 * residual_along(w[k])
variance = over(second_moment, k) - gradient_norm**2
