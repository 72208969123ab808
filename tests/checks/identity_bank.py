"""Identities with their truth: what must be proved, for which sizes, and what must be refuted."""

from sympy import Symbol, cos, pi, sin, sqrt

from checks.given import Box, Integers, Networks
from checks.relation import Equal
from theory.heads import (
    Distinct,
    after_step,
    angle,
    dot,
    expectation,
    gaussian_input,
    line_angle,
    magnitude,
    norm,
    rate,
)
from theory.quantity import find_quantity
from theory.symbols import a, b, beta, d, eta, gamma, i, j, k, m, mu, n, nu, over, teachers, v, w, xi
from theory.symbols import x as inputs

x, y = Symbol("x", real=True), Symbol("y", real=True)
theta_ = Symbol("theta", real=True)


def quantity(name, arity=0):
    return find_quantity(name, arity).symbol


loss, gradient, hessian_form = quantity("loss"), quantity("gradient", 1), quantity("hessian_form")
theta, angles, w_norm, v_norm = (
    quantity("theta", 1),
    quantity("theta", 2),
    quantity("w_norm", 1),
    quantity("v_norm"),
)
residual, residual_norm, h, z, kappa = (
    quantity("residual"), quantity("residual_norm"), quantity("h", 1), quantity("z", 1), quantity("kappa", 2),
)  # fmt: skip


def slope(t):
    return sin(t) - t * cos(t)


relu, quadratic = Networks(model="xu23a"), Networks(model="wang21a")
stepped = Networks(model="xu23a", scalars={eta: (0, 1)})


def _gradient_printed():
    pull = over(Distinct(i, j) * w_norm[j] * sin(angles[i, j]), j) - v_norm * sin(theta[i])
    return residual / 2 + (pull * w[i] / w_norm[i] - over(angles[i, j] * w[j], j) + theta[i] * v) / (2 * pi)


def _pair_turn(one, other):
    spread = cos(kappa[k, other]) - cos(kappa[k, one]) * cos(kappa[i, j])
    return (pi - angles[one, k]) / (2 * pi) * norm(z[k]) / norm(z[one]) * spread


def _cosine_rate():
    ratio = norm(z[i]) / norm(z[j])
    own = -(pi - angles[i, j]) / (2 * pi) * (ratio + 1 / ratio) * sin(kappa[i, j]) ** 2
    return own - over(Distinct(k, i) * Distinct(k, j) * (_pair_turn(i, j) + _pair_turn(j, i)), k)


def _step_cosine():
    unit, moved = w[i] / w_norm[i], after_step(w_norm[i])
    first = eta / moved * dot(cos(theta[i]) * unit - v / v_norm, gradient[i])
    inner = dot(unit, gradient[i]) * (w_norm[i] - moved) - eta * dot(gradient[i], gradient[i])
    return first + eta * cos(theta[i]) / moved * inner / (w_norm[i] + moved)


def _step_inner():
    spread = cos(theta[j]) - cos(theta[i]) * cos(angles[i, j])
    own = (pi - theta[i]) * sin(theta[i]) ** 2 * v_norm
    others = over(Distinct(i, j) * (pi - angles[i, j]) * spread * w_norm[j], j)
    return eta / (2 * pi * after_step(w_norm[i])) * (own - others)


def _turning():
    others = over(Distinct(i, j) * w_norm[j] / w_norm[i] * sin(angles[i, j]), j)
    return others - v_norm / w_norm[i] * sin(theta[i])


trace = over(dot(w[i], w[i]), i) - dot(v, v)
square = over(dot(w[i], w[j]) ** 2, i, j) - 2 * over(dot(w[i], v) ** 2, i) + dot(v, v) ** 2
sphere = Networks(model="wang21a", coefficients=("beta",), where=(Equal(over(beta[i] ** 2, i), 1),))

ALL = "all d, all n, m = 1"

