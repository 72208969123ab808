"""Functions of an angle that vanish to third order, without cancellation.

    S(θ) = sin θ − θ cos θ = θ² j₁(θ),        T(θ) = θ − sin θ.

Written out, both lose 2 log₁₀(1/θ) digits near 0.  Below `SWITCH` they are summed from their Taylor series,
whose coefficients are generated from exact fractions; above it the terms of the closed form no longer cancel.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import factorial

import numpy as np
from numpy.typing import NDArray

__all__ = ["angle_minus_sine", "series_coefficients", "sine_minus_angle_cosine"]

Floats = NDArray[np.float64]

SWITCH = 1.6
_TERMS = 13


def series_coefficients(multiplier: Callable[[int], int], terms: int = _TERMS) -> tuple[Fraction, ...]:
    """(−1)^(k+1) multiplier(k) / (2k+1)! for k = 1 … terms: the series of an odd function divided by θ³, in
    θ².

    Exact.  ``multiplier(k) = 2k`` gives S, ``multiplier(k) = 1`` gives T.
    """
    return tuple(Fraction((-1) ** (k + 1) * multiplier(k), factorial(2 * k + 1)) for k in range(1, terms + 1))


_S = tuple(float(value) for value in series_coefficients(lambda k: 2 * k))
_T = tuple(float(value) for value in series_coefficients(lambda k: 1))


def _series(coefficients: tuple[float, ...], theta: Floats) -> Floats:
    square = theta * theta
    total = np.full_like(square, coefficients[-1])
    for coefficient in coefficients[-2::-1]:
        total *= square
        total += coefficient
    total *= square
    total *= theta
    return total


def _two_ranges(coefficients: tuple[float, ...], theta: Floats, direct: Callable[[Floats], Floats]) -> Floats:
    large = theta > SWITCH
    if not large.any():
        return _series(coefficients, theta)
    return np.where(large, direct(theta), _series(coefficients, np.minimum(theta, SWITCH)))


def sine_minus_angle_cosine(theta: Floats) -> Floats:
    """S(θ) = sin θ − θ cos θ, elementwise.

    Domain: θ in [0, π], any shape; NaN is passed on.  Relative error ≤ 8e-16.
    """
    return _two_ranges(_S, theta, lambda angle: np.sin(angle) - angle * np.cos(angle))


def angle_minus_sine(theta: Floats) -> Floats:
    """T(θ) = θ − sin θ, elementwise.

    Domain: θ in [0, π], any shape; NaN is passed on.  Relative error ≤ 8e-16.
    """
    return _two_ranges(_T, theta, lambda angle: angle - np.sin(angle))
