"""Enclosures of Owen's T function (`theory.owen`).

For 0 ≤ a ≤ 1 and s = h²/2,

    2π T(h, a) = arctan a − Σ_{j≥0} (−1)^j t_j,   t_j = a^{2j+1}/(2j+1) · (1 − e^{−s} Σ_{i≤j} s^i/i!),

an alternating series of decreasing terms (both factors decrease), so that a partial sum is off by at most the next
term.  For a > 1:  T(h, a) = (1 − erf(h/√2) erf(a h/√2))/4 − T(a h, 1/a), h ≥ 0.  T is even and decreasing in |h| for
a ≥ 0, odd and increasing in a: on balls the extreme corners are enough.
"""

from __future__ import annotations

from flint import arb, ctx

__all__ = ["owens_t", "slopes"]

MAX_TERMS = 2000


def owens_t(h: arb, a: arb) -> arb:
    """An enclosure of T on the balls h and a at the working precision; NaN where a ball is not finite."""
    if not (h.is_finite() and a.is_finite()):
        return arb.nan()
    near, far = h.abs_lower(), h.abs_upper()
    low, high = a.lower(), a.upper()
    lower = _corner(far if low >= 0 else near, low)
    upper = _corner(near if high >= 0 else far, high)
    return lower.union(upper)


def slopes(h: arb, a: arb) -> tuple[arb, arb]:
    """(∂T/∂h, ∂T/∂a), enclosed."""
    root, ends = 1 / arb(2).sqrt(), a * a + 1
    along = (h * h * arb(-0.5)).exp() * (h * a * root).erf() * (1 / arb.pi().sqrt() * root * arb(-0.5))
    # Written as products, so that the certificate checker, which knows no quotient, gets no wider ball.
    return along, (h * h * ends * arb(-0.5)).exp() * ((1 / ends) * ((1 / arb.pi()) * arb(0.5)))


def _corner(h: arb, a: arb) -> arb:
    """T at h ≥ 0 and a, both exact."""
    if a < 0:
        return -_corner(h, -a)
    if not a > 1:
        return _series(h, a)
    root = arb(2).sqrt()
    product = (h / root).erf() * (a * h / root).erf()
    return (1 - product) / 4 - _series(a * h, 1 / a)


def _series(h: arb, a: arb) -> arb:
    """The alternating series, 0 ≤ a ≤ 1."""
    s = h * h / 2
    tolerance = arb(2) ** -(ctx.prec + 4)
    term = (-s).exp()  # e^{−s} s^j / j!
    tail = 1 - term  # 1 − e^{−s} Σ_{i≤j} s^i/i!
    power, total = a, a.atan()
    sign = -1
    for j in range(MAX_TERMS):
        summand = power / (2 * j + 1) * tail
        bound = summand.abs_upper()
        if bound < tolerance:
            return (total + arb(0, bound)) / (2 * arb.pi())
        total = total + sign * summand
        sign = -sign
        term = term * s / (j + 1)
        tail = tail - term
        power = power * a * a
    # The next term, and all of it that rounding may hide, bounds what is left.
    return (total + arb(0, (power * tail).abs_upper())) / (2 * arb.pi())
