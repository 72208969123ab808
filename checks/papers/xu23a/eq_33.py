"""Equation (33), p. 23, which is (11): one step of χ_i = sin²(θ_i/2) in phase 1."""

from sympy import Expr, Rational, pi

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.xu23a._phase_1 import chi
from checks.papers.xu23a._step import grown
from checks.relation import AtLeast, AtMost, Relation
from checks.verdict import Verdict
from theory.heads import after_step, least, norm
from theory.symbols import eta, i, j, over
from theory.vocabulary import gradient, theta, v_norm, w_norm

_s_1 = least(w_norm[i], grown)
_mass = over(w_norm[j], j) / v_norm
# The least ε_1² for which the constants behind O(·) make the argument work.
_epsilon_square = 6 * _mass + 24 * eta * v_norm / _s_1


def _steps(*where: Relation) -> Networks:
    return Networks(model="xu23a", students=(1, 4), dimension=(1, 4), scalars={eta: (0, 1)}, where=where)


def _gain(factor: Expr, deficit: Expr) -> AtMost:
    return AtLeast(chi(i) - after_step(chi(i)), factor * eta * v_norm / grown * (chi(i) - deficit))


_regular = AtMost(norm(gradient[i]), 2 * v_norm)

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
        uses=("xu23a/eq-31", "xu23a/eq-32", "xu23a/trig-half"),
        note="with ε_1² = 6Σ‖w_j‖/‖v‖ + 24η‖v‖/s_1, which the theorem's C = O(ε_1²/n) and η = O(nCσ√d/‖v‖) keep small",
        expected=Verdict.SUPPORTED,
    ),
)
