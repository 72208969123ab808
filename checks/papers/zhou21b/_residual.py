"""The residual R and its parts R_1, R_2 at the Gaussian input x, as integrands of expectations."""

from __future__ import annotations

from sympy import Expr, IndexedBase

from checks.relation import AtMost
from theory.heads import dot, gaussian_input, largest, magnitude, norm
from theory.indicators import sgn
from theory.symbols import a, b, k, over, teachers, w
from theory.vocabulary import deviation, near

x = gaussian_input


def output(row: Expr) -> Expr:
    """|x·row|."""
    return magnitude(dot(x, row))


residual_at = over(norm(w[k]) * output(w[k]), k) - over(output(teachers[b]), b)
first_at = over(dot(x, deviation[b]) * sgn(dot(x, teachers[b])), b)


def orientation(student: Expr, teacher: Expr) -> Expr:
    """σ = sgn⟨w, w*⟩."""
    return sgn(dot(w[student], teachers[teacher]))


# R_2 is the difference of two parts: of the students, and of the students with the signs of their teachers.
own_part = over(norm(w[k]) * output(w[k]), k)
turned_part = over(near[k, b] * orientation(k, b) * norm(w[k]) * dot(x, w[k]) * sgn(dot(x, teachers[b])), k, b)


def differing(student: Expr, teacher: Expr) -> Expr:
    """1 where the signs of the oriented student and of the teacher differ at x, else 0."""
    signs = sgn(dot(x, w[student])) * sgn(dot(x, teachers[teacher]))
    return (1 - orientation(student, teacher) * signs) / 2


def largest_norm(rows: IndexedBase) -> Expr:
    """max_a ‖rows_a‖."""
    return largest(norm(rows[a]), a)


def against(size: Expr, left: Expr, right: Expr) -> AtMost:
    """left ≤ right with the same term on both sides, so that rounding is judged by the size of what cancels."""
    return AtMost(left + size, right + size)
