"""Price's theorem: the dual kernel of a homogeneous activation without any integral over the circle.

For jointly Gaussian X, Y with covariance c, ∂/∂c E f(X) g(Y) = E f′(X) g′(Y), also when f′, g′ are
distributions. Applied k + 1 times to σ(z) = α z₊^k + β (−z)₊^k it leaves J² times the joint density at the
origin, J being the jump of σ^{(k)}; integrating back in c from c = 0, where X and Y are independent, needs
one-dimensional moments only.
"""

from __future__ import annotations

from math import factorial

from sympy import Expr, Pow, Rational, Symbol, gamma, pi, sin

from theory.activation import Homogeneous
from theory.gaussian import antiderivative
from theory.symbols import rho1, rho2, theta
from theory.trigonometric import normal_form

__all__ = ["price_kernel", "price_rungs"]


def price_kernel(shape: Homogeneous) -> Expr:
    """E σ(X) σ(Y) in the polar chart, climbed back from its (k + 1)-st c-derivative.  Exact; θ ∈ [0, π]."""
    return price_rungs(shape)[0]


def price_rungs(shape: Homogeneous) -> tuple[Expr, ...]:
    """(f_0, …, f_{k+1}) with f_j = ∂^j/∂c^j E σ(X) σ(Y) = E σ⁽ʲ⁾(X) σ⁽ʲ⁾(Y).

    f_{k+1} = J² / (2π ρ₁ρ₂ sin θ), and f_j(θ) = m_j(ρ₁) m_j(ρ₂) + ρ₁ρ₂ ∫_θ^{π/2} f_{j+1}(t) sin t dt, where
    m_j(ρ) = E σ⁽ʲ⁾(ρ z), because c = ρ₁ρ₂ cos θ.
    Domain: 0 < θ < π, by continuity the closed interval for f_0 … f_k.  Exact.
    Source: Price, IRE Trans. Inform. Theory 4 (1958) 69–72.
    """
    rung = normal_form(shape.jump**2 / (2 * pi * rho1 * rho2 * sin(theta)))
    rungs = [rung]
    for order in range(shape.degree, -1, -1):
        primitive = antiderivative(normal_form(rung * sin(theta)), theta)
        gained = primitive.xreplace({theta: pi / 2}) - primitive
        rung = normal_form(_average(shape, order, rho1) * _average(shape, order, rho2) + rho1 * rho2 * gained)
        rungs.append(rung)
    return tuple(reversed(rungs))


def _average(shape: Homogeneous, order: int, scale: Symbol) -> Expr:
    """E σ^{(order)}(ρ z) = k!/(k − order)! (α + (−1)^order β) ρ^{k − order} E z₊^{k − order}."""
    power = shape.degree - order
    half_moment = Pow(2, Rational(power, 2) - 1) * gamma(Rational(power + 1, 2)) / Pow(pi, Rational(1, 2))
    falling = factorial(shape.degree) // factorial(power)
    return falling * (shape.right + (-1) ** order * shape.left) * scale**power * half_moment
