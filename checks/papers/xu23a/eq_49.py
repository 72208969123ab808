"""Equations (17), (49), (50) and the recursion of V, pp. 9 and 27–28: angles grow little in Phase 2."""

from sympy import Rational, Symbol, cos, exp, log, sin

from checks.claim import Claim, Mutant
from checks.given import Box, Networks, Point
from checks.papers.xu23a._angle_growth import (
    comparable_slack,
    first_order_slack,
    growth_slack,
    kept_slack,
    second_order_slack,
    slow_slack,
    step_slack,
)
from checks.papers.xu23a._phases import epsilon, for_all_rows, phase_two
from checks.papers.xu23a._step import I_1, I_2, grown
from checks.reduction.inherited import slack_of
from checks.relation import AtMost, Below
from checks.verdict import Verdict
from theory.heads import Distinct, after_step, norm, smallest
from theory.symbols import eta, i, j, k, n, over
from theory.vocabulary import gradient, h, theta, v_norm, w_norm

# The potential V; its letter also names a family of directions, so it is written out.
_V = over(sin(theta[i] / 2) ** 2, i)
_change = after_step(cos(theta[i])) - cos(theta[i])
_neighbours = over(Distinct(i, j) * sin(theta[i]) * (sin(theta[i]) + sin(theta[j])), j)

_given = for_all_rows(phase_two())
# The largest s_1 that (43) allows: h_i ≥ s_1/2.
_s1 = 2 * smallest(h[k], k)
_second_order = eta**2 * v_norm**2 / _s1**2
_step = AtMost(-2 * eta * _neighbours - 100 * _second_order, _change)


def _growth(rate: object, push: object = 50) -> AtMost:
    """V⁺ − V ≤ rate · nηV + push · nη²‖v‖²/s_1²."""
    return AtMost(after_step(_V) - _V, rate * n * eta * _V + push * n * _second_order)


_free = Symbol("s_1", real=True)
_noise = 5 * eta * v_norm**2 / _free**2
_hypothesis_50 = AtMost(after_step(_V) - _V, 10 * n * eta * _V + 50 * n * eta**2 * v_norm**2 / _free**2)
_given_50 = Networks(
    model="xu23a",
    students=(1, 5),
    dimension=(1, 5),
    scalars={eta: ("1/1000", "1/10"), _free: ("1/100", 2)},
    where=(
        Below(0, w_norm[i]),
        _hypothesis_50,
    ),
)

# End of Phase 2: x = nη ≤ 1, ε_1 = c ε_2⁶ n^{−1/2}.
_x, _c = Symbol("x", real=True), Symbol("c", real=True)
_box = Box(variables={epsilon: (Rational(1, 10**6), Rational(1, 36)), _c: (0, 1), _x: (0, 1)})


def _end(power: int) -> AtMost:
    """e^{10 nη (T_2 − T_1)} · 3nε_1² ≤ ε_2²/16, divided by ε_2², for nη (T_2 − T_1) ≤ power/10 · ln(1/36ε_2) + x."""
    return AtMost(3 * _c**2 * exp(10 * _x - power * log(36 * epsilon) + 10 * log(epsilon)), Rational(1, 16))


_state = Point.of(students=[["0.3", "0.003"], ["0.3", 0]], teachers=[[1, 0]], epsilon="1/99", eta="1/1000", gamma="1/2")
_aligned = Point.of(students=[["0.5", 0]], teachers=[[1, 0]], epsilon="1/100", eta="1/1000", gamma="1/2")

