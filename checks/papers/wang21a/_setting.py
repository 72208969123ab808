"""Shared letters of the paper: s = ‖w_*‖, the margin m(ν) of its local analysis, unit coefficient vectors, matrix products.

The paper's W is d × K with neurons as columns; here neurons are rows w[i], so tr(WᵀV) = Σ ⟨w_i, V_i⟩ and so on.
"""

from __future__ import annotations

from sympy import Expr, sqrt

from checks.relation import Equal
from theory.heads import dot, norm
from theory.symbols import V, beta, i, j, nu, over, v, w

s = norm(v)

# m(ν) = 2 − 14ν − 2ν², positive for 0 ≤ ν < ν₀ = (√53 − 7)/2.
margin = 2 - 14 * nu - 2 * nu**2
nu_zero = (sqrt(53) - 7) / 2


def unit(index: Expr) -> Expr:
    """Component of the unit vector β/‖β‖ of free coefficients."""
    return beta[index] / sqrt(over(beta[j] ** 2, j))


# The same vector by a hypothesis: ‖β‖ = 1.
unit_length = Equal(over(beta[i] ** 2, i), 1)

# ‖V‖_F² of a direction, and ‖W‖_F².
direction_square = over(dot(V[i], V[i]), i)
weight_square = over(dot(w[i], w[i]), i)
