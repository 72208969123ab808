"""Activations σ, declared by their shape; everything else about them is derived from it once.

ReLU is positively homogeneous with k = 1, α = 1, β = 0, and |z| with k = 1, α = β = 1; `theory.shapes` has the other
shapes.  A user's own activation is an expression in z, see `Activation.from_expression`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import import_module
from typing import Any

from sympy import Expr, Rational, Symbol

from theory.discovery import discover, look_up
from theory.shapes import ErrorFunction, Exponentials, Homogeneous, Polynomial, Shape, Smooth, exact_rational, z

__all__ = [
    "Activation",
    "ErrorFunction",
    "Exponentials",
    "Homogeneous",
    "Polynomial",
    "Smooth",
    "activations",
    "find_activation",
    "z",
]

# An identifier, or a member of a family such as leaky_relu(1/10).
_NAME = re.compile(r"(?P<base>[^\W\d]\w*)(\((?P<inside>[^()]*)\))?")


@dataclass(frozen=True, kw_only=True)
class Activation:
    """An activation: its name, how it is written, and its shape.

    ``slope_at_zero`` is the value of σ′(0) that sample gradients use; it must be declared where σ has a kink
    and nowhere else.  Population quantities do not depend on it, because a Gaussian input meets the kink with
    probability zero.  A discontinuous activation has a loss, but the loss has no gradient where two neurons are
    parallel.
    """

    name: str
    title: str
    latex: str
    shape: Shape
    slope_at_zero: Rational | None = None
    source: str = ""

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(str(self.name)):
            raise ValueError(f"activation name {self.name!r} is not an identifier; use letters, digits and underscores")
        if not isinstance(self.shape, Shape):
            raise ValueError(f"shape {self.shape!r} of activation {self.name!r} is none of the shapes of theory.shapes")
        if self.kinked and self.slope_at_zero is None:
            raise ValueError(f"activation {self.name!r} has a kink at 0; declare slope_at_zero, its σ′(0)")
        if not self.kinked and self.slope_at_zero is not None:
            reason = "is discontinuous at 0" if self.discontinuous else "is differentiable at 0"
            raise ValueError(f"activation {self.name!r} {reason}; drop slope_at_zero={self.slope_at_zero}")
        if self.slope_at_zero is not None:
            object.__setattr__(self, "slope_at_zero", exact_rational(self.slope_at_zero, "slope_at_zero"))

    @classmethod
    def from_expression(
        cls, name: str, expression: Any, *, title: str = "", latex: str = "", slope_at_zero: Any = None
    ) -> Activation:
        """The activation σ(z) = expression, an exact SymPy expression in z.

        Domain: polynomials; α z₊^k + β (−z)₊^k; a + b erf(r z); sums of polynomials times exponentials, sines and
        cosines of multiples of z: these have kernels in closed form.  Any other expression in exp, log, tanh, erf, atan,
        sin, cos, sinh, cosh and powers that is analytic and of at most exponential growth near the real line has its
        kernel enclosed by certified quadrature.
        Raises ValueError naming ``name`` and the part of the expression that is not admitted.
        """
        from theory.recognition import recognise, written

        shape = recognise(name, expression)
        return cls(
            name=name, title=title or name, latex=latex or written(shape), shape=shape, slope_at_zero=slope_at_zero
        )

    @property
    def degree(self) -> int | None:
        """Degree of positive homogeneity, σ(tz) = t^k σ(z) for t > 0; None if there is none."""
        return self.shape.homogeneity

    @property
    def smooth(self) -> bool:
        """Whether σ is infinitely differentiable."""
        return self.shape.smooth

    @property
    def kinked(self) -> bool:
        """Whether σ is continuous and σ′ jumps at 0."""
        return self.shape.kinked

    @property
    def discontinuous(self) -> bool:
        """Whether σ jumps at 0."""
        return self.shape.discontinuous

    @property
    def even(self) -> bool:
        """Whether σ(−z) = σ(z), as far as the form of σ shows it."""
        return self.shape.has_parity(1)

    @property
    def odd(self) -> bool:
        """Whether σ(−z) = −σ(z), as far as the form of σ shows it."""
        return self.shape.has_parity(-1)

    @property
    def definition(self) -> Expr:
        """σ(z) for display, in the inert heads |·| and (·)₊."""
        return self.shape.definition

    @property
    def parameters(self) -> frozenset[Symbol]:
        """Symbols besides z: such an activation has formulas, and no numbers until they are fixed."""
        return frozenset(self.definition.free_symbols - {z})


@cache
def activations() -> Mapping[str, Activation]:
    """Every activation of `theory.activations`, by name."""
    return discover("theory.activations", "ACTIVATION", Activation)


def find_activation(name: str) -> Activation:
    """The activation of that name, or the member of a family: ``leaky_relu(1/10)``, ``hermite(3)``.

    A family is asked for with a rational number, or with a name that then stands for any real parameter.
    Raises ValueError naming the nearest known ones otherwise.
    """
    match = _NAME.fullmatch(name.replace(" ", ""))
    if match is None or match["inside"] is None:
        return look_up(name, activations(), "activation")
    family = getattr(import_module(_home(match["base"])), "FAMILY", None)
    if family is None:
        raise ValueError(f"activation {match['base']!r} takes no parameter; write {match['base']}")
    made = family(_parameter(name, match["inside"]))
    assert isinstance(made, Activation)
    return made


def _home(base: str) -> str:
    known = look_up(base, activations(), "activation")
    return f"theory.activations.{known.name}"


def _parameter(name: str, text: str) -> Expr:
    if text.isidentifier():
        return Symbol(text, real=True)
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError(f"activation {name!r}: {text!r} is no rational number; write for example 1/10") from error
    return Rational(value.numerator, value.denominator)
