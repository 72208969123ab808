"""Leaky ReLU σ(z) = max(z, 0) + s min(z, 0); s = 1/100 unless a slope is given, as in ``leaky_relu(1/10)``."""

from __future__ import annotations

from sympy import Expr, Integer, Rational, latex

from theory.activation import Activation, Homogeneous


def FAMILY(slope: Expr) -> Activation:
    """The leaky ReLU of that slope on the left, a rational or a symbol; at the kink σ′(0) = 1."""
    smooth = slope == 1
    return Activation(
        name=f"leaky_relu({slope})",
        title=f"leaky ReLU of slope {slope}",
        latex=rf"\max(z, 0) + {latex(slope)}\min(z, 0)",
        shape=Homogeneous(degree=1, right=Integer(1), left=-slope),
        slope_at_zero=None if smooth else Integer(1),
        source="Maas, Hannun and Ng, ICML 2013 Workshop on Deep Learning",
    )


_LEAKY = FAMILY(Rational(1, 100))

ACTIVATION = Activation(
    name="leaky_relu",
    title=_LEAKY.title,
    latex=_LEAKY.latex,
    shape=_LEAKY.shape,
    slope_at_zero=_LEAKY.slope_at_zero,
    source=_LEAKY.source,
)
