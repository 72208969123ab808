"""Equations (60) and (61), p. 40: how the components across the teacher, and the angles between them, move."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Symbol, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.relation import Below, Equal
from checks.verdict import Verdict
from theory.heads import Distinct, dot, norm, rate
from theory.symbols import i, j, k, over, w
from theory.vocabulary import theta, v_norm, w_norm, z

_students = (Below(0, norm(w[i])),)
_networks = Networks(model="xu23a", students=(1, 4), where=_students)
_pairs = Networks(model="xu23a", students=(2, 4), dimension=(2, 5), where=_students)


def _own(sign: int) -> Expr:
    """π + Σ_{j≠i} ‖w_j‖/‖w_i‖ sin θ_ij − ‖v‖/‖w_i‖ sin θ_i."""
    others = over(Distinct(i, j) * w_norm[j] / w_norm[i] * sin(theta[i, j]), j)
    return pi + others - sign * v_norm / w_norm[i] * sin(theta[i])


_others = over(Distinct(i, j) * (pi - theta[i, j]) / (2 * pi) * z[j], j)


def cosine(first: Any, second: Any) -> Expr:
    """cos κ of two students."""
    return dot(z[first], z[second]) / (norm(z[first]) * norm(z[second]))


def _spread(first: Symbol, second: Symbol) -> Expr:
    return (pi - theta[first, second]) / (2 * pi)


_first = -_spread(i, j) * (norm(z[i]) / norm(z[j]) + norm(z[j]) / norm(z[i])) * (1 - cosine(i, j) ** 2)


def _turn(of: Symbol, against: Symbol, sign: int = 1) -> Expr:
    """Part of I_2 that comes from the motion of z_of."""
    gap = cosine(k, against) - sign * cosine(k, of) * cosine(i, j)
    return _spread(of, k) * norm(z[k]) / norm(z[of]) * gap


def _second(sign: int = 1) -> Expr:
    both = _turn(i, j, sign) + _turn(j, i, sign)
    return -over(Distinct(k, i) * Distinct(k, j) * both, k)


CLAIMS = (
    Claim(
        id="xu23a/eq-60",
        title="the components across the teacher along the flow",
        label="(60)",
        page="40",
        printed=r"\frac{\partial z_i}{\partial t}=-\frac1{2\pi}\Big(\pi+\sum_{j\ne i}\frac{\|w_j\|}{\|w_i\|}\sin\theta_{ij}"
        r"-\frac{\|v\|}{\|w_i\|}\sin\theta_i\Big)z_i-\sum_{j\ne i}\frac{\pi-\theta_{ij}}{2\pi}z_j",
        given=_networks,
        then=Equal(rate(z[i]), -_own(1) * z[i] / (2 * pi) - _others),
        mutants={
            "sign of the teacher's term": Mutant(then=Equal(rate(z[i]), -_own(-1) * z[i] / (2 * pi) - _others)),
            "sign of the other students": Mutant(then=Equal(rate(z[i]), -_own(1) * z[i] / (2 * pi) + _others)),
        },
        uses=("xu23a/eq-4",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/eq-61",
        title="the angles between the components across the teacher along the flow",
        label="(61)",
        page="40",
        printed=r"\frac{\partial\cos\kappa_{ij}}{\partial t}=-\tfrac{\pi-\theta_{ij}}{2\pi}\Big(\tfrac{\|z_i\|}{\|z_j\|}"
        r"+\tfrac{\|z_j\|}{\|z_i\|}\Big)(1-\cos^2\kappa_{ij})-\sum_{k\ne i,j}\Big[\tfrac{\pi-\theta_{ik}}{2\pi}"
        r"\tfrac{\|z_k\|}{\|z_i\|}(\cos\kappa_{kj}-\cos\kappa_{ki}\cos\kappa_{ij})+\tfrac{\pi-\theta_{jk}}{2\pi}"
        r"\tfrac{\|z_k\|}{\|z_j\|}(\cos\kappa_{ik}-\cos\kappa_{kj}\cos\kappa_{ij})\Big]",
        given=_pairs,
        then=Equal(rate(cosine(i, j)), _first + _second()),
        mutants={
            "half of the first part": Mutant(then=Equal(rate(cosine(i, j)), _first / 2 + _second())),
            "sign in the second part": Mutant(then=Equal(rate(cosine(i, j)), _first + _second(-1))),
        },
        uses=("xu23a/eq-60",),
        note="where no w_i and no z_i vanishes",
        expected=Verdict.PROVED,
    ),
)
