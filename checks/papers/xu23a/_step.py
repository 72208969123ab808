"""One step of gradient descent in phase 1: the pieces of (30)."""

from __future__ import annotations

from sympy import cos

from checks.papers.xu23a._setting import unit_student, unit_teacher
from theory.heads import after_step, dot
from theory.symbols import eta, i
from theory.vocabulary import gradient, theta, w_norm

# ‖w_i(t + 1)‖ and cos θ_i.
grown = after_step(w_norm[i])
cosine = cos(theta[i])
radial = dot(unit_student(i), gradient[i])
# ⟨⟨w̄_i, v̄⟩w̄_i − v̄, ∇_i⟩
turning = dot(cosine * unit_student(i) - unit_teacher, gradient[i])

I_1 = eta / grown * turning
bracket = (radial * (w_norm[i] - grown) - eta * dot(gradient[i], gradient[i])) / (w_norm[i] + grown)
I_2 = eta * cosine / grown * bracket
