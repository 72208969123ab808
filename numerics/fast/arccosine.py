"""θ = arccos c and functions of θ as branch-free polynomials, which compilers turn into vector instructions.

asin(s) = s + s z Q(8z − 1) with z = s² ≤ 1/4; Q is the interpolant of the exact series in Chebyshev points.
Beyond |c| = 1/2 the half-angle formula θ = 2 asin √((1 − c)/2) takes over, which keeps small angles relative.
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from numba import njit
from numpy.polynomial import chebyshev

from numerics.stable.special import SWITCH, series_coefficients

__all__ = ["ARCSINE", "angle_minus_sine", "angle_of_cosine", "sine_minus_angle_cosine"]

_TERMS, _DEGREE = 40, 15


def _arcsine_polynomial() -> tuple[float, ...]:
    """Coefficients of Q, highest first."""
    # asin s = Σ (2k choose k) / (4^k (2k + 1)) s^(2k + 1)
    series = [Fraction(math.comb(2 * k, k), 4**k * (2 * k + 1)) for k in range(1, _TERMS + 1)]

    def exact(position: float) -> float:
        square, total = (Fraction(position) + 1) / 8, Fraction(0)
        for coefficient in reversed(series):
            total = total * square + coefficient
        return float(total)

    fit = chebyshev.chebinterpolate(np.vectorize(exact, otypes=[np.float64]), _DEGREE)
    return tuple(float(value) for value in chebyshev.cheb2poly(fit)[::-1])


ARCSINE = _arcsine_polynomial()
_S = tuple(float(value) for value in series_coefficients(lambda k: 2 * k))[::-1]
_T = tuple(float(value) for value in series_coefficients(lambda k: 1))[::-1]
_SWITCH = SWITCH


@njit(cache=True, inline="always")
def angle_of_cosine(cosine: float) -> float:
    """arccos c for c in [−1, 1], clamped beyond; |error| ≤ 4 ulp, relative to θ for c > 1/2."""
    size = abs(cosine)
    outer = size > 0.5
    square = 0.5 * (1.0 - size) if outer else size * size
    square = square if square > 0.0 else 0.0
    root = math.sqrt(square) if outer else size
    t = 8.0 * square - 1.0
    total = ARCSINE[0]
    for index in range(1, len(ARCSINE)):
        total = total * t + ARCSINE[index]
    arcsine = root + root * square * total
    angle = 2.0 * arcsine if outer else 0.5 * math.pi - arcsine
    return angle if cosine > 0.0 else math.pi - angle


@njit(cache=True, inline="always")
def sine_minus_angle_cosine(angle: float) -> float:
    """S(θ) = sin θ − θ cos θ, relative error ≤ 8e-16."""
    if angle > _SWITCH:
        return math.sin(angle) - angle * math.cos(angle)
    square = angle * angle
    total = _S[0]
    for index in range(1, len(_S)):
        total = total * square + _S[index]
    return total * square * angle


@njit(cache=True, inline="always")
def angle_minus_sine(angle: float) -> float:
    """T(θ) = θ − sin θ, relative error ≤ 8e-16."""
    if angle > _SWITCH:
        return angle - math.sin(angle)
    square = angle * angle
    total = _T[0]
    for index in range(1, len(_T)):
        total = total * square + _T[index]
    return total * square * angle
