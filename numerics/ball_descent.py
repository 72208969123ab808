"""One exact start of gradient descent, iterated in balls.

Every state is enclosed at the precision in force; rounding is absorbed by the radii, so that a longer run needs more bits, not
more trust.  Rationals are turned into balls at once, since their size would triple with every step.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from flint import arb
from numpy.typing import NDArray

from numerics.arithmetic.ball import Balls
from numerics.ball import ball, compile_ball
from numerics.walk import Entry, Frame, Walk
from theory.kernel import derive_kernel
from theory.model import Model
from theory.quantity import Setting, find_quantity
from theory.symbols import i

__all__ = ["ball_descent"]

Elements = NDArray[Any]

_to_balls = np.frompyfunc(ball, 1, 1)


@cache
def _coefficients(model: Model) -> tuple[Callable[..., arb], Callable[..., arb]]:
    kernel = derive_kernel(model.activation)
    own, cross = (compile_ball(kernel.partial(name), kernel.variables) for name in ("p", "c"))
    return own, cross


def _dot(x: Elements, y: Elements) -> Any:
    total = x[0] * y[0]
    for left, right in zip(x[1:], y[1:], strict=True):
        total = total + left * right
    return total


def _gradient(model: Model, students: Elements, teachers: Elements, setting: Setting) -> Elements:
    """(n, d) enclosures of ∇L."""
    kernel = derive_kernel(model.activation)
    if kernel.chart != "gram" or model.parametrisation.name != "identity":
        frame = Frame(
            entries={
                "w": Entry(data=students[None], axis="student", vector=True),
                "v": Entry(data=teachers[None], axis="teacher", vector=True),
            }
        )
        walk = Walk(arithmetic=Balls(), setting=setting, frame=frame)
        return np.asarray(walk(find_quantity("gradient", 1).symbol[i]).data[0])
    own, cross = _coefficients(model)
    rows = np.concatenate([students, teachers])
    squares = [_dot(row, row) for row in rows]
    scale = ball(2 * model.scale)
    gradient = np.empty_like(students)
    for place, student in enumerate(students):
        along, total = arb(0), np.full(student.shape, arb(0), dtype=object)
        for other, row in enumerate(rows):
            sign = scale if other < len(students) else -scale
            inner = squares[place] if other == place else _dot(student, row)
            arguments = (squares[place], squares[other], inner)
            along += 2 * sign * own(*arguments)
            total = total + sign * cross(*arguments) * row
        gradient[place] = along * student + total
    return gradient


def ball_descent(setting: Setting, students: Elements, teachers: Elements, step: Any, steps: int) -> Elements:
    """Enclosures (steps + 1, n, d) of the states t = 0 … steps of w ← w − η ∇L(w), the first one as given.

    ``students`` (n, d), ``teachers`` (m, d) and ``step`` are exact numbers or balls.  Encloses at the precision in force;
    where the gradient is undefined on a ball, all later states are NaN.
    """
    states = np.empty((steps + 1, *students.shape), dtype=object)
    states[0] = students
    fixed, eta = _to_balls(teachers), ball(step)
    current = _to_balls(students)
    for number in range(1, steps + 1):
        current = current - eta * _gradient(setting.model, current, fixed, setting)
        states[number] = current
    return states
