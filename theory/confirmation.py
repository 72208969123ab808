"""Second routes: each dual kernel in closed form is derived again from a different theorem.

The routes for polynomials and homogeneous activations trust the normal form (`theory.trigonometric`), and for homogeneous
activations the checked antiderivatives; the integrals, the boundary values and the theorems differ.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, cancel

from theory.activation import Activation, ErrorFunction, Exponentials, Homogeneous, Polynomial
from theory.error_function import sign_with_noise, sine_squared
from theory.exponential_kernel import taylor_in_gram, taylor_of_product
from theory.hermite import mehler_kernel
from theory.kernel import derive_kernel
from theory.price import price_kernel
from theory.trigonometric import normal_form

__all__ = ["TAYLOR_DEGREE", "Confirmation", "confirm_kernel"]

# Powers of the two forms, together, up to which Taylor series are compared.
TAYLOR_DEGREE = 12


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """Two expressions for one kernel and the normal form of their difference, 0 exactly when they agree.

    For exponentials the two are Taylor polynomials of degree `TAYLOR_DEGREE`, for error functions the difference is that of
    the squared sines of the angles whose arcs they are.
    """

    route: str
    first: Expr
    second: Expr
    difference: Expr


def confirm_kernel(activation: Activation, kernel: Expr | None = None) -> Confirmation:
    """Compare the kernel of the activation, or a candidate ``kernel`` in its chart, with the second route.

    Polynomials: Wick pairings against Mehler's series (one-dimensional moments).  Homogeneous activations: polar integral
    against Price's theorem (density at the origin and one-dimensional moments).  Error functions: Price's theorem against
    the polar integral of the sign function of noisy forms.  Exponentials: moment generating function against Wick pairings
    of the Taylor series, up to `TAYLOR_DEGREE`.
    Exact.  Raises ValueError if the candidate lies outside the ring of the normal form, where nothing is decided, and for
    an activation without a closed form.
    """
    shape = activation.shape
    first = derive_kernel(activation).expression if kernel is None else kernel
    if isinstance(shape, Polynomial):
        route, second = "Mehler's series", mehler_kernel(shape)
    elif isinstance(shape, Homogeneous):
        route, second = "Price's theorem", price_kernel(shape)
    elif isinstance(shape, ErrorFunction):
        return _by_sign(shape, first)
    elif isinstance(shape, Exponentials):
        route, second = "Wick pairings of the Taylor series", taylor_of_product(shape, TAYLOR_DEGREE)
        first = taylor_in_gram(first, TAYLOR_DEGREE)
        return Confirmation(route=route, first=first, second=second, difference=(first - second).expand())
    else:
        raise ValueError(f"the kernel of {activation.name} is no closed form; there is nothing to confirm")
    return Confirmation(route=route, first=first, second=second, difference=normal_form(first - second))


def _by_sign(shape: ErrorFunction, first: Expr) -> Confirmation:
    second = sign_with_noise(shape)
    squares = [sine_squared(shape, one) for one in (first, second)]
    if squares[0] is None or squares[1] is None:
        difference = first - second
    else:
        difference = cancel(squares[0] - squares[1])
    return Confirmation(route="sign function with noise", first=first, second=second, difference=difference)
