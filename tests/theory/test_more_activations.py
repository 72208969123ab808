"""The activations beyond the papers: known kernels, second routes, quadrature, and wrong kernels that must be rejected."""

from __future__ import annotations

import itertools

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import (
    Abs,
    Expr,
    Heaviside,
    Integer,
    Max,
    Rational,
    Symbol,
    cos,
    erf,
    exp,
    lambdify,
    log,
    pi,
    sin,
    sqrt,
    tanh,
)

from theory.activation import (
    Activation,
    ErrorFunction,
    Exponentials,
    Homogeneous,
    Polynomial,
    Smooth,
    activations,
    find_activation,
    z,
)
from theory.activations.hermite import hermite_sum, normalised_scale, probabilists
from theory.confirmation import confirm_kernel
from theory.heads import magnitude, positive_part
from theory.kernel import derive_kernel
from theory.pair_expectation import derivative_of, gaussian_mean, gaussian_pair
from theory.strip import strip_bound
from theory.symbols import c, p, q, rho1, rho2, theta
from theory.trigonometric import equal

CLOSED = (
    "leaky_relu", "relu_power", "relu_power(3)", "step", "sign", "erf", "erf(-1/2)", "hermite", "hermite(5)", "cosine",
    "cosine(2)", "sine", "exponential", "exponential(-1/2)",
)  # fmt: skip
POINTS = ((1.0, 1.0, 0.3), (0.5, 1.7, -0.6), (1.2, 0.8, 0.979), (1.0, 1.0, -0.9999))


def value(name: str, which: str, at: tuple[float, float, float]) -> float:
    """The kernel ("") or a partial in floats."""
    kernel = derive_kernel(find_activation(name))
    expression = kernel.partial(which) if which else kernel.expression
    x, y, inner = at
    arguments = at if kernel.chart == "gram" else (x**0.5, y**0.5, float(np.arctan2((x * y - inner**2) ** 0.5, inner)))
    return float(lambdify(kernel.variables, expression, "mpmath")(*map(mpmath.mpf, arguments)))


def sigma(name: str, at: np.ndarray) -> np.ndarray:
    shape = find_activation(name).shape
    if isinstance(shape, Homogeneous):
        side = np.where(at > 0, float(shape.right), float(shape.left))
        return side * np.abs(at) ** shape.degree
    return lambdify(z, shape.definition, ["scipy", "numpy"])(at)


def by_quadrature(name: str, at: tuple[float, float, float]) -> float:
    """E σ(X) σ(Y) on a polar grid, with angles cut where either form changes its sign."""
    x, y, inner = at
    turn = float(np.arctan2((x * y - inner**2) ** 0.5, inner))
    radius, weight = np.polynomial.legendre.leggauss(120)
    radius, weight = 6.5 * (radius + 1), 6.5 * weight
    node, mass = np.polynomial.legendre.leggauss(60)
    cuts = sorted({-np.pi / 2, np.pi / 2, turn - np.pi / 2, turn + np.pi / 2, 3 * np.pi / 2})
    total = 0.0
    for low, high in itertools.pairwise(cuts):
        half, phi = (high - low) / 2, (low + high) / 2 + (high - low) / 2 * node
        first = sigma(name, x**0.5 * radius[:, None] * np.cos(phi))
        second = sigma(name, y**0.5 * radius[:, None] * np.cos(phi - turn))
        density = (radius * np.exp(-(radius**2) / 2) * weight)[:, None] * (half * mass) / (2 * np.pi)
        total += float((first * second * density).sum())
    return total


@pytest.mark.parametrize("name", CLOSED)
def test_kernels_agree_with_quadrature(name: str) -> None:
    for at in POINTS:
        expected = by_quadrature(name, at)
        assert abs(value(name, "", at) - expected) <= 1e-9 * (1 + abs(expected))


@pytest.mark.parametrize("name", CLOSED)
def test_second_route_confirms_and_rejects_wrong_kernels(name: str) -> None:
    activation = find_activation(name)
    kernel = derive_kernel(activation).expression
    assert confirm_kernel(activation).difference == 0
    tiny = Rational(1, 10**30)
    wrong = [2 * kernel, kernel * (1 + tiny), kernel + tiny, -kernel]
    wrong += [kernel.xreplace({theta: 2 * theta, c: 2 * c})]
    if not isinstance(activation.shape, Homogeneous):
        wrong += [kernel.xreplace({p: p + tiny}), kernel.xreplace({q: q + c * tiny})]
    for candidate in wrong:
        assert confirm_kernel(activation, candidate).difference != 0


