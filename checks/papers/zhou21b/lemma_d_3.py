"""Lemma D.3, p. 49: the squared norm of one summand of the gradient is at most 4."""

from sympy import Symbol, cos, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.relation import AtMost
from checks.verdict import Verdict

_phi = Symbol("phi", real=True)
_square = 4 * (sin(_phi) + (pi / 2 - _phi) * cos(_phi)) ** 2 + (pi / 2 - _phi) ** 2 * sin(_phi) ** 2

CLAIMS = (
    Claim(
        id="zhou21b/lemma-D.3",
        title="the squared norm is at most 4, its value at φ = 0",
        label="Lemma D.3",
        page="49",
        printed=r"\left\|\mathbb E[|\alpha^\top x|(I+\beta\beta^\top)x\operatorname{sgn}(\beta^\top x)]\right\|^2=O(1)",
        given=Box(variables={_phi: (0, pi / 2)}),
        then=AtMost(_square, pi**2),
        contact={_phi: (0, 2)},
        mutants={"three": Mutant(then=AtMost(_square, 3 * pi**2 / 4))},
        note="the squared norm is 4/π² times the left side, φ the angle of the lines of α and β",
        expected=Verdict.CERTIFIED,
    ),
)
