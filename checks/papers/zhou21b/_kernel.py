"""The kernel k(x, y) = E|x·u||y·u| of the paper in closed form, its derivatives, and the networks of the paper."""

from __future__ import annotations

from sympy import Expr, cos, pi, sin

from checks.given import Networks
from theory.heads import angle, dot, norm
from theory.symbols import a, i, j, over, teachers, w

networks = Networks(model="zhou21b", students=(1, 4), teachers=(1, 3), dimension=(1, 4))


def profile(phi: Expr) -> Expr:
    """k of two unit vectors at the angle φ."""
    return 2 / pi * (sin(phi) + (pi / 2 - phi) * cos(phi))


def flat(phi: Expr) -> Expr:
    """q(φ) = sin φ − φ cos φ, the part of the kernel that is small near the optimum."""
    return sin(phi) - phi * cos(phi)


def kernel(x: Expr, y: Expr) -> Expr:
    """k(x, y)."""
    return norm(x) * norm(y) * profile(angle(x, y))


def slope(x: Expr, y: Expr) -> Expr:
    """∇_x k(x, y) = E[|y·u| sgn(x·u) u]."""
    phi = angle(x, y)
    return 2 / pi * norm(y) * (sin(phi) / norm(x) * x + (pi / 2 - phi) / norm(y) * y)


def sign_form(x: Expr, y: Expr, left: Expr, right: Expr) -> Expr:
    """leftᵀ E[u uᵀ sgn(x·u) sgn(y·u)] right, for x and y that are not parallel."""
    phi = angle(x, y)

    def part(along: Expr) -> tuple[Expr, Expr]:
        return dot(left, along) / norm(along), dot(right, along) / norm(along)

    (lx, rx), (ly, ry) = part(x), part(y)
    plane = lx * ry + ly * rx - cos(phi) * (lx * rx + ly * ry)
    return (1 - 2 * phi / pi) * dot(left, right) + 2 / (pi * sin(phi)) * plane


def mass(index: Expr) -> Expr:
    """‖g_i‖ = ‖w_i‖² of the effective neuron."""
    return dot(w[index], w[index])


# G_i = E[R x sgn(w_i·x)] in closed form.
pull = over(mass(j) * slope(w[i], w[j]) / norm(w[j]), j) - over(slope(w[i], teachers[a]), a)
