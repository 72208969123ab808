"""The global minima: every student a non-negative multiple of the teacher, and the multiples add up to 1."""

from sympy import pi

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.xu23a._one_input import residual_below_loss, wedge
from checks.papers.xu23a._setting import angle_variable, networks
from checks.reduction.inherited import slack_of
from checks.relation import All, AtMost, Equal
from checks.verdict import Verdict
from theory.symbols import beta, i, over, v
from theory.vocabulary import loss, residual_norm, theta, v_norm, w_norm

_along = Networks(
    model="xu23a",
    students=(1, 5),
    dimension=(1, 5),
    coefficients=("beta",),
    students_as=beta[i] ** 2 * v,
)
_sum = over(beta[i] ** 2, i)
_angles = AtMost(w_norm[i] ** 2 * theta[i] ** 3, 4 * pi**3 * loss)
_wedge_slack = pi**2 / 2 * wedge() + w_norm[i] ** 2 / (8 * pi) * slack_of(
    "xu23a/lemma-20/reduced", at={angle_variable: theta[i]}
)

CLAIMS = (
    Claim(
        id="xu23a/minimisers",
        title="non-negative multiples of the teacher have no loss exactly if they add up to it",
        given=_along,
        then=Equal(loss, v_norm**2 * (_sum - 1) ** 2 / 4),
        mutants={
            "half the loss": Mutant(then=Equal(loss, v_norm**2 * (_sum - 1) ** 2 / 2)),
            "negative multiples as well": Mutant(
                given=Networks(
                    model="xu23a",
                    students=(1, 5),
                    dimension=(1, 5),
                    coefficients=("beta",),
                    students_as=beta[i] * v,
                ),
                then=Equal(loss, v_norm**2 * (over(beta[i], i) - 1) ** 2 / 4),
            ),
        },
        note="w_i = c_i v with c_i = β_i²; that there are no other minima is xu23a/minimisers/converse",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/minimisers/converse",
        title="no loss forces every student onto the teacher's ray and their sum onto the teacher",
        given=networks,
        then=All(_angles, AtMost(residual_norm**2, 8 * loss)),
        mutants={
            "residual below three times the loss": Mutant(then=AtMost(residual_norm**2, 3 * loss)),
            "fourth power of the norm": Mutant(then=AtMost(w_norm[i] ** 4 * theta[i] ** 3, loss)),
        },
        uses=("xu23a/lemma-20/corrected", "xu23a/lemma-21-residual"),
        note="L = 0 gives θ_i = 0 wherever w_i ≠ 0, and Σ w_i = v",
        slack_as=(_wedge_slack, residual_below_loss()),
        expected=Verdict.CERTIFIED,
    ),
)
