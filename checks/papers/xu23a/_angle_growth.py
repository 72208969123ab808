"""One step of phase 2: how far cos θ_i and V = Σ sin²(θ_i/2) can fall, as slacks of (17), (49) and (50)."""

from __future__ import annotations

from sympy import Expr, Rational, cos, pi, sin

from checks.papers.xu23a._first_order import first_order
from checks.papers.xu23a._pair_bounds import gradient_bound
from checks.papers.xu23a._perturbation import above_half, drift, mass_left
from checks.papers.xu23a._phases import epsilon
from checks.papers.xu23a._setting import unit_student, unit_teacher
from checks.papers.xu23a._step import cosine, grown
from checks.reduction.inherited import slack_of
from theory.heads import Distinct, dot, norm, smallest
from theory.steps import CauchySchwarz, LeastStep, RootStep, SmallestStep, Triangle, Whole
from theory.symbols import eta, i, j, k, n, over, w
from theory.vocabulary import gradient, h, theta, v_norm, w_norm

__all__ = [
    "bracket_bounds",
    "comparable_slack",
    "first_order_slack",
    "growth_slack",
    "kept_slack",
    "second_order_slack",
    "slow_slack",
    "step_slack",
]

_length, _square = norm(gradient[i]), dot(gradient[i], gradient[i])
_next = w[i] - eta * gradient[i]
_total = w_norm[i] + grown


def bracket_bounds() -> tuple[Expr, Expr]:
    """η‖∇_i‖² ∓ ⟨w̄_i, ∇_i⟩(‖w_i‖ − ‖w_i⁺‖), by |⟨w̄_i, ∇_i⟩| ≤ ‖∇_i‖ and |‖w_i‖ − ‖w_i⁺‖| ≤ η‖∇_i‖."""
    inward, outward = (CauchySchwarz(sign * unit_student(i), gradient[i]) for sign in (1, -1))
    shorter, longer = Triangle(w[i], _next, eta * gradient[i]), Triangle(_next, w[i], -eta * gradient[i])
    return (inward * longer + outward * shorter) / 2, (inward * shorter + outward * longer) / 2


def first_remainder(smaller: Expr) -> Expr:
    """(32): I2 + η²‖∇_i‖²/(s_1‖w_i⁺‖), with s_1 the smaller of ‖w_i‖ and ‖w_i⁺‖."""
    falling, rising = bracket_bounds()
    rests = LeastStep(w_norm[i], grown) + LeastStep(grown, w_norm[i])
    return eta / (grown * _total) * ((1 - cosine) * falling + rising + eta * _square / smaller * rests)


# ‖w_i⁺‖ − h_i and 4‖w_i⁺‖ − ‖w_j‖
_height = dot(_next, unit_teacher)
kept_slack = RootStep(grown, _height, norm(_next - _height * unit_teacher) ** 2) + drift
comparable_slack = 4 * slack_of("xu23a/eq-17/kept") + 2 * Whole(2 * h[i] - h[j]) + above_half(j)


def _left(index: Expr) -> Expr:
    return Whole(epsilon - theta[index])


_spare = 2 * Whole(Rational(1, 36) - epsilon) + pi - Rational(1, 18)
_acute = (2 * _left(i) + _spare, _left(i) + _left(j) + _spare)


def first_order_slack() -> Expr:
    """I1 + 2η Σ_{j≠i} sin θ_i (sin θ_i + sin θ_j)."""
    one, other = sin(theta[i]), sin(theta[j])
    subadditive = one * (1 - cos(theta[j])) + other * (1 - cos(theta[i]))
    neighbours = w_norm[j] / (2 * grown) * subadditive + (one + other) / (2 * grown) * slack_of(
        "xu23a/eq-17/comparable"
    )
    return eta / grown * first_order(_acute) + eta * one * over(Distinct(i, j) * neighbours, j)


# 5‖v‖ − ‖∇_i‖, as ‖∇_i‖ ≤ ½ (Σ‖w_j‖ + ‖v‖) and Σ‖w_j‖ ≤ (3/2)‖v‖.
slow_slack = gradient_bound + mass_left / 2 + Rational(15, 4) * v_norm
_least = smallest(h[k], k)


def second_order_slack() -> Expr:
    """I2 + 25 η²‖v‖²/h_i²."""
    falling, rising = bracket_bounds()
    student, later = CauchySchwarz(w[i], unit_teacher), slack_of("xu23a/eq-17/kept")
    near = (1 - cosine) * falling + rising + eta * _square / h[i] * (student + later)
    far = slack_of("xu23a/eq-49/gradient") * (5 * v_norm + _length) / h[i] + _square / (h[i] * grown) * later
    return eta / (grown * _total) * near + eta**2 / h[i] * far


def step_slack() -> Expr:
    """(49), with s_1 = 2 min h."""
    larger = SmallestStep(h[k], k, i) * (h[i] + _least) / (_least * h[i]) ** 2
    return slack_of("xu23a/eq-17") + slack_of("xu23a/eq-49/second-order") + 25 * eta**2 * v_norm**2 * larger


def growth_slack(spare: int) -> Expr:
    """(50) with (8 + spare) nη in place of 10nη, by 2 sin θ_i sin θ_j ≤ sin²θ_i + sin²θ_j."""
    quadratic = over((sin(theta[i]) - sin(theta[j])) ** 2, i, j) / 2 + 2 * over(sin(theta[i]) ** 2, i)
    rest = 2 * n * over((1 - cos(theta[i])) ** 2, i) + spare * n * over(sin(theta[i] / 2) ** 2, i)
    return over(slack_of("xu23a/eq-49", at={i: i}), i) / 2 + eta * (quadratic + rest)
