"""Equation (33), p. 23, which is (11): one step of χ_i = sin²(θ_i/2) in phase 1."""

from sympy import Expr, Rational, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.xu23a._phase_1 import chi
from checks.papers.xu23a._setting import angle_variable
from checks.papers.xu23a._step import grown
from checks.reduction.inherited import slack_of
from checks.relation import AtLeast, AtMost, Below, Relation
from checks.verdict import Verdict
from theory.heads import after_step, least, norm
from theory.steps import Whole
from theory.symbols import eta, i, j, k, over, w
from theory.vocabulary import gradient, theta, v_norm, w_norm

_s_1 = least(w_norm[i], grown)
_mass = over(w_norm[j], j) / v_norm
# The least ε_1² for which the constants behind O(·) make the argument work.
_epsilon_square = 6 * _mass + 24 * eta * v_norm / _s_1


# (24) keeps all norms above s_1 / 2.
_nonzero = Below(0, norm(w[k]))


def _steps(*where: Relation) -> Networks:
    return Networks(model="xu23a", students=(1, 4), dimension=(1, 4), scalars={eta: (0, 1)}, where=(_nonzero, *where))


def _gain(factor: Expr, deficit: Expr) -> AtMost:
    return AtLeast(chi(i) - after_step(chi(i)), factor * eta * v_norm / grown * (chi(i) - deficit))


_regular = AtMost(norm(gradient[i]), 2 * v_norm)

# sin²θ ≥ sin²(θ/2) up to θ = 2π/3.
_half = slack_of("xu23a/trig-half", at={angle_variable: theta[i]}, by=(Whole(2 * pi / 3 - theta[i]),)) * (
    sin(theta[i]) + sin(theta[i] / 2)
)
_slack = (
    eta / (4 * pi * grown) * slack_of("xu23a/eq-31/corrected", 1)
    + slack_of("xu23a/eq-32", 0) / 2
    + slack_of("xu23a/eq-32", 1) / 2
    + eta * v_norm / (12 * grown) * _half
    + eta * w_norm[i] / (2 * grown)
)

CLAIMS = (
    Claim(
        id="xu23a/eq-33",
        title="one step of χ_i = sin²(θ_i/2) in phase 1",
        label="(33), (11)",
        page="23",
        printed=r"\chi_i(t)-\chi_i(t+1)\ge\frac{\eta\|v\|}{12\|w_i(t+1)\|}\left(\chi_i(t)-\epsilon_1^2"
        r"\right)",
        given=_steps(AtMost(theta[i], 2 * pi / 3), _regular),
        then=_gain(Rational(1, 12), _epsilon_square),
        mutants={
            "without ε_1²": Mutant(then=_gain(Rational(1, 12), 0)),
            "five times the gain": Mutant(then=_gain(Rational(1, 2), _epsilon_square / 100)),
        },
        slack_as=(_slack,),
        uses=("xu23a/eq-31", "xu23a/eq-32", "xu23a/trig-half"),
        note="with ε_1² = 6Σ‖w_j‖/‖v‖ + 24η‖v‖/s_1, which the theorem's C = O(ε_1²/n) and η = O(nCσ√d/‖v‖) keep small",
        expected=Verdict.CERTIFIED,
    ),
)
