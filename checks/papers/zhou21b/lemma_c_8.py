"""Lemma C.8, pp. 38–39: the sign of h(τ, φ) = 4T(τ, cot φ) − 1 + 2φ/π + τ/√(2π) erf(τ cot φ/√2), T Owen's function.

With κ = cot φ, φ = π/2 − arctan κ ∈ (0, π/2]; at φ = 0 all statements are limits κ → ∞.
"""

from sympy import Expr, Rational, Symbol, atan, cos, diff, erf, exp, oo, pi, sin, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Point
from checks.relation import All, AtLeast, AtMost, Equal
from checks.verdict import Verdict
from theory.owen import owens_t

_tau, _phi, _kappa = (Symbol(name, real=True) for name in ("tau", "phi", "kappa"))


def _h(kappa: Expr) -> Expr:
    """h at φ = arccot κ."""
    angular = -2 * atan(kappa) / pi  # −1 + 2φ/π
    return 4 * owens_t(_tau, kappa) + angular + _tau / sqrt(2 * pi) * erf(_tau * kappa / sqrt(2))


def _square(end: Expr, cotangent: Expr) -> Box:
    """0 ≤ τ ≤ end and cot φ ≥ cotangent."""
    return Box(variables={_tau: (0, end), _kappa: (cotangent, oo)})


_general = _h(_kappa)
# First in κ; where it is smallest branch and bound in τ, then three derivatives in τ.
_along = ((_kappa, ()), _tau, _tau, _tau)
_half, _nine_fifths = Rational(1, 2), Rational(9, 5)

_cot = cos(_phi) / sin(_phi)
_printed = 4 * owens_t(_tau, _cot) - 1 + 2 * _phi / pi + _tau / sqrt(2 * pi) * erf(_tau * _cot / sqrt(2))
# With dφ = −dκ/(1 + κ²) and 1/sin²φ = 1 + κ².
_by_phi = -(1 + _kappa**2) * diff(_h(_kappa), _kappa)
_narrow, _wide = exp(-(_tau**2) * _kappa**2 / 2), exp(-(_tau**2) / 2)
_h1 = 2 - 2 * exp(-(_tau**2) * (1 + _kappa**2) / 2) - _tau**2 * (1 + _kappa**2) * _narrow
_bracket = 2 * exp(-(_tau**2) / 2) - 2 + _tau**2 * _kappa**2
_slope_of_h1 = _tau * (1 + _kappa**2) * exp(-(_tau**2) * _kappa**2 / 2) * _bracket

_at_three = diff(_h(Rational(3)), _tau)
_polynomial = -3 * _tau**3 / (2 * pi) + 207 * _tau**5 / (8 * pi)
_quarter = Box(variables={_tau: (0, Rational(1, 10)), _phi: (0, pi / 4)})
_leading = _tau**4 / (4 * pi) * (_kappa - _kappa**3 / 3)
_remainder = _tau**6 * _kappa * (1 + _kappa**4) / 10