CLAIMS = (
    Claim(
        id="xu23a/eq-17/first-order",
        title="the first-order part in Phase 2",
        given=_given,
        then=AtMost(-2 * eta * _neighbours, I_1),
        slack_as=(first_order_slack(),),
        mutants={"other sign": Mutant(then=AtMost(2 * eta * _neighbours, I_1), witness=_state)},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-17/kept",
        title="a step of Phase 2 leaves ‖w_i‖ at least h_i",
        given=_given,
        then=AtMost(h[i], grown),
        slack_as=(kept_slack,),
        mutants={"twice": Mutant(then=AtMost(2 * h[i], grown), witness=_state)},
        because=("xu23a/eq-47",),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-17/comparable",
        title="a step of Phase 2 leaves the norms within a factor 4",
        given=_given,
        then=AtMost(w_norm[j], 4 * grown),
        slack_as=(comparable_slack,),
        mutants={"half as large": Mutant(then=AtMost(w_norm[j], grown / 2), witness=_state)},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-17",
        title="cos θ_i falls at most by the interaction and the second-order part",
        label="(17)",
        page="9",
        printed=r"\cos\theta_i(t+1)-\cos\theta_i(t)=I_1+I_2\ge-2\eta\sum_{j\ne i}\sin\theta_i(\sin\theta_i+"
        r"\sin\theta_j)+I_2",
        given=_given,
        then=AtMost(-2 * eta * _neighbours + I_2, _change),
        mutants={
            "interaction with the other sign": Mutant(
                then=AtMost(2 * eta * _neighbours + I_2, _change), witness=_state
            ),
        },
        slack_as=(slack_of("xu23a/eq-17/first-order"),),
        uses=("xu23a/eq-30", "xu23a/p27-chain/conclusion"),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-49/gradient",
        title="gradients in Phase 2 are at most 5‖v‖",
        given=_given,
        then=AtMost(norm(gradient[i]), 5 * v_norm),
        slack_as=(slow_slack,),
        mutants={"a hundredth": Mutant(then=AtMost(norm(gradient[i]), v_norm / 100), witness=_state)},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-49/second-order",
        title="the second-order part in Phase 2",
        given=_given,
        then=AtMost(-25 * eta**2 * v_norm**2 / h[i] ** 2, I_2),
        slack_as=(second_order_slack(),),
        mutants={"positive": Mutant(then=AtMost(eta**2 * v_norm**2 / h[i] ** 2, I_2), witness=_state)},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-49",
        title="the same with the second-order part bounded",
        label="(49)",
        page="28",
        printed=r"\cos\theta_i(t+1)-\cos\theta_i(t)\ge-2\eta\sum_{j\ne i}\sin\theta_i(\sin\theta_i+\sin\theta_j)"
        r"-100\tfrac{\eta^2\|v\|^2}{s_1^2}",
        given=_given,
        then=_step,
        mutants={
            "interaction with the other sign": Mutant(then=AtMost(2 * eta * _neighbours + 100 * _second_order, _change))
        },
        slack_as=(step_slack(),),
        uses=("xu23a/eq-17", "xu23a/eq-32"),
        note="with the largest s_1 that (43) allows, s_1 = 2 min h_i",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-50",
        title="growth of V in one step",
        label="(50)",
        page="28",
        printed=r"V(t+1)-V(t)\le10n\eta\sum_i\sin^2\tfrac{\theta_i(t)}2+50\tfrac{n\eta^2\|v\|^2}{s_1^2}",
        given=_given,
        then=_growth(10),
        mutants={"decay": Mutant(then=_growth(-10, -50), witness=_aligned)},
        slack_as=(growth_slack(2),),
        uses=("xu23a/eq-49",),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-50/sharp",
        title="the same steps give 8nη",
        given=_given,
        then=_growth(8),
        slack_as=(growth_slack(0),),
        mutants={"decay": Mutant(then=_growth(-8, -50), witness=_aligned)},
        note="½ in place of 1 before Σ_j sin²θ_j, as 2 sin θ_i sin θ_j ≤ sin²θ_i + sin²θ_j",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/V-recursion",
        title="V plus the noise floor grows geometrically",
        label="p. 28 display (V)",
        page="28",
        printed=r"V(t+1)+\tfrac{5\eta\|v\|^2}{s_1^2}\le(1+10n\eta)\Big(V(t)+\tfrac{5\eta\|v\|^2}{s_1^2}\Big)",
        given=_given_50,
        then=AtMost(after_step(_V) + _noise, (1 + 10 * n * eta) * (_V + _noise)),
        slack_as=(_hypothesis_50.slack,),
        mutants={"without the noise": Mutant(then=AtMost(after_step(_V) + _noise, (1 - 10 * n * eta) * (_V + _noise)))},
        uses=("xu23a/eq-50", "xu23a/eq-35"),
        note="under (50); the two are the same inequality",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/V-recursion/end-bound",
        title="V is at most ε_2²/16 at the end of Phase 2",
        label="p. 28, last line of the proof",
        page="28",
        printed=r"e^{10n\eta(T_2-T_1)}3n\epsilon_1^2\le\epsilon_2^2/16",
        given=_box,
        then=_end(10),
        mutants={"the ceiling estimated by 3/2": Mutant(then=_end(15))},
        note="ε_1 = cε_2⁶n^{−1/2}, c ≤ 1 and nη(T_2 − T_1) ≤ ln(1/36ε_2) + nη; ε_2 from 10⁻⁶ on, but the left "
        "side does not "
        "depend on it",
        expected=Verdict.CERTIFIED,
    ),
)
