"""Shared letters of the paper: the angle of a student to its nearest teacher, masses, and networks near the
optimum.
"""

from __future__ import annotations

from sympy import Rational

from theory.heads import line_angle, norm, smallest
from theory.symbols import a, i, over, teachers, w

# δ_j: angle of the student to the line of the nearest teacher.
delta = smallest(line_angle(w[i], teachers[a]), a)

# Σ_j ‖w_j‖² δ_j², and the smallest norm of a teacher.
spread = over(norm(w[i]) ** 2 * delta**2, i)
smallest_teacher = smallest(norm(teachers[a]), a)

# Δ: a lower bound on the angle of the lines of any two teachers.
separation = Rational(1, 2)