def test_closed_forms_are_the_known_ones() -> None:
    # Cho and Saul: k_n = J_n(θ) ρ₁ⁿ ρ₂ⁿ / π for √2 times the power of the ReLU.
    arc_cosine = {
        "step": pi - theta,
        "relu": _sin + (pi - theta) * _cos,
        "relu_power": 3 * _sin * _cos + (pi - theta) * (1 + 2 * _cos**2),
    }
    for degree, (name, known) in enumerate(arc_cosine.items()):
        expected = rho1**degree * rho2**degree * known / (2 * pi)
        assert equal(derive_kernel(find_activation(name)).polar, expected)
    assert equal(derive_kernel(find_activation("sign")).polar, 1 - 2 * theta / pi)
    assert equal(derive_kernel(find_activation("sign")).partial("c"), 2 / (pi * rho1 * rho2 * _sin))
    damping = exp(-(p + q) / 2)
    known_gram = {
        "cosine": damping * (exp(c) + exp(-c)) / 2,
        "sine": damping * (exp(c) - exp(-c)) / 2,
        "exponential": exp((p + q) / 2 + c),
    }
    for name, expected in known_gram.items():
        assert (derive_kernel(find_activation(name)).gram - expected).expand() == 0
    for at in POINTS:  # Williams: (2/π) asin(2c/√((1 + 2p)(1 + 2q)))
        x, y, inner = at
        assert value("erf", "", at) == pytest.approx(
            2 / np.pi * np.arcsin(2 * inner / ((1 + 2 * x) * (1 + 2 * y)) ** 0.5)
        )


_sin, _cos = sin(theta), cos(theta)


def test_hermite_polynomials_are_orthogonal() -> None:
    for order in range(1, 7):
        kernel = derive_kernel(find_activation(f"hermite({order})")).gram.xreplace({p: Integer(1), q: Integer(1)})
        assert (normalised_scale(order) * kernel - c**order).expand() == 0
    mixed = derive_kernel(hermite_sum([1, 0, 3, Rational(1, 2)], "mixed")).gram.xreplace({p: Integer(1), q: Integer(1)})
    assert (mixed - (1 + 9 * 2 * c**2 + Rational(1, 4) * 6 * c**3)).expand() == 0
    assert probabilists(4) == z**4 - 6 * z**2 + 3


@pytest.mark.parametrize("name", CLOSED)
def test_partials_are_derivatives(name: str) -> None:
    at, step = (1.1, 0.7, 0.35), 1e-6
    for which, axis in (("p", 0), ("q", 1), ("c", 2)):
        for word in ("", "c", "p"):
            high, low = list(at), list(at)
            high[axis] += step
            low[axis] -= step
            slope = (value(name, word, tuple(high)) - value(name, word, tuple(low))) / (2 * step)
            exact = value(name, word + which, at)
            assert abs(slope - exact) <= 1e-6 * (1 + abs(exact))


@pytest.mark.parametrize("name", [name for name in CLOSED if name not in ("step", "sign")])
def test_the_diagonal_is_the_limit_at_alignment(name: str) -> None:
    kernel = derive_kernel(find_activation(name))
    for variance in (0.3, 1.0, 2.5):
        own = float(lambdify(p, kernel.diagonal, "mpmath")(mpmath.mpf(variance)))
        assert value(name, "", (variance, variance, variance)) == pytest.approx(own, rel=1e-12)
        slope = float(lambdify(p, kernel.diagonal_partial(1), "mpmath")(mpmath.mpf(variance)))
        at = (variance, variance, variance * (1 - 1e-12))
        total = 2 * value(name, "p", at) + value(name, "c", at)
        assert total == pytest.approx(slope, rel=1e-5, abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.floats(-2, 2), min_size=3, max_size=3), min_size=2, max_size=5))
def test_kernel_matrices_are_positive_semidefinite(rows: list[list[float]]) -> None:
    u = np.array(rows) + 1e-3
    gram = u @ u.T
    squares = np.diag(gram)
    for name in ("erf", "cosine", "sine", "hermite", "exponential"):
        function = lambdify((p, q, c), derive_kernel(find_activation(name)).gram, ["scipy", "numpy"])
        matrix = function(squares[:, None], squares[None, :], gram)
        assert np.linalg.eigvalsh(matrix).min() >= -1e-10 * abs(matrix).max()


# --- families and facts -----------------------------------------------------------------------------


def test_families_by_name() -> None:
    assert find_activation("leaky_relu").shape == find_activation("leaky_relu(1/100)").shape
    assert find_activation("leaky_relu( 0.1 )").shape == Homogeneous(degree=1, right=1, left=Rational(-1, 10))
    symbolic = find_activation("leaky_relu(s)")
    assert symbolic.parameters == {Symbol("s", real=True)}
    assert confirm_kernel(symbolic).difference == 0
    assert all(find_activation(name).parameters == frozenset() for name in activations())
    sign = find_activation("sign")
    assert (sign.degree, sign.odd, sign.discontinuous, sign.kinked, sign.smooth) == (0, True, True, False, False)
    assert (find_activation("erf").odd, find_activation("cosine").even, find_activation("sine").odd) == (True,) * 3


