"""Slacks near a minimum, in the excess δ = ‖Wᵀw_*‖/s − s along the teacher, the distance d and E_i = w_i − q_i w_*.

d² = δ² + ‖W^⊥‖², so that d ± δ ≥ 0, and ‖W‖² = (s + δ)² + ‖W^⊥‖².
"""

from __future__ import annotations

from sympy import Expr, Rational, Symbol, sqrt

from checks.papers.wang21a._setting import direction_square, margin, s
from checks.reduction.inherited import slack_of
from theory.heads import dot, gaussian_input, norm
from theory.mean_steps import Mean
from theory.steps import Positive, RootStep, SumCauchySchwarz, Whole
from theory.symbols import V, beta, eta, i, j, k, nu, over, v, w
from theory.vocabulary import across_square, alignment, dist, gap_square, gradient, q, z

__all__ = [
    "above",
    "below",
    "crossed",
    "descent_k1",
    "error",
    "excess",
    "first_line",
    "for_any_turn",
    "gap_bound",
    "mixed",
    "monotone_k1",
    "near_enough",
    "projected",
    "reach",
    "room",
    "smoothing",
    "squares",
]

excess = alignment / s - s
# ‖W − w_* βᵀ‖_F, of which d is the least value over unit vectors β.
reach = sqrt(over(norm(w[k] - beta[k] * v) ** 2, k))
# d − δ, d + δ and νs − d.
above, below = RootStep(dist, excess, across_square), RootStep(dist, -excess, across_square)
room = Whole(nu * s - dist)
_cap = Whole(Rational(14, 100) - nu)


def error(index: Expr) -> Expr:
    """E_i."""
    return w[index] - q[index] * v


# Σ q_i E_i and Σ q_i V_i.
e, across = over(q[k] * error(k), k), over(q[k] * V[k], k)


def squares(x: Expr, y: Expr) -> Expr:
    """‖x‖²‖y‖² − ⟨x, y⟩²."""
    return dot(x, x) * dot(y, y) - dot(x, y) ** 2


def between(large: Expr, left: Expr, left_gap: Expr, other: Expr, right: Expr, right_gap: Expr) -> Expr:
    """AB + Σ_j a_j b_j, where A² − Σ a_j² and B² − Σ b_j² are the gaps, both ≥ 0."""
    length, width = sqrt(over(left**2, j)), sqrt(over(right**2, j))
    return (
        large * RootStep(other, width, right_gap)
        + width * RootStep(large, length, left_gap)
        + SumCauchySchwarz(left, -right, j)
    )


# (2sd + d²) − ‖WWᵀ − w_* w_*ᵀ‖_F.
_turned = over(norm(dot(w[i], v) * z[j] - dot(w[j], v) * z[i]) ** 2, i, j) / s**2
gap_bound = RootStep(
    2 * s * dist + dist**2,
    sqrt(gap_square),
    4 * s * above * dist**2 + 2 * s**2 * across_square + _turned + over(squares(z[i], z[j]), i, j),
)

# One neuron: ⟨∇F, W − w_* qᵀ⟩ − m(ν)s²d², also where ν is free.
monotone_k1 = (
    4 * s**2 * excess**2 + 3 * dist**4 + 9 * s * dist**2 * (below + room) + (5 * nu + 2 * nu**2) * s**2 * dist**2
)


def for_any_turn(tree: Expr) -> Expr:
    """The tree for any unit vector β in place of q, and ‖W − w_* βᵀ‖_F in place of its least value d."""
    along = over(beta[k] * dot(w[k], v), k)
    across_any = over(norm(w[k] - beta[k] * along / s**2 * v) ** 2, k)
    return tree.xreplace({q: beta, dist: reach, alignment: along, across_square: across_any})


def descent_k1(first_line: Expr, shift: Symbol, radius: Symbol) -> Expr:
    """The step of one neuron: 2⟨∇F, E⟩ − ms²d² − η‖∇F‖² ≥ 0, since (13 + 16ν²)s²⟨∇F, E⟩ ≥ ‖∇F‖² and η ≤ m/((13 + 16ν²)s)²."""
    ranges = (above / s + room / s + _cap, below / s + room / s + _cap, room / s + _cap)
    at = {shift: excess / s, radius: dist / s}

    def part(number: int) -> Expr:
        return slack_of("wang21a/lemma-1/k1-step", number, at, ranges)

    smoothness = 13 + 16 * nu**2
    inner = monotone_k1 + Whole(margin) * s**2 * dist**2
    gradient_gap = s**4 * (excess**2 * part(0) + dist**2 * part(1)) + 16 * nu**2 * s**2 * inner
    step_size = 11 + 14 * nu + 18 * nu**2 + Whole(margin - eta * smoothness**2 * s**2)
    return near_enough + first_line + eta * (monotone_k1 + inner / smoothness * step_size + eta * gradient_gap)


near_enough = Positive(alignment, s * (room + below + s * (_cap + Rational(43, 50))))

# 2E(‖xᵀW‖²‖xᵀV‖² − (xᵀWVᵀx)²).
_x = gaussian_input
smoothing = Mean(over((dot(_x, w[i]) * dot(_x, V[j]) - dot(_x, w[j]) * dot(_x, V[i])) ** 2, i, j))

# Σ_j (⟨w_j⁺, w_*⟩ q_j) is at most ‖W⁺ᵀ w_*‖, twice.
first_line = 2 * SumCauchySchwarz(dot(w[i] - eta * gradient[i], v), q[i], i)

# ‖V‖_F² d² − ‖…‖² and the like, by Lagrange's identity for the unit vector q.
errors_gap = over(norm(q[i] * error(k) - q[k] * error(i)) ** 2, i, k) / 2
directions_gap = over(norm(q[i] * V[k] - q[k] * V[i]) ** 2, i, k) / 2
_size = sqrt(direction_square)
_to_teacher = over(squares(v, V[j]), j)


def mixed(sign: int) -> Expr:
    """sd‖V‖² + sign · Σ ⟨V_j, w_*⟩⟨V_j, Σ q_i E_i⟩."""
    gap = over(squares(e, V[j]), j) + direction_square * errors_gap
    return between(s * _size, sign * dot(V[j], v), _to_teacher, dist * _size, dot(V[j], e), gap)


# sd‖V‖² + Σ ⟨V_j, w_*⟩⟨E_j, Vq⟩ and sd‖V‖² + Σ ⟨E_j, w_*⟩⟨V_j, Vq⟩.
crossed = between(
    s * _size,
    dot(V[j], v),
    _to_teacher,
    dist * _size,
    dot(error(j), across),
    over(squares(error(j), across), j) + dist**2 * directions_gap,
)
projected = between(
    s * dist,
    dot(error(j), v),
    over(squares(v, error(j)), j),
    direction_square,
    dot(V[j], across),
    over(squares(across, V[j]), j) + direction_square * directions_gap,
)
