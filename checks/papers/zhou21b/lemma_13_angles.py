"""Lemma 13, pp. 44–45: one- and two-variable bounds on I_3 and on the angle φ."""

from sympy import Rational, Symbol, atan, cos, pi, sin, sqrt

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.relation import All, AtMost
from checks.verdict import Verdict
from theory.heads import magnitude

_phi, _s, _t = Symbol("phi", real=True), Symbol("s", real=True), Symbol("theta", real=True)
_cap = _phi - sin(2 * _phi) / 2
_all = Box(variables={_phi: (0, pi)})

# ‖w‖ = 1, ‖u‖ = s ≤ 1/4: I_3 = (B φ − x y)/π, φ = arctan(y/x), with x = 1 + 2 s cos θ, y = s sin θ, B = x² + y².
_x, _y = 1 + 2 * _s * cos(_t), _s * sin(_t)
_above = 2 * (_x**2 + _y**2) * sin(_t) ** 3 / (3 * pi * _x**3)
_third = ((_x**2 + _y**2) * atan(_y / _x) - _x * _y) / pi
_near = Box(variables={_s: (0, Rational(1, 4)), _t: (0, pi)})

# ‖u‖ = 1, ‖w‖ = s ≤ 4.
_beta = _s**2 * ((_s + 2 * cos(_t)) ** 2 + sin(_t) ** 2)
_far = Box(variables={_s: (0, 4), _t: (0, pi), _phi: (0, pi)})
_r = Symbol("r", real=True)
_x_far = _r + 2 * cos(_t)
_length = sqrt(_x_far**2 + sin(_t) ** 2)
_acute = 32 * _r**4 * _length * (_length - magnitude(_x_far)) ** 3 / (9 * pi**2)
_share = Symbol("t", real=True)
_cosine = _r / 2 + _share * (1 - _r / 2)

