"""One-variable trigonometric inequalities that the proofs use, pp. 21–37."""

from sympy import Rational, Symbol, cos, pi, sin, sqrt

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.papers.xu23a._setting import S, angle_variable
from checks.reduction.inherited import slack_of
from checks.relation import All, AtLeast, AtMost, Below
from checks.verdict import Verdict

_t, _s = angle_variable, Symbol("s", real=True)
_all = Box(variables={_t: (0, pi)})
_upto_two_thirds = Box(variables={_t: (0, 2 * pi / 3)})
_profile = (pi - _t) * cos(_t) + sin(_t)

CLAIMS = (
    Claim(
        id="xu23a/trig-S",
        title="θ³/π² ≤ sin θ − θ cos θ ≤ θ³/3",
        label="p. 32",
        page="32",
        printed=r"|\sin\theta-\theta\cos\theta|=O(\theta^3)",
        given=_all,
        then=All(AtLeast(S(_t), _t**3 / pi**2), AtMost(S(_t), _t**3 / 3)),
        contact={_t: (0, 3)},
        mutants={
            "larger lower constant": Mutant(then=AtLeast(S(_t), _t**3 / 9)),
            "smaller upper constant": Mutant(then=AtMost(S(_t), 33 * _t**3 / 100)),
        },
        note="both constants are attained, at θ = π and as θ → 0",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/trig-S/taylor",
        title="θ³/3 − θ⁵/30 ≤ sin θ − θ cos θ",
        given=_all,
        then=AtLeast(S(_t), _t**3 / 3 - _t**5 / 30),
        contact={_t: (0, 7)},
        mutants={"smaller fifth-order term": Mutant(then=AtLeast(S(_t), _t**3 / 3 - _t**5 / 31))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/trig-2theta",
        title="2θ³/π² ≤ 2θ − sin 2θ ≤ 4θ³/3",
        label="p. 31",
        page="31",
        printed=r"2\theta-\sin2\theta\ \text{is of order}\ \theta^3",
        given=_all,
        then=All(AtMost(2 * _t - sin(2 * _t), 4 * _t**3 / 3), AtLeast(2 * _t - sin(2 * _t), 2 * _t**3 / pi**2)),
        contact={_t: (0, 3)},
        mutants={
            "smaller upper constant": Mutant(then=AtMost(2 * _t - sin(2 * _t), 13 * _t**3 / 10)),
            "larger lower constant": Mutant(then=AtLeast(2 * _t - sin(2 * _t), 21 * _t**3 / 100)),
        },
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/trig-half",
        title="sin θ ≥ sin(θ/2) up to θ = 2π/3",
        label="p. 23",
        page="23",
        printed=r"\sin\theta\ge\sin\tfrac\theta2,\quad\theta\in[0,\tfrac{2\pi}3]",
        given=_upto_two_thirds,
        then=AtLeast(sin(_t), sin(_t / 2)),
        mutants={"farther": Mutant(given=Box(variables={_t: (0, 7 * pi / 10)}))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/mono-trig",
        title="(π − θ) cos θ + sin θ decreases on [0, π]",
        label="p. 21",
        page="21",
        printed=r"(\pi-\theta)\cos\theta+\sin\theta\ \text{is decreasing on}\ [0,\pi]",
        given=_all,
        then=AtMost(_profile.diff(_t), 0),
        mutants={"faster": Mutant(then=AtMost(_profile.diff(_t), -_t / 2))},
        note="the derivative is −(π − θ) sin θ",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/mono-trig/value",
        title="its value at 2π/3 exceeds 1/12",
        given=Box(variables={_t: (0, 2 * pi / 3)}),
        then=All(Below(Rational(1, 12), _profile), AtLeast(_profile, sqrt(3) / 2 - pi / 6)),
        mutants={"one third": Mutant(then=Below(Rational(35, 100), _profile))},
        note="√3/2 − π/6 = 0.3424…, the value at θ = 2π/3",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/mono-trig/largest",
        title="its largest value is π, at θ = 0",
        given=_all,
        then=AtMost(_profile, pi),
        contact={_t: (0, 2)},
        mutants={"three": Mutant(then=AtMost(_profile, 3))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/trig-half/cosine",
        title="cos(θ/2) ≥ 0 up to θ = π",
        given=_all,
        then=AtLeast(cos(_t / 2), 0),
        contact={_t: (pi, 1)},
        mutants={"a hundredth": Mutant(then=AtLeast(cos(_t / 2), Rational(1, 100)))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/trig-half/sine",
        title="sin θ ≥ 0 up to θ = π",
        given=_all,
        then=AtLeast(sin(_t), 0),
        slack_as=(
            2 * slack_of("xu23a/trig-half/cosine", at={_t: _t}) * slack_of("xu23a/trig-half/cosine", at={_t: pi - _t}),
        ),
        mutants={"farther": Mutant(given=Box(variables={_t: (0, Rational(16, 5))}))},
        note="sin θ = 2 cos(θ/2) cos(π/2 − θ/2)",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/trig-half/range",
        title="(θ − s)/2 ≤ π for two angles",
        given=Box(variables={_t: (0, pi), _s: (0, pi)}),
        then=AtMost((_t - _s) / 2, pi),
        mutants={"a quarter": Mutant(then=AtMost((_t - _s) / 2, pi / 4))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/lemma-3-angle",
        title="|cos θ| ≤ ½ for θ between π/3 and 2π/3, and only there",
        label="p. 37",
        page="37",
        printed=r"|\cos\theta|\le\tfrac12\iff\theta\in[\tfrac\pi3,\tfrac{2\pi}3]",
        given=_all,
        # Both directions at once: ½ − |cos θ| and (θ − π/3)(2π/3 − θ) have the same sign, so their product is ≥ 0.
        then=AtLeast((Rational(1, 4) - cos(_t) ** 2) * (_t - pi / 3) * (2 * pi / 3 - _t), 0),
        mutants={
            "wider": Mutant(then=AtLeast((Rational(1, 4) - cos(_t) ** 2) * (_t - 3 * pi / 10) * (2 * pi / 3 - _t), 0))
        },
        expected=Verdict.CERTIFIED,
    ),
)
