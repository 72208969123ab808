"""Equation (35), p. 24: angles are small in the second half of Phase 1."""

from sympy import Rational, Symbol, pi, sin, sqrt

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.papers.xu23a._phases import epsilon
from checks.relation import AtMost
from checks.verdict import Verdict

_theta = Symbol("theta", real=True)
_largest = Rational(69577, 100000)
_small = AtMost(sin(_theta / 2), sqrt(2) * epsilon)

CLAIMS = (
    Claim(
        id="xu23a/eq-35",
        title="sin²(θ/2) − ε_1² ≤ ε_1² gives θ ≤ 4ε_1",
        label="(35)",
        page="24",
        printed=r"\sin^2\tfrac{\theta_i(t)}2-\epsilon_1^2\le\epsilon_1^2\Rightarrow\theta_i(t)\le4\epsilon_1",
        given=Box(variables={_theta: (0, pi), epsilon: (Rational(1, 1000), Rational(69, 100))}, where=(_small,)),
        then=AtMost(_theta, 4 * epsilon),
        mutants={
            "3ε": Mutant(then=AtMost(_theta, Rational(28, 10) * epsilon)),
            "larger ε": Mutant(
                given=Box(variables={_theta: (0, pi), epsilon: (Rational(1, 1000), Rational(7, 10))}, where=(_small,))
            ),
        },
        uses=("xu23a/prod-24",),
        because=("xu23a/eq-35/reduced",),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-35/reduced",
        title="2 arcsin(√2 ε) ≤ 4ε up to ε = 0.69577",
        given=Box(variables={epsilon: (0, _largest)}),
        then=AtMost(sqrt(2) * epsilon, sin(2 * epsilon)),
        contact={epsilon: (0, 1)},
        mutants={"farther": Mutant(given=Box(variables={epsilon: (0, Rational(6958, 10000))}))},
        note="as √2 ε ≤ sin 2ε, both angles lying in [0, π/2]",
        expected=Verdict.CERTIFIED,
    ),
)
