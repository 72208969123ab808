"""Equation (4), p. 6, and its forms: the gradient of the population loss of ReLU students."""

from sympy import Expr, Rational, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.xu23a._setting import unit_student, unit_teacher
from checks.relation import Equal
from checks.verdict import Verdict
from theory.heads import Distinct, angle, norm
from theory.symbols import a, i, j, over, teachers, v, w
from theory.vocabulary import gradient, residual, theta, v_norm, w_norm

_single = Networks(model="xu23a", students=(1, 5))
_general = Networks(model="xu23a", students=(1, 4), teachers=(1, 3))


def _printed(push: Expr, pull: Expr) -> Expr:
    """r/2 + (push − pull)/2π."""
    return residual / 2 + (push - pull) / (2 * pi)


_others = over(Distinct(i, j) * w_norm[j] * sin(theta[i, j]), j)
_turned = over(Distinct(i, j) * theta[i, j] * w[j], j)
_push = (_others - v_norm * sin(theta[i])) * unit_student(i)
_pull = _turned - theta[i] * v

_to = angle(w[i], teachers[a])
_push_general = (_others - over(norm(teachers[a]) * sin(_to), a)) * unit_student(i)
_pull_general = _turned - over(_to * teachers[a], a)


def _g(row: Expr, spread: Expr) -> Expr:
    """g(w_i, u) = E[(u·x)₊ 1{w_i·x ≥ 0} x] = ((π − θ)u + ‖u‖ sin θ w̄_i)/2π."""
    return ((pi - spread) * row + norm(row) * sin(spread) * unit_student(i)) / (2 * pi)


_split = over(_g(w[j], theta[i, j]), j) - _g(v, theta[i])

CLAIMS = (
    Claim(
        id="xu23a/eq-4",
        title="closed form of the gradient",
        label="(4)",
        page="6",
        printed=r"\nabla_i=\tfrac r2+\tfrac1{2\pi}\Big[\Big(\sum_{j\ne i}\|w_j\|\sin\theta_{ij}-\|v\|\sin\theta_i\Big)\bar w_i"
        r"-\sum_{j\ne i}\theta_{ij}w_j+\theta_iv\Big]",
        given=_single,
        then=Equal(gradient[i], _printed(_push, _pull)),
        mutants={
            "sign of the turning terms": Mutant(then=Equal(gradient[i], residual / 2 + (_push + _pull) / (2 * pi))),
            "whole residual": Mutant(then=Equal(gradient[i], residual + (_push - _pull) / (2 * pi))),
            "unit teacher": Mutant(then=Equal(gradient[i], _printed(_push, _turned - theta[i] * unit_teacher))),
        },
        uses=("xu23a/eq-23",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/eq-4-general",
        title="closed form of the gradient for several teachers",
        given=_general,
        then=Equal(gradient[i], _printed(_push_general, _pull_general)),
        mutants={
            "half the teachers' pull": Mutant(
                then=Equal(gradient[i], _printed(_push_general, _turned - Rational(1, 2) * over(_to * teachers[a], a)))
            )
        },
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/gradient-split",
        title="the gradient as a sum of pair terms",
        given=_single,
        then=Equal(gradient[i], _split),
        mutants={"sign of the teacher's term": Mutant(then=Equal(gradient[i], _split + 2 * _g(v, theta[i])))},
        expected=Verdict.PROVED,
    ),
)
