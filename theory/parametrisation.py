"""Parametrisations: how the weights w of a student give its effective neuron u, the row that enters the dual
kernel.

One family covers the models in use,

    u(w) = ‖w‖^κ w,      κ ≥ 0 an integer:

κ = 0 is the identity, κ = 1 is u = ‖w‖ w, which serves neurons ‖w‖ |w·x| = |(‖w‖ w)·x|.

The direction of u is that of w, and its first two derivatives have coefficients that are functions of ‖w‖
alone.  They are obtained by differentiating the factor f(ρ) = ρ^κ, not written down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sympy import Expr, Symbol, diff

from theory.discovery import look_up

__all__ = [
    "IDENTITY",
    "NORM_TIMES",
    "PARAMETRISATIONS",
    "FirstOrder",
    "Parametrisation",
    "SecondOrder",
    "find_parametrisation",
    "weight_norm",
]

# ‖w‖, the norm of the weights of one student.
weight_norm = Symbol("w_norm", positive=True)


@dataclass(frozen=True, kw_only=True)
class FirstOrder:
    """J V = ``along_direction`` · V + ``along_row`` · (w̄·V) w̄, coefficients in `weight_norm`."""

    along_direction: Expr
    along_row: Expr


@dataclass(frozen=True, kw_only=True)
class SecondOrder:
    """u″[V, V] = ``mixed`` (w̄·V) V + (``square`` ‖V‖² + ``radial_square`` (w̄·V)²) w̄, in `weight_norm`."""

    mixed: Expr
    square: Expr
    radial_square: Expr


@dataclass(frozen=True, kw_only=True)
class Parametrisation:
    """u(w) = ‖w‖^κ w with κ = ``exponent``.

    At w = 0: u is linear for κ = 0; for κ ≥ 1 it is once differentiable there with J = 0, and twice only for
    κ ≥ 2.
    """

    name: str
    title: str
    latex: str
    exponent: int

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError(f"parametrisation name {self.name!r} is not an identifier; use letters and underscores")
        if type(self.exponent) is not int or self.exponent < 0:
            raise ValueError(f"exponent {self.exponent!r} must be a non-negative integer")

    @property
    def factor(self) -> Expr:
        """f(‖w‖) with u = f(‖w‖) w."""
        return weight_norm**self.exponent

    @property
    def effective_norm(self) -> Expr:
        """‖u‖ = f(‖w‖) ‖w‖."""
        return self.factor * weight_norm

    @property
    def homogeneity(self) -> int:
        """Degree of u in w: u(tw) = t^{κ+1} u(w) for t > 0."""
        return self.exponent + 1

    @property
    def jacobian(self) -> FirstOrder:
        """J = f I + ρ f′ w̄w̄ᵀ; symmetric, with eigenvalues f (across w) and f + ρ f′ (along w).

        Domain: w ≠ 0.  Exact.
        """
        return FirstOrder(along_direction=self.factor, along_row=weight_norm * diff(self.factor, weight_norm))

    @property
    def inverse_jacobian(self) -> FirstOrder:
        """J⁻¹ = (1/f) (I − ρ f′/(f + ρ f′) w̄w̄ᵀ).  Domain: w ≠ 0.  Exact."""
        along, row = self.jacobian.along_direction, self.jacobian.along_row
        return FirstOrder(along_direction=1 / along, along_row=(-row / (along * (along + row))).cancel())

    @property
    def second_order(self) -> SecondOrder:
        """u″[V, V] = 2 f′ (w̄·V) V + (f′ ‖V‖² + (ρ f″ − f′) (w̄·V)²) w̄.

        Domain: w ≠ 0.  Exact.
        """
        slope, curvature = diff(self.factor, weight_norm), diff(self.factor, weight_norm, 2)
        return SecondOrder(mixed=2 * slope, square=slope, radial_square=(weight_norm * curvature - slope).expand())


IDENTITY = Parametrisation(name="identity", title="identity", latex="u = w", exponent=0)
NORM_TIMES = Parametrisation(
    name="norm_times", title="norm times weights", latex=r"u = \left\lVert w\right\rVert w", exponent=1
)

PARAMETRISATIONS: Mapping[str, Parametrisation] = MappingProxyType(
    {parametrisation.name: parametrisation for parametrisation in (IDENTITY, NORM_TIMES)}
)


def find_parametrisation(name: str) -> Parametrisation:
    """The parametrisation of that name; ValueError naming the nearest known ones otherwise."""
    return look_up(name, PARAMETRISATIONS, "parametrisation")
