"""Equation (23), pp. 19–20: expansion of one step around the nearest minimum."""

from sympy import Symbol

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks
from checks.papers.wang21a._near import first_line
from checks.papers.wang21a._setting import s, unit
from checks.relation import All, AtMost, Equal
from checks.verdict import Verdict
from theory.heads import after_step, directional, dot, norm
from theory.symbols import beta, eta, i, over, v, w
from theory.vocabulary import alignment, dist_square, gradient, gradient_norm, loss, q

_tau = Symbol("tau", real=True)
_networks = Networks(model="wang21a", students=(1, 4), dimension=(1, 4), scalars={eta: (0, 1)})
_minima = Networks(
    model="wang21a",
    students=(1, 4),
    dimension=(1, 4),
    coefficients=("beta",),
    directions=("V",),
    students_as=unit(i) * v,
)
_smaller = Networks(
    model="wang21a",
    students=(1, 4),
    dimension=(1, 4),
    coefficients=("beta",),
    directions=("V",),
    students_as=beta[i] * v,
)
_inner = over(dot(gradient[i], w[i] - q[i] * v), i)
_segment = q[i] * v + _tau * (w[i] - q[i] * v)

CLAIMS = (
    Claim(
        id="wang21a/eq-23",
        title="the gradient vanishes at w_* qᵀ, the fact behind the expansion",
        label="(23)",
        page="19",
        printed=r"\nabla F(w_*q_t^\top)=0,\quad\mathrm{dist}^2(W_{t+1})\le\|w_t-\bar w_*-\eta\,\mathrm{vec}"
        r"(\nabla F(W_t)-\nabla F(w_*q_t^\top))\|^2=\dots",
        given=_minima,
        then=Equal(directional(loss, 1), 0),
        mutants={"any q": Mutant(given=_smaller)},
        uses=("wang21a/global-minima", "wang21a/eq-4-argmin"),
        note="contracted with an arbitrary direction V; the mean-value form of the gradient difference is Taylor's theorem",
        expected=Verdict.PROVED,
        erratum=Erratum(
            weight="wording",
            what="needs ‖q‖ = 1: in general ∇F(w_* qᵀ) = 3‖w_*‖²(‖q‖² − 1) w_* qᵀ",
            reader="K = 1, q = ½: ∇F(½w_*) = −(9/8)‖w_*‖² w_*",
            mend="read the minimisation in (4) over the unit sphere",
        ),
    ),
    Claim(
        id="wang21a/eq-23/first-line",
        title="the new distance is at most that to the old nearest minimum",
        given=_networks,
        then=AtMost(after_step(dist_square), dist_square - 2 * eta * _inner + eta**2 * gradient_norm**2),
        mutants={"sign of the step": Mutant(then=AtMost(after_step(dist_square), dist_square + 2 * eta * _inner))},
        slack_as=(first_line,),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/eq-23-segment",
        title="points between W and its nearest minimum have the same nearest minimum",
        label="p. 20",
        page="20",
        printed=r"W_t(\tau)=w_*q_t^\top+\tau(W_t-w_*q_t^\top),\quad\mathrm{dist}(W_t(\tau),w_*)\le\tau\|W_t-w_*q_t^\top\|",
        given=Networks(model="wang21a", students=(1, 4), dimension=(1, 4), scalars={_tau: (0, 1)}),
        then=All(
            Equal(dot(_segment, v), ((1 - _tau) * s**2 + _tau * alignment) * q[i]),
            Equal(over(norm(w[i] - q[i] * v) ** 2, i), dist_square),
        ),
        mutants={
            "wrong weight": Mutant(then=Equal(dot(_segment, v), (s**2 + _tau * alignment) * q[i])),
        },
        note="so q(τ) is a positive multiple of q, and dist(W(τ)) = τ dist(W)",
        expected=Verdict.PROVED,
    ),
)