# name: (given, left, right, scope)
TRUE = {
    "loss of the quadratic model": (quadratic, loss, trace**2 / 4 + square / 2, ALL),
    "gradient of the quadratic model": (
        quadratic,
        gradient[i],
        (3 * dot(w[i], w[i]) - dot(v, v)) * w[i]
        - 2 * dot(v, w[i]) * v
        + over(Distinct(i, j) * (2 * dot(w[i], w[j]) * w[j] + dot(w[j], w[j]) * w[i]), j),
        ALL,
    ),
    "loss through the residual": (
        relu,
        loss,
        residual_norm**2 / 4
        + over(slope(angles[i, j]) * w_norm[i] * w_norm[j], i, j) / (4 * pi)
        - over(slope(theta[i]) * w_norm[i] * v_norm, i) / (2 * pi),
        ALL,
    ),
    "gradient as printed": (relu, gradient[i], _gradient_printed(), ALL),
    "motion across the teacher": (
        relu,
        rate(z[i]),
        -(pi + _turning()) * z[i] / (2 * pi) - over(Distinct(i, j) * (pi - angles[i, j]) * z[j], j) / (2 * pi),
        ALL,
    ),
    "rate of the cosine of kappa": (relu, rate(cos(kappa[i, j])), _cosine_rate(), ALL),
    "cosine after a step": (stepped, after_step(cos(theta[i])) - cos(theta[i]), _step_cosine(), ALL),
    "inner product after a step": (
        stepped,
        eta / after_step(w_norm[i]) * dot(cos(theta[i]) / w_norm[i] * w[i] - v / v_norm, gradient[i]),
        _step_inner(),
        ALL,
    ),
    "root of a sum": (relu, dot(residual, residual) / residual_norm, residual_norm, ALL),
    "odd power of a root": (
        relu,
        residual_norm**3,
        residual_norm * (over(dot(w[i], w[j]), i, j) - 2 * over(dot(w[i], v), i) + dot(v, v)),
        ALL,
    ),
    "inner product with the unit gradient": (
        relu,
        over(dot(gradient[i], gradient[i]) / quantity("gradient_norm"), i),
        quantity("gradient_norm"),
        ALL,
    ),
    "angle potential": (relu, quantity("V"), over((1 - cos(theta[i])) / 2, i), ALL),
    "quotients of sums": (
        relu,
        over(h[i], i) / over(w_norm[i], i) - 1,
        (over(h[i], i) - over(w_norm[j], j)) / over(w_norm[k], k),
        ALL,
    ),
    "Gaussian moment": (
        Networks(model="wang21a", vectors=("xi",)),
        expectation(dot(gaussian_input, xi) ** 2 * dot(gaussian_input, v) ** 2),
        dot(xi, xi) * dot(v, v) + 2 * dot(xi, v) ** 2,
        ALL,
    ),
    "distance to a coefficient vector of norm 1": (
        sphere,
        over(dot(w[i] - beta[i] * v, w[i] - beta[i] * v), i),
        over(dot(w[i], w[i]), i) - 2 * over(beta[i] * dot(w[i], v), i) + dot(v, v),
        ALL,
    ),
    "unit teacher": (Networks(model="xu23a", where=(Equal(norm(v), 1),)), h[i], dot(w[i], v), ALL),
    "orthogonal student": (
        Networks(model="xu23a", where=(Equal(dot(w[i], v), 0),)),
        theta[i],
        pi / 2,
        ALL,
    ),
    "equal students": (
        Networks(model="xu23a", vectors=("xi",), where=(Equal(w[i], xi),)),
        gradient[j],
        (n * xi - v) / 2 + (angle(xi, v) * v - v_norm * sin(angle(xi, v)) * xi / norm(xi)) / (2 * pi),
        ALL,
    ),
    "balanced students": (
        Networks(model="xu23a", where=(Equal(v, over(w[i], i)),)),
        gradient[j],
        _gradient_printed().xreplace({i: j, j: k}) - residual / 2,
        "all d, n = 1 … 6, m = 1",
    ),
    "a scalar given by an equation": (
        Networks(model="xu23a", scalars={nu: (-100, 100)}, where=(Equal(nu, over(dot(w[i], v), i)),)),
        dot(residual, v),
        nu - dot(v, v),
        ALL,
    ),
    "a mean over samples": (
        Networks(model="wang21a", samples=(1, 3)),
        over((over(dot(inputs[mu], w[i]) ** 2, i) - dot(inputs[mu], v) ** 2) ** 2, mu),
        over(over(dot(inputs[mu], w[i]) ** 2, i) ** 2, mu)
        - 2 * over(dot(inputs[mu], w[i]) ** 2 * dot(inputs[mu], v) ** 2, i, mu)
        + over(dot(inputs[mu], v) ** 4, mu),
        "all d, all n, m = 1, all N",
    ),
    "three students exactly": (
        Networks(model="wang21a", students=3),
        dot(w[0] + w[1] + w[2], v),
        over(dot(w[i], v), i),
        "all d, n = 3, m = 1",
    ),
    "one dimension": (
        Networks(model="xu23a", dimension=1),
        w_norm[i] * v_norm,
        magnitude(dot(w[i], v)),
        "d = 1, all n, m = 1",
    ),
}


