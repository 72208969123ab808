"""Lemma 20, p. 31: a student's angle to the teacher is bounded by the loss."""

from sympy import Rational, Symbol, pi, sin

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Networks, Point
from checks.papers.xu23a._one_input import wedge
from checks.reduction.inherited import slack_of
from checks.relation import AtMost
from checks.verdict import Verdict
from theory.symbols import i
from theory.vocabulary import loss, theta, w_norm

_networks = Networks(model="xu23a", students=(1, 6), dimension=(1, 6))
_angle = Symbol("theta", real=True)
_left = w_norm[i] ** 2 * theta[i] ** 3

CLAIMS = (
    Claim(
        id="xu23a/lemma-20",
        title="angles are bounded by the loss, as printed",
        label="Lemma 20",
        page="31",
        printed=r"\|w_i\|^2\theta_i^3\le 30\pi L(W)",
        given=_networks,
        then=AtMost(_left, 30 * pi * loss),
        witness=Point.of(students=[[-1], [1]], teachers=[[1]], note="w_1 = −v, w_2 = v: L = 1/4 and θ_1 = π"),
        mutants={"smaller constant": Mutant(then=AtMost(_left, 7 * pi * loss))},
        uses=("xu23a/lemma-20-trig",),
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="constant",
            what="without a hypothesis on the loss the constant 30π is too small",
            reader="w_1 = −v, w_2 = v gives L = ‖v‖²/4, so the right side is 7.5π‖v‖² = 23.56…‖v‖² < π³‖v‖² = 31.00…‖v‖²",
            mend="xu23a/lemma-20/corrected",
            charity="in the phase where the lemma is used the loss is so small that 30π is right; "
            "only the missing hypothesis is at fault",
        ),
    ),
    Claim(
        id="xu23a/lemma-20/reduced",
        title="the profile behind the sharp constant",
        given=Box(variables={_angle: (0, pi)}),
        then=AtMost(8 * pi * _angle**3, 4 * pi**3 * (2 * _angle - sin(2 * _angle))),
        contact={_angle: (0, 3)},
        mutants={
            "constant": Mutant(
                then=AtMost(8 * pi * _angle**3, (4 * pi**3 - Rational(1, 100)) * (2 * _angle - sin(2 * _angle)))
            )
        },
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/lemma-20/corrected",
        title="angles are bounded by the loss, sharp constant",
        label="Lemma 20, mended",
        page="31",
        given=_networks,
        then=AtMost(_left, 4 * pi**3 * loss),
        mutants={
            "constant": Mutant(
                then=AtMost(_left, (4 * pi**3 - Rational(1, 100)) * loss),
                witness=Point.of(students=[[-1], [1]], teachers=[[1]]),
            )
        },
        note="equality at w_1 = −v, w_2 = v",
        slack_as=(
            pi**2 / 2 * wedge() + w_norm[i] ** 2 / (8 * pi) * slack_of("xu23a/lemma-20/reduced", at={_angle: theta[i]}),
        ),
        expected=Verdict.CERTIFIED,
    ),
)
