"""Second routes: each dual kernel is derived again from a different theorem.

Both routes trust the normal form (`theory.trigonometric`), and for homogeneous activations the checked
antiderivatives; the integrals, the boundary values and the theorems differ.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr

from theory.activation import Activation, Polynomial
from theory.hermite import mehler_kernel
from theory.kernel import derive_kernel
from theory.price import price_kernel
from theory.trigonometric import normal_form

__all__ = ["Confirmation", "confirm_kernel"]


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """Two expressions for one kernel and the normal form of their difference, 0 exactly when they agree."""

    route: str
    first: Expr
    second: Expr
    difference: Expr


def confirm_kernel(activation: Activation, kernel: Expr | None = None) -> Confirmation:
    """Compare the kernel of the activation, or a candidate ``kernel`` in its chart, with the second route.

    Polynomials: Wick pairings against Mehler's series (one-dimensional moments).  Homogeneous activations:
    polar integral against Price's theorem (density at the origin and one-dimensional moments).
    Exact: the difference is decided by polynomial normal form.
    Raises ValueError if the candidate lies outside the ring of the normal form, where nothing is decided.
    """
    shape = activation.shape
    first = derive_kernel(activation).expression if kernel is None else kernel
    if isinstance(shape, Polynomial):
        route, second = "Mehler's series", mehler_kernel(shape)
    else:
        route, second = "Price's theorem", price_kernel(shape)
    return Confirmation(route=route, first=first, second=second, difference=normal_form(first - second))