NAMED = Networks(model="xu23a", where=(Equal(dot(w[0], v), 0),))

FALSE = {
    "a basis of dependent rows": (
        Networks(model="xu23a", scalars={nu: (-3, 3)}, where=(Equal(nu * w[i], v),), dimension=(1, 2)),
        nu * h[i],
        0,
    ),
    "opposite rows": (
        Networks(model="xu23a", students=2, where=(Equal(w[0], -w[1]),)),
        over(w_norm[i], i),
        0,
    ),
    "hypothesis at the first row": (NAMED, h[i], 0),
    "a factor that may vanish": (
        Networks(model="xu23a", where=(Equal(dot(w[i], v) * (norm(v) - 1), 0),)),
        theta[i],
        pi / 2,
    ),
    "root as hypothesis": (
        Box(variables={x: (-1, 1), y: (0, 1)}, where=(Equal(magnitude(x), y),)),
        x,
        y,
    ),
    "true for one student only": (
        relu,
        loss,
        residual_norm**2 / 4 - slope(theta[i]) * w_norm[i] * v_norm / (2 * pi),
    ),
    "true in one dimension only": (relu, dot(w[i], w[i]) * dot(v, v), dot(w[i], v) ** 2),
    "true in two dimensions only": (
        relu,
        dot(w[i], w[i]) * (dot(w[j], w[j]) * dot(v, v) - dot(w[j], v) ** 2)
        - dot(w[i], w[j]) * (dot(w[i], w[j]) * dot(v, v) - dot(w[j], v) * dot(w[i], v))
        + dot(w[i], v) * (dot(w[i], w[j]) * dot(w[j], v) - dot(w[j], w[j]) * dot(w[i], v)),
        0,
    ),
    "true at a unit teacher only": (relu, h[i], dot(w[i], v)),
    "true for acute angles only": (relu, theta[i], line_angle(w[i], v)),
    "true for h ≥ 0 only": (relu, magnitude(h[i]), h[i]),
    "norm of a sum": (relu, norm(over(w[i], i)), over(w_norm[i], i)),
    "root of a sum of two": (relu, residual_norm, norm(w[i] - v)),
    "wrong index": (relu, gradient[i], _gradient_printed().xreplace({theta[i]: theta[j]})),
    "wrong index in a sum": (relu, over(h[i] * w_norm[j], i, j), over(h[i] * w_norm[i], i)),
    "diagonal forgotten": (
        relu,
        over(Distinct(i, j) * dot(w[i], w[j]), i, j),
        dot(over(w[i], i), over(w[i], i)),
    ),
    "coefficients without their constraint": (
        Networks(model="wang21a", coefficients=("beta",)),
        *TRUE["distance to a coefficient vector of norm 1"][1:3],
    ),
    "hypothesis at one student used for all": (
        Networks(model="xu23a", where=(Equal(dot(w[i], v), 0),)),
        h[i],
        over(h[j], j),
    ),
    "scale of the dimension": (Networks(model="wang21a", samples=(1, 2)), d * dot(v, v), 2 * dot(v, v)),
    "number of teachers": (
        Networks(model="zhou21b", teachers=(1, 3)),
        over(norm(teachers[a]), a),
        m * norm(teachers[b]),
    ),
    "number of students": (relu, over(w_norm[i], i), n * w_norm[j]),
    "sum of three squares": (
        Networks(model="wang21a", scalars={gamma: (-1, 1)}),
        (gamma + 1) ** 3,
        gamma**3 + 1 + 3 * gamma,
    ),
    "root of a square": (Box(variables={x: (-1, 1)}), magnitude(x), x),
    "sine from its square": (Box(variables={x: (0, 2 * pi)}), sqrt(1 - cos(x) ** 2), sin(x)),
    "integers": (Integers(variables={x: (0, 9)}), x**2, 2 * x),
}
