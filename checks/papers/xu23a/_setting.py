"""Shared trees of the paper: S(θ) = sin θ − θ cos θ, the rows' unit vectors, the usual domains of its
statements.
"""

from __future__ import annotations

from sympy import Expr, Symbol, cos, pi, sin

from checks.given import Networks
from theory.heads import norm
from theory.symbols import v, w

angle_variable = Symbol("theta", real=True)


def S(angle: Expr) -> Expr:
    """S(θ) = sin θ − θ cos θ."""
    return sin(angle) - angle * cos(angle)


def unit_student(index: Expr) -> Expr:
    """w̄_i."""
    return w[index] / norm(w[index])


unit_teacher = v / norm(v)
networks = Networks(model="xu23a", students=(1, 5), dimension=(1, 5))


def pair_term(index: Expr, row: Expr, spread: Expr) -> Expr:
    """g(w_i, u) = E[[u·x]₊ 1{w_i·x ≥ 0} x] = ((π − θ)u + ‖u‖ sin θ w̄_i)/2π."""
    return ((pi - spread) * row + norm(row) * sin(spread) * unit_student(index)) / (2 * pi)
