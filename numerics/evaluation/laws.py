"""Distribution functions (`theory.laws`) and the Γ function in balls and in binary64.

Balls: enclosures through Arb's incomplete gamma and beta functions and erfc; NaN where an argument is not
certainly in the domain.  Binary64: SciPy, relative error about 1e-13 in the bulk and more in far tails.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from flint import arb
from scipy import special

from theory import laws

__all__ = ["BALLS", "FLOATS"]


def _chi_square(upper: bool) -> Callable[[arb, arb], arb]:
    def evaluate(x: arb, k: arb) -> arb:
        if not (x >= 0 and k > 0):
            return arb.nan()
        integral = arb.gamma_upper if upper else arb.gamma_lower
        return _probability(integral(x / 2, k / 2, regularized=1))

    return evaluate


def _beta(upper: bool) -> Callable[[arb, arb, arb], arb]:
    def evaluate(x: arb, a: arb, b: arb) -> arb:
        if not (x >= 0 and x <= 1 and a > 0 and b > 0):
            return arb.nan()
        # P(Beta(a, b) > x) = P(Beta(b, a) < 1 − x)
        value = (1 - x).beta_lower(b, a, regularized=1) if upper else x.beta_lower(a, b, regularized=1)
        return _probability(value)

    return evaluate


def _f(upper: bool) -> Callable[[arb, arb, arb], arb]:
    def evaluate(x: arb, a: arb, b: arb) -> arb:
        if not (x >= 0 and a > 0 and b > 0):
            return arb.nan()
        # With y = a x / (a x + b):  P(F ≤ x) = P(Beta(a/2, b/2) ≤ y), and 1 − y = b / (a x + b).
        total = a * x + b
        if upper:
            return _probability((b / total).beta_lower(b / 2, a / 2, regularized=1))
        return _probability((a * x / total).beta_lower(a / 2, b / 2, regularized=1))

    return evaluate


def _probability(value: arb) -> arb:
    return value if value.is_finite() else arb.nan()


def _normal(sign: int) -> Callable[[arb], arb]:
    return lambda x: (sign * x / arb(2).sqrt()).erfc() / 2


def _positive(function: Callable[[arb], arb]) -> Callable[[arb], arb]:
    return lambda x: function(x) if x > 0 else arb.nan()


BALLS: dict[type, Callable[..., arb]] = {
    laws.chi_square_cdf: _chi_square(upper=False),
    laws.chi_square_tail: _chi_square(upper=True),
    laws.beta_cdf: _beta(upper=False),
    laws.beta_tail: _beta(upper=True),
    laws.f_cdf: _f(upper=False),
    laws.f_tail: _f(upper=True),
    laws.normal_cdf: _normal(-1),
    laws.normal_tail: _normal(1),
    laws.psi: _positive(arb.digamma),
    sympy.gamma: _positive(arb.gamma),
    sympy.loggamma: _positive(arb.lgamma),
}

FLOATS: dict[type, Callable[..., Any]] = {
    laws.chi_square_cdf: lambda x, k: special.chdtr(k, x),
    laws.chi_square_tail: lambda x, k: special.chdtrc(k, x),
    laws.beta_cdf: lambda x, a, b: special.betainc(a, b, x),
    laws.beta_tail: lambda x, a, b: special.betaincc(a, b, x),
    laws.f_cdf: lambda x, a, b: special.fdtr(a, b, x),
    laws.f_tail: lambda x, a, b: special.fdtrc(a, b, x),
    laws.normal_cdf: special.ndtr,
    laws.normal_tail: lambda x: special.ndtr(-x),
    laws.psi: special.digamma,
    sympy.loggamma: special.gammaln,
}
