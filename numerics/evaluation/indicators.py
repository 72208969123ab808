"""Signs and indicators (`theory.indicators`) in binary64 and in balls.

Binary64: sgn 0 = 0, the first index at ties, NaN stays NaN.  Balls: certain comparisons give exact values, uncertain
ones the whole range of conventions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from flint import arb, fmpq

from theory.indicators import Nonnegative, sgn

__all__ = ["BALLS", "FLOATS", "attained_in_balls", "attained_in_floats"]

Data = np.ndarray[Any, Any]


def _nonnegative_floats(x: Data) -> Data:
    return np.where(np.isnan(x), np.nan, (x >= 0).astype(np.float64))


def _either(low: int, high: int) -> arb:
    return arb(low).union(arb(high))


def _sign(x: Any) -> Any:
    if x > 0 or x < 0:
        return fmpq(1) if x > 0 else fmpq(-1)
    return arb.nan() if isinstance(x, arb) and not x.is_finite() else _either(-1, 1)


def _nonnegative(x: Any) -> Any:
    if x >= 0 or x < 0:
        return fmpq(1) if x >= 0 else fmpq(0)
    return arb.nan() if isinstance(x, arb) and not x.is_finite() else _either(0, 1)


FLOATS: dict[type, Callable[..., Any]] = {sgn: np.sign, Nonnegative: _nonnegative_floats}
BALLS: dict[type, Callable[..., Any]] = {sgn: _sign, Nonnegative: _nonnegative}


def attained_in_floats(data: Data, axis: int) -> Data:
    """One-hot along the axis at the first minimum; NaN where an entry is NaN."""
    place = np.expand_dims(np.argmin(data, axis=axis), axis)
    shape = [1] * data.ndim
    shape[axis] = data.shape[axis]
    hot = (np.arange(data.shape[axis]).reshape(shape) == place).astype(np.float64)
    return np.where(np.isnan(data).any(axis=axis, keepdims=True), np.nan, hot)


def attained_in_balls(data: Data, axis: int) -> Data:
    """1 where the entry is certainly below all others, 0 where one is certainly below it, else [0, 1].

    A row of one entry is 1 whatever its value: an empty choice needs no comparison.
    """
    moved = np.moveaxis(np.asarray(data, dtype=object), axis, -1)
    result = np.empty(moved.shape, dtype=object)
    for place in np.ndindex(moved.shape[:-1]):
        row = list(moved[place])
        for index, entry in enumerate(row):
            others = [other for number, other in enumerate(row) if number != index]
            if all(entry < other for other in others):
                result[(*place, index)] = fmpq(1)
            elif any(other < entry for other in others):
                result[(*place, index)] = fmpq(0)
            else:
                result[(*place, index)] = _either(0, 1)
    return np.moveaxis(result, -1, axis)
