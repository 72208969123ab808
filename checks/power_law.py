"""Powers that a measured ratio follows, with intervals, and the Łojasiewicz exponent that they imply.

An interval here is an estimate from a few searches, not an enclosure: it holds the slopes of every sub-range of
the rows and twice the standard error of the fitted one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sympy import Expr, Integer, Mul, Pow, Rational, Symbol

from checks.relation import Bounded
from theory.quantity import find_quantity, leaf_key

__all__ = ["PowerLaw", "fitted_power", "lojasiewicz_exponent"]

_GRADIENT = find_quantity("gradient_norm").symbol
_LOSS = find_quantity("loss").symbol
# What depends on the teachers and the sizes alone.
_FIXED = ("v_norm", "Theta", "n", "m", "d")


@dataclass(frozen=True, kw_only=True)
class PowerLaw:
    """y ~ x^exponent, with an estimated interval; ``low`` and ``high`` are None with fewer than three rows."""

    exponent: float
    low: float | None = None
    high: float | None = None

    def as_data(self) -> dict[str, Any]:
        """JSON: the exponent and its interval."""
        return {"exponent": self.exponent, "interval": None if self.low is None else [self.low, self.high]}

    def moved(self, offset: float, factor: float) -> PowerLaw:
        """The law of (exponent − offset) / factor."""
        exponent = _rounded((self.exponent - offset) / factor)
        if self.low is None or self.high is None:
            return PowerLaw(exponent=exponent)
        ends = sorted(_rounded((end - offset) / factor) for end in (self.low, self.high))
        return PowerLaw(exponent=exponent, low=ends[0], high=ends[1])

    def __str__(self) -> str:
        if self.low is None or self.high is None:
            return f"{self.exponent:.3f}"
        return f"{self.exponent:.3f} ± {max(self.high - self.exponent, self.exponent - self.low):.3f}"


def fitted_power(rows: Sequence[tuple[float, float]]) -> PowerLaw | None:
    """Least-squares slope of log y against log x over rows (x, y) with both positive; None for fewer than two."""
    usable = sorted((np.log(x), np.log(y)) for x, y in rows if x > 0 and y > 0)
    if len(usable) < 2:
        return None
    x, y = np.array(usable).T
    slope, level = np.polyfit(x, y, 1)
    if len(usable) < 3:
        return PowerLaw(exponent=_rounded(slope))
    error = np.sqrt(((y - slope * x - level) ** 2).sum() / (len(x) - 2) / ((x - x.mean()) ** 2).sum())
    starts = [np.polyfit(x[a:b], y[a:b], 1)[0] for a in range(len(x)) for b in range(a + 2, len(x) + 1)]
    ends = [*starts, slope - 2 * error, slope + 2 * error]
    return PowerLaw(exponent=_rounded(slope), low=_rounded(min(ends)), high=_rounded(max(ends)))


def _rounded(value: Any) -> float:
    return float(round(float(value), 4))


def lojasiewicz_exponent(then: Bounded, along_loss: PowerLaw | None) -> PowerLaw | None:
    """α of ‖∇L‖ ≥ c L^α implied by how the extremal ratio moves with the loss.

    The ratio must be ‖∇L‖^g L^l times what depends on the teachers and the sizes alone, and its bound the one
    that keeps the gradient away from 0; an extremal ratio ~ L^δ then means ‖∇L‖ ~ L^{(δ − l)/g}.  None otherwise.
    """
    powers = _powers(then.ratio, Integer(1))
    if along_loss is None or powers is None:
        return None
    gradient, loss = powers.pop(_GRADIENT, None), powers.pop(_LOSS, Integer(0))
    if gradient is None or gradient == 0 or any(not _is_fixed(base) for base in powers):
        return None
    if (gradient > 0) != (then.side == "below"):
        return None
    return along_loss.moved(float(loss), float(gradient))


def _powers(tree: Expr, exponent: Rational) -> dict[Expr, Any] | None:
    """Exponents of the factors of a product of powers; None where one is no number."""
    if isinstance(tree, Mul):
        found: dict[Expr, Any] = {}
        for factor in tree.args:
            part = _powers(factor, exponent)
            if part is None:
                return None
            for base, power in part.items():
                found[base] = found.get(base, Integer(0)) + power
        return found
    if isinstance(tree, Pow):
        return _powers(tree.args[0], exponent * tree.args[1]) if isinstance(tree.args[1], Rational) else None
    return {tree: exponent}


def _is_fixed(tree: Expr) -> bool:
    return all(isinstance(leaf, Symbol) and leaf_key(leaf)[0] in _FIXED for leaf in tree.free_symbols)