@pytest.mark.parametrize(
    "name, message",
    [
        ("relu(2)", "takes no parameter"),
        ("leaky_rel(2)", "did you mean leaky_relu"),
        ("leaky_relu(1/0)", "no rational number"),
        ("relu_power(1/2)", "integer"),
        ("hermite(0)", "order"),
        ("erf(0)", "rate"),
        ("cosine(w)", "rational"),
    ],
)
def test_families_refuse(name: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        find_activation(name)


# --- expressions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "expression, shape",
    [
        (z**2 + 3, Polynomial(coefficients=(3, 0, 1))),
        (positive_part(z), Homogeneous(degree=1, right=1, left=0)),
        (Max(z, 0) - Max(-z, 0) / 10, Homogeneous(degree=1, right=1, left=Rational(-1, 10))),
        (2 * Abs(z), Homogeneous(degree=1, right=2, left=2)),
        (z * magnitude(z), Homogeneous(degree=2, right=1, left=-1)),
        (Heaviside(z), Homogeneous(degree=0, right=1, left=0)),
        (
            (1 + erf(z / sqrt(2))) / 2,
            ErrorFunction(square=Rational(1, 2), amplitude=Rational(1, 2), offset=Rational(1, 2)),
        ),
        (1 - erf(-3 * z), ErrorFunction(square=9, amplitude=1, offset=1)),
        (z * cos(2 * z), Exponentials(expression=z * cos(2 * z))),
        (log(1 + exp(z)), Smooth(expression=log(1 + exp(z)))),
        (cos(pi * z), Smooth(expression=cos(pi * z))),
    ],
)
def test_expressions_are_recognised(expression: Expr, shape: object) -> None:
    kinked = isinstance(shape, Homogeneous) and shape.kinked
    activation = Activation.from_expression("own", expression, slope_at_zero=0 if kinked else None)
    assert activation.shape == shape
    assert activation.latex
    if not isinstance(shape, Smooth):
        assert confirm_kernel(activation).difference == 0


@pytest.mark.parametrize(
    "expression, message",
    [
        (exp(z**2), "activation 'own': .*exp"),
        (log(z), "log"),
        (1 / z, "keep away from 0"),
        (0.5 * z, "binary float"),
        ("tanh(z)", "text"),
        (tanh(Symbol("y")), "symbols y"),
        (Integer(3), "does not depend on z"),
        (Max(z, 0) + z**2, "powers"),
        (Max(z - 1, 0), "rational multiple of z"),
        (Symbol("z") + 1, "symbols z"),
    ],
)
def test_expressions_are_refused(expression: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Activation.from_expression("own", expression)


def test_strips_hold_on_the_complex_plane() -> None:
    rng = np.random.default_rng(3)
    for expression in (
        log(1 + exp(z)),
        tanh(z),
        z / (1 + exp(-z)),
        sqrt(1 + z**2),
        erf(z) * z,
        exp(-(z**2)),
        1 / (1 + z**2),
    ):
        for _ in range(3):
            strip = strip_bound(expression, z)
            function = lambdify(z, expression, ["scipy", "numpy"])
            x = rng.uniform(-12, 12, 4000)
            values = function(x + 1j * rng.uniform(-1, 1, 4000) * float(strip.width))
            bound = float(strip.size) * np.exp(float(strip.growth) * np.abs(x))
            assert (np.abs(values) <= bound * (1 + 1e-12)).all()
            expression = derivative_of(expression)


def test_heads_differentiate_by_price_and_the_heat_equation() -> None:
    f, g = log(1 + exp(z)), tanh(z)
    pair = gaussian_pair(f, g)(p, q, c)
    assert pair.diff(c) == gaussian_pair(derivative_of(f), derivative_of(g))(p, q, c)
    assert pair.diff(p) == gaussian_pair(derivative_of(derivative_of(f)), g)(p, q, c) / 2
    assert gaussian_mean(f)(p).diff(p) == gaussian_mean(derivative_of(derivative_of(f)))(p) / 2
    assert gaussian_pair(f, g) is gaussian_pair(f, g)
    assert gaussian_pair(f, g) is not gaussian_pair(g, f)
    assert pair.free_symbols == {p, q, c}
    with pytest.raises(ValueError, match="no closed form"):
        confirm_kernel(Activation.from_expression("own", f))
