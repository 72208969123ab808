"""Signs of closed numbers such as 41/100 − 63/(50π), by enclosure."""

from __future__ import annotations

from sympy import Expr

from theory.nonnegative import Rules

__all__ = ["certainly_positive"]

_BITS = 192


def certainly_positive(number: Expr) -> Rules:
    """The rule for a number without symbols that a ball shows to be > 0; None if it does not."""
    from numerics.arithmetic.ball import Balls
    from numerics.arithmetic.base import Unevaluable
    from numerics.ball import ball, precision
    from numerics.evaluation.walk import Frame, Walk

    with precision(_BITS):
        try:
            value = ball(Walk(arithmetic=Balls(), setting=None, frame=Frame(entries={}))(number).data[0])  # type: ignore[arg-type]
        except Unevaluable:
            return None
        positive = bool(value.is_finite()) and bool(value > 0)
    return frozenset({"numbers by enclosure"}) if positive else None
