"""Reference values: the textbook double sums in mpmath at high precision, at exactly the given binary64
weights.

Shares nothing with the library: kernels and their gradients are written out as printed in the papers.
"""

from __future__ import annotations

from collections.abc import Sequence

import mpmath
import numpy as np
from mpmath import mpf

Vector = list[mpf]


def _dot(x: Sequence[mpf], y: Sequence[mpf]) -> mpf:
    return mpmath.fsum(a * b for a, b in zip(x, y, strict=True))


def _angle(x: Vector, y: Vector) -> mpf:
    """Angle from the exterior product, so that it keeps its relative accuracy next to 0 and π."""
    wedge = mpmath.fsum((x[a] * y[b] - x[b] * y[a]) ** 2 for a in range(len(x)) for b in range(a))
    return mpmath.atan2(mpmath.sqrt(wedge), _dot(x, y))


def _kernel(model: str, x: Vector, y: Vector) -> mpf:
    lengths = mpmath.sqrt(_dot(x, x)) * mpmath.sqrt(_dot(y, y))
    if model == "wang21a":
        return _dot(x, x) * _dot(y, y) + 2 * _dot(x, y) ** 2
    if lengths == 0:
        return mpf(0)
    angle = _angle(x, y)
    if model == "xu23a":
        return lengths * (mpmath.sin(angle) + (mpmath.pi - angle) * mpmath.cos(angle)) / (2 * mpmath.pi)
    return 2 * lengths * (mpmath.sin(angle) + (mpmath.pi / 2 - angle) * mpmath.cos(angle)) / mpmath.pi


def _slope(model: str, x: Vector, y: Vector) -> Vector:
    """∂k/∂x."""
    if model == "wang21a":
        return [2 * _dot(y, y) * a + 4 * _dot(x, y) * b for a, b in zip(x, y, strict=True)]
    size, length = mpmath.sqrt(_dot(y, y)), mpmath.sqrt(_dot(x, x))
    if size == 0:
        return [mpf(0)] * len(x)
    angle = _angle(x, y)
    rest = mpmath.pi - angle if model == "xu23a" else mpmath.pi / 2 - angle
    factor = 1 / (2 * mpmath.pi) if model == "xu23a" else 2 / mpmath.pi
    return [factor * (rest * b + size * mpmath.sin(angle) * a / length) for a, b in zip(x, y, strict=True)]


def _exact(rows: np.ndarray) -> list[Vector]:
    return [[mpf(float(entry)) for entry in row] for row in rows]


def reference(
    model: str,
    students: np.ndarray,
    teachers: np.ndarray,
    student_weights: np.ndarray | None = None,
    teacher_weights: np.ndarray | None = None,
    digits: int = 60,
) -> tuple[mpf, list[Vector | None]]:
    """(loss, gradient rows); None for the undefined gradient row of a zero student of xu23a."""
    with mpmath.workdps(digits):
        own = _exact(students)
        lengths = [mpmath.sqrt(_dot(w, w)) for w in own]
        effective = (
            [[length * a for a in w] for w, length in zip(own, lengths, strict=True)] if model == "zhou21b" else own
        )
        rows = effective + _exact(teachers)
        weights = [mpf(1)] * len(own) if student_weights is None else [mpf(float(a)) for a in student_weights]
        weights += [mpf(-1)] * len(teachers) if teacher_weights is None else [-mpf(float(a)) for a in teacher_weights]
        scale = mpf(1) / 4 if model == "wang21a" else mpf(1) / 2
        loss = scale * mpmath.fsum(
            a * b * _kernel(model, x, y)
            for a, x in zip(weights, rows, strict=True)
            for b, y in zip(weights, rows, strict=True)
        )
        gradient: list[Vector | None] = []
        for w, u, length, weight in zip(own, effective, lengths, weights, strict=False):
            if length == 0:
                gradient.append(None if model == "xu23a" else [mpf(0)] * len(w))
                continue
            slopes = [[b * s for s in _slope(model, u, y)] for b, y in zip(weights, rows, strict=True)]
            row = [2 * scale * weight * mpmath.fsum(column) for column in zip(*slopes, strict=True)]
            if model == "zhou21b":
                radial = _dot(w, row) / length
                row = [length * g + radial * a for g, a in zip(row, w, strict=True)]
            gradient.append(row)
        return loss, gradient


def relative_error(value: float, exact: mpf, digits: int = 60) -> float:
    """|value − exact| / |exact|, or 0 if both vanish."""
    with mpmath.workdps(digits):
        return 0.0 if value == exact else float(abs(mpf(float(value)) - exact) / abs(exact)) if exact else float("inf")


def row_error(row: np.ndarray, exact: Vector, digits: int = 60) -> float:
    """‖row − exact‖ / ‖exact‖, or 0 if both vanish."""
    with mpmath.workdps(digits):
        gap = [mpf(float(a)) - b for a, b in zip(row, exact, strict=True)]
        size, error = mpmath.sqrt(_dot(exact, exact)), mpmath.sqrt(_dot(gap, gap))
        return 0.0 if error == 0 else float(error / size) if size else float("inf")
