"""The spectrum of sign-weighted second moments of the Gaussian input, as an inert head."""

from __future__ import annotations

from typing import Any

from theory.heads import Binder

__all__ = ["least_sign_eigenvalue"]


class least_sign_eigenvalue(Binder):
    """λ_min of the block matrix M_ab = E[x xᵀ sgn(u_a·x) sgn(u_b·x)], x ~ N(0, I): ``least_sign_eigenvalue(u, a)``.

    u is a vector tree over the axis of the index.  With φ = ∠(u_a, u_b) and unit vectors μ ∝ ū_a + ū_b, ν ∝ ū_a − ū_b,
    M_ab = (1 − 2φ/π) I + (2 sin φ/π)(μμᵀ − ννᵀ), M_aa = I.  Undefined where a row vanishes.
    """

    def _latex(self, printer: Any, exp: Any = None) -> str:
        body, index = (printer._print(argument) for argument in self.args)
        return self._power(rf"\lambda_{{\min}}\left(M_{{{index}}}({body})\right)", exp)
