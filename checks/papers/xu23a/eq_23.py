"""Equation (23), p. 19: the population loss of ReLU students in closed form."""

from sympy import Rational, cos, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.relation import Equal
from checks.verdict import Verdict
from theory.symbols import i, j, over
from theory.vocabulary import loss, residual_norm, theta, v_norm, w_norm

_pairs = over((sin(theta[i, j]) - theta[i, j] * cos(theta[i, j])) * w_norm[i] * w_norm[j], i, j) / 2
_teacher = over((sin(theta[i]) - theta[i] * cos(theta[i])) * w_norm[i] * v_norm, i)

CLAIMS = (
    Claim(
        id="xu23a/eq-23",
        title="closed form of the population loss",
        label="(23)",
        page="19",
        printed=r"L=\tfrac14\|r\|^2+\tfrac1{2\pi}\Big[\sum_{i<j}(\sin\theta_{ij}-\theta_{ij}\cos\theta_{ij})\|w_i\|\|w_j\|"
        r"-\sum_i(\sin\theta_i-\theta_i\cos\theta_i)\|w_i\|\|v\|\Big]",
        given=Networks(model="xu23a", students=(1, 6)),
        then=Equal(loss, residual_norm**2 / 4 + (_pairs - _teacher) / (2 * pi)),
        mutants={
            "half the residual": Mutant(then=Equal(loss, residual_norm**2 / 2 + (_pairs - _teacher) / (2 * pi))),
            "sign of the teacher sum": Mutant(then=Equal(loss, residual_norm**2 / 4 + (_pairs + _teacher) / (2 * pi))),
            "factor of the pair sum": Mutant(
                then=Equal(loss, residual_norm**2 / 4 + (_pairs * Rational(1, 2) - _teacher) / (2 * pi))
            ),
        },
        expected=Verdict.PROVED,
    ),
)
