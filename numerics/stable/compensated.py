"""Error-free transformations on arrays: sums, products and norms to about twice binary64 precision.

A pair (hi, lo) stands for the unevaluated sum hi + lo.  TwoSum and the splitting product are exact as long as
nothing over- or underflows (Dekker 1971; Ogita, Rump, Oishi 2005); callers scale by powers of two first.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["dot", "norm", "split", "sum_pair", "two_product", "two_sum"]

Floats = NDArray[np.float64]
Pair = tuple[Floats, Floats]

_SPLITTER = 134217729.0  # 2²⁷ + 1


def two_sum(x: Floats, y: Floats) -> Pair:
    """(s, e) with s = fl(x + y) and s + e = x + y exactly."""
    s = x + y
    back = s - x
    return s, (x - (s - back)) + (y - back)


def split(x: Floats) -> Pair:
    """(high, low) with high + low = x exactly and at most 26 significant bits in each."""
    shifted = _SPLITTER * x
    high = shifted - (shifted - x)
    return high, x - high


def two_product(x: Floats, y: Floats) -> Pair:
    """(p, e) with p = fl(x y) and p + e = x y exactly, for |x|, |y| < 1e290 and no underflow."""
    p = x * y
    x_high, x_low = split(x)
    y_high, y_low = split(y)
    return p, ((x_high * y_high - p) + x_high * y_low + x_low * y_high) + x_low * y_low


def _fold(x: Floats) -> Pair:
    """Sum over the first axis by halving; the second array holds the rounding error of every addition."""
    errors: list[Floats] = []
    while len(x) > 1:
        half = len(x) // 2
        s, e = two_sum(x[:half], x[half : 2 * half])
        errors.append(e)
        x = np.concatenate([s, x[2 * half :]]) if len(x) % 2 else s
    return x[0], np.concatenate(errors) if errors else np.zeros((0, *x.shape[1:]))


def sum_pair(x: Floats, axis: int) -> Pair:
    """Σ x over one axis of length N ≥ 1, as a pair (hi, lo).

    |error| ≤ ε² |Σ x| + 2 (N ε)³ Σ|x| with ε = 2⁻⁵³: three-fold compensated, so sums that cancel to 1e-30 of
    their terms keep all digits of hi.
    """
    first, errors = _fold(np.moveaxis(x, axis, 0))
    if not len(errors):
        return first, np.zeros_like(first)
    second, errors = _fold(errors)
    high, low = two_sum(first, second)
    return two_sum(high, low + errors.sum(axis=0)) if len(errors) else (high, low)


def dot(x: Floats, y: Floats) -> Pair:
    """⟨x, y⟩ over the last axis, broadcast over the others, as a pair; |error| ≤ 2 ε² (d |x|·|y|) + ε² |⟨x,
    y⟩|.
    """
    product, error = two_product(x, y)
    high, low = sum_pair(product, -1)
    return two_sum(high, low + error.sum(axis=-1))


def norm(x: Floats) -> Pair:
    """‖x‖₂ over the last axis as a pair, relative error ≤ 1e-31 d; entries must be scaled to [1e-140, 1e140]
    or 0.
    """
    high, low = dot(x, x)
    root = np.sqrt(high)
    square, error = two_product(root, root)
    safe = np.where(root > 0, root, 1.0)
    return two_sum(root, ((high - square) - error + low) / (2.0 * safe))
