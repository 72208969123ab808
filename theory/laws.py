"""Distribution functions of the laws that Gaussian initialisation leads to, as inert heads.

With independent standard normal g_1, g_2, …:  Σ_{i≤k} g_i² has the χ² law with k degrees of freedom; the
ratio (χ²_a / a) / (χ²_b / b) of independent ones the F law; χ²_a / (χ²_a + χ²_b) the Beta(a/2, b/2) law.
Tails 1 − cdf have heads of their own, because they are far smaller than the rounding of 1.  Values in floats
and balls: `numerics.evaluation.laws`.
"""

from __future__ import annotations

from typing import Any

from theory.heads import Elementwise

__all__ = [
    "beta_cdf",
    "beta_tail",
    "chi_square_cdf",
    "chi_square_tail",
    "f_cdf",
    "f_tail",
    "normal_cdf",
    "normal_tail",
    "psi",
]


class _Law(Elementwise):
    is_nonnegative = True
    template = ""

    def _latex(self, printer: Any, exp: Any = None) -> str:
        return self._power(self.template.format(*(printer._print(argument) for argument in self.args)), exp)


class chi_square_cdf(_Law):
    """P(χ²_k ≤ x): ``chi_square_cdf(x, k)`` for x ≥ 0, k > 0."""

    nargs = 2
    template = r"\mathbb{{P}}\left[\chi^2_{{{1}}}\leq {0}\right]"


class chi_square_tail(_Law):
    """P(χ²_k > x): ``chi_square_tail(x, k)`` for x ≥ 0, k > 0."""

    nargs = 2
    template = r"\mathbb{{P}}\left[\chi^2_{{{1}}}> {0}\right]"


class f_cdf(_Law):
    """P(F_{a,b} ≤ x): ``f_cdf(x, a, b)`` for x ≥ 0, a, b > 0."""

    nargs = 3
    template = r"\mathbb{{P}}\left[F_{{{1},{2}}}\leq {0}\right]"


class f_tail(_Law):
    """P(F_{a,b} > x): ``f_tail(x, a, b)`` for x ≥ 0, a, b > 0."""

    nargs = 3
    template = r"\mathbb{{P}}\left[F_{{{1},{2}}}> {0}\right]"


class beta_cdf(_Law):
    """P(Beta(a, b) ≤ x): ``beta_cdf(x, a, b)`` for 0 ≤ x ≤ 1, a, b > 0."""

    nargs = 3
    template = r"\mathbb{{P}}\left[\mathrm{{Beta}}({1},{2})\leq {0}\right]"


class beta_tail(_Law):
    """P(Beta(a, b) > x): ``beta_tail(x, a, b)`` for 0 ≤ x ≤ 1, a, b > 0."""

    nargs = 3
    template = r"\mathbb{{P}}\left[\mathrm{{Beta}}({1},{2})> {0}\right]"


class normal_cdf(_Law):
    """Φ(x) = P(g ≤ x) of a standard normal g."""

    nargs = 1
    template = r"\Phi\left({0}\right)"


class normal_tail(_Law):
    """1 − Φ(x) = P(g > x) of a standard normal g."""

    nargs = 1
    template = r"\left(1-\Phi\left({0}\right)\right)"


class psi(Elementwise):
    """Digamma function ψ(x) = Γ′(x)/Γ(x) for x > 0; E log χ²_k = ψ(k/2) + log 2."""

    nargs = 1

    def _latex(self, printer: Any, exp: Any = None) -> str:
        return self._power(rf"\psi\left({printer._print(self.args[0])}\right)", exp)
