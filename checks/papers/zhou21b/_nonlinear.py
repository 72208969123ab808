"""The nonlinear piece of one student, ‖w‖ ⟨w, x⟩ (sgn⟨w, x⟩ − sgn⟨v, x⟩), at a fixed input ξ."""

from __future__ import annotations

from checks.given import Networks
from theory.heads import dot, line_angle, magnitude, norm
from theory.indicators import sgn
from theory.symbols import a, i, teachers, w, xi

inputs = Networks(model="zhou21b", students=(1, 3), teachers=(1, 3), dimension=(1, 4), vectors=("xi",))
# The student is oriented towards the teacher, as the paper assumes.
_orientation = sgn(dot(w[i], teachers[a]))
piece = norm(w[i]) * dot(w[i], xi) * (sgn(dot(w[i], xi)) - _orientation * sgn(dot(teachers[a], xi)))
size = magnitude(piece)
angle = line_angle(w[i], teachers[a])