CLAIMS = (
    Claim(
        id="zhou21b/lemma-C.8",
        title="h(τ, φ) ≤ 0 for 0 ≤ τ ≤ 1/2 and 0 < φ ≤ 1/2",
        label="Lemma C.8",
        page="38",
        printed=r"h(\tau,\phi)=4\,\mathrm{OwenT}(\tau,\cot\phi)-1+\frac{2\phi}\pi+\frac\tau{\sqrt{2\pi}}"
        r"\operatorname{erf}\Big(\frac{\tau\cot\phi}{\sqrt2}\Big)\le0\quad\text{for }0\le\tau,\phi\le c",
        given=_square(_half, _nine_fifths),
        then=AtMost(_general, 0),
        options={"along": _along},
        mutants={"up to φ = π/4": Mutant(given=_square(_half, Rational(1)))},
        uses=(
            "zhou21b/lemma-C.8-derivatives",
            "zhou21b/lemma-C.8-derivatives-sign",
            "zhou21b/lemma-C.8-derivatives-phi0",
            "zhou21b/lemma-C.8-proof-range",
        ),
        note="c = 1/2; κ = cot φ ≥ 9/5 reaches up to φ = 0.507",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.8/reduced",
        title="h(τ, φ) ≤ 0 at cot φ = 9/5, one variable",
        label="Lemma C.8",
        page="38",
        given=Box(variables={_tau: (0, _half)}),
        then=AtMost(_h(_nine_fifths), 0),
        contact={_tau: (0, 4)},
        mutants={"at cot φ = 17/10": Mutant(then=AtMost(_h(Rational(17, 10)), 0))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.8/sharp",
        title="h(τ, φ) ≤ 0 for 0 ≤ τ ≤ 0.516 and 0 < φ ≤ 0.516",
        label="Lemma C.8",
        page="38",
        given=_square(Rational(516, 1000), Rational(44, 25)),
        then=AtMost(_general, 0),
        options={"along": _along},
        mutants={"up to 0.518": Mutant(given=_square(Rational(518, 1000), Rational(1755, 1000)))},
        note="κ ≥ 1.76 reaches up to φ = 0.5167…; the largest c is 0.51724…, where h(c, c) = 0",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.8/expansion",
        title="h(τ, φ) = (cot φ − cot³φ/3) τ⁴/(4π) + O(τ⁶)",
        label="Lemma C.8",
        page="38",
        given=Box(variables={_tau: (0, Rational(1, 2)), _kappa: (0, 2)}),
        then=All(AtMost(_general, _leading + _remainder), AtMost(_leading - _remainder, _general)),
        options={"along": (_tau, _kappa)},
        mutants={"other sign of the cube": Mutant(then=AtMost(_general, -_leading + _remainder))},
        note="remainder at most (cot φ + cot⁵φ) τ⁶/10; the leading coefficient is negative for φ < π/6 alone",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.8-proof-range",
        title="h(τ, φ) ≤ 0 for τ ≤ c and φ ≤ π/4, as printed",
        label="p. 39, last sentence",
        page="39",
        printed=r"h(\tau,\phi)\le h(\tau,\phi_0)\le0\quad\text{when }\tau\le c\text{ and }\phi\le\frac\pi4",
        given=_quarter,
        then=AtMost(_printed, 0),
        witness=Point.of(tau="1/10", phi=pi / 4),
        mutants={"strictly below": Mutant(then=AtMost(_printed, -_tau))},
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="proof step",
            what="the range is φ ≤ φ_0 = arccot 3, not φ ≤ π/4: h(τ, π/4) is positive for every τ > 0",
            reader="T(τ, 1) = (1 − e²)/8 with e = erf(τ/√2), so h(τ, π/4) = e (τ/√(2π) − e/2), and e < τ√(2/π); "
            "at τ = 1/10 it is 5.29·10⁻⁶",
            mend="zhou21b/lemma-C.8-proof-range/corrected",
            charity="the same page introduces φ_0 correctly; the lemma asks for small φ only and stands",
        ),
    ),
    Claim(
        id="zhou21b/lemma-C.8-proof-range/corrected",
        title="h(τ, φ) ≤ h(τ, φ_0) ≤ 0 for τ ≤ 6/25 and φ ≤ φ_0 = arccot 3",
        label="p. 39, mended",
        page="39",
        given=_square(Rational(6, 25), Rational(3)),
        then=All(AtMost(_general, _h(Rational(3))), AtMost(_h(Rational(3)), 0)),
        options={"along": [_along, ()]},
        mutants={"half of h at φ_0": Mutant(then=AtMost(_general, 2 * _h(Rational(3))))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.8-derivatives",
        title="∂h/∂φ = h_1/π, and the derivative of h_1 in τ",
        label="p. 39",
        page="39",
        printed=r"\frac{dh}{d\phi}=\frac1\pi\Big(2-2e^{-\frac{\tau^2}{2\sin^2\phi}}-\frac{\tau^2}{\sin^2\phi}"
        r"e^{-\frac{\tau^2\cot^2\phi}2}\Big)=\frac1\pi h_1,\ \frac{dh_1}{d\tau}=\frac\tau{\sin^2\phi}"
        r"e^{-\frac{\tau^2\cot^2\phi}2}\big(2e^{-\frac{\tau^2}2}-2+\tau^2\cot^2\phi\big)",
        given=Box(variables={_tau: (0, 3), _kappa: (0, 10)}),
        then=All(Equal(_by_phi, _h1 / pi), Equal(diff(_h1, _tau), _slope_of_h1)),
        mutants={
            "half": Mutant(then=Equal(_by_phi, _h1 / (2 * pi))),
            "without τ² cot²φ": Mutant(then=Equal(diff(_h1, _tau), _tau * (1 + _kappa**2) * _narrow * (2 * _wide - 2))),
        },
        note="in κ = cot φ, with dφ = −dκ/(1 + κ²) and 1/sin²φ = 1 + κ²",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-C.8-derivatives-sign",
        title="the derivative of h_1 in τ is ≥ 0 for φ ≤ π/4",
        label="p. 39",
        page="39",
        printed=r"\frac{dh_1}{d\tau}\ge\frac\tau{\sin^2\phi}e^{-\frac{\tau^2\cot^2\phi}2}\tau^2(\cot^2\phi-1)\ge0"
        r"\quad\text{for }\phi\le\frac\pi4",
        given=_square(oo, Rational(1)),
        then=All(
            AtLeast(_bracket, _tau**2 * (_kappa**2 - 1)),
            AtLeast(_tau**2 * (_kappa**2 - 1), 0),
            AtLeast(_slope_of_h1, 0),
        ),
        options={"along": (_kappa, _tau, _tau)},
        mutants={"beyond π/4": Mutant(given=_square(oo, Rational(1, 2)))},
        note="κ = cot φ ≥ 1 and 1/sin²φ = 1 + κ², for every τ ≥ 0",
        uses=("zhou21b/lemma-C.8-derivatives",),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.8-derivatives-phi0",
        title="at φ_0 = arccot 3 the derivative of h in τ is at most −3τ³/(2π) + 207τ⁵/(8π) ≤ 0 for τ ≤ 6/25",
        label="p. 39",
        page="39",
        printed=r"\frac{dh(\tau,\phi_0)}{d\tau}\le\dots=-\frac3{2\pi}\tau^3+\frac{207}{8\pi}\tau^5\le0",
        given=Box(variables={_tau: (0, Rational(6, 25))}),
        then=All(AtMost(_at_three, _polynomial), AtMost(_polynomial, 0)),
        contact={_tau: (0, 3)},
        mutants={
            "five times the cube": Mutant(then=AtMost(_at_three, -15 * _tau**3 / (2 * pi))),
            "up to 1/4": Mutant(given=Box(variables={_tau: (0, Rational(1, 4))})),
        },
        erratum=Erratum(
            weight="typo",
            what="the coefficient of τ⁵ is printed with cot³φ for cot³φ_0",
            reader="φ does not occur in a function of τ alone",
            mend="cot⁵φ_0/(8π) − cot³φ_0/(6π) = 207/(8π) at cot φ_0 = 3",
        ),
        expected=Verdict.CERTIFIED,
    ),
)
