"""The first-order change of cos θ_i in Phase 2: I1 against −½ Σ_{j≠i} sin θ_i sin(θ_i + θ_j) ‖w_j‖."""

from __future__ import annotations

from sympy import Expr, Symbol, pi, sin

from checks.papers.xu23a._setting import angle_variable
from checks.reduction.inherited import slack_of
from theory.heads import Distinct
from theory.steps import AngleTriangle
from theory.symbols import i, j, over, v, w
from theory.vocabulary import theta, v_norm, w_norm

__all__ = ["first_order", "others_part", "own_part"]

_t, _s = angle_variable, Symbol("s", real=True)
_sum, _third = theta[i] + theta[j], theta[i, j]
# What θ_i itself adds.
own_part = (pi - theta[i]) * sin(theta[i]) ** 2 * v_norm / (2 * pi)


def others_part(factor: Expr) -> Expr:
    """Σ_{j≠i} of a factor times ‖w_j‖/2π."""
    return over(Distinct(i, j) * w_norm[j] * factor, j) / (2 * pi)


def first_order(by: tuple[Expr, ...] = ()) -> Expr:
    """The slack of the third line of the chain; ``by`` are trees for π − 2θ_i and π − θ_i − θ_j."""

    def cosine(angle: Expr) -> Expr:
        """cos of half an angle up to π."""
        return slack_of("xu23a/trig-half/cosine", at={_t: angle}, by=by)

    def sine(angle: Expr) -> Expr:
        """sin of half an angle up to π."""
        return cosine(pi - angle)

    half = (_sum - _third) / 2
    below_pi = slack_of("xu23a/trig-half/range", at={_t: _sum, _s: _third}, by=by)
    between = slack_of("xu23a/trig-half/sine", at={_t: half}, by=(AngleTriangle(w[i], v, w[j]) / 2, below_pi))
    kernel = sin(theta[i]) * slack_of("xu23a/trig-half/sine", at={_t: _sum}, by=by)
    # sin θ_i sin(θ_i + θ_j) − X_ij = 2 cos θ_i sin((θ_i + θ_j + θ_ij)/2) sin((θ_i + θ_j − θ_ij)/2)
    spherical = 2 * cosine(2 * theta[i]) * (sine(_sum) * cosine(_third) + cosine(_sum) * sine(_third)) * between
    return own_part + others_part(theta[i, j] * kernel + (pi - theta[i, j]) * spherical)
