"""Exponential σ(z) = e^z; ``exponential(1/2)`` is e^{z/2}."""

from __future__ import annotations

from sympy import Expr, Rational, exp, latex

from theory.activation import Activation, Exponentials, z


def FAMILY(rate: Expr) -> Activation:
    """e^{rz} for a rational r ≠ 0.  Raises ValueError for anything else."""
    if not isinstance(rate, Rational) or rate == 0:
        raise ValueError(f"exponential({rate}): the rate must be a non-zero rational number")
    return Activation(
        name=f"exponential({rate})",
        title=f"exponential of {rate} z",
        latex=rf"e^{{{latex(rate)} z}}",
        shape=Exponentials(expression=exp(rate * z)),
    )


ACTIVATION = Activation(name="exponential", title="exponential", latex="e^{z}", shape=Exponentials(expression=exp(z)))
