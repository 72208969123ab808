"""The matrix of the subspace initialisation (Algorithm 2) as a bilinear form."""

from __future__ import annotations

from sympy import Expr, Symbol

from checks.given import Networks
from theory.heads import dot, expectation, gaussian_input, magnitude
from theory.symbols import a, over, teachers

# A second free vector beside ξ.
zeta = Symbol("zeta", real=True)
labelled = Networks(model="zhou21b", students=1, teachers=(1, 3), dimension=(1, 4), vectors=("xi", "zeta"))
_target = over(magnitude(dot(gaussian_input, teachers[a])), a)


def moment(left: Expr, right: Expr) -> Expr:
    """leftᵀ E[y (x xᵀ − I)] right for y = f*(x)."""
    return expectation(_target * (dot(gaussian_input, left) * dot(gaussian_input, right) - dot(left, right)))
