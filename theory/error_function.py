"""The dual kernel of σ(z) = a + b erf(√s z), by Price's theorem, and again from the sign function.

With X, Y of variances p, q and covariance c, σ′(z) = b √(4s/π) e^{−s z²}, and a Gaussian integral of two variables gives

    ∂_c k = E σ′(X) σ′(Y) = (4 b² s/π) det(I + 2sΣ)^{−1/2},      det(I + 2sΣ) = (1 + 2sp)(1 + 2sq) − 4s²c².

X and Y are independent at c = 0, where k = a² because erf is odd.  Second route: erf(√s z) = E sign(z + ξ) for
ξ ~ N(0, 1/(2s)), so that the kernel is that of the sign, which polar coordinates give, at variances p + 1/(2s), q + 1/(2s).
"""

from __future__ import annotations

from functools import cache

from sympy import Expr, Integer, Matrix, Pow, Rational, Symbol, asin, atan, cancel, diff, eye, pi, sqrt

from theory.activation import Activation
from theory.chart import differentiate, polar_by_substitution
from theory.derivation import Step
from theory.gaussian import polar_expectation
from theory.kernel import DualKernel
from theory.shapes import ErrorFunction, Homogeneous, z
from theory.symbols import c, p, q, theta
from theory.trigonometric import normal_form

__all__ = ["error_function_kernel", "sign_with_noise", "sine_squared"]


def error_function_kernel(activation: Activation) -> DualKernel:
    """a² + (2b²/π) atan(2sc/√D) with D = (1 + 2sp)(1 + 2sq) − 4s²c².

    D ≥ 1 + 2s(p + q) on the whole domain, so k and its partials are smooth at alignment and at zero neurons.
    Exact: the antiderivative in c is differentiated back.
    """
    shape = activation.shape
    assert isinstance(shape, ErrorFunction)
    a, b, s = shape.offset, shape.amplitude, shape.square
    covariance = Matrix([[p, c], [c, q]])
    determinant = (eye(2) + 2 * s * covariance).det().expand()
    slope = b**2 * 4 * s / pi * Pow(determinant, -Rational(1, 2))
    primitive = 2 * b**2 / pi * atan(2 * s * c / sqrt(determinant))
    _require(_same_square(diff(primitive, c), slope), activation)
    gram = a**2 + primitive
    diagonal_determinant = cancel(determinant.xreplace({q: p, c: p})).expand()
    diagonal = a**2 + 2 * b**2 / pi * atan(2 * s * p / sqrt(diagonal_determinant))
    steps = (
        Step(title="σ(z)", expression=activation.definition, note="activation"),
        Step(title="σ′(z)", expression=activation.definition.diff(z), note="a Gaussian"),
        Step(
            title="∂k/∂c",
            expression=slope,
            note="Price's theorem: E σ′(X) σ′(Y), a Gaussian integral with det(I + 2sΣ)",
        ),
        Step(title="k at c = 0", expression=a**2, note="X and Y are independent and erf is odd"),
        Step(title="k(p, q, c)", expression=gram, note="antiderivative in c, checked by differentiating it back"),
        Step(title="∂k/∂p", expression=differentiate(gram, "gram", "p")),
        Step(title="∂k/∂q", expression=differentiate(gram, "gram", "q")),
        Step(title="k(p, p, p)", expression=diagonal, note="c = q = p"),
    )
    return DualKernel(
        activation=activation,
        chart="gram",
        gram=gram,
        polar=polar_by_substitution(gram),
        diagonal=diagonal,
        steps=steps,
    )


@cache
def sign_with_noise(shape: ErrorFunction) -> Expr:
    """a² + b² κ(θ), κ the polar kernel of the sign and θ the angle of the noisy forms, with acos = π/2 − asin.  Exact."""
    step = Homogeneous(degree=0, right=Integer(1), left=Integer(-1))
    kernel = polar_expectation(step, step).value
    noise = 1 / (2 * shape.square)
    correlation = c / sqrt(((p + noise) * (q + noise)).expand())
    return shape.offset**2 + shape.amplitude**2 * kernel.xreplace({theta: pi / 2 - asin(correlation)})


def sine_squared(shape: ErrorFunction, kernel: Expr) -> Expr | None:
    """sin² of the angle (π/2)(k − a²)/b², a rational function of p, q, c; None if the kernel is no single arc function."""
    angle = ((kernel - shape.offset**2) * pi / (2 * shape.amplitude**2)).expand()
    if isinstance(angle, atan):
        tangent = angle.args[0]
        return cancel(tangent**2 / (1 + tangent**2))
    return cancel(angle.args[0] ** 2) if isinstance(angle, asin) else None


def _same_square(first: Expr, second: Expr) -> bool:
    """Whether two algebraic expressions with one square root have the same square, and the same sign at one point."""
    at: dict[Symbol, Expr] = {p: Integer(1), q: Integer(1), c: Integer(0)}
    return bool(cancel(first**2 - second**2) == 0 and normal_form(first.xreplace(at) - second.xreplace(at)) == 0)


def _require(agreement: bool, activation: Activation) -> None:
    if not agreement:
        raise ArithmeticError(f"the kernel of {activation.name} fails differentiation; do not use it")
