"""One exact start of gradient descent, iterated in balls.

Every state is enclosed at the precision in force; rounding is absorbed by the radii, so that a longer run
needs more bits, not more trust.  Rationals are turned into balls at once, since their size would triple with
every step.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from flint import arb
from numpy.typing import NDArray

from numerics.arithmetic.ball import Balls
from numerics.ball import ball, compile_ball, power
from theory.kernel import derive_kernel
from theory.model import Model
from theory.quantity import Setting

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


def _gradient(model: Model, students: Elements, teachers: Elements) -> Elements:
    """(n, d) enclosures of ∇L: 2 λ Σ_b s_b (2 k_p u_i + k_c u_b) in the effective rows, pulled back to the
    weights.
    """
    balls = Balls()
    polar = derive_kernel(model.activation).chart == "polar"
    own, cross = _coefficients(model)
    count = len(students)
    norms = [balls.norm(row, None)[()] for row in (*students, *teachers)]
    kappa = model.parametrisation.exponent  # u = ‖w‖^κ w
    rows = [*(power(norms[i], kappa) * row if kappa else row for i, row in enumerate(students)), *teachers]
    squares = [_dot(row, row) for row in rows]
    lengths = [power(norm, kappa + 1) if i < count else norm for i, norm in enumerate(norms)]
    scale = ball(2 * model.scale)
    gradient = np.empty_like(students)
    for i in range(count):
        along, total = arb(0), np.full(rows[i].shape, arb(0), dtype=object)
        for b, row in enumerate(rows):
            sign = scale if b < count else -scale
            # A row is at the angle 0 with itself; from its inner products the angle would lose half of the
            # digits.
            if polar:
                angle = arb(0) if b == i else balls.angle(rows[i], row, None)[()]
                at = (lengths[i], lengths[b], ball(angle))
            else:
                at = (squares[i], squares[b], squares[i] if b == i else _dot(rows[i], row))
            along += 2 * sign * own(*at)
            total = total + sign * cross(*at) * row
        effective = along * rows[i] + total
        if kappa:
            # (∂u/∂w)ᵀ = ‖w‖^κ (I + κ w̄ w̄ᵀ)
            radial = kappa * _dot(students[i], effective) / power(norms[i], 2)
            effective = power(norms[i], kappa) * (effective + radial * students[i])
        gradient[i] = effective
    return gradient


def ball_descent(setting: Setting, students: Elements, teachers: Elements, step: Any, steps: int) -> Elements:
    """Enclosures (steps + 1, n, d) of the states t = 0 … steps of w ← w − η ∇L(w), the first one as given.

    ``students`` (n, d), ``teachers`` (m, d) and ``step`` are exact numbers or balls.  Encloses at the
    precision in force; where the gradient is undefined on a ball, all later states are NaN.
    """
    states = np.empty((steps + 1, *students.shape), dtype=object)
    states[0] = students
    fixed, eta = _to_balls(teachers), ball(step)
    current = _to_balls(students)
    for number in range(1, steps + 1):
        current = current - eta * _gradient(setting.model, current, fixed)
        states[number] = current
    return states
