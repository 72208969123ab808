"""Dual kernels: second routes, quadrature, sampling, differences, and wrong kernels that must be rejected."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from time import process_time

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Expr, Integer, Rational, cos, lambdify, latex, pi, sin, srepr

from theory.activation import Activation, Homogeneous, Polynomial, activations
from theory.chart import differentiate, polar_from_gram
from theory.confirmation import confirm_kernel
from theory.kernel import DualKernel, derive_kernel
from theory.price import price_rungs
from theory.symbols import c, p, q, rho1, rho2, theta
from theory.trigonometric import equal, normal_form

NAMES = ("quadratic", "relu", "absolute_value")
WORDS = ("p", "q", "c", "pp", "pq", "pc", "qq", "qc", "cc")
fractions = st.fractions(min_value=-3, max_value=3, max_denominator=7).map(
    lambda x: Rational(x.numerator, x.denominator)
)


def kernel_of(name: str) -> DualKernel:
    return derive_kernel(activations()[name])


def activation(shape: Polynomial | Homogeneous) -> Activation:
    kinked = isinstance(shape, Homogeneous) and shape.degree == 1 and shape.jump != 0
    return Activation(name="any", title="", latex="", shape=shape, slope_at_zero=Integer(0) if kinked else None)


@cache
def compiled(kernel: DualKernel, which: str) -> Callable[..., mpmath.mpf]:
    """The kernel ("") or a partial as a function of mpmath numbers p, q, c."""
    expression = kernel.partial(which) if which else kernel.expression
    function = lambdify(kernel.variables, expression, "mpmath")
    if kernel.chart == "gram":
        return function

    def in_gram(p0: mpmath.mpf, q0: mpmath.mpf, c0: mpmath.mpf) -> mpmath.mpf:
        return function(mpmath.sqrt(p0), mpmath.sqrt(q0), mpmath.atan2(mpmath.sqrt(p0 * q0 - c0 * c0), c0))

    return in_gram


def value_of_sigma(shape: Polynomial | Homogeneous, z: mpmath.mpf) -> mpmath.mpf:
    if isinstance(shape, Polynomial):
        return sum(int(a.p) * z**power / int(a.q) for power, a in enumerate(shape.coefficients))
    side = shape.right if z > 0 else shape.left
    return int(side.p) * abs(z) ** shape.degree / int(side.q)


# --- closed forms and second routes ---------------------------------------------------------------


def test_the_three_kernels_are_the_known_ones() -> None:
    assert kernel_of("quadratic").gram == 2 * c**2 + p * q
    known = {
        "relu": rho1 * rho2 * (sin(theta) + (pi - theta) * cos(theta)) / (2 * pi),
        "absolute_value": 2 * rho1 * rho2 / pi * (sin(theta) + (pi / 2 - theta) * cos(theta)),
    }
    for name, expected in known.items():
        assert equal(kernel_of(name).polar, expected)


def test_first_partials_are_division_safe() -> None:
    relu, absolute = kernel_of("relu"), kernel_of("absolute_value")
    assert relu.partial("c") == (pi - theta) / (2 * pi)
    assert relu.partial("p") == rho2 * sin(theta) / (4 * pi * rho1)
    assert relu.partial("cc") == 1 / (2 * pi * rho1 * rho2 * sin(theta))
    assert absolute.partial("c") == normal_form(1 - 2 * theta / pi)


@pytest.mark.parametrize("name", NAMES)
def test_second_route_confirms(name: str) -> None:
    assert confirm_kernel(activations()[name]).difference == 0


@pytest.mark.parametrize("name", NAMES)
def test_second_route_rejects_wrong_kernels(name: str) -> None:
    right = kernel_of(name).expression
    tiny = Rational(1, 10**30)
    wrong = [
        right * 2,
        right * (1 + tiny),
        right + tiny,
        -right,
        right.xreplace({theta: 2 * theta, c: 2 * c}),
    ]
    if name != "quadratic":
        wrong += [right + tiny * rho1 * rho2 * sin(theta) ** 2, right.xreplace({cos(theta): -cos(theta)})]
    for candidate in wrong:
        assert confirm_kernel(activations()[name], candidate).difference != 0


@settings(max_examples=25, deadline=None)
@given(st.lists(fractions, min_size=1, max_size=5).filter(lambda a: a[-1] != 0))
def test_polynomials_agree_with_mehler(coefficients: list[Rational]) -> None:
    assert confirm_kernel(activation(Polynomial(coefficients=tuple(coefficients)))).difference == 0


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 4), fractions, fractions)
def test_homogeneous_activations_agree_with_price(degree: int, right: Rational, left: Rational) -> None:
    if (right, left) != (0, 0):
        sigma = activation(Homogeneous(degree=degree, right=right, left=left))
        assert confirm_kernel(sigma).difference == 0


def test_square_by_pairings_is_square_by_polar_coordinates() -> None:
    """z² has both shapes, so Wick pairings and the polar integral meet in one kernel."""
    polar = derive_kernel(activation(Homogeneous(degree=2, right=1, left=1)))
    assert equal(polar.polar, polar_from_gram(kernel_of("quadratic").gram))
    for word in WORDS:
        assert equal(polar.partial(word), polar_from_gram(kernel_of("quadratic").partial(word)))


@pytest.mark.parametrize("name", ["relu", "absolute_value"])
def test_price_rungs_are_the_derivatives_in_the_covariance(name: str) -> None:
    kernel = kernel_of(name)
    shape = kernel.activation.shape
    assert isinstance(shape, Homogeneous)
    rungs = price_rungs(shape)
    assert all(equal(kernel.partial("c" * order), rungs[order]) for order in (1, 2))


@pytest.mark.parametrize("name", NAMES)
def test_symmetric_in_the_two_rows(name: str) -> None:
    kernel = kernel_of(name)
    swap = {p: q, q: p, rho1: rho2, rho2: rho1}
    exchange = str.maketrans("pq", "qp")
    for word in WORDS:
        assert equal(kernel.partial(word), kernel.partial(word.translate(exchange)).xreplace(swap))
    assert equal(kernel.expression, kernel.expression.xreplace(swap))


@pytest.mark.parametrize("name", NAMES)
def test_euler_relation_of_a_homogeneous_kernel(name: str) -> None:
    """p k_p + (c/2) k_c = (deg/2) k, because k(t²p, q, tc) = t^deg k(p, q, c)."""
    kernel = kernel_of(name)
    degree = kernel.activation.degree
    gram = (p, c) if kernel.chart == "gram" else (rho1**2, rho1 * rho2 * cos(theta))
    assert degree is not None
    left = gram[0] * kernel.partial("p") + gram[1] * kernel.partial("c") / 2
    assert equal(left, Rational(degree, 2) * kernel.expression)


# --- diagonal, charts, steps ----------------------------------------------------------------------


@pytest.mark.parametrize("name, diagonal", [("quadratic", 3 * p**2), ("relu", p / 2), ("absolute_value", p)])
def test_diagonal(name: str, diagonal: Expr) -> None:
    kernel = kernel_of(name)
    assert kernel.diagonal == diagonal
    assert kernel.diagonal_partial(1) == diagonal.diff(p)
    assert kernel.diagonal_partial(2) == diagonal.diff(p, 2)


@pytest.mark.parametrize("name", NAMES)
def test_slope_of_the_diagonal_is_the_chain_rule_at_alignment(name: str) -> None:
    kernel = kernel_of(name)
    total = kernel.partial("p") + kernel.partial("q") + kernel.partial("c")
    aligned = total.xreplace({q: p, c: p, theta: Integer(0), rho2: rho1})
    assert equal(aligned.xreplace({p: rho1**2}), kernel.diagonal_partial(1).xreplace({p: rho1**2}))


@pytest.mark.parametrize("name", NAMES)
def test_charts_have_the_same_values(name: str) -> None:
    kernel = kernel_of(name)
    with mpmath.workdps(30):
        gram = lambdify((p, q, c), kernel.gram, "mpmath")
        polar = lambdify((rho1, rho2, theta), kernel.polar, "mpmath")
        for angle in (mpmath.mpf(1) / 3, mpmath.pi / 2, mpmath.mpf(3)):
            first, second = mpmath.mpf(7) / 5, mpmath.mpf(2) / 9
            covariance = first * second * mpmath.cos(angle)
            assert mpmath.almosteq(gram(first**2, second**2, covariance), polar(first, second, angle), 1e-24)


@pytest.mark.parametrize("name", NAMES)
def test_steps_end_in_the_kernel_and_print(name: str) -> None:
    kernel = kernel_of(name)
    assert kernel.steps[0].expression == kernel.activation.definition
    shown = {step.expression for step in kernel.steps}
    assert {kernel.gram, kernel.expression, kernel.diagonal, *map(kernel.partial, WORDS)} <= shown
    assert all(latex(step.expression) and step.title for step in kernel.steps)


@pytest.mark.parametrize("word", ["", "x", "pz", "θ"])
def test_unknown_partial(word: str) -> None:
    with pytest.raises(ValueError, match="word over p, q, c"):
        kernel_of("relu").partial(word)
    with pytest.raises(ValueError, match="order"):
        kernel_of("relu").diagonal_partial(0)


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_value_agrees_with_plane_quadrature(name: str) -> None:
    """∬ σ(ρ₁ x) σ(ρ₂ (x cos θ + y sin θ)) φ(x) φ(y) dx dy in Cartesian coordinates, cut at both kinks."""
    kernel = kernel_of(name)
    shape = kernel.activation.shape
    with mpmath.workdps(30):
        first, second, angle = mpmath.mpf(3) / 2, mpmath.mpf(2) / 3, mpmath.mpf(11) / 10
        cosine, sine = mpmath.cos(angle), mpmath.sin(angle)

        def inner(x: mpmath.mpf) -> mpmath.mpf:
            kink = -x * cosine / sine

            def integrand(y: mpmath.mpf) -> mpmath.mpf:
                return value_of_sigma(shape, second * (x * cosine + y * sine)) * mpmath.exp(-y * y / 2)

            return mpmath.quad(integrand, sorted([-12, kink, 12]), method="gauss-legendre", maxdegree=5)

        def outer(x: mpmath.mpf) -> mpmath.mpf:
            sigma = value_of_sigma(shape, first * x)
            return sigma * mpmath.exp(-x * x / 2) * inner(x) if sigma else mpmath.mpf(0)

        total = mpmath.quad(outer, [-12, 0, 12], method="gauss-legendre", maxdegree=5) / (2 * mpmath.pi)
        expected = compiled(kernel, "")(first**2, second**2, first * second * cosine)
        assert abs(total - expected) < mpmath.mpf(10) ** -27 * abs(expected)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("word", WORDS)
def test_partials_agree_with_differences(name: str, word: str) -> None:
    """Central differences of the next lower partial at 50 digits; h = 1e-15 leaves an error near 1e-30."""
    kernel = kernel_of(name)
    below, slot = compiled(kernel, word[:-1]), "pqc".index(word[-1])
    with mpmath.workdps(50):
        step = mpmath.mpf(10) ** -15
        for cosine in (mpmath.mpf(-9) / 10, mpmath.mpf(1) / 7, mpmath.mpf(99) / 100):
            point = [mpmath.mpf(5) / 3, mpmath.mpf(3) / 7, cosine * mpmath.sqrt(mpmath.mpf(5) / 7)]
            ahead, behind = list(point), list(point)
            ahead[slot] += step
            behind[slot] -= step
            difference = (below(*ahead) - below(*behind)) / (2 * step)
            exact = compiled(kernel, word)(*point)
            assert abs(difference - exact) < mpmath.mpf(10) ** -23 * (1 + abs(exact))


@pytest.mark.parametrize("name", NAMES)
def test_value_agrees_with_sampling(name: str) -> None:
    kernel = kernel_of(name)
    shape = kernel.activation.shape
    rng = np.random.default_rng(20240607)
    x, y = rng.standard_normal((2, 400_000))
    angle, first, second = 2.2, 1.3, 0.6
    rows = first * x, second * (np.cos(angle) * x + np.sin(angle) * y)
    if isinstance(shape, Polynomial):
        sigma = [sum(float(a) * z**power for power, a in enumerate(shape.coefficients)) for z in rows]
    else:
        sigma = [float(shape.right) * np.maximum(z, 0) + float(shape.left) * np.maximum(-z, 0) for z in rows]
    products = sigma[0] * sigma[1]
    expected = float(compiled(kernel, "")(first**2, second**2, first * second * np.cos(angle)))
    assert abs(products.mean() - expected) < 5 * products.std() / np.sqrt(products.size)


# --- reproducibility and speed --------------------------------------------------------------------

PROGRAM = (
    "from sympy import srepr\n"
    "from theory.activation import activations\n"
    "from theory.kernel import derive_kernel\n"
    "for sigma in activations().values():\n"
    "    kernel = derive_kernel(sigma)\n"
    "    for item in (kernel.gram, kernel.polar, kernel.diagonal, *map(kernel.partial, {words!r})):\n"
    "        print(srepr(item))\n"
)


@pytest.mark.parametrize("ground, seed", [("python", "0"), ("flint", "1"), ("python", "12345")])
def test_same_kernels_in_a_fresh_process(ground: str, seed: str) -> None:
    here = [
        srepr(item)
        for name in activations()
        for kernel in [kernel_of(name)]
        for item in (kernel.gram, kernel.polar, kernel.diagonal, *map(kernel.partial, WORDS))
    ]
    environment = {
        **os.environ,
        "SYMPY_GROUND_TYPES": ground,
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(words=WORDS)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == here


def test_derivation_is_quick() -> None:
    begun = process_time()
    derive_kernel(activation(Homogeneous(degree=2, right=Rational(3, 11), left=Rational(1, 13))))
    assert process_time() - begun < 1


def test_chain_rule_of_the_polar_chart() -> None:
    """The chart's own coordinates: ∂p/∂p = 1, ∂c/∂c = 1, the others 0."""
    coordinates = {"p": rho1**2, "q": rho2**2, "c": rho1 * rho2 * cos(theta)}
    for name, expression in coordinates.items():
        for variable in "pqc":
            assert differentiate(expression, "polar", variable) == (1 if name == variable else 0)
