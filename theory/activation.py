"""Activations σ, declared by their shape; everything else about them is derived from it once, here.

Two shapes have dual kernels in closed form:

    polynomial               σ(z) = Σ_j a_j z^j,
    positively homogeneous   σ(z) = α z₊^k + β (−z)₊^k.

ReLU has k = 1, α = 1, β = 0; |z| has k = 1, α = β = 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import factorial

from sympy import Add, Expr, Integer, Pow, Rational, Symbol

from theory.discovery import discover, look_up
from theory.heads import magnitude, positive_part

__all__ = ["Activation", "Homogeneous", "Polynomial", "activations", "find_activation", "z"]

z = Symbol("z", real=True)


@dataclass(frozen=True, kw_only=True)
class Polynomial:
    """σ(z) = Σ_j a_j z^j with rational a_0, a_1, … in ascending order and a non-zero last coefficient."""

    coefficients: tuple[Rational, ...]

    def __post_init__(self) -> None:
        exact = tuple(_exact(value, "coefficients") for value in self.coefficients)
        if not exact or exact[-1] == 0:
            raise ValueError(f"coefficients {self.coefficients} must end in a non-zero number; drop trailing zeros")
        object.__setattr__(self, "coefficients", exact)

    @property
    def order(self) -> int:
        """Degree of the polynomial."""
        return len(self.coefficients) - 1

    def derivative(self, times: int = 1) -> Polynomial | None:
        """σ^{(times)}, or None where it vanishes identically."""
        falling = [
            value * factorial(power) / factorial(power - times)
            for power, value in enumerate(self.coefficients)
            if power >= times
        ]
        return Polynomial(coefficients=tuple(falling)) if falling else None


@dataclass(frozen=True, kw_only=True)
class Homogeneous:
    """σ(z) = α z₊^k + β (−z)₊^k with k = ``degree`` ≥ 0, α = ``right`` and β = ``left`` rational, not both
    zero.

    For k = 0 the pieces are the indicators of z > 0 and z < 0.
    """

    degree: int
    right: Rational
    left: Rational

    def __post_init__(self) -> None:
        if type(self.degree) is not int or self.degree < 0:
            raise ValueError(f"degree {self.degree!r} must be a non-negative integer")
        for name in ("right", "left"):
            object.__setattr__(self, name, _exact(getattr(self, name), name))
        if self.right == 0 and self.left == 0:
            raise ValueError("right = left = 0 is the zero activation; give at least one non-zero side")

    @property
    def jump(self) -> Rational:
        """Jump of σ^{(k)} at 0, k! (α − (−1)^k β); zero exactly when σ is a monomial."""
        return factorial(self.degree) * (self.right - (-1) ** self.degree * self.left)

    def derivative(self) -> Homogeneous | None:
        """σ′ away from 0, for k ≥ 1; the jump of σ′ itself is not a function and is not represented.

        Raises ValueError at k = 0.
        """
        if self.degree == 0:
            raise ValueError("the derivative of a step is a point mass, not a function; use `jump`")
        return Homogeneous(degree=self.degree - 1, right=self.degree * self.right, left=-self.degree * self.left)


@dataclass(frozen=True, kw_only=True)
class Activation:
    """An activation: its name, how it is written, and its shape.

    ``slope_at_zero`` is the value of σ′(0) that sample gradients use; it must be declared where σ has a kink
    and nowhere else.  Population quantities do not depend on it, because a Gaussian input meets the kink with
    probability zero.
    """

    name: str
    title: str
    latex: str
    shape: Polynomial | Homogeneous
    slope_at_zero: Rational | None = None
    source: str = ""

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError(f"activation name {self.name!r} is not an identifier; use letters, digits and underscores")
        if isinstance(self.shape, Homogeneous) and self.shape.degree == 0:
            raise ValueError(f"activation {self.name!r} is discontinuous (degree 0); the loss would have no gradient")
        if self.kinked and self.slope_at_zero is None:
            raise ValueError(f"activation {self.name!r} has a kink at 0; declare slope_at_zero, its σ′(0)")
        if not self.kinked and self.slope_at_zero is not None:
            raise ValueError(
                f"activation {self.name!r} is differentiable at 0; drop slope_at_zero={self.slope_at_zero}"
            )
        if self.slope_at_zero is not None:
            object.__setattr__(self, "slope_at_zero", _exact(self.slope_at_zero, "slope_at_zero"))

    @property
    def degree(self) -> int | None:
        """Degree of positive homogeneity, σ(tz) = t^k σ(z) for t > 0; None if there is none."""
        if isinstance(self.shape, Homogeneous):
            return self.shape.degree
        nonzero = [power for power, value in enumerate(self.shape.coefficients) if value != 0]
        return nonzero[0] if len(nonzero) == 1 else None

    @property
    def smooth(self) -> bool:
        """Whether σ is infinitely differentiable."""
        return isinstance(self.shape, Polynomial) or self.shape.jump == 0

    @property
    def kinked(self) -> bool:
        """Whether σ′ jumps at 0."""
        return isinstance(self.shape, Homogeneous) and self.shape.degree == 1 and self.shape.jump != 0

    @property
    def even(self) -> bool:
        """Whether σ(−z) = σ(z)."""
        return self._has_parity(1)

    @property
    def odd(self) -> bool:
        """Whether σ(−z) = −σ(z)."""
        return self._has_parity(-1)

    def _has_parity(self, sign: int) -> bool:
        if isinstance(self.shape, Homogeneous):
            return bool(self.shape.left == sign * self.shape.right)
        wrong = 1 if sign == 1 else 0
        return all(value == 0 for value in self.shape.coefficients[wrong::2])

    @property
    def definition(self) -> Expr:
        """σ(z) for display, in the inert heads |·| and (·)₊."""
        shape = self.shape
        if isinstance(shape, Polynomial):
            return Add(*(value * z**power for power, value in enumerate(shape.coefficients)))
        if shape.jump == 0:
            return shape.right * z**shape.degree
        if shape.left == shape.right:
            return shape.right * Pow(magnitude(z), shape.degree)
        return shape.right * Pow(positive_part(z), shape.degree) + shape.left * Pow(positive_part(-z), shape.degree)


@cache
def activations() -> Mapping[str, Activation]:
    """Every activation of `theory.activations`, by name."""
    return discover("theory.activations", "ACTIVATION", Activation)


def find_activation(name: str) -> Activation:
    """The activation of that name; ValueError naming the nearest known ones otherwise."""
    return look_up(name, activations(), "activation")


def _exact(value: object, argument: str) -> Rational:
    if isinstance(value, bool) or not isinstance(value, int | Rational):
        raise ValueError(f"{argument}: {value!r} is not an exact rational; write an int or sympy.Rational(1, 10)")
    return value if isinstance(value, Rational) else Integer(value)
