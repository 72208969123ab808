"""Enclosures of E F(X) and E f(X) g(Y) for jointly Gaussian X, Y, by trapezoidal sums with a rigorous remainder.

If F is analytic for |Im x| < a, vanishes at infinity there, and ∫ |F(x + ib)| dx ≤ M for |b| ≤ a, then

    |∫ F − h Σ_j F(jh)| ≤ 2M / (e^{2πa/h} − 1),

and the terms left out of the sum are bounded by Gaussian tails.  `theory.strip` supplies |f(x + iy)| ≤ C e^{b|x|} for
|y| ≤ A.  The plane is summed in one of two ways: over a product grid with the density of (X, Y), or, where X and Y are
almost proportional and that density is a needle, over X and what Y has beside it.
Source: Trefethen and Weideman, SIAM Review 56 (2014) 385–458, Theorem 5.1.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import ceil, log, sqrt

from flint import arb, arb_poly, ctx, fmpq
from sympy import Expr

from numerics.ball import compile_ball, precision, sqrt_nonnegative
from theory.pair_expectation import GaussianMean, GaussianPair
from theory.shapes import z
from theory.strip import strip_bound

__all__ = ["mean_enclosure", "pair_enclosure"]

# Below this value of 1 − ρ² the grid of the density would be too fine.
_NEEDLE = 1e-3
_LARGEST_GRID = 20_000  # evaluations of an integrand
_LARGEST_PRODUCT = 8_000_000  # terms of a double sum that is a polynomial


def mean_enclosure(head: type[GaussianMean], p: arb) -> arb:
    """E F(X) for Var X = p ≥ 0; NaN where p is not certainly ≥ 0 or the sum would be too long."""
    return _line(head.integrand, p)


def pair_enclosure(head: type[GaussianPair], p: arb, q: arb, c: arb, radicand: arb) -> arb:
    """E f(X) g(Y) for variances p, q and covariance c, ``radicand`` an enclosure of pq − c² ≥ 0.

    Encloses for all points of the balls; the remainder is about 2^{−prec/2}.  NaN where the arguments are not certainly in
    the domain or too large for a sum of bearable length.
    """
    f, g = head.first, head.second
    if p == 0 or q == 0:
        zero, rest, variance = (f, g, q) if p == 0 else (g, f, p)
        return _function(zero)(arb(0)) * _line(rest, variance)
    if not (p > 0 and q > 0):
        return arb.nan()
    beside = radicand / (p * q)  # 1 − ρ²
    if float(beside.mid()) > _NEEDLE and beside > 0:
        return _density(f, g, p, q, c, beside)
    if p == q and c == p and radicand == 0:
        return _line(f * g, p)
    return _needle(f, g, p, q, c, sqrt_nonnegative(radicand / p))


# -- parameters --------------------------------------------------------------------------------------------------


@cache
def _function(expression: Expr) -> Callable[..., arb]:
    return compile_ball(expression, (z,))


def _target() -> float:
    """Natural logarithm of 1/(remainder aimed at)."""
    return (ctx.prec / 2 + 16) * log(2)


class _Growth:
    """|f(√p (x + iy))| ≤ C e^{β|x|} for |y| ≤ ``reach``."""

    def __init__(self, expression: Expr, variance: arb) -> None:
        strip = strip_bound(expression, z)
        self.width, self.size = _arb(strip.width), _arb(strip.size)
        self.scale = variance.sqrt().upper()
        self.rate = (_arb(strip.growth) * self.scale).upper()

    def reach(self, scale: arb | None = None) -> float:
        """A height that is certainly inside the strip for arguments scaled by ``scale``."""
        scale = self.scale if scale is None else scale
        largest = float(self.width.mid()) / max(float(scale), 1e-30)
        return min(largest * (1 - 1e-9), 1e6)


def _arb(value: object) -> arb:
    return arb(fmpq(value.numerator, value.denominator))  # type: ignore[attr-defined]


def _grid(reach: float, wanted: float, sharpness: float) -> tuple[fmpq, fmpq]:
    """(a, h) with 2πa/h − sharpness a²/2 ≥ wanted and h as large as possible for a ≤ reach; both dyadic."""
    a = min(reach, sqrt(2 * wanted / sharpness))
    step = 2 * 3.1415926 * a / (wanted + sharpness * a * a / 2)
    return _dyadic(a), _dyadic(min(step, 1.0))


def _dyadic(value: float) -> fmpq:
    """A dyadic number of 12 bits at most ``value``."""
    shift = 0
    while value * 2**shift < 2048:
        shift += 1
    return fmpq(int(value * 2**shift), 2**shift)


def _exponential_defect(a: fmpq, h: fmpq) -> arb:
    """1/(e^{2πa/h} − 1), from above."""
    return (1 / ((2 * arb.pi() * a / h).exp() - 1)).upper()


def _tail(rate: arb, length: arb) -> arb:
    """e^{β²/2 − (R − β)²/2}, a bound on h Σ_{|jh| > R} φ(jh) e^{β|jh|} for R ≥ β; infinite otherwise."""
    if not length >= rate:
        return arb.pos_inf()
    return (rate**2 / 2 - (length - rate) ** 2 / 2).exp()


def _nodes(rate: float, wanted: float, step: fmpq) -> int:
    return ceil((rate + sqrt(2 * wanted + rate * rate)) / (int(step.p) / int(step.q))) + 1


def _ball(error: arb) -> arb:
    return arb(0, error.abs_upper()) if error.is_finite() else arb.nan()


# -- sums ------------------------------------------------------------------------------------------------------


def _line(integrand: Expr, p: arb) -> arb:
    """E F(√p x)."""
    function = _function(integrand)
    if p == 0:
        return function(arb(0))
    if not p > 0:
        return arb.nan()
    growth = _Growth(integrand, p)
    rate, size = growth.rate, growth.size
    extra = float(rate) ** 2 / 2 + max(0.0, log(float(size))) + 3
    wanted = _target() + extra
    a, h = _grid(growth.reach(), wanted, 1.0)
    count = _nodes(float(rate), wanted, h)
    if count > _LARGEST_GRID:
        return arb.nan()
    with precision(ctx.prec + 16):
        root = p.sqrt()
        total = _weight(arb(0)) * function(arb(0))
        for j in range(1, count + 1):
            x = arb(j * h)
            total += _weight(x) * (function(root * x) + function(-root * x))
        total *= h
        reach = arb(a)
        error = 4 * size * (reach**2 / 2 + rate**2 / 2).exp() * _exponential_defect(a, h)
        error += size * _tail(rate, arb(count * h))
    if not root * reach <= growth.width:
        return arb.nan()
    return total + _ball(error)


def _weight(x: arb) -> arb:
    return (-x * x / 2).exp() / (2 * arb.pi()).sqrt()


def _density(f: Expr, g: Expr, p: arb, q: arb, c: arb, beside: arb) -> arb:
    """Σ_ij f(√p x_i) g(√q y_j) φ_ρ(x_i, y_j), the inner sums as one polynomial in e^{ρ h_x h_y i/(1 − ρ²)}.

    With β = β_f + β_g the remainders are 8 C_f C_g e^{β_f²/2 + β²/2} [D_y + (1 + h_y) D_x] with
    D = e^{a²/(2(1 − ρ²))}/(e^{2πa/h} − 1), and 2 C_f C_g (1 + h/√(1 − ρ²)) e^{β_f²/2} (or with β_g) times a tail each.
    """
    first, second = _Growth(f, p), _Growth(g, q)
    rate, size = first.rate + second.rate, first.size * second.size
    sharpness = 1 / float(beside.lower())
    extra = float(first.rate) ** 2 / 2 + float(rate) ** 2 / 2 + max(0.0, log(float(size))) + 4
    wanted = _target() + extra
    (a_x, h_x), (a_y, h_y) = (_grid(growth.reach(), wanted, sharpness) for growth in (first, second))
    columns, rows = (_nodes(float(rate), wanted + extra, h) for h in (h_x, h_y))
    if columns * rows > _LARGEST_PRODUCT:
        return arb.nan()
    with precision(ctx.prec + 32):
        left, right = _function(f), _function(g)
        root_p, root_q = p.sqrt(), q.sqrt()
        damping_x, damping_y = (
            [(-arb((j * h) ** 2) / (2 * beside)).exp() for j in range(count + 1)]
            for h, count in ((h_x, columns), (h_y, rows))
        )
        inner = arb_poly([right(root_q * (j * h_y)) * damping_y[abs(j)] for j in range(-rows, rows + 1)])
        turn = (c / (root_p * root_q) * h_x * h_y / beside).exp()
        total, power = arb(0), arb(1)
        for i in range(columns + 1):
            for side in (1, -1) if i else (1,):
                point = power if side == 1 else 1 / power
                total += left(root_p * (side * i * h_x)) * damping_x[i] * inner(point) / point**rows
            power *= turn
        total *= h_x * h_y / (2 * arb.pi() * beside.sqrt())
        reach_x, reach_y = arb(a_x), arb(a_y)
        common = 8 * size * (first.rate**2 / 2 + rate**2 / 2).exp()
        error = common * (reach_y**2 / (2 * beside)).exp() * _exponential_defect(a_y, h_y)
        error += common * (1 + h_y) * (reach_x**2 / (2 * beside)).exp() * _exponential_defect(a_x, h_x)
        for growth, h, other, count in ((first, h_x, h_y, rows), (second, h_y, h_x, columns)):
            # Rows beyond the grid, summed over all columns of step h, and the other way round.
            spread = 1 + h / beside.sqrt()
            error += 2 * size * spread * (growth.rate**2 / 2).exp() * _tail(rate, arb(count * other))
    inside = root_p * reach_x <= first.width and root_q * reach_y <= second.width
    return total + _ball(error) if inside else arb.nan()


def _needle(f: Expr, g: Expr, p: arb, q: arb, c: arb, aside: arb) -> arb:
    """E f(√p x) g((c/√p) x + s y) over independent x, y; s = ``aside`` is small or encloses 0.

    With β = β_f + β_g and γ = b_g s the remainders are
    8 C_f C_g e^{β²/2 + γ²/2} [e^{a_y²/2}/(e^{2πa_y/h_y} − 1) + (1 + h_y) e^{a_x²/2}/(e^{2πa_x/h_x} − 1)] and Gaussian tails.
    """
    first, second = _Growth(f, p), _Growth(g, q)
    across = aside.abs_upper()
    rate, size = first.rate + second.rate, first.size * second.size
    thin = (_arb(strip_bound(g, z).growth) * across).upper()
    extra = float(rate) ** 2 / 2 + float(thin) ** 2 / 2 + max(0.0, log(float(size))) + 4
    wanted = _target() + extra
    a_x, h_x = _grid(min(first.reach(), second.reach()), wanted, 1.0)
    a_y, h_y = _grid(second.reach(across), wanted, 1.0)
    columns, rows = _nodes(float(rate), wanted, h_x), _nodes(float(thin), wanted, h_y)
    if columns * rows > 3 * _LARGEST_GRID:
        return arb.nan()
    with precision(ctx.prec + 32):
        left, right = _function(f), _function(g)
        root, slope = p.sqrt(), c / p.sqrt()
        weights = [_weight(arb(j * h_y)) for j in range(rows + 1)]
        total = arb(0)
        for i in range(-columns, columns + 1):
            x = arb(i * h_x)
            middle = slope * x
            inner = weights[0] * right(middle)
            for j in range(1, rows + 1):
                shift = aside * (j * h_y)
                inner += weights[j] * (right(middle + shift) + right(middle - shift))
            total += _weight(x) * left(root * x) * inner
        total *= h_x * h_y
        reach_x, reach_y = arb(a_x), arb(a_y)
        common = size * (rate**2 / 2 + thin**2 / 2).exp()
        error = 8 * common * (reach_y**2 / 2).exp() * _exponential_defect(a_y, h_y)
        error += 8 * common * (1 + h_y) * (reach_x**2 / 2).exp() * _exponential_defect(a_x, h_x)
        error += 2 * size * (thin**2 / 2).exp() * (1 + h_y) * _tail(rate, arb(columns * h_x))
        error += 2 * size * (rate**2 / 2).exp() * (1 + h_x) * _tail(thin, arb(rows * h_y))
    inside = root * reach_x <= first.width and q.sqrt() * reach_x <= second.width and across * reach_y <= second.width
    return total + _ball(error) if inside else arb.nan()