CLAIMS = (
    Claim(
        id="zhou21b/lemma-13-I3-upper",
        title="φ − sin φ cos φ ≤ φ³",
        label="p. 44",
        page="44",
        printed=r"I_3=\tfrac{\|\beta\|^2}{\pi}(\phi-\sin\phi\cos\phi)\le\tfrac{\|\beta\|^2}{\pi}\phi^3",
        given=_all,
        then=AtMost(_cap, _phi**3),
        contact={_phi: (0, 3)},
        mutants={"half": Mutant(then=AtMost(_cap, _phi**3 / 2))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-13-I3-upper/sharp",
        title="φ − sin φ cos φ ≤ 2φ³/3",
        label="p. 44",
        page="44",
        given=_all,
        then=AtMost(_cap, 2 * _phi**3 / 3),
        contact={_phi: (0, 5)},
        mutants={"smaller": Mutant(then=AtMost(_cap, 66 * _phi**3 / 100))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-13-cos",
        title="cos φ ≤ 1 − φ²/5 on [0, π]",
        label="p. 45",
        page="45",
        printed=r"\cos\phi\le1-\tfrac{\phi^2}{5}",
        given=_all,
        then=AtMost(cos(_phi), 1 - _phi**2 / 5),
        contact={_phi: (0, 2)},
        mutants={"a quarter": Mutant(then=AtMost(cos(_phi), 1 - _phi**2 / 4))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-13-cos/sharp",
        title="the constant may be 0.2026 < 2/π²",
        label="p. 45",
        page="45",
        given=_all,
        then=AtMost(cos(_phi), 1 - Rational(2026, 10000) * _phi**2),
        contact={_phi: (0, 2)},
        mutants={"0.2027": Mutant(then=AtMost(cos(_phi), 1 - Rational(2027, 10000) * _phi**2))},
        note="2/π² = 0.20264… is attained at φ = π",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-13-cases-1/reduced",
        title="I_3 ≤ 4 s³ for ‖w‖ = 1, ‖u‖ = s ≤ 1/4",
        label="p. 45, first case",
        page="45",
        given=_near,
        then=AtMost(_third, 4 * _s**3),
        contact={_s: (0, 3)},
        mutants={"a tenth": Mutant(then=AtMost(_third, _s**3 / 10))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-13-cases-1/sharp",
        title="I_3 ≤ s³/4 for ‖w‖ = 1, ‖u‖ = s ≤ 1/4",
        label="p. 45, first case",
        page="45",
        given=_near,
        then=AtMost(_above, Rational(1, 4)),
        because=("zhou21b/lemma-13-I3-upper/sharp",),
        mutants={"0.2": Mutant(then=AtMost(_above, Rational(1, 5)))},
        note="for the bound 2 B (y/x)³/(3π) of I_3, divided by s³, as φ = arctan(y/x) ≤ y/x; the best constant of I_3 is "
        "0.2188…, at s = 1/4",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-13-cases-2/reduced",
        title="I_3 ≤ 592/π · 10^{3/2} for ‖u‖ = 1, ‖w‖ ≤ 4",
        label="p. 45, second case",
        page="45",
        given=_far,
        then=All(AtMost(_beta, 592), AtMost(_beta * _cap, 592 * 10 ** Rational(3, 2))),
        mutants={"500": Mutant(then=AtMost(_beta, 500))},
        note="π I_3 = ‖β‖² (φ − sin φ cos φ), for every φ in [0, π]",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-13-I3-upper/half-angle",
        title="φ − sin φ cos φ ≤ (16/3) sin³(φ/2)",
        label="p. 44",
        page="44",
        given=_all,
        then=AtMost(_cap, 16 * sin(_phi / 2) ** 3 / 3),
        contact={_phi: (0, 5)},
        mutants={"5 for 16/3": Mutant(then=AtMost(_cap, 5 * sin(_phi / 2) ** 3))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-13-cases/reduced",
        title="I_3 ≤ s³ for ‖w‖ = 1, ‖u‖ = s ≤ 1/4",
        label="p. 45",
        page="45",
        given=_near,
        then=AtMost(_third, _s**3),
        contact={_s: (0, 3)},
        mutants={"a tenth": Mutant(then=AtMost(_third, _s**3 / 10))},
        note="the first case with the constant 1 of max(‖w‖‖u‖³, ‖u‖⁴); the second is zhou21b/lemma-13-cases/acute and /obtuse",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-13-cases/acute",
        title="I_3 ≤ ‖u‖⁴ where ‖w‖ ≤ 4‖u‖ and the angle φ is acute",
        label="p. 45",
        page="45",
        given=Box(variables={_r: (0, 4), _t: (0, pi)}),
        then=AtMost(_acute, 1),
        because=("zhou21b/lemma-13-I3-upper/half-angle",),
        mutants={"half": Mutant(then=AtMost(_acute, Rational(1, 2)))},
        note="‖u‖ = 1, ‖w‖ = r ≤ 4; the square of the bound (16/(3π)) ‖β‖² sin³(φ/2) of I_3, with |cos φ| for cos φ",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-13-cases/obtuse",
        title="I_3 ≤ ‖β‖² ≤ ‖u‖⁴ where the angle φ is obtuse",
        label="p. 45",
        page="45",
        given=Box(variables={_r: (0, 2), _share: (0, 1)}),
        then=AtMost(_r**2 * (_r**2 - 4 * _r * _cosine + 1 + 3 * _cosine**2), 1),
        slack_as=(
            _share * (1 - _r) ** 2 * (1 + 2 * _r * (1 - _r / 2))
            + (1 - _share) * (1 - _r**2 / 2) ** 2
            + 3 * _r**2 * _share * (1 - _share) * (1 - _r / 2) ** 2,
        ),
        mutants={
            "nine tenths": Mutant(then=AtMost(_r**2 * (_r**2 - 4 * _r * _cosine + 1 + 3 * _cosine**2), Rational(9, 10)))
        },
        note="‖u‖ = 1, ‖w‖ = r, −cos θ = r/2 + t (1 − r/2): this is where ⟨β, w⟩ ≤ 0, and φ − sin φ cos φ ≤ π; "
        "with equality at u = −w",
        expected=Verdict.PROVED,
    ),
)
