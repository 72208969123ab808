"""Correlations on the slab |w*·x| ≤ τ of Lemma 9 in closed form, for unit w and w* at the angle φ.

    A = ⟨|w*·x|, |w·x|⟩ = (1/π) ∫_0^τ x J(x) e^{−x²/2} dx,     B = ⟨1, |w·x|⟩ = (1/π) ∫_0^τ J(x) e^{−x²/2} dx,

J the integral (8), and at φ = 0 the moments P_k = ⟨|w*·x|^k, 1⟩.  A and B vanish at τ = 0, and their derivatives in τ
are proved to be the integrands in `lemma_9_integrals`.
"""

from __future__ import annotations

from sympy import Expr, Symbol, cos, erf, exp, pi, sin, sqrt

from theory.owen import owens_t

tau, phi, share = Symbol("tau", real=True), Symbol("phi", real=True), Symbol("t", real=True)
cot = cos(phi) / sin(phi)

# κ = cot φ: sin φ = (1 + κ²)^{−1/2}, cos φ = κ sin φ.
kappa = Symbol("kappa", real=True)
_sine = 1 / sqrt(1 + kappa**2)


def by_cotangent(tree: Expr) -> Expr:
    """The tree with sin φ and cos φ written in κ = cot φ."""
    return tree.xreplace({sin(phi): _sine, cos(phi): kappa * _sine})


# The chart τ = t sin φ, in which all is smooth up to φ = 0: t ≤ 1/2 covers τ ≤ φ/π.
in_chart = share * sin(phi)


def inner(x: Expr) -> Expr:
    """J(x) = ∫ |x cos φ + y sin φ| e^{−y²/2} dy, the right side of (8)."""
    return sqrt(2 * pi) * x * cos(phi) * erf(x * cot / sqrt(2)) + 2 * sin(phi) * exp(-(x**2) * cot**2 / 2)


def _gauss(x: Expr) -> Expr:
    return exp(-(x**2) / 2)


def correlation(x: Expr) -> Expr:
    """A at τ = x."""
    wide = -x * _gauss(x) * erf(x * cot / sqrt(2))
    wedge = 2 * sqrt(2 * pi) * (owens_t(0, cot) - owens_t(x, cot))
    cap = 1 - exp(-(x**2) / (2 * sin(phi) ** 2))
    return 2 * cos(phi) / sqrt(2 * pi) * (wide + wedge + sqrt(2 / pi) * cos(phi) * sin(phi) * cap) + (
        2 * sin(phi) ** 3 / pi * cap
    )


def mean(x: Expr) -> Expr:
    """B at τ = x."""
    return sqrt(2 / pi) * (erf(x / (sqrt(2) * sin(phi))) - cos(phi) * _gauss(x) * erf(x * cot / sqrt(2)))


def moment(order: int, x: Expr) -> Expr:
    """P_order at τ = x, for orders 0, 1, 2."""
    if order == 0:
        return erf(x / sqrt(2))
    if order == 1:
        return sqrt(2 / pi) * (1 - _gauss(x))
    return erf(x / sqrt(2)) - sqrt(2 / pi) * x * _gauss(x)
