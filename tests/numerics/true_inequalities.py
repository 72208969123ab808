"""True inequalities, name -> (f, box, options): f ≥ 0 on the closed box. `TIGHT` names those with f = 0
somewhere on it.
"""

from __future__ import annotations

from sympy import (
    Rational,
    acos,
    atan,
    atan2,
    cos,
    cosh,
    erf,
    exp,
    expand,
    log,
    pi,
    sin,
    sinh,
    sqrt,
    symbols,
    tan,
    tanh,
)

x, y, z, w = symbols("x y z w")
theta, delta, rho, nu, kappa = symbols("theta delta rho nu kappa")
Q = Rational
S = sin(theta) - theta * cos(theta)
ANGLES = {theta: (0, pi)}
UNIT = {x: (0, 1)}
SQUARE = {x: (0, 1), y: (0, 1)}

_rate = 2 - 14 * nu - 2 * nu**2
_growth = 2 + 4 * x**2 + 9 * x * rho + 3 * rho**2
_square = 9 * (1 + rho * x) ** 2 * (2 * x + rho) ** 2 + (2 + 6 * rho * x + 3 * rho**2) ** 2 * (1 - x**2)
_small = {rho: (0, Q(7, 50)), x: (-1, 1), nu: (0, Q(7, 50))}
# near a minimum, many neurons: y is the squared distance of the rest
_dist, _norm = delta**2 + y, 1 + delta
_t = 2 * delta + _dist
_inner = _t * 0 + (2 * delta + _dist) * (delta + _dist) + 2 * delta**2 * (1 + delta) * (2 + delta)
_gradient = _t**2 * (_norm**2 + y) + 4 * _t * _norm**2 * (_norm**2 - 1) + 4 * (_norm**2 - 1) ** 2 * _norm**2

TIGHT = {
    "sine gap, upper": (theta**3 / 3 - S, ANGLES, {}),
    "sine gap, lower, to fifth order": (S - theta**3 / 3 + theta**5 / 30, ANGLES, {}),
    "sine gap, lower, sharp at both ends": (S - theta**3 / pi**2, ANGLES, {}),
    "arc-cosine kernel": (sin(theta) + (pi - theta) * cos(theta), ANGLES, {}),
    "loss profile of ReLU": (4 * pi**3 * (2 * theta - sin(2 * theta)) - 8 * pi * theta**3, ANGLES, {}),
    "double angle, upper": (4 * theta**3 / 3 - 2 * theta + sin(2 * theta), ANGLES, {}),
    "double angle, lower": (2 * theta - sin(2 * theta) - 2 * theta**3 / pi**2, ANGLES, {}),
    "error of half a residual": (
        theta**4 - sin(theta) ** 2 - theta**2 + 2 * theta * sin(theta) * cos(theta),
        ANGLES,
        {},
    ),
    "pair interaction": (
        theta**4 / (4 * pi**2) - ((2 * theta - sin(2 * theta)) / (4 * pi)) ** 2 - (sin(theta) ** 2 / (2 * pi)) ** 2,
        ANGLES,
        {},
    ),
    "gradient of a pair": (
        pi**2 - (pi - theta) ** 2 - sin(theta) ** 2 - 2 * (pi - theta) * sin(theta) * cos(theta),
        ANGLES,
        {},
    ),
    "half angle": (sin(theta) - sin(theta / 2), {theta: (0, 2 * pi / 3)}, {}),
    "cosine, sharp": (1 - 2 * theta**2 / pi**2 - cos(theta), ANGLES, {}),
    "sine above its chord": (sin(x) - 2 * x / pi, {x: (0, pi / 2)}, {}),
    "square": ((x - y) ** 2, {x: (0, 2), y: (0, 2)}, {}),
    "square, expanded": (x**2 - 2 * x * y + y**2, {x: (0, 2), y: (0, 2)}, {}),
    "square times a sign, expanded": (expand((x - y) ** 2 * (x + y)), {x: (0, 2), y: (0, 2)}, {}),
    "three squares": (x**2 + y**2 + z**2 - x * y - y * z - z * x, {x: (-1, 2), y: (-1, 2), z: (-1, 2)}, {}),
    "irrational double root": ((x**2 - 2) ** 2, {x: (0, 2)}, {}),
    "irrational double root, expanded": (x**4 - 4 * x**2 + 4, {x: (0, 2)}, {}),
    "step factor": (
        1 + 2 * x - 3 * x**2 * (1 - y) * (1 - 3 * y) - 1 - x,
        {x: (0, Q(1, 3)), y: (0, Q(4, 3))},
        {},
    ),
    "exponential": (exp(x) - 1 - x, {x: (-1, 1)}, {}),
    "exponential, not at a nice point": (exp(x - Q(2, 7)) - 1 - (x - Q(2, 7)), {x: (-1, 1)}, {}),
    "logarithm": (x - 1 - log(x), {x: (Q(1, 10), 10)}, {}),
    "logarithm, other side": (log(1 + x) - x / (1 + x), {x: (0, 5)}, {}),
    "cosh above parabola": (cosh(x) - 1 - x**2 / 2, {x: (-1, 2)}, {}),
    "tangent": (tan(x) - x - x**3 / 3, {x: (0, Q(3, 2))}, {}),
    "atan": (x - atan(x), {x: (0, 10)}, {}),
    "tanh below x": (x - tanh(x), {x: (0, 3)}, {}),
    "error function": (2 * x / sqrt(pi) - erf(x), {x: (0, 3)}, {}),
    "two exponentials": (exp(x + y) - 1 - x - y, {x: (-1, 1), y: (-1, 1)}, {}),
    "corner of a form": (12 * x**2 + 12 * x * y + 7 * y**2 - x**3, {x: (-1, 1), y: (0, Q(1, 2))}, {}),
    "corner with weights": (x**2 + y**4 - x * y**2, SQUARE, {}),
    "product of zeros": ((1 - cos(x)) * (exp(y) - 1) * (2 - x * y), {x: (0, 1), y: (0, 1)}, {}),
    "many neurons near a minimum": (
        8 * _inner - _gradient,
        {delta: (-Q(7, 50), Q(7, 50)), y: (0, Q(49, 2500))},
        {},
    ),
    "many neurons near a minimum, rate": (
        _inner - Q(5639, 10000) * _dist**2,
        {delta: (-Q(7, 50), Q(7, 50)), y: (0, Q(49, 2500))},
        {},
    ),
    "many neurons near a minimum, radial chart": (
        # the same with δ = zx, u = z²y, divided by z²
        (2 * x + (x**2 + y) * z) * (x + (x**2 + y) * z)
        + 2 * x**2 * (1 + z * x) * (2 + z * x)
        - Q(5639, 10000) * (x**2 + y) ** 2 * z**2,
        {x: (-1, 1), y: (0, 1), z: (0, Q(7, 50))},
        {},
    ),
    "Gram determinant of ReLU": (
        x**2 * y**2 / 4 - (x * y / (2 * pi) * (sin(theta) + (pi - theta) * cos(theta))) ** 2,
        {x: (0, 2), y: (0, 2), **ANGLES},
        {},
    ),
    "largest angle, scaled": (
        cos(kappa * x) - cos(kappa * y) * cos(kappa),
        {kappa: (0, pi / 2), **SQUARE},
        {},
    ),
    "largest angle": (
        cos(x) - cos(y) * cos(kappa),
        {kappa: (0, Q(3, 2)), x: (0, Q(3, 2)), y: (0, Q(3, 2))},
        {"where": [kappa - x, kappa - y]},
    ),
    "boundary of a side condition": (x - y, SQUARE, {"where": [x - y]}),
    "AM-GM, tight on a ray": ((x + y) ** 2 - 4 * x * y, {x: (0, 2), y: (0, 2)}, {}),
    "one point": (
        (x - Q(1, 3)) ** 2 + (y - Q(1, 5)) ** 2 - (x - Q(1, 3)) * (y - Q(1, 5)) * (1 + x),
        SQUARE,
        {},
    ),
    "one point, transcendental": (exp((x - Q(1, 3)) ** 2) - cos(y - Q(1, 5)), SQUARE, {}),
    "root at its edge": (sqrt(1 - x**2) + x * acos(x), {x: (0, 1)}, {}),
}

