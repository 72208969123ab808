"""Sine σ(z) = sin z; ``sine(2)`` is sin 2z."""

from __future__ import annotations

from sympy import Expr, Integer, Rational, latex, sin

from theory.activation import Activation, Exponentials, z

_SOURCE = "Rahimi and Recht, NIPS 2007, random Fourier features"


def FAMILY(rate: Expr) -> Activation:
    """sin(r z) for a rational r ≠ 0.  Raises ValueError for anything else."""
    if not isinstance(rate, Rational) or rate == 0:
        raise ValueError(f"sine({rate}): the rate must be a non-zero rational number")
    return Activation(
        name=f"sine({rate})",
        title=f"sine of {rate} z",
        latex=rf"\sin({latex(rate)} z)",
        shape=Exponentials(expression=sin(rate * z)),
        source=_SOURCE,
    )


ACTIVATION = Activation(
    name="sine", title="sine", latex=r"\sin(z)", shape=Exponentials(expression=sin(Integer(1) * z)), source=_SOURCE
)
