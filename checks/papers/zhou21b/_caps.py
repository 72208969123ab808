"""The probability P_d(γ) that a random line in dimension d lies within the angle γ of a given one."""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Expr, Rational, Symbol, cos, pi, sin

from theory.laws import beta_tail

gamma = Symbol("gamma", real=True)

# 2 ∫_0^γ sin^{d−2} / ∫_0^π sin^{d−2} in closed form.
CAPS: Mapping[int, Expr] = {
    2: 2 * gamma / pi,
    3: 1 - cos(gamma),
    4: (2 * gamma - sin(2 * gamma)) / pi,
    5: (2 - 3 * cos(gamma) + cos(gamma) ** 3) / 2,
    6: (12 * gamma - 8 * sin(2 * gamma) + sin(4 * gamma)) / (6 * pi),
}


def cap_law(d: Expr | int, angle: Expr) -> Expr:
    """P_d(γ) for every d ≥ 2: cos² of the angle with a fixed line has the Beta(½, (d − 1)/2) law."""
    return beta_tail(cos(angle) ** 2, Rational(1, 2), (d - 1) * Rational(1, 2))
