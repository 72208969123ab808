"""Cancellation-free rewritings of a dual kernel, derived from it and checked by normal form.

A kernel of a 1-homogeneous activation splits as

    k(ρ₁, ρ₂, θ) = κ c + γ ρ₁ ρ₂ S(θ),      c = ρ₁ ρ₂ cos θ,   S(θ) = sin θ − θ cos θ,

so that the bilinear part telescopes in the loss: Σ_ab s_a s_b κ c_ab = κ ‖r‖² with r = Σ_a s_a u_a.  A
quadratic kernel is α p q + β c², and its loss is α (tr A)² + β ‖A‖² with A = Σ_a s_a u_a u_aᵀ.  Nothing is
typed in: the constants are read off the derived kernel, and the whole identity (with its partials) is decided
by normal form.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sympy import Expr, Integer, Poly, PolynomialError, cos, expand, pi, sin

from theory.activation import Activation
from theory.kernel import DualKernel, derive_kernel
from theory.symbols import c, p, q, rho1, rho2, theta
from theory.trigonometric import equal, normal_form

__all__ = ["HomogeneousSplit", "SquareForm", "derive_split", "derive_square_form", "stable_form"]


@dataclass(frozen=True, kw_only=True)
class HomogeneousSplit:
    """k = κ c + γ ρ₁ρ₂ S(θ), exact.

    σ(z) = α z + β |z| gives κ = α² + β² and γ = 2β²/π: ``even`` = β² multiplies the part that does not see
    the sign of a neuron, ``odd`` = α² the part that is linear in it.
    """

    kappa: Expr
    gamma: Expr

    @property
    def even(self) -> Expr:
        return self.gamma * pi / 2

    @property
    def odd(self) -> Expr:
        return self.kappa - self.even


@dataclass(frozen=True, kw_only=True)
class SquareForm:
    """k = α p q + β c², exact."""

    alpha: Expr
    beta: Expr


def derive_split(kernel: DualKernel) -> HomogeneousSplit | None:
    """The split of a 1-homogeneous kernel, or None if the kernel is not of that shape.

    κ is the kernel at θ = 0 and unit norms; γ is read off at θ = π/2, where cos θ = 0.  The identity for k
    and those for its partials, k_c = κ − γ θ and k_p = γ sin θ ρ₂ / (2 ρ₁), are then decided by normal form
    for all ρ₁, ρ₂, θ.
    """
    if kernel.chart != "polar":
        return None
    unit = {rho1: Integer(1), rho2: Integer(1)}
    kappa = normal_form(kernel.polar.xreplace({**unit, theta: Integer(0)}))
    gamma = normal_form(kernel.polar.xreplace({**unit, theta: pi / 2}))
    identities = (
        (kernel.polar, rho1 * rho2 * (kappa * cos(theta) + gamma * (sin(theta) - theta * cos(theta)))),
        (kernel.partial("c"), kappa - gamma * theta),
        (kernel.partial("p"), gamma * rho2 * sin(theta) / (2 * rho1)),
    )
    if not all(equal(derived, rewritten) for derived, rewritten in identities):
        return None
    return HomogeneousSplit(kappa=kappa, gamma=gamma)


def derive_square_form(kernel: DualKernel) -> SquareForm | None:
    """α and β of k = α p q + β c², or None if the kernel is not of that shape."""
    if kernel.chart != "gram":
        return None
    try:
        polynomial = Poly(expand(kernel.gram), p, q, c)
    except PolynomialError:
        return None
    alpha, beta = polynomial.coeff_monomial(p * q), polynomial.coeff_monomial(c**2)
    if polynomial.free_symbols_in_domain or Poly(alpha * p * q + beta * c**2, p, q, c) != polynomial:
        return None
    return SquareForm(alpha=alpha, beta=beta)


@cache
def stable_form(activation: Activation) -> HomogeneousSplit | SquareForm | None:
    """The cancellation-free form of an activation's kernel, or None where only the textbook form is known
    (cached).
    """
    kernel = derive_kernel(activation)
    return derive_split(kernel) or derive_square_form(kernel)
