"""Lemma 13, pp. 44–45: one- and two-variable bounds on I_3 and on the angle φ."""

from sympy import Rational, Symbol, atan, cos, pi, sin, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Point
from checks.relation import AtMost
from checks.verdict import Verdict

_phi, _s, _t = Symbol("phi", real=True), Symbol("s", real=True), Symbol("theta", real=True)
_cap = _phi - sin(2 * _phi) / 2
_all = Box(variables={_phi: (0, pi)})

# w = e_1, u = s e_2: α = ρ β with β = (1, s), ρ = √(1 + s²), φ = arctan s.
_slope = Box(variables={_s: (0, 1)})
_rho = sqrt(1 + _s**2)
_i3 = ((1 + _s**2) * atan(_s) - _s) / pi
_left = _rho**2 * (_rho - 1) ** 2 + 4 * _rho * _i3
_linear = 2 * _rho**2 * (_rho - 1) ** 2

# ‖w‖ = 1, ‖u‖ = s ≤ 1/4: I_3 = (B φ − x y)/π with x = 1 + 2 s cos θ, y = s sin θ, B = x² + y².
_x, _y = 1 + 2 * _s * cos(_t), _s * sin(_t)
# φ = arctan(y/x) ≤ y/x, so that I_3 ≤ 2 B (y/x)³ / (3 π); divided by s³.
_first = 2 * (_x**2 + _y**2) * sin(_t) ** 3 / (3 * pi * _x**3)
_near = Box(variables={_s: (0, Rational(1, 4)), _t: (0, pi)})

# ‖u‖ = 1, ‖w‖ = s ≤ 4.
_beta = _s**2 * ((_s + 2 * cos(_t)) ** 2 + sin(_t) ** 2)
_far = Box(variables={_s: (0, 4), _t: (0, pi)})

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
        id="zhou21b/lemma-13-I3-display",
        title="‖I_j‖² ≤ 2‖α − β‖² + 2 I_3 for w = e_1, u = s e_2, as printed",
        label="p. 44, display",
        page="44",
        printed=r"\|I_j\|^2\le2\|\alpha-\beta\|^2+2I_3",
        given=_slope,
        then=AtMost(_left, _linear + 2 * _i3),
        witness=Point.of(s="1/10"),
        mutants={"without I_3": Mutant(then=AtMost(_left, _linear))},
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="constant",
            what="the square of a difference of two signs is 4 on its support: 8 I_3, not 2 I_3",
            reader="w = e_1, u = e_2/10: 8.7649·10⁻⁴ against 4.7382·10⁻⁴",
            mend="zhou21b/lemma-13-I3-display/corrected",
            charity="only constants of Lemma 13 change",
        ),
    ),
    Claim(
        id="zhou21b/lemma-13-I3-display/corrected",
        title="‖I_j‖² ≤ 2‖α − β‖² + 8 I_3 for w = e_1, u = s e_2",
        label="p. 44, display, mended",
        page="44",
        given=_slope,
        then=AtMost(_left, _linear + 8 * _i3),
        contact={_s: (0, 3)},
        mutants={"with 3": Mutant(then=AtMost(_left, _linear + 3 * _i3))},
        note="the family of the counterexample; in general it is ‖x + y‖² ≤ 2‖x‖² + 2‖y‖²",
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
        then=AtMost(_first, 4),
        because=("zhou21b/lemma-13-I3-upper/sharp",),
        mutants={"a tenth": Mutant(then=AtMost(_first, Rational(1, 10)))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-13-cases-1/sharp",
        title="I_3 ≤ s³/4 for ‖w‖ = 1, ‖u‖ = s ≤ 1/4",
        label="p. 45, first case",
        page="45",
        given=_near,
        then=AtMost(_first, Rational(1, 4)),
        because=("zhou21b/lemma-13-I3-upper/sharp",),
        mutants={"0.2": Mutant(then=AtMost(_first, Rational(1, 5)))},
        note="the best constant is 0.2188…, at s = 1/4",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-13-cases-2/reduced",
        title="‖β‖² ≤ 592 for ‖u‖ = 1, ‖w‖ ≤ 4",
        label="p. 45, second case",
        page="45",
        printed=r"\|\beta\|^2\le592\|u\|^4",
        given=_far,
        then=AtMost(_beta, 592),
        mutants={"500": Mutant(then=AtMost(_beta, 500))},
        note="with φ ≤ π it gives I_3 ≤ 592 ‖u‖⁴",
        expected=Verdict.CERTIFIED,
    ),
)
