"""Step (c) of (38), p. 23: Bernoulli's inequality."""

from sympy import Rational, Symbol

from checks.claim import Claim, Mutant
from checks.given import Box, Point
from checks.relation import All, AtLeast
from checks.verdict import Verdict

_theta, _share = Symbol("theta_", real=True), Symbol("y", real=True)
# With y = 1/t the induction step (1 − θ)²(1 − 2tθ) ≥ 1 − 2(t + 1)θ, divided by t, is polynomial in (θ, y) for all t ≥ 1.
_step = AtLeast((1 - _theta) ** 2 * (_share - 2 * _theta), _share - 2 * (1 + _share) * _theta)

CLAIMS = (
    Claim(
        id="wang21a/lemma-3-bernoulli",
        title="(1 − θ)^{2t} ≥ 1 − 2tθ, by its induction step",
        label="(38)(c)",
        page="23",
        printed=r"(1-\theta)^{2t}\ge1-2t\theta",
        given=Box(variables={_theta: (0, 1), _share: (0, 1)}),
        then=All(AtLeast((1 - _theta) ** 2, 1 - 2 * _theta), _step),
        mutants={
            "three for two": Mutant(
                then=AtLeast(
                    (1 - _theta) ** 2 * (_share - 2 * _theta),
                    _share - 2 * (1 + _share) * _theta + Rational(1, 100) * _theta,
                ),
                witness=Point.of(theta_="1/410", y=0),
            )
        },
        note="base t = 1 and step t → t + 1 with y = 1/t ∈ (0, 1]; the induction itself is elementary",
        expected=Verdict.CERTIFIED,
    ),
)
