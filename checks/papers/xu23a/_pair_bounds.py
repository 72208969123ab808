"""‖g(w_i, u)‖ ≤ ½‖u‖ as steps of an argument, and what follows for the gradient by the triangle inequality.

The reduced claim is used for one angle at a time, so that students which vanish need no exception.
"""

from __future__ import annotations

from sympy import Expr, pi

from checks.papers.xu23a._setting import angle_variable, pair_term
from checks.reduction.inherited import slack_of
from theory.heads import norm
from theory.steps import RootStep, SumTriangle
from theory.symbols import i, j, over, v, w
from theory.vocabulary import gradient, theta

to_teacher, to_student = pair_term(i, v, theta[i]), pair_term(i, w[j], theta[i, j])


def _half(row: Expr, term: Expr, spread: Expr) -> Expr:
    """½‖u‖ − ‖g(w_i, u)‖."""
    profile = slack_of("xu23a/g-bound/reduced", at={angle_variable: spread})
    return RootStep(norm(row) / 2, norm(term), norm(row) ** 2 / (4 * pi**2) * profile)


teacher_bound, student_bound = _half(v, to_teacher, theta[i]), _half(w[j], to_student, theta[i, j])

# ½ Σ ‖w_j‖ − ‖∇_i + g(w_i, v)‖, and ½ (Σ ‖w_j‖ + ‖v‖) − ‖∇_i‖.
remainder_bound = SumTriangle(gradient[i] + to_teacher, to_student, j) + over(student_bound, j)
gradient_bound = SumTriangle(gradient[i], to_student, j, -to_teacher) + over(student_bound, j) + teacher_bound
