"""(8), (9) and (10), pp. 22–23: the inner integral of Lemma 9 and the integrals over the slab, by antiderivatives."""

from sympy import Rational, Symbol, cos, diff, erf, exp, pi, sin, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box
from checks.papers.zhou21b._slab import by_cotangent, correlation, cot, inner, kappa, mean, phi, tau
from checks.relation import All, Equal
from checks.verdict import Verdict

_x, _y = Symbol("x", real=True), Symbol("y", real=True)
_angles = (Rational(1, 100), pi / 2)
_box = Box(variables={tau: (0, 5), kappa: (0, 100)})
# An antiderivative of (x cos φ + y sin φ) e^{−y²/2} in y; it tends to ∓x cos φ √(π/2) at ∓∞.
_density = (_x * cos(phi) + _y * sin(phi)) * exp(-(_y**2) / 2)
_primitive = _x * cos(phi) * sqrt(pi / 2) * erf(_y / sqrt(2)) - sin(phi) * exp(-(_y**2) / 2)
_at_kink = _primitive.subs(_y, -_x * cot)

# In κ = cot φ, so that 1/sin²φ = 1 + κ².
_correlation, _mean, _inner, _sine = (
    by_cotangent(tree) for tree in (correlation(tau), mean(tau), inner(tau), sin(phi))
)
_weight = exp(-(tau**2) / 2)
_narrow = exp(-(tau**2) * (1 + kappa**2) / 2)
_first = kappa * _sine / sqrt(2 * pi) * tau * _weight * erf(tau * kappa / sqrt(2))
_wrong = exp(-(tau**2) / (2 * (1 + kappa**2)))
_wording = Erratum(
    weight="wording",
    what="the exponent printed as x²/2 sin²φ means x²/(2 sin²φ)",
    reader="e^{−x²/2} e^{−x² cot²φ/2} = e^{−x²/(2 sin²φ)}",
    mend="write e^{−x²/(2 sin²φ)}",
)

CLAIMS = (
    Claim(
        id="zhou21b/lemma-9-eq8",
        title="the integral of |x cos φ + y sin φ| e^{−y²/2} over y, by its antiderivative",
        label="(8)",
        page="22",
        printed=r"\int_{-\infty}^\infty|x_1\cos\phi+x_2\sin\phi|e^{-x_2^2/2}dx_2=\sqrt{2\pi}x_1\cos\phi\,"
        r"\operatorname{erf}\Big(\frac{x_1\cot\phi}{\sqrt2}\Big)+2\sin\phi\,e^{-x_1^2\cot^2\phi/2}",
        given=Box(variables={_x: (-5, 5), _y: (-5, 5), phi: _angles}),
        then=All(Equal(diff(_primitive, _y), _density), Equal(-2 * _at_kink, inner(_x))),
        mutants={
            "once the value at the kink": Mutant(then=Equal(-_at_kink, inner(_x))),
            "an antiderivative of the wrong sign": Mutant(then=Equal(diff(_primitive, _y), -_density)),
        },
        note="F is an antiderivative of (x cos φ + y sin φ) e^{−y²/2}, whose sign changes at y = −x cot φ, and F(−∞) + F(∞) = "
        "0: the integral is −2F(−x cot φ)",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-9-eq9",
        title="the correlation on the slab as two integrals, and in closed form",
        label="(9)",
        page="22",
        printed=r"\langle|w^{*\top}x|,|w^\top x|\rangle_S=\frac{\cos\phi}{\sqrt{2\pi}}\int_{-\tau}^\tau|x_1|x_1e^{-x_1^2/2}"
        r"\operatorname{erf}\Big(\frac{x_1\cot\phi}{\sqrt2}\Big)dx_1+\frac{\sin\phi}\pi\int_{-\tau}^\tau|x_1|"
        r"e^{-x_1^2/2\sin^2\phi}dx_1",
        given=_box,
        then=All(
            Equal(tau * _weight * _inner / (2 * pi), tau * (_first + _sine / pi * _narrow)),
            Equal(diff(_correlation, tau), 2 * tau * (_first + _sine / pi * _narrow)),
            Equal(_correlation.subs(tau, 0), 0),
        ),
        mutants={
            "exponent times sin²φ": Mutant(
                then=Equal(tau * _weight * _inner / (2 * pi), tau * (_first + _sine / pi * _wrong))
            ),
            "half the second integral": Mutant(
                then=Equal(diff(_correlation, tau), 2 * tau * (_first + _sine / (2 * pi) * _narrow))
            ),
        },
        erratum=_wording,
        note="the integrands agree for x_1 = τ ≥ 0 and are even, and the closed form with Owen's function is their "
        "antiderivative that vanishes at 0",
        because=("zhou21b/lemma-9-eq8",),
        uses=("zhou21b/lemma-9-eq8",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-9-eq10",
        title="the mean on the slab as two integrals, and in closed form",
        label="(10)",
        page="23",
        printed=r"\langle1,|w^\top x|\rangle_S=\frac{\cos\phi}{\sqrt{2\pi}}\int_{-\tau}^\tau x_1e^{-x_1^2/2}"
        r"\operatorname{erf}\Big(\frac{x_1\cot\phi}{\sqrt2}\Big)dx_1+\frac{\sin\phi}\pi\int_{-\tau}^\tau"
        r"e^{-x_1^2/2\sin^2\phi}dx_1",
        given=_box,
        then=All(
            Equal(_weight * _inner / (2 * pi), _first + _sine / pi * _narrow),
            Equal(diff(_mean, tau), 2 * (_first + _sine / pi * _narrow)),
            Equal(_mean.subs(tau, 0), 0),
        ),
        mutants={
            "exponent times sin²φ": Mutant(then=Equal(_weight * _inner / (2 * pi), _first + _sine / pi * _wrong)),
            "half the second integral": Mutant(then=Equal(diff(_mean, tau), 2 * (_first + _sine / (2 * pi) * _narrow))),
        },
        erratum=_wording,
        note="the integrands agree for x_1 = τ ≥ 0 and are even, and the closed form is their antiderivative that vanishes at 0",
        because=("zhou21b/lemma-9-eq8",),
        uses=("zhou21b/lemma-9-eq8",),
        expected=Verdict.PROVED,
    ),
)
