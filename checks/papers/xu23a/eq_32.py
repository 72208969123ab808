"""Equation (32), p. 23: the second-order part I_2 of the step."""

from sympy import Expr, Rational

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.xu23a._angle_growth import first_remainder
from checks.papers.xu23a._step import I_2, grown
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict
from theory.heads import dot, least, norm
from theory.steps import Whole
from theory.symbols import eta, i
from theory.vocabulary import gradient, v_norm, w_norm

# The largest s_1 that (24) allows at t and t + 1.
_s_1 = least(w_norm[i], grown)
_steps = Networks(
    model="xu23a",
    students=(1, 4),
    dimension=(1, 4),
    scalars={eta: (0, 1)},
    where=(AtMost(norm(gradient[i]), 2 * v_norm),),
)


def _bound(factor: Expr, square: Expr) -> Expr:
    return -factor * eta**2 / (_s_1 * grown) * square


_square = dot(gradient[i], gradient[i])

CLAIMS = (
    Claim(
        id="xu23a/eq-32",
        title="the second-order part of the step is small",
        label="(32)",
        page="23",
        printed=r"I_2\ge-\frac{\eta^2}{s_1\|w_i(t+1)\|}\|\nabla_i(t)\|^2\ge-\frac{4\eta^2}{s_1\|w_i(t+1)\|}"
        r"\|v\|^2",
        given=_steps,
        then=All(AtLeast(I_2, _bound(1, _square)), AtLeast(_bound(1, _square), _bound(4, v_norm**2))),
        mutants={
            "a fifth": Mutant(then=AtLeast(I_2, _bound(Rational(1, 5), _square))),
            "without the norm of the teacher": Mutant(
                then=AtLeast(_bound(1, _square), _bound(Rational(1, 5), v_norm**2))
            ),
        },
        slack_as=(
            first_remainder(_s_1),
            eta**2 / (_s_1 * grown) * Whole(2 * v_norm - norm(gradient[i])) * (2 * v_norm + norm(gradient[i])),
        ),
        uses=("xu23a/eq-29", "xu23a/eq-30"),
        note="for ‖∇_i‖ ≤ 2‖v‖, with s_1 the smaller of ‖w_i(t)‖ and ‖w_i(t+1)‖",
        expected=Verdict.PROVED,
    ),
)
