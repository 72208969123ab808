"""The chain of inequalities on p. 27 for I1, the first-order change of cos θ_i in Phase 2."""

from sympy import pi, sin

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks, Point
from checks.papers.xu23a._first_order import first_order, others_part, own_part
from checks.papers.xu23a._phases import X, bracket, phase_two
from checks.relation import AtMost
from checks.verdict import Verdict
from theory.heads import Distinct, positive_part
from theory.steps import PositivePartStep
from theory.symbols import i, j, over
from theory.vocabulary import theta, w_norm

_between = Point.of(
    students=[["0.3", "0.0000015"], ["0.3", "0.003"]],
    teachers=[[1, 0]],
    epsilon="1/100",
    eta="1/1000",
    gamma="1/2",
    note="w_1 lies angularly between v and w_2, so that X_12 < 0",
)
_left = bracket / (2 * pi)


def _at_least(kernel: object) -> AtMost:
    """The bracket over 2π is at least −½ Σ_{j≠i} kernel_ij ‖w_j‖; both sides are divided by η/‖w_i⁺‖ > 0."""
    return AtMost(-over(Distinct(i, j) * kernel * w_norm[j], j) / 2, _left)


_last = sin(theta[i]) * sin(theta[i] + theta[j])
_wide = Networks(
    model="xu23a",
    students=(1, 5),
    dimension=(1, 5),
    where=(AtMost(2 * theta[i], pi), AtMost(theta[i] + theta[j], pi)),
)

_any = Networks(model="xu23a", students=(1, 5), dimension=(1, 5))

CLAIMS = (
    Claim(
        id="xu23a/p27-chain",
        title="second line: π − θ_ij replaced by π",
        label="p. 27 display (I1)",
        page="27",
        printed=r"I_1\ge-\tfrac\eta2\sum_{j\ne i}(\cos\theta_j-\cos\theta_i\cos\theta_{ij})\tfrac{\|w_j(t)"
        r"\|}{\|w_i(t+1)\|}",
        given=phase_two(),
        then=_at_least(X),
        witness=_between,
        mutants={"twice as much": Mutant(then=_at_least(2 * X), witness=_between)},
        uses=("xu23a/eq-31",),
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="proof step",
            what="replacing π − θ_ij by the larger π lowers the sum only where cos θ_j − cos θ_i cos θ_ij ≥ 0; "
            "it is negative "
            "when w_i lies between v and w_j",
            reader="‖v‖ = 1, w_1 = (0.3, 0.003), w_2 = (0.3, 0.3): the first line over 2π is 0.0011682, the "
            "second 0.0014849",
            mend="xu23a/p27-chain/corrected",
            charity="the third line, which is all that is used, is right",
        ),
    ),
    Claim(
        id="xu23a/p27-chain/corrected",
        title="second line with the positive parts of cos θ_j − cos θ_i cos θ_ij",
        given=_any,
        then=_at_least(positive_part(X)),
        mutants={"half as much": Mutant(then=_at_least(positive_part(X) / 2))},
        slack_as=(own_part + others_part(theta[i, j] * positive_part(X) + (pi - theta[i, j]) * PositivePartStep(X)),),
        note="as (π − θ_ij) X ≤ π max(X, 0)",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/p27-chain/conclusion",
        title="third line",
        label="p. 27 display (I1)",
        page="27",
        printed=r"I_1\ge-\tfrac\eta2\sum_{j\ne i}\sin\theta_i\sin(\theta_i+\theta_j)\tfrac{\|w_j(t)\|}{\|w_i(t+1)\|}",
        given=_wide,
        then=_at_least(_last),
        mutants={
            "half as much": Mutant(then=_at_least(_last / 2)),
            "any angles": Mutant(given=_any),
        },
        slack_as=(first_order(),),
        note="for θ_i ≤ π/2 and θ_i + θ_j ≤ π, which Phase 2 has",
        expected=Verdict.CERTIFIED,
    ),
)
