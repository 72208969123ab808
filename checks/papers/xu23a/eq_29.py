"""Equation (29), p. 20: the gradient in phase 1, and its sharper form."""

from sympy import Rational

from checks.claim import Claim, Mutant
from checks.papers.xu23a._pair_bounds import gradient_bound
from checks.papers.xu23a._setting import networks
from checks.papers.xu23a._small_students import below_a_third
from checks.relation import All, AtMost
from checks.verdict import Verdict
from theory.heads import norm
from theory.symbols import i, j, n, over
from theory.vocabulary import gradient, v_norm, w_norm

_length = norm(gradient[i])
_mass = over(w_norm[j], j) + v_norm
# ⅔‖v‖ − ½ (Σ‖w_j‖ + ‖v‖)
_room = over(v_norm / (3 * n) - w_norm[j], j) / 2

CLAIMS = (
    Claim(
        id="xu23a/eq-29",
        title="gradients stay below 2‖v‖ in phase 1",
        label="(29)",
        page="20",
        printed=r"\|w_j\|\le\frac{\|v\|}{3n}\ \Rightarrow\ \|\nabla_i\|\le2\|v\|",
        given=below_a_third(),
        then=AtMost(_length, 2 * v_norm),
        mutants={"two fifths": Mutant(then=AtMost(_length, Rational(2, 5) * v_norm))},
        slack_as=(gradient_bound + _room + 4 * v_norm / 3,),
        uses=("xu23a/eq-4", "xu23a/eq-28"),
        note="2/3 suffices, see xu23a/eq-29-sharp",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-29-sharp",
        title="‖∇_i‖ ≤ ½(Σ‖w_j‖ + ‖v‖), which is ≤ ⅔‖v‖ in phase 1",
        given=below_a_third(),
        then=All(AtMost(_length, _mass / 2), AtMost(_mass / 2, Rational(2, 3) * v_norm)),
        mutants={
            "two fifths of the masses": Mutant(then=AtMost(_length, Rational(2, 5) * _mass)),
            "three fifths": Mutant(then=AtMost(_mass / 2, Rational(3, 5) * v_norm)),
        },
        slack_as=(gradient_bound, _room),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-29-sharp/any-size",
        title="‖∇_i‖ ≤ ½(Σ‖w_j‖ + ‖v‖) for students of any size",
        given=networks,
        then=AtMost(_length, _mass / 2),
        mutants={"smaller constant": Mutant(then=AtMost(_length, 49 * _mass / 100))},
        slack_as=(gradient_bound,),
        expected=Verdict.CERTIFIED,
    ),
)
