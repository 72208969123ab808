"""Forms of Lemma 20, p. 31, that hold: its main step, and the constants for restricted angles and near the optimum."""

from sympy import Rational, Symbol, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Box, Networks, Point
from checks.papers.xu23a._one_input import wedge
from checks.papers.xu23a._phases import in_range, near_minimum
from checks.reduction.inherited import slack_of
from checks.relation import AtMost
from checks.verdict import Verdict
from theory.steps import Whole
from theory.symbols import gamma, i
from theory.vocabulary import h, loss, theta, v_norm, w_norm

_left = w_norm[i] ** 2 * theta[i] ** 3
_largest = Rational(28624, 10000)
_spread = Rational(1, 1000)
_x = Symbol("x", real=True)
# 2θ_i ≤ 5.7248 is in the range of the cubic bound.
_cubic = slack_of(
    "xu23a/lemma-20-trig/corrected",
    at={_x: 2 * theta[i]},
    by=(2 * Whole(_largest - theta[i]) + Rational(1, 10000),),
)
_wedge = w_norm[i] ** 2 * (2 * theta[i] - sin(2 * theta[i]))


def _up_to(angle: object) -> Networks:
    return Networks(model="xu23a", students=(1, 5), dimension=(1, 5), where=(AtMost(theta[i], angle),))


_near = in_range(
    AtMost(theta[i], Rational(1, 50)),
    AtMost(loss, v_norm**2 / 10**6),
    students=(2, 5),
    dimension=(2, 5),
    directions=("V",),
    coefficients=("beta",),
    scalars={gamma: (0, 1)},
    drawn_as=near_minimum(_spread),
)

CLAIMS = (
    Claim(
        id="xu23a/lemma-20/restricted",
        title="the printed constant for θ_i ≤ 2.8624",
        given=_up_to(_largest),
        then=AtMost(_left, 30 * pi * loss),
        mutants={"smaller constant": Mutant(then=AtMost(_left, 7 * pi * loss))},
        because=("xu23a/lemma-20/step", "xu23a/lemma-20-trig/corrected"),
        slack_as=(15 * wedge() / 4 + 15 * w_norm[i] ** 2 / 4 * _cubic,),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/lemma-20/acute",
        title="constant π³ for θ_i ≤ π/2",
        given=_up_to(pi / 2),
        then=AtMost(_left, pi**3 * loss),
        mutants={"smaller constant": Mutant(then=AtMost(_left, 2 * pi * loss))},
        because=("xu23a/lemma-20/step",),
        slack_as=(
            pi**2 / 8 * wedge() + w_norm[i] ** 2 / 8 * slack_of("xu23a/lemma-20/acute-reduced", at={_x: theta[i]}),
        ),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/lemma-20/step",
        title="the loss on the wedge where the teacher is silent",
        label="Lemma 20, main step",
        page="31",
        printed=r"L(W)\ge\tfrac{\|w_i\|^2}{8\pi}(2\theta_i-\sin2\theta_i)",
        given=Networks(model="xu23a", students=(1, 5), dimension=(1, 5)),
        then=AtMost(_wedge, 8 * pi * loss),
        mutants={
            "smaller constant": Mutant(
                then=AtMost(_wedge, (8 * pi - Rational(1, 100)) * loss),
                witness=Point.of(students=[[-1], [1]], teachers=[[1]]),
            )
        },
        note="equality at w_1 = −v, w_2 = v",
        slack_as=(wedge(),),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/lemma-20-small-angle",
        title="the constant near the optimum: 3π(1 − h_i/‖v‖)",
        label="new",
        given=_near,
        then=AtMost(_left, 3 * pi * (1 - h[i] / v_norm) * Rational(21, 20) * loss),
        mutants={"half of it": Mutant(then=AtMost(_left, 3 * pi / 2 * (1 - h[i] / v_norm) * loss))},
        note="within 5 % for angles up to 1/50, norms in [‖v‖/4n, 4‖v‖/n], n ≥ 2 and L ≤ 10⁻⁶‖v‖²; as the loss "
        "tends to 0 the "
        "5 % tend to 0",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/lemma-20/acute-reduced",
        title="8θ³ ≤ π²(2θ − sin 2θ) up to π/2",
        given=Box(variables={_x: (0, pi / 2)}),
        then=AtMost(8 * _x**3, pi**2 * (2 * _x - sin(2 * _x))),
        contact={_x: (0, 3)},
        mutants={"farther": Mutant(given=Box(variables={_x: (0, pi / 2 + Rational(1, 100))}))},
        note="equality at θ = π/2",
        expected=Verdict.CERTIFIED,
    ),
)
