"""The perturbation Q_i is small: slacks for the second half of phase 1 (θ_k ≤ 4ε_1) and for phase 2 (θ_k ≤ ε_2).

2πQ_i/η = cos θ_i Σ_{j≠i} ‖w_j‖ sin θ_ij − ‖v‖ sin θ_i cos θ_i − Σ_{j≠i} θ_ij h_j + θ_i‖v‖, with θ_ij ≤ θ_i + θ_j ≤ 2δ for
angles up to δ.  The mass M is at least Σ‖w_j‖.
"""

from __future__ import annotations

from sympy import Expr, Integer, Rational, cos, pi, sin

from checks.papers.xu23a._phases import Q, epsilon
from checks.papers.xu23a._setting import angle_variable, unit_teacher
from checks.reduction.inherited import slack_of
from theory.heads import Distinct
from theory.steps import AngleTriangle, CauchySchwarz, ModulusStep, Whole
from theory.symbols import eta, i, j, k, n, over, v, w
from theory.vocabulary import H, h, theta, v_norm, w_norm

__all__ = [
    "above_half",
    "above_two_thirds",
    "drift",
    "mass_left",
    "norms_slack",
    "rates_early",
    "rates_late",
    "small_early",
    "small_late",
    "small_room",
]

_x, _two_thirds = angle_variable, Rational(2, 3)
_late, _early = Whole(Rational(1, 36) - epsilon), Whole(Rational(1, 90) - epsilon)


def above_two_thirds(spread: Expr, room: Expr) -> Expr:
    """cos θ − ⅔, where 1/20 − θ is the tree ``room``."""
    return slack_of("xu23a/eq-45/cosine", at={_x: spread}, by=(room,))


def _chord(spread: Expr) -> Expr:
    """θ − sin θ."""
    return slack_of("xu23a/lemma-19/sine", at={_x: spread})


def _perturbation_slacks(largest: Expr, small: Expr, mass: Expr, mass_left: Expr, bound: Expr) -> tuple[Expr, Expr]:
    """B − 2πQ_i/η and B + 2πQ_i/η for angles up to δ, where 1/20 − δ is the tree ``small`` and M − Σ‖w_j‖ ``mass_left``.

    B is at least 2δM + δ‖v‖ by its form.
    """

    def left(index: Expr) -> Expr:
        return Whole(largest - theta[index])

    def cosine(index: Expr) -> Expr:
        return above_two_thirds(theta[index], left(index) + small) + _two_thirds

    between = AngleTriangle(w[i], v, w[j]) + left(i) + left(j)
    others = Distinct(i, j)
    swung = (_chord(theta[i, j]) + sin(theta[i, j]) * (1 - cos(theta[i]))) + between
    pulled = v_norm * sin(theta[i]) * cosine(i)
    turned = over(others * theta[i, j] * w_norm[j] * cosine(j), j)
    rest = 2 * largest * mass_left
    above = (
        v_norm * left(i)
        + pulled
        + turned
        + over(others * w_norm[j] * swung, j)
        + 2 * largest * w_norm[i]
        + rest
        + bound
    )
    below = (
        over(others * w_norm[j] * sin(theta[i, j]), j) * cosine(i)
        + v_norm * (_chord(theta[i]) + sin(theta[i]) * (1 - cos(theta[i])))
        + over(others * w_norm[j] * (between * cosine(j) + 2 * largest * (1 - cos(theta[j]))), j)
        + 2 * largest * w_norm[i]
        + rest
        + bound
        + largest * v_norm
    )
    return above, below


# Phase 2: δ = ε_2, H ≥ 18ε_2‖v‖, so that Σ‖w_j‖ ≤ (3/2) Σ h_j ≤ (3/2)‖v‖.
_gap = Whole(H - 18 * epsilon * v_norm) + 18 * epsilon * v_norm


def _late_cosine(index: Expr) -> Expr:
    return above_two_thirds(theta[index], Whole(epsilon - theta[index]) + _late + Rational(1, 45))


def above_half(index: Expr) -> Expr:
    """2h_k − ‖w_k‖ in phase 2."""
    return 2 * w_norm[index] * (_late_cosine(index) + Rational(1, 6))


mass_left = Rational(3, 2) * (over(w_norm[k] * _late_cosine(k), k) + _gap)
_scale = eta / (2 * pi)
_late_above, _late_below = _perturbation_slacks(
    epsilon, _late + Rational(1, 45), 3 * v_norm / 2, mass_left, 10 * epsilon * v_norm
)
small_room = (epsilon * eta * v_norm * (3 - 7 / pi), eta / 6 * Whole(H - 18 * epsilon * v_norm))
small_late = (
    ModulusStep(_scale * 14 * epsilon * v_norm, Q, _scale * _late_above, _scale * _late_below),
    *small_room,
)
# ηH/6 − Q_i and ηH/6 + Q_i
_late_up, _late_down = (_scale * one + sum(small_room, Integer(0)) for one in (_late_above, _late_below))
rates_late = (eta / 3 * _gap, _late_up, _late_down)
# h_i(t + 1) − h_i(t) = ηH/2 − Q_i
drift = eta / 3 * _gap + _late_up

_cos_epsilon = above_two_thirds(epsilon, _late + Rational(1, 45)) + _two_thirds
_turned_less = 2 * (
    slack_of(
        "xu23a/trig-half/sine",
        at={_x: (theta[i] + epsilon) / 2},
        by=((Whole(epsilon - theta[i]) + 2 * _late) / 2 + pi - Rational(1, 36),),  # ε − θ + 2(1/36 − ε)
    )
    * slack_of(
        "xu23a/trig-half/sine",
        at={_x: (epsilon - theta[i]) / 2},
        by=(Whole(epsilon - theta[i]) / 2, (theta[i] + _late) / 2 + pi - Rational(1, 72)),
    )
)
norms_slack = (
    Rational(3, 2) * Whole(2 * v_norm / n - h[i])
    + Rational(3, 2) * h[i] / _cos_epsilon * above_two_thirds(epsilon, _late + Rational(1, 45)),
    w_norm[i] / _cos_epsilon * _turned_less,
    CauchySchwarz(w[i], unit_teacher),
)

# Second half of phase 1: δ = 4ε_1, ‖w_k‖ ≤ ‖v‖/(3n), so that Σ‖w_j‖ ≤ ‖v‖/3 and H ≥ ⅔‖v‖.
_wide = over(CauchySchwarz(w[k], unit_teacher), k) + over(v_norm / (3 * n) - w_norm[k], k)
_early_above, _early_below = _perturbation_slacks(
    4 * epsilon,
    4 * _early + Rational(1, 180),
    v_norm / 3,
    over(v_norm / (3 * n) - w_norm[k], k),
    Rational(20, 3) * epsilon * v_norm,
)
_early_gap = _wide + _two_thirds * v_norm
_steps_early = (
    epsilon * eta * v_norm * (3 - Rational(20, 3) / pi),
    Rational(9, 2) * eta * epsilon * _wide,
    Rational(9, 2) * eta * _early_gap * _early,
)
small_early = (
    ModulusStep(_scale * Rational(40, 3) * epsilon * v_norm, Q, _scale * _early_above, _scale * _early_below),
    *_steps_early,
)
_early_up, _early_down = (_scale * one + sum(_steps_early, Integer(0)) for one in (_early_above, _early_below))
rates_early = (Rational(9, 20) * eta * _wide, _early_up, _early_down)
