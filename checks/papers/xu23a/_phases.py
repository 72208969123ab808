"""Shared trees of phases 1 to 3: the perturbation Q_i of the projections, networks of a phase and how to draw them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sympy import Expr, Integer, Rational, Symbol, cos, pi, sin, sqrt

from checks.given import Networks
from checks.relation import AtMost, Below
from theory.heads import Distinct, dot, norm
from theory.symbols import V, beta, eta, gamma, i, j, k, l, n, over, v
from theory.vocabulary import H, h, theta, v_norm, w_norm

# ε of the phase: ε_1 in phase 1, ε_2 in phases 2 and 3.
epsilon = Symbol("epsilon", real=True)

# (36): h_i(t+1) = h_i(t) + ηH/2 − Q_i.
_push = over(Distinct(i, j) * w_norm[j] * sin(theta[i, j]), j) - v_norm * sin(theta[i])
_turn = over(Distinct(i, j) * theta[i, j] * h[j], j)
Q = eta / (2 * pi) * (_push * cos(theta[i]) - _turn + theta[i] * v_norm)

# X_ij = cos θ_j − cos θ_i cos θ_ij, and 2π‖w_i⁺‖/η times I1 of (30).
X = cos(theta[j]) - cos(theta[i]) * cos(theta[i, j])
bracket = (pi - theta[i]) * sin(theta[i]) ** 2 * v_norm - over(Distinct(i, j) * (pi - theta[i, j]) * X * w_norm[j], j)

balanced = AtMost(h[i], 2 * h[j])
aligned = AtMost(theta[i], epsilon)


def beside(total: Expr, spread: Expr) -> Expr:
    """Students with projections balanced to a factor 2 and add up to total · ‖v‖, at angles < ``spread``."""
    # Strictly inside the bounds, so that an instance read off in binary64 still meets them.
    inside = Rational(999, 1000)
    weight = 1 + inside * beta[i] ** 2 / (1 + beta[i] ** 2)
    share = weight / over(1 + inside * beta[k] ** 2 / (1 + beta[k] ** 2), k)
    across = V[i] - dot(V[i], v) / dot(v, v) * v
    return total * share * (v + inside * spread * norm(v) * across / sqrt(1 + norm(across) ** 2))


def phase_one(*more: Any, students: tuple[int, int] = (1, 5), epsilon_to: Any = "1/90") -> Networks:
    """Second half of phase 1: ‖w_i‖ ≤ ‖v‖/(3n) by (28) and θ_i ≤ 4ε_1 by (26)."""
    return Networks(
        model="xu23a",
        students=students,
        dimension=(2, 5),
        directions=("V",),
        coefficients=("beta",),
        scalars={epsilon: ("1/1000", epsilon_to), eta: ("1/1000", "1/10"), gamma: (0, 1)},
        drawn_as=beside(gamma / 7, 4 * epsilon),
        where=(Below(0, w_norm[i]), AtMost(w_norm[i], v_norm / (3 * n)), AtMost(theta[i], 4 * epsilon), *more),
    )


def phase_two(*more: Any, students: tuple[int, int] = (1, 5), step_to: Any = "1/10") -> Networks:
    """States of phase 2: (41) balance, (42) H ≥ 18ε_2‖v‖, (43) 0 < h_i ≤ 2‖v‖/n, (44) θ_i ≤ ε_2 < 1/36."""
    return Networks(
        model="xu23a",
        students=students,
        dimension=(2, 5),
        directions=("V",),
        coefficients=("beta",),
        scalars={epsilon: ("1/1000", "1/36"), eta: ("1/1000", step_to), gamma: (0, 1)},
        drawn_as=beside(gamma * (1 - Rational(1801, 100) * epsilon), epsilon),
        where=(
            Below(0, h[i]),
            balanced,
            AtMost(18 * epsilon * v_norm, H),
            AtMost(h[i], 2 * v_norm / n),
            aligned,
            *more,
        ),
    )


def end_of_phase_two(*more: Any) -> Networks:
    """States at T_2: (41), (43), (44), and 0 ≤ H ≤ 7√ε_2‖v‖ with 7√ε_2 ≤ 1/3."""
    gap = 19 * epsilon + gamma * (Rational(699, 100) * sqrt(epsilon) - 19 * epsilon)
    return Networks(
        model="xu23a",
        students=(1, 5),
        dimension=(2, 5),
        directions=("V",),
        coefficients=("beta",),
        scalars={epsilon: ("1/1000000", "1/441"), gamma: (0, 1)},
        drawn_as=beside(1 - gap, epsilon),
        where=(Below(0, h[i]), balanced, AtMost(0, H), AtMost(H, 7 * sqrt(epsilon) * v_norm), aligned, *more),
    )


def for_all_rows(given: Networks) -> Networks:
    """The same networks, with hypotheses over indices k and l that no conclusion has free: they hold for all rows."""

    def renamed(relation: Any) -> Any:
        return type(relation)(*(tree.xreplace({i: k, j: l}) for tree in relation.trees()))

    return replace(given, where=tuple(map(renamed, given.where)))


def in_range(*more: Any, students: tuple[int, int] = (1, 5), **options: Any) -> Networks:
    """‖v‖/(4n) ≤ ‖w_i‖ ≤ 4‖v‖/n, the norms of phase 3."""
    return Networks(
        model="xu23a",
        students=students,
        where=(AtMost(v_norm / (4 * n), w_norm[i]), AtMost(w_norm[i], 4 * v_norm / n), *more),
        **options,
    )


def drawn_in_range() -> Expr:
    """Students in any direction with norms between ‖v‖/(4n) and 4‖v‖/n."""
    size = Rational(1, 4) + Rational(15, 4) * beta[i] ** 2 / (1 + beta[i] ** 2)
    return size * norm(v) / n * V[i] / norm(V[i])


def near_minimum(spread: Any) -> Expr:
    """Balanced students with Σ h_i = ‖v‖(1 ± spread²) at angles below ``spread``; the loss is of order spread³."""
    return beside(Integer(1) + (2 * gamma - 1) * spread**2, spread)


__all__ = [
    "Q",
    "X",
    "aligned",
    "balanced",
    "beside",
    "bracket",
    "drawn_in_range",
    "end_of_phase_two",
    "epsilon",
    "for_all_rows",
    "in_range",
    "near_minimum",
    "phase_one",
    "phase_two",
]
