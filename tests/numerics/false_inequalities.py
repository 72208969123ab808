"""False and barely false inequalities, name -> (f, box, options): f ≥ 0 (> 0 when strict) fails somewhere on
the box.
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
    sqrt,
    symbols,
    tan,
    tanh,
)
from true_inequalities import ANGLES, SQUARE, TIGHT, UNIT, S, delta, kappa, nu, rho, theta, x, y, z

Q = Rational
TINY = Q(1, 10**6)
a = symbols("a")

_growth = 2 + 4 * x**2 + 9 * x * rho + 3 * rho**2
_square = 9 * (1 + rho * x) ** 2 * (2 * x + rho) ** 2 + (2 + 6 * rho * x + 3 * rho**2) ** 2 * (1 - x**2)

HAND_MADE = {
    # a constant pushed past the truth
    "sine gap, upper constant": ((1 - TINY) * theta**3 / 3 - S, ANGLES, {}),
    "sine gap, lower constant at pi": (S - (1 + TINY) * theta**3 / pi**2, ANGLES, {}),
    "sine gap, fifth order": (S - theta**3 / 3 + (1 - TINY) * theta**5 / 30, ANGLES, {}),
    "loss profile, printed constant": (
        30 * pi * (2 * theta - sin(2 * theta)) - 8 * pi * theta**3,
        ANGLES,
        {},
    ),
    "loss profile, sharp constant": (
        (4 - TINY) * pi**3 * (2 * theta - sin(2 * theta)) - 8 * pi * theta**3,
        ANGLES,
        {},
    ),
    "double angle, upper constant": ((1 - TINY) * 4 * theta**3 / 3 - 2 * theta + sin(2 * theta), ANGLES, {}),
    "double angle, lower constant": (
        2 * theta - sin(2 * theta) - (1 + TINY) * 2 * theta**3 / pi**2,
        ANGLES,
        {},
    ),
    "residual, fourth power": (
        (1 - TINY) * theta**4 - sin(theta) ** 2 - theta**2 + 2 * theta * sin(theta) * cos(theta),
        ANGLES,
        {},
    ),
    "pair interaction constant": (
        (1 - TINY) * theta**4 / (4 * pi**2)
        - ((2 * theta - sin(2 * theta)) / (4 * pi)) ** 2
        - (sin(theta) ** 2 / (2 * pi)) ** 2,
        ANGLES,
        {},
    ),
    "cosine constant": (1 - (1 + TINY) * 2 * theta**2 / pi**2 - cos(theta), ANGLES, {}),
    "cosine, not within the disc of convexity": (1 - theta**2 / 2 + TINY - cos(theta), ANGLES, {}),
    "chord of the sine": (sin(x) - (1 + TINY) * 2 * x / pi, {x: (0, pi / 2)}, {}),
    "step factor": (
        1 + 2 * x - (3 + TINY) * x**2 * (1 - y) * (1 - 3 * y) - 1 - x,
        {x: (0, Q(1, 3)), y: (0, Q(4, 3))},
        {},
    ),
    "smoothness constant": (15 + 16 * x**2 - 9 * (1 + x) ** 2 + 3, {x: (0, 2)}, {}),
    "threshold of the basin": (2 - 14 * nu - 2 * nu**2, {nu: (0, Q(141, 1000))}, {}),
    "tangent, cubic": (tan(x) - x - (1 + TINY) * x**3 / 3, {x: (0, Q(3, 2))}, {}),
    "error function": (2 * (1 - TINY) * x / sqrt(pi) - erf(x), {x: (0, 3)}, {}),
    "atan": ((1 - TINY) * x - atan(x), {x: (0, 10)}, {}),
    "cosh": (cosh(x) - 1 - (1 + TINY) * x**2 / 2, {x: (-1, 1)}, {}),
    "one neuron, large step": (2 * _growth - Q(1, 2) * _square - 1, {rho: (0, Q(7, 50)), x: (-1, 1)}, {}),
    "many neurons, off by a little": (
        12 * delta**2 + 12 * delta * y + (3 - TINY) * y**2,
        {delta: (-1, 1), y: (0, 1)},
        {},
    ),
    # an open end counted as closed
    "strict at 0": (sin(theta) - theta * cos(theta), ANGLES, {"strict": True}),
    "strict at pi": (sin(theta) + (pi - theta) * cos(theta), ANGLES, {"strict": True}),
    "strict at an interior point": ((x - Q(1, 3)) ** 2, UNIT, {"strict": True}),
    "strict on a diagonal": ((x - y) ** 2, SQUARE, {"strict": True}),
    "strict in a corner": (x + y, SQUARE, {"strict": True}),
    "strict, irrational point": ((x**2 - 2) ** 2, {x: (0, 2)}, {"strict": True}),
    "strict, nothing left": (x - x * cos(y) ** 2 - x * sin(y) ** 2, SQUARE, {"strict": True}),
    # a range too wide
    "half angle beyond its range": (sin(theta) - sin(theta / 2), {theta: (0, 2 * pi / 3 + TINY)}, {}),
    "x - sin x on all of it": (x - sin(x) - x**3 / 30, {x: (0, 2 * pi)}, {}),
    "x - sin x a little too far": (x - sin(x) - x**3 / 30, {x: (0, Q(57250, 10000))}, {}),
    "logarithm, wrong side": (log(1 + x) - x + x**2 / 2, {x: (-Q(1, 2), 1)}, {}),
    "tanh": (x - tanh(x), {x: (-TINY, 3)}, {}),
    "interval of one point": (x - Q(1, 2), {x: (Q(499999, 1000000), Q(499999, 1000000))}, {}),
    # a hypothesis dropped
    "largest angle without the hypothesis": (
        cos(x) - cos(y) * cos(kappa),
        {kappa: (0, Q(3, 2)), x: (0, Q(3, 2)), y: (0, Q(3, 2))},
        {},
    ),
    "largest angle, half the hypotheses": (
        cos(x) - cos(y) * cos(kappa),
        {kappa: (0, Q(3, 2)), x: (0, Q(3, 2)), y: (0, Q(3, 2))},
        {"where": [kappa - y]},
    ),
    "largest angle, obtuse": (
        cos(x) - cos(y) * cos(kappa),
        {kappa: (0, 3), x: (0, 3), y: (0, 3)},
        {"where": [kappa - x, kappa - y]},
    ),
    "largest angle, squared inside": (1 - cos(x) ** 2 - 1 + cos(x**2), {x: (0, Q(3, 2))}, {}),
    "difference without order": (x - y, SQUARE, {}),
    "difference, loosened order": (x - y, SQUARE, {"where": [x - y + TINY]}),
    "disc too large": (2 - x**2 - y**2, {x: (-2, 2), y: (-2, 2)}, {"where": [2 + TINY - x**2 - y**2]}),
    "outside too small a disc": (
        x**2 + y**2 - 1,
        {x: (-2, 2), y: (-2, 2)},
        {"where": [x**2 + y**2 - 1 + TINY]},
    ),
    # one wrong corner, point or line
    "one corner": (x + y - TINY, SQUARE, {}),
    "far corner": (2 - x - y - TINY, SQUARE, {}),
    "one corner of a cube": (3 - x - y - z - TINY, {x: (0, 1), y: (0, 1), z: (0, 1)}, {}),
    "product with one bad corner": (x * y - TINY * (1 - x) * (1 - y), SQUARE, {}),
    "a bowl sunk a little": ((x - Q(1, 3)) ** 2 + (y - Q(2, 3)) ** 2 - TINY, SQUARE, {}),
    "a valley sunk a little": ((x - y) ** 2 - TINY**2, SQUARE, {}),
    "an indefinite form": (x**2 - (2 + TINY) * x * y + y**2, SQUARE, {}),
    "odd power at a contact": ((x - Q(1, 3)) ** 3, UNIT, {}),
    "odd zero, transcendental": (exp(x) - exp(Q(1, 3)), UNIT, {}),
    "sign of sine": (sin(theta), {theta: (0, pi + TINY)}, {}),
    "simple zero at an end": (-sin(theta), ANGLES, {}),
    "rounding cannot hide it": (x - Q(1, 2) - Q(1, 10**30), {x: (Q(1, 2), 1)}, {}),
    "negative constant": (-TINY + 0 * x, UNIT, {}),
    "pi is not 22/7": (pi - Q(22, 7) + 0 * x, UNIT, {}),
    "expanded square minus a little": (expand((x - y) ** 2) - TINY**2, SQUARE, {}),
    "Gram determinant, wrong factor": (
        x**2 * y**2 * (1 - TINY) / 4 - (x * y / (2 * pi) * (sin(theta) + (pi - theta) * cos(theta))) ** 2,
        {x: (0, 2), y: (0, 2), **ANGLES},
        {},
    ),
    # undefined somewhere: no point of it may be called proved
    "logarithm at 0": (log(x) + 100, UNIT, {}),
    "root of a negative number": (sqrt(x - Q(1, 10)) + 1, UNIT, {}),
    "division by zero": (1 + 1 / x**2, {x: (-1, 1)}, {}),
    "angle of the zero vector": (4 + atan2(y, x), {x: (-1, 1), y: (-1, 1)}, {}),
    "arccosine outside": (acos(x) + 1, {x: (0, 1 + TINY)}, {}),
    "tangent across its pole": (tan(x) ** 2 + 1, {x: (0, 2)}, {}),
    "zero times undefined": (log(a) - log(a) * (sin(x) ** 2 + cos(x) ** 2), {x: (0, 1), a: (-1, 1)}, {}),
}

SUNK = {f"{name}, sunk": (f - TINY, box, options) for name, (f, box, options) in TIGHT.items()}
STRICT = {f"{name}, strict": (f, box, {**options, "strict": True}) for name, (f, box, options) in TIGHT.items()}
