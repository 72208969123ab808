"""Page 26: h(φ) = ⟨|w*·x| − g, |w·x|⟩ on the slab does not increase with φ.

In κ = cot φ, with dφ = −dκ/(1 + κ²).  P_0 = erf(τ/√2) > 0 multiplies the statements.
"""

from sympy import Rational, atan, diff, erf, exp, oo, pi, sin, sqrt

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.papers.zhou21b._slab import by_cotangent, correlation, kappa, mean, moment, phi, tau
from checks.papers.zhou21b.lemma_9_h1 import h1
from checks.relation import All, AtMost, Equal
from checks.verdict import Verdict
from theory.owen import owens_t

_p0, _p1, _p2 = (moment(order, tau) for order in range(3))
_sine = by_cotangent(sin(phi))
_gauss, _ratio = exp(-(tau**2) / 2), erf(tau * kappa / sqrt(2)) / (pi * _p0)
# T(0, κ) = arctan κ/(2π).
_correlation = by_cotangent(correlation(tau)).xreplace({owens_t(0, kappa): atan(kappa) / (2 * pi)})
_h = _correlation - _p1 / _p0 * by_cotangent(mean(tau))
_by_phi = -(1 + kappa**2) * diff(_h, kappa)
_angular = 4 * owens_t(tau, kappa) - 2 * atan(kappa) / pi
_bracket = 2 * _gauss * (_gauss - 1) + sqrt(2 * pi) * _gauss * tau * _p0
_h2 = _angular + tau / sqrt(2 * pi) * erf(tau * kappa / sqrt(2))

# h′ P_0/sin φ; three derivatives in κ, and branch and bound in τ where κ = 0.
_slope = h1 * erf(tau * kappa / sqrt(2)) / pi + _p0 * _h2
_along = {"along": ((kappa, ()),) * 3}


def _box(end):  # type: ignore[no-untyped-def]
    return Box(variables={tau: (0, end), kappa: (0, oo)})


CLAIMS = (
    Claim(
        id="zhou21b/lemma-9-hprime",
        title="the derivative of h in φ",
        label="p. 26, h'",
        page="26",
        printed=r"h'(\phi)=\Big(\big(2e^{-\tau^2/2}(e^{-\tau^2/2}-1)+\sqrt{2\pi}e^{-\tau^2/2}\tau\operatorname{erf}"
        r"\big(\tfrac\tau{\sqrt2}\big)\big)\frac{\operatorname{erf}(\frac{\tau\cot\phi}{\sqrt2})}{\pi\operatorname{erf}"
        r"(\frac\tau{\sqrt2})}+4\,\mathrm{OwenT}(\tau,\cot\phi)-1+\frac{2\phi}\pi\Big)\sin\phi",
        given=Box(variables={tau: (Rational(1, 100), 3), kappa: (0, 20)}),
        then=All(
            Equal(_by_phi, (_bracket * _ratio + _angular) * _sine),
            Equal(_by_phi, (h1 * _ratio + _h2) * _sine),
        ),
        options={"along": ()},
        mutants={
            "without sin φ": Mutant(then=Equal(_by_phi, _bracket * _ratio + _angular)),
            "twice Owen's function": Mutant(then=Equal(_by_phi, (_bracket * _ratio + 2 * _angular) * _sine)),
        },
        because=("zhou21b/lemma-9-eq9", "zhou21b/lemma-9-eq10", "zhou21b/lemma-9-iii"),
        uses=("zhou21b/lemma-9-eq9", "zhou21b/lemma-9-eq10"),
        note="both lines of the display; −1 + 2φ/π = −(2/π) arctan κ",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-9-monotone",
        title="h does not increase in φ, so that h(φ) ≤ h(0), for τ ≤ 1 and every φ",
        label="p. 26, h(phi) <= h(0)",
        page="26",
        printed=r"\langle|\bar w^{*\top}x|-g,|w^\top x|\rangle_S\le\langle|\bar w^{*\top}x|-g,|\bar w^{*\top}x|\rangle_S"
        r"\quad\text{when }\tau\le\min\{c,c^2\}",
        given=_box(1),
        then=AtMost(_slope, 0),
        options=_along,
        mutants={"h_1 dropped": Mutant(then=AtMost(_p0 * _h2, 0))},
        because=("zhou21b/lemma-9-hprime",),
        uses=(
            "zhou21b/lemma-9-hprime",
            "zhou21b/lemma-9-h1",
            "zhou21b/lemma-C.8",
            "zhou21b/lemma-9-iv-moments",
            "zhou21b/lemma-9-iv-moments-student",
        ),
        note="h′ ≤ 0 on (0, π/2], with φ = arccot κ; h is continuous at 0",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-monotone/sharp",
        title="h does not increase in φ for τ ≤ 2 and every φ",
        label="p. 26, h(phi) <= h(0)",
        page="26",
        given=_box(2),
        then=AtMost(_slope, 0),
        options=_along,
        mutants={"h_1 dropped": Mutant(then=AtMost(_p0 * _h2, 0))},
        because=("zhou21b/lemma-9-hprime",),
        note="no smallness is needed on this range",
        expected=Verdict.CERTIFIED,
    ),
)
