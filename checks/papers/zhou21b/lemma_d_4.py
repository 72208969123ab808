"""Lemma D.4, p. 49: the second moment of a sum of absolute values."""

from sympy import pi, sqrt

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.relation import AtMost
from checks.verdict import Verdict
from theory.heads import dot, expectation, gaussian_input, magnitude, norm
from theory.mean_steps import Mean, MeanCauchySchwarz
from theory.symbols import i, j, over, w

# α_i = w_i.
_given = Networks(model="zhou21b", students=(1, 5), dimension=(1, 4))
_moment = expectation(over(magnitude(dot(gaussian_input, w[i])), i) ** 2)
_square = over(norm(w[i]), i) ** 2


def _modulus(index):  # type: ignore[no-untyped-def]
    return magnitude(dot(gaussian_input, w[index]))


_pairs = over(MeanCauchySchwarz(_modulus(i), _modulus(j), norm(w[i]), norm(w[j])), i, j)
_variance = Mean((over(_modulus(i), i) - sqrt(2 / pi) * over(norm(w[i]), i)) ** 2)

CLAIMS = (
    Claim(
        id="zhou21b/lemma-D.4",
        title="E(Σ|α_i·x|)² ≤ 2 (Σ‖α_i‖)²",
        label="Lemma D.4",
        page="49",
        printed=r"\mathbb E\Big(\sum_i|\alpha_i^\top x|\Big)^2\le c_0\Big(\sum_i\|\alpha_i\|\Big)^2",
        given=_given,
        then=AtMost(_moment, 2 * _square),
        slack_as=(_pairs + _square,),
        mutants={"half": Mutant(then=AtMost(_moment, _square / 2))},
        note="with the constant c_0 = E‖x̃‖² = 2 of the proof",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-D.4/sharp",
        title="E(Σ|α_i·x|)² ≤ (Σ‖α_i‖)²",
        label="Lemma D.4",
        page="49",
        given=_given,
        then=AtMost(_moment, _square),
        slack_as=(_pairs,),
        mutants={"nine tenths": Mutant(then=AtMost(_moment, 9 * _square / 10))},
        note="attained for parallel vectors",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-D.4/lower",
        title="E(Σ|α_i·x|)² ≥ (2/π) (Σ‖α_i‖)²",
        label="Lemma D.4",
        page="49",
        given=_given,
        then=AtMost(2 * _square / pi, _moment),
        slack_as=(_variance,),
        mutants={"once": Mutant(then=AtMost(_square, _moment))},
        note="sharp only as the number of vectors grows: the square of E Σ|α_i·x|",
        expected=Verdict.PROVED,
    ),
)
