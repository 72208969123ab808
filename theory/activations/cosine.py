"""Cosine σ(z) = cos z; ``cosine(2)`` is cos 2z."""

from __future__ import annotations

from sympy import Expr, Integer, Rational, cos, latex

from theory.activation import Activation, Exponentials, z

_SOURCE = "Rahimi and Recht, NIPS 2007, random Fourier features"


def FAMILY(rate: Expr) -> Activation:
    """cos(r z) for a rational r ≠ 0.  Raises ValueError for anything else."""
    if not isinstance(rate, Rational) or rate == 0:
        raise ValueError(f"cosine({rate}): the rate must be a non-zero rational number")
    return Activation(
        name=f"cosine({rate})",
        title=f"cosine of {rate} z",
        latex=rf"\cos({latex(rate)} z)",
        shape=Exponentials(expression=cos(rate * z)),
        source=_SOURCE,
    )


ACTIVATION = Activation(
    name="cosine", title="cosine", latex=r"\cos(z)", shape=Exponentials(expression=cos(Integer(1) * z)), source=_SOURCE
)
