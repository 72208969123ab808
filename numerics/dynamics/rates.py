"""How a positive quantity falls along a flow: exponent and constant with intervals, and two-sided bounds.

The local exponent p(t) = d ln Q/d ln t is t Q̇/Q; for the loss Q̇ = −‖∇L‖² comes from the integrator, so that p
is exact at every step and no slope is fitted.  Its limit is extrapolated (`extrapolation`), because it is
approached slowly.  If p grows like t, the law is exponential, and −Q̇/Q is extrapolated instead.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.bounds import Bounds, two_sided
from numerics.dynamics.extrapolation import Interval, extrapolate, look_back

__all__ = ["Rate", "measure_rate"]

Floats = NDArray[np.float64]

# Exponents of the known laws are halves and thirds.
DENOMINATORS = (1, 2, 3)
DECIDED = 0.1
UNSETTLED = 1.0
ABOVE_FLOOR = 1e3


@dataclass(frozen=True, kw_only=True)
class Rate:
    """``kind``: "power" Q ~ C t^p, "exponential" Q ~ C e^{−μt}, or "undetermined" with a ``reason``.

    ``exponent``: p, or −μ; ``local``: its last value, not extrapolated; ``law``: the exponent that
    ``constant`` = lim Q t^{−law} is for, given by the caller or the only simple fraction in the interval;
    ``bounds``: what the extremes of −Q̇/Q^{1−1/law} over the last decades imply for Q.  Intervals are
    estimates, bounds hold if −Q̇/Q^{…} stays between its values at the steps.
    """

    kind: str
    exponent: Interval | None = None
    local: float | None = None
    law: float | None = None
    constant: Interval | None = None
    bounds: Bounds | None = None
    exact_derivative: bool = False
    reason: str = ""

    def plain(self) -> dict[str, Any]:
        """As JSON can say it."""

        def ends(interval: Interval | None) -> list[float] | None:
            return None if interval is None else [interval.low, interval.high]

        return {
            "kind": self.kind,
            "exponent": None if self.exponent is None else self.exponent.value,
            "exponent_interval": ends(self.exponent),
            "correction": None if self.exponent is None else self.exponent.correction,
            "local_exponent": self.local,
            "law": self.law,
            "constant": None if self.constant is None else self.constant.value,
            "constant_interval": ends(self.constant),
            "bounds": None if self.bounds is None else asdict(self.bounds),
            "exact_derivative": self.exact_derivative,
            "reason": self.reason or None,
        }

    def __str__(self) -> str:
        if self.exponent is None:
            return f"no law seen: {self.reason}"
        low, high = self.exponent.low, self.exponent.high
        if self.kind == "exponential":
            return f"falls like exp(−μ t), μ = {-self.exponent.value:.6g} in [{-high:.8g}, {-low:.8g}]"
        text = f"falls like t^p, p = {self.exponent.value:.6g} in [{low:.8g}, {high:.8g}]"
        if self.constant is not None and self.law is not None:
            constant = self.constant
            text += f"; constant for p = {Fraction(self.law).limit_denominator(12)}: {constant.value:.6g}"
            text += f" in [{constant.low:.8g}, {constant.high:.8g}]"
        return text


def measure_rate(
    t: Floats, values: Floats, slope: Floats | None, *, exponent: float | None = None, floor: float = 0.0
) -> Rate:
    """The law of ``values`` > 0 at times ``t``, with their time derivative ``slope`` where it is known.

    Values below 1000 × ``floor`` are left out.  Without a slope, mean exponents between neighbouring times
    take the place of local ones.  Raises ValueError for an ``exponent`` that is not negative.
    """
    if exponent is not None and not exponent < 0:
        raise ValueError(f"exponent={exponent!r} must be negative: the quantity falls like t^exponent")
    keep = (t > 0) & np.isfinite(values) & (values > ABOVE_FLOOR * floor) & (values > 0)
    if slope is not None:
        keep &= np.isfinite(slope) & (slope < 0)
    t, values = t[keep], values[keep]
    if len(t) < 4 or t[-1] < 10 * t[0]:
        return Rate(kind="undetermined", reason="fewer than a decade of times with a positive value")
    if slope is None:
        steps = np.diff(np.log(t))
        middle, local = np.sqrt(t[:-1] * t[1:]), np.diff(np.log(values)) / steps
        noise = 1e-6
    else:
        slope = slope[keep]
        middle, local, noise = t, t * slope / values, 1e-7
    times, sequence = look_back(middle, local)
    exact = slope is not None
    if len(sequence) > 2 and sequence[0] < 2.0 * sequence[2] < 0 and exponent is None:
        return _exponential(t, values, middle, local / middle, exact=exact)
    found = extrapolate(times, sequence, noise=noise)
    if found is None or not found.value < 0 or found.width > UNSETTLED:
        return Rate(kind="undetermined", local=float(local[-1]), reason="the local exponent has not settled")
    law = exponent if exponent is not None else _simple(found)
    constant = None
    if law is not None:
        constant = extrapolate(*look_back(t, values * t**-law), noise=noise)
    bounds = None if slope is None or law is None else two_sided(t, values, slope, law=law)
    return Rate(
        kind="power",
        exponent=found,
        local=float(local[-1]),
        law=law,
        constant=constant,
        bounds=bounds,
        exact_derivative=exact,
    )


def _exponential(t: Floats, values: Floats, middle: Floats, speed: Floats, *, exact: bool) -> Rate:
    """−μ from Q̇/Q over the second half of the time: its corrections are exponentially small themselves."""
    late = middle >= 0.5 * middle[-1]
    if late.sum() < 2:
        return Rate(kind="undetermined", reason="too few times where the quantity is above its rounding")
    last, spread = float(speed[-1]), float(np.ptp(speed[late]))
    if spread > 0.5 * abs(last):
        return Rate(kind="undetermined", local=last, reason="faster than every power, but no constant rate either")
    interval = Interval(value=last, low=last - spread - 1e-7, high=last + spread + 1e-7, correction="exponential")
    bounds = two_sided(t, values, speed * values, law=None) if exact else None
    return Rate(kind="exponential", exponent=interval, local=last, bounds=bounds, exact_derivative=exact)


def _simple(interval: Interval) -> float | None:
    """The only fraction with a small denominator in a narrow interval."""
    if interval.width > DECIDED:
        return None
    found = set()
    for bottom in DENOMINATORS:
        for top in range(int(np.ceil(interval.low * bottom)), int(np.floor(interval.high * bottom)) + 1):
            found.add(Fraction(top, bottom))
    return float(found.pop()) if len(found) == 1 else None
