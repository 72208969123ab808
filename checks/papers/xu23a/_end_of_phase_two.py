"""Slacks of Lemma 19: norms and loss of states with balanced projections, small angles and 0 ≤ H ≤ 7√ε‖v‖.

With W = Σ‖w_k‖ ≤ (3/2)‖v‖ and ‖r‖² = H² + ‖Σ z_k‖²,

    L = ¼‖r‖² + (1/4π) Σ_kl S(θ_kl) ‖w_k‖‖w_l‖ − (1/2π) Σ S(θ_k) ‖w_k‖‖v‖ ≤ (49/4) ε‖v‖² + (ε²/4 + 2ε³/3π) W².
"""

from __future__ import annotations

from sympy import Expr, Rational, Symbol, pi, sqrt

from checks.papers.xu23a._phases import epsilon
from checks.papers.xu23a._setting import angle_variable, unit_teacher
from checks.reduction.inherited import slack_of
from theory.heads import norm
from theory.steps import AngleTriangle, CauchySchwarz, RootStep, Whole
from theory.symbols import i, j, k, l, n, over, v, w
from theory.vocabulary import H, h, theta, v_norm, w_norm, z

__all__ = ["loss_slack", "lower_slack", "upper_slack"]

_t, _three_halves, _last = angle_variable, Rational(3, 2), Rational(1, 441)


def _by_cosine(index: Symbol) -> Expr:
    """(3/2) h_k − ‖w_k‖, as cos θ_k ≥ ⅔."""
    return _three_halves * w_norm[index] * slack_of("xu23a/lemma-19/cosine", at={_t: theta[index]})


# 7√ε‖v‖ − H, and ⅓‖v‖ − H.
_height = 7 * sqrt(epsilon) * v_norm - H
_third = Whole(_height) + 7 * v_norm * RootStep(Rational(1, 21), sqrt(epsilon), _last - epsilon)

lower_slack = CauchySchwarz(w[i], unit_teacher) + (over(2 * h[i] - h[j], j) + _third) / (2 * n)
upper_slack = _three_halves / n * (over(2 * h[j] - h[i], j) + 2 * H) + _by_cosine(i)


def _across(index: Symbol) -> Expr:
    """ε‖w_k‖ − ‖z_k‖."""
    return w_norm[index] * (Whole(epsilon - theta[index]) + slack_of("xu23a/lemma-19/sine", at={_t: theta[index]}))


# ε²W² − ‖Σ z_k‖².
_heights = over(CauchySchwarz(z[k], z[l]) + _across(k) * epsilon * w_norm[l] + norm(z[k]) * _across(l), k, l)
# 2ε − θ_kl, and (8/3)ε³W² − Σ S(θ_kl) ‖w_k‖‖w_l‖.
_spread = AngleTriangle(w[k], v, w[l]) + Whole(epsilon - theta[k]) + Whole(epsilon - theta[l])
_cubes = _spread * (4 * epsilon**2 + 2 * epsilon * theta[k, l] + theta[k, l] ** 2) / 3
_pairs = over(w_norm[k] * w_norm[l] * (_cubes + slack_of("xu23a/trig-S", 1, at={_t: theta[k, l]})), k, l)
# Σ S(θ_k) ‖w_k‖‖v‖.
_pulled = over(w_norm[k] * v_norm * (slack_of("xu23a/trig-S", 0, at={_t: theta[k]}) + theta[k] ** 3 / pi**2), k)

# (3/2)‖v‖ − W.
_mass = over(_by_cosine(k), k) + _three_halves * H
_order = epsilon**2 / 4 + 2 * epsilon**3 / (3 * pi)
# 31/4 − (9/4)(ε/4 + 2ε²/3π), which is positive since ε ≤ 1/441 and 1/π ≤ 1.
_room = (
    Rational(9, 16) * Whole(_last - epsilon)
    + 3 / (2 * pi) * (_last - epsilon) * (_last + epsilon)
    + _three_halves * _last**2 * slack_of("xu23a/lemma-19/inverse", at={_t: theta[0]})
    + Rational(31, 4)
    - Rational(9, 16) * _last
    - _three_halves * _last**2
)

loss_slack = (
    _height * (7 * sqrt(epsilon) * v_norm + H) / 4
    + _heights / 4
    + _pairs / (4 * pi)
    + _pulled / (2 * pi)
    + _order * _mass * (_three_halves * v_norm + over(w_norm[k], k))
    + epsilon * v_norm**2 * _room
)
