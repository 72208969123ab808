"""The pair term g(w, u) of the gradient is at most half as long as u."""

from sympy import Rational, cos, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.papers.xu23a._pair_bounds import student_bound, teacher_bound, to_student, to_teacher
from checks.papers.xu23a._setting import angle_variable, networks
from checks.relation import All, AtMost
from checks.verdict import Verdict
from theory.heads import norm
from theory.symbols import j
from theory.vocabulary import v_norm, w_norm

_t = angle_variable
_square = (pi - _t) ** 2 + sin(_t) ** 2 + 2 * (pi - _t) * sin(_t) * cos(_t)

CLAIMS = (
    Claim(
        id="xu23a/g-bound",
        title="‖g(w, u)‖ ≤ ½‖u‖",
        given=networks,
        then=All(AtMost(norm(to_teacher), v_norm / 2), AtMost(norm(to_student), w_norm[j] / 2)),
        mutants={"smaller constant": Mutant(then=AtMost(norm(to_teacher), 49 * v_norm / 100))},
        slack_as=(teacher_bound, student_bound),
        note="g(w, u) = E[[u·x]₊ 1{w·x ≥ 0} x] = ((π − θ)u + ‖u‖ sin θ w̄)/2π; equality at θ = 0",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/g-bound/reduced",
        title="the profile (2π‖g‖/‖u‖)² is at most π²",
        given=Box(variables={_t: (0, pi)}),
        then=AtMost(_square, pi**2),
        contact={_t: (0, 3)},
        mutants={"smaller constant": Mutant(then=AtMost(_square, Rational(985, 100)))},
        expected=Verdict.CERTIFIED,
    ),
)
