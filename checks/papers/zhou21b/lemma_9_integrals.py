"""(8), (9) and (10), pp. 22–23: the inner integral of Lemma 9 and the integrals over the slab."""

from sympy import Rational, Symbol, cos, diff, erf, exp, pi, sin, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box
from checks.relation import All, Equal
from checks.verdict import Verdict

_x, _phi = Symbol("x", real=True), Symbol("phi", real=True)
_box = Box(variables={_x: (0, 5), _phi: (Rational(1, 100), Rational(3, 2))})
_cot = cos(_phi) / sin(_phi)
_inner = sqrt(2 * pi) * _x * cos(_phi) * erf(_x * _cot / sqrt(2)) + 2 * sin(_phi) * exp(-(_x**2) * _cot**2 / 2)
_delta = 2 * cos(_phi) ** 2 / sin(_phi) * exp(-(_x**2) * _cot**2 / 2)
_weight = exp(-(_x**2) / 2) / (2 * pi)
_narrow = exp(-(_x**2) / (2 * sin(_phi) ** 2))
# The same Gaussian as the product of its two factors; its exponent is compared apart.
_both = exp(-(_x**2) / 2) * exp(-(_x**2) * _cot**2 / 2)
_printed = exp(-(_x**2) / 2 * sin(_phi) ** 2)
_product = cos(_phi) / sqrt(2 * pi) * _x**2 * exp(-(_x**2) / 2) * erf(_x * _cot / sqrt(2))
_mean = cos(_phi) / sqrt(2 * pi) * _x * exp(-(_x**2) / 2) * erf(_x * _cot / sqrt(2))
# The integrals over [−x, x] of the second terms.
_second = 2 * sin(_phi) ** 3 / pi * (1 - _narrow)
_second_mean = sqrt(2 / pi) * sin(_phi) ** 2 * erf(_x / (sqrt(2) * sin(_phi)))
_wording = Erratum(
    weight="wording",
    what="the exponent printed as x²/2 sin²φ means x²/(2 sin²φ)",
    reader="e^{−x²/2} e^{−x² cot²φ/2} = e^{−x²/(2 sin²φ)}",
    mend="write e^{−x²/(2 sin²φ)}",
)

CLAIMS = (
    Claim(
        id="zhou21b/lemma-9-eq8",
        title="the mean of |x cos φ + y sin φ| over y",
        label="(8)",
        page="22",
        printed=r"\int|x_1\cos\phi+x_2\sin\phi|e^{-x_2^2/2}dx_2=\sqrt{2\pi}x_1\cos\phi\,"
        r"\operatorname{erf}\big(\tfrac{x_1\cot\phi}{\sqrt2}\big)+2\sin\phi\,e^{-x_1^2\cot^2\phi/2}",
        given=_box,
        then=All(
            Equal(diff(_inner, _x, 2), _delta),
            Equal(diff(_inner, _x).subs(_x, 0), 0),
            Equal(_inner.subs(_x, 0), 2 * sin(_phi)),
        ),
        mutants={
            "half the point mass": Mutant(then=Equal(diff(_inner, _x, 2), _delta / 2)),
            "half the mean at 0": Mutant(then=Equal(_inner.subs(_x, 0), sin(_phi))),
        },
        note="the integral is the even function of x with value 2 sin φ at 0 whose second derivative is "
        "∫ 2 cos²φ δ(x cos φ + y sin φ) e^{−y²/2} dy = (2 cos²φ / sin φ) e^{−x² cot²φ/2}",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-9-eq9",
        title="the correlation on the slab as two integrals",
        label="(9)",
        page="22",
        printed=r"\langle|w^{*\top}x|,|w^\top x|\rangle_S=\tfrac{\cos\phi}{\sqrt{2\pi}}\int_{-\tau}^\tau|x_1|x_1e^{-x_1^2/2}"
        r"\operatorname{erf}\big(\tfrac{x_1\cot\phi}{\sqrt2}\big)dx_1+\tfrac{\sin\phi}\pi\int_{-\tau}^\tau|x_1|"
        r"e^{-x_1^2/2\sin^2\phi}dx_1",
        given=_box,
        then=All(
            Equal(_weight * _x * _inner, _product + sin(_phi) / pi * _x * _both),
            Equal(_x**2 / 2 + _x**2 * _cot**2 / 2, _x**2 / (2 * sin(_phi) ** 2)),
            Equal(diff(_second, _x), 2 * sin(_phi) / pi * _x * _narrow),
            Equal(_second.subs(_x, 0), 0),
        ),
        mutants={
            "exponent times sin²φ": Mutant(
                then=Equal(_weight * _x * _inner, _product + sin(_phi) / pi * _x * _printed)
            ),
            "second power of sin φ": Mutant(
                then=Equal(diff(_second / sin(_phi), _x), 2 * sin(_phi) / pi * _x * _narrow)
            ),
        },
        erratum=_wording,
        note="the integrands agree for x ≥ 0 and are even; the second integral is (2 sin³φ/π)(1 − e^{−τ²/(2 sin²φ)})",
        uses=("zhou21b/lemma-9-eq8",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-9-eq10",
        title="the mean on the slab as two integrals",
        label="(10)",
        page="23",
        printed=r"\langle1,|w^\top x|\rangle_S=\tfrac{\cos\phi}{\sqrt{2\pi}}\int_{-\tau}^\tau x_1e^{-x_1^2/2}"
        r"\operatorname{erf}\big(\tfrac{x_1\cot\phi}{\sqrt2}\big)dx_1+\tfrac{\sin\phi}\pi\int_{-\tau}^\tau"
        r"e^{-x_1^2/2\sin^2\phi}dx_1",
        given=_box,
        then=All(
            Equal(_weight * _inner, _mean + sin(_phi) / pi * _both),
            Equal(_x**2 / 2 + _x**2 * _cot**2 / 2, _x**2 / (2 * sin(_phi) ** 2)),
            Equal(diff(_second_mean, _x), 2 * sin(_phi) / pi * _narrow),
            Equal(_second_mean.subs(_x, 0), 0),
        ),
        mutants={
            "exponent times sin²φ": Mutant(then=Equal(_weight * _inner, _mean + sin(_phi) / pi * _printed)),
            "half the second integral": Mutant(then=Equal(diff(_second_mean, _x), sin(_phi) / pi * _narrow)),
        },
        erratum=_wording,
        note="the integrands agree for x ≥ 0 and are even; the second integral is √(2/π) sin²φ erf(τ/(√2 sin φ))",
        uses=("zhou21b/lemma-9-eq8",),
        expected=Verdict.PROVED,
    ),
)
