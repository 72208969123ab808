"""Lemma 13, pp. 44–45: one- and two-variable bounds on I_3 and on the angle φ."""

from sympy import Rational, Symbol, atan, cos, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.relation import All, AtMost
from checks.verdict import Verdict

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
_beta_far = _r**2 * ((_r + 2 * cos(_t)) ** 2 + sin(_t) ** 2)

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
        id="zhou21b/lemma-13-cases/reduced",
        title="I_3 ≤ 592 max(‖w‖‖u‖³, ‖u‖⁴) in both cases",
        label="p. 45",
        page="45",
        given=Box(variables={_s: (0, Rational(1, 4)), _t: (0, pi), _r: (0, 4), _phi: (0, pi)}),
        then=All(AtMost(_third, 592 * _s**3), AtMost(_beta_far * _cap / pi, 592)),
        contact={_s: (0, 3)},
        mutants={"a tenth": Mutant(then=AtMost(_third, _s**3 / 10))},
        note="‖w‖ = 1, ‖u‖ = s ≤ 1/4 in the first case, ‖u‖ = 1, ‖w‖ = r ≤ 4 and any φ in the second; max(s³, s⁴) = s³",
        expected=Verdict.CERTIFIED,
    ),
)
