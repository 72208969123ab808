"""The pair term g(w, u) of the gradient is at most half as long as u."""

from sympy import Rational, cos, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.papers.xu23a._setting import angle_variable, networks, pair_term
from checks.relation import All, AtMost
from checks.verdict import Verdict
from theory.heads import norm
from theory.symbols import i, j, v, w
from theory.vocabulary import theta, v_norm, w_norm

_t = angle_variable
_to_teacher = norm(pair_term(i, v, theta[i]))
_to_student = norm(pair_term(i, w[j], theta[i, j]))
_square = (pi - _t) ** 2 + sin(_t) ** 2 + 2 * (pi - _t) * sin(_t) * cos(_t)

CLAIMS = (
    Claim(
        id="xu23a/g-bound",
        title="‖g(w, u)‖ ≤ ½‖u‖",
        given=networks,
        then=All(AtMost(_to_teacher, v_norm / 2), AtMost(_to_student, w_norm[j] / 2)),
        mutants={"smaller constant": Mutant(then=AtMost(_to_teacher, 49 * v_norm / 100))},
        because=("xu23a/g-bound/reduced",),
        note="g(w, u) = E[[u·x]₊ 1{w·x ≥ 0} x] = ((π − θ)u + ‖u‖ sin θ w̄)/2π; equality at θ = 0",
        expected=Verdict.SUPPORTED,
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
