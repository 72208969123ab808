"""Functions of balls: enclosures at the working precision, NaN where undefined somewhere on the ball."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import acb, arb, fmpq

Box = dict[str, tuple[fmpq, fmpq]]


class Rejected(Exception):
    """The certificate does not prove its statement."""


def demand(condition: bool, reason: str) -> None:
    if not condition:
        raise Rejected(reason)


def ball(value: Any) -> arb:
    return value if isinstance(value, arb) else arb(value)


def repeated(x: Any, exponent: int) -> Any:
    result = x
    for _ in range(exponent - 1):
        result = result * x
    return result


def ball_power(x: Any, exponent: Fraction) -> Any:
    if exponent < 0:
        return ball(1) / ball(ball_power(x, -exponent))
    if exponent == 0:
        return ball(x) * 0 + 1
    if isinstance(x, fmpq) and exponent.denominator == 1:
        return repeated(x, exponent.numerator)
    x = ball(x)
    if exponent.denominator == 1:
        low, high = x.lower(), x.upper()
        ends = repeated(low, exponent.numerator).union(repeated(high, exponent.numerator))
        return ends if exponent.numerator % 2 or not x.contains(0) else ball(0).union(ends)
    if not x >= 0:
        return arb.nan()
    low, high = (
        repeated(end.root(exponent.denominator), exponent.numerator) if end > 0 else arb(0)
        for end in (x.lower(), x.upper())
    )
    return low.union(high)


def owen(h: arb, a: arb) -> arb:
    """∫_0^1 a e^{−h²(1 + a²x²)/2} / (2π (1 + a²x²)) dx, by Arb's own integration between the extreme corners.

    The integrand is even and decreasing in |h| where a ≥ 0; the integral is odd and increasing in a.
    """

    def at(h: arb, a: arb) -> arb:
        square, slope = acb(h * h / 2), acb(a)

        def integrand(x: acb, analytic: bool) -> acb:
            del analytic  # entire but for the zeros of the denominator, where the quotient is not finite
            below = 1 + slope * slope * x * x
            return slope * (-square * below).exp() / (2 * acb.pi() * below)

        return acb.integral(integrand, 0, 1).real

    near, far, low, high = h.abs_lower(), h.abs_upper(), a.lower(), a.upper()
    return at(far if low >= 0 else near, low).union(at(near if high >= 0 else far, high))


def on_balls(name: str, *arguments: Any) -> Any:
    if name == "pow":
        return ball_power(*arguments)
    if name in ("pi", "euler"):
        return arb.pi() if name == "pi" else arb.const_euler()
    inner = [ball(argument) for argument in arguments]
    if not all(argument.is_finite() for argument in inner):
        return arb.nan()  # Arb's own atan2(NaN, −1) is a finite ball
    if name == "atan2":
        y, x = inner
        return arb.nan() if x.contains(0) and y.contains(0) else arb.atan2(y, x)
    if name == "positive":
        return 1 if inner[0] > 0 else arb.nan()
    if name == "sign":
        return 1 if inner[0] > 0 else -1 if inner[0] < 0 else arb.nan()
    if name == "off cut":
        return 1 if inner[1] > 0 or inner[0] > 0 or inner[0] < 0 else arb.nan()
    if name == "abs":
        return abs(inner[0])
    if name == "owen":
        return owen(*inner)
    return inner[0].max(inner[1]) if name == "max" else getattr(inner[0], name)()
