"""Error function σ(z) = erf(z); ``erf(1/2)`` is erf(z/2).  The soft committee machine has erf(z/√2), see `ErrorFunction`."""

from __future__ import annotations

from sympy import Expr, Integer, Rational, latex

from theory.activation import Activation, ErrorFunction

_SOURCE = "Williams, NIPS 1996, eq. (11); Saad and Solla, Physical Review E 52 (1995) 4225"


def FAMILY(rate: Expr) -> Activation:
    """erf(r z) for a rational r ≠ 0.  Raises ValueError for anything else."""
    if not isinstance(rate, Rational) or rate == 0:
        raise ValueError(f"erf({rate}): the rate must be a non-zero rational number")
    return Activation(
        name=f"erf({rate})",
        title=f"error function of {rate} z",
        latex=rf"\operatorname{{erf}}({latex(rate)} z)",
        shape=ErrorFunction(square=rate**2, amplitude=Integer(1 if int(rate.p) > 0 else -1)),
        source=_SOURCE,
    )


ACTIVATION = Activation(
    name="erf",
    title="error function",
    latex=r"\operatorname{erf}(z)",
    shape=ErrorFunction(square=Integer(1)),
    source=_SOURCE,
)
