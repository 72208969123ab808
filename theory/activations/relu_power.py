"""Powers of the ReLU, σ(z) = max(z, 0)^k; k = 2 unless given, as in ``relu_power(3)``.

Up to the factor 2 the dual kernels are the arc-cosine kernels J_k of Cho and Saul.
"""

from __future__ import annotations

from sympy import Expr, Integer

from theory.activation import Activation, Homogeneous


def FAMILY(power: Expr) -> Activation:
    """max(z, 0)^k for an integer k ≥ 1.  Raises ValueError for another power; ``step`` is k = 0."""
    if not isinstance(power, Integer) or int(power) < 1:
        raise ValueError(f"relu_power({power}): the power must be an integer of at least 1; for 0 write step")
    degree = int(power)
    return Activation(
        name=f"relu_power({degree})",
        title=f"ReLU to the power {degree}",
        latex=rf"\max(z, 0)^{{{degree}}}",
        shape=Homogeneous(degree=degree, right=Integer(1), left=Integer(0)),
        slope_at_zero=Integer(1) if degree == 1 else None,
        source="Cho and Saul, NIPS 2009, section 2",
    )


_SQUARED = FAMILY(Integer(2))

ACTIVATION = Activation(
    name="relu_power", title=_SQUARED.title, latex=_SQUARED.latex, shape=_SQUARED.shape, source=_SQUARED.source
)