SLACK = {
    "AM-GM": ((x + y) / 2 - sqrt(x * y), {x: (1, 2), y: (3, 4)}, {}),
    "step of one neuron, relaxed": (2 * _growth - Q(2, 169) * _square - _rate, _small, {}),
    "step of one neuron": (
        2 * _growth - _rate / (13 + 16 * nu**2) ** 2 * _square - _rate,
        _small,
        {"where": [nu - rho]},
    ),
    "barely above a parabola": ((x - Q(1, 3)) ** 2 + Q(1, 10**6), UNIT, {}),
    "barely above a bowl": ((x - Q(1, 3)) ** 2 + (y - Q(2, 3)) ** 2 + Q(1, 10**6), SQUARE, {}),
    "barely above, transcendental": (exp(x) + exp(-x) - 2 + Q(1, 10**6), {x: (-1, 2)}, {}),
    "cosine, a fifth": (1 - theta**2 / 5 - cos(theta) + Q(1, 10**6), ANGLES, {}),
    "kernel value at two thirds": (
        sin(theta) + (pi - theta) * cos(theta) - Q(1, 12),
        {theta: (0, 2 * pi / 3)},
        {},
    ),
    "lower constant for quarter turn": (
        pi**3 * (2 * theta - sin(2 * theta)) - 8 * pi * theta**3 * Q(99, 100),
        {theta: (Q(1, 100), pi / 2)},
        {},
    ),
    "rational": (1 / (1 + x**2) - Q(1, 2) + Q(1, 100), UNIT, {}),
    "nested functions": (exp(sin(x * y)) - 1 + x / 10 + Q(1, 100), SQUARE, {}),
    "angle of a vector": (atan2(y, x) - y / (2 * x) + Q(1, 10), {x: (1, 2), y: (0, 1)}, {}),
    "inside a disc": (2 - x**2 - y**2, {x: (-2, 2), y: (-2, 2)}, {"where": [1 - x**2 - y**2]}),
    "outside a disc": (x**2 + y**2 - Q(1, 2), {x: (-2, 2), y: (-2, 2)}, {"where": [x**2 + y**2 - 1]}),
    "constants": (pi + x - 3, {x: (0, 1)}, {}),
    "sinh": (sinh(x) - x + Q(1, 100), {x: (0, 3)}, {}),
    "four variables": (2 + sin(x) * cos(y) + z * w / 2, {x: (0, 3), y: (0, 3), z: (-1, 1), w: (-1, 1)}, {}),
    "polynomial in three variables": (
        1 + x**2 * y - y * z**3 / 2 - x * z / 4,
        {x: (0, 1), y: (0, 1), z: (0, 1)},
        {},
    ),
    "strict": (exp(x) - x, {x: (-1, 1)}, {"strict": True}),
    "strict, polynomial": (x**2 - x + Q(1, 4) + Q(1, 10**6), UNIT, {"strict": True}),
    "strict, side condition": (x - y + Q(1, 10), SQUARE, {"strict": True, "where": [x - y]}),
}
