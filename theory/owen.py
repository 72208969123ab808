"""Owen's T function as an inert head.

    T(h, a) = (1/2π) ∫_0^a e^{−h²(1+x²)/2} / (1 + x²) dx,
    ∂T/∂h = −e^{−h²/2} erf(a h/√2) / (2 √(2π)),    ∂T/∂a = e^{−h²(1+a²)/2} / (2π (1 + a²)).

Even in h, odd in a.  It is the Gaussian measure of a wedge cut off by a strip: for independent standard normal x, y and
a ≥ 0, T(h, a) = P(x ≥ h, 0 ≤ y ≤ a x) when h ≥ 0.
"""

from __future__ import annotations

from typing import Any

from sympy import Expr, erf, exp, pi, sqrt

from theory.heads import Elementwise

__all__ = ["owens_t"]


class owens_t(Elementwise):
    """T(h, a) of Owen, for all real h and a."""

    nargs = 2

    def fdiff(self, argindex: int = 1) -> Expr:
        """The partial derivatives, see the module."""
        h, a = self.args
        if argindex == 1:
            return -exp(-(h**2) / 2) * erf(a * h / sqrt(2)) / (2 * sqrt(2 * pi))
        return exp(-(h**2) * (1 + a**2) / 2) / (2 * pi * (1 + a**2))

    def _latex(self, printer: Any, exp: Any = None) -> str:
        h, a = (printer._print(argument) for argument in self.args)
        return self._power(rf"T\left({h}, {a}\right)", exp)
