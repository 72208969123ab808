"""Lemma 9 (i) and (ii), pp. 22–24: the correlation A and the mean B of a unit neuron on the slab |w*·x| ≤ τ.

Everything is said in the chart τ = t sin φ with 0 ≤ t ≤ 1/2, which contains the paper's τ ≤ c, τ/φ ≤ c for c = 1/π.
"""

from sympy import Rational, cos, pi, sin

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box
from checks.papers.zhou21b._slab import correlation, in_chart, mean, phi, share
from checks.relation import All, AtMost, Below
from checks.verdict import Verdict

_box = Box(variables={share: (0, Rational(1, 2)), phi: (0, pi / 2)}, where=(Below(0, phi),))
_tau = in_chart
_a, _b = correlation(_tau), mean(_tau)
_lead_a, _lead_b = sin(phi) / pi * _tau**2, 2 * sin(phi) / pi * _tau
_curve = cos(phi) ** 2 / (pi * sin(phi))
_double = 1 - 2 * sin(phi) ** 2  # cos 2φ
_next_a = _double * _tau**4 / (4 * pi * sin(phi))
_next_b = _double * _tau**3 / (3 * pi * sin(phi))
_along = {"along": (share,)}

upper_a = _curve * _tau**4 + _lead_a - _tau**4 / (8 * pi * sin(phi))
lower_a = _curve * (_tau**4 / 4 - _tau**6 / 8) + _lead_a - _tau**4 / (4 * pi * sin(phi))
upper_b = _curve * _tau**3 + _lead_b
lower_b = _curve * (_tau**3 / 3 - _tau**5 / 8) + _lead_b - _tau**3 / (3 * pi * sin(phi))


def _within(value, middle, radius):  # type: ignore[no-untyped-def]
    """|value − middle| ≤ radius."""
    return All(AtMost(value, middle + radius), AtMost(middle - radius, value))


def _of_order(value, middle, power):  # type: ignore[no-untyped-def]
    """|value − middle| ≤ power/φ, multiplied by φ."""
    return _within(phi * value, phi * middle, power)


CLAIMS = (
    Claim(
        id="zhou21b/lemma-9-i",
        title="the correlation on the slab is sin φ τ²/π up to τ⁴/(4φ)",
        label="Lemma 9 (i)",
        page="23",
        printed=r"\langle|w^{*\top}x|,|w^\top x|\rangle_S=\frac{\sin\phi}\pi\tau^2\pm\Theta\Big(\frac{\tau^4}\phi\Big)",
        given=_box,
        then=_of_order(_a, _lead_a, _tau**4 / 4),
        options=_along,
        mutants={"a sixteenth": Mutant(then=_of_order(_a, _lead_a, _tau**4 / 16))},
        erratum=Erratum(
            weight="wording",
            what="±Θ(τ⁴/φ) must be read ±O(τ⁴/φ)",
            reader="the next term is cos(2φ) τ⁴/(4π sin φ), which vanishes at φ = π/4",
            mend="zhou21b/lemma-9-i/expansion",
        ),
        because=("zhou21b/lemma-9-eq9",),
        uses=(
            "zhou21b/lemma-9-eq8",
            "zhou21b/lemma-9-eq9",
            "zhou21b/lemma-9-i-erf-upper",
            "zhou21b/lemma-9-i-erf-lower",
        ),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-i/explicit",
        title="the explicit bounds of the correlation on the slab",
        label="Lemma 9 (i), displays",
        page="23",
        printed=r"\frac{\cos^2\phi}{\pi\sin\phi}\Big(\frac{\tau^4}4-\frac{\tau^6}8\Big)+\frac{\sin\phi}\pi\tau^2-"
        r"\frac{\tau^4}{4\pi\sin\phi}\le\langle|w^{*\top}x|,|w^\top x|\rangle_S\le\frac{\cos^2\phi}{\pi\sin\phi}\tau^4+"
        r"\frac{\sin\phi}\pi\tau^2-\frac{\tau^4}{8\pi\sin\phi}",
        given=_box,
        then=All(AtMost(_a, upper_a), AtMost(lower_a, _a)),
        options=_along,
        mutants={
            "a third of the fourth power above": Mutant(
                then=AtMost(_a, _curve * _tau**4 / 3 + _lead_a - _tau**4 / (8 * pi * sin(phi)))
            ),
            "half of what is taken off below": Mutant(then=AtMost(lower_a + _tau**4 / (8 * pi * sin(phi)), _a)),
        },
        because=("zhou21b/lemma-9-eq9",),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-i/expansion",
        title="the next term of the correlation on the slab is cos(2φ) τ⁴/(4π sin φ)",
        label="Lemma 9 (i), next term",
        page="23",
        given=_box,
        then=_within(_a, _lead_a + _next_a, _tau**6 / (12 * sin(phi) ** 3)),
        options=_along,
        mutants={"other sign": Mutant(then=_within(_a, _lead_a - _next_a, _tau**6 / (12 * sin(phi) ** 3)))},
        because=("zhou21b/lemma-9-eq9",),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-ii",
        title="the mean on the slab is 2 sin φ τ/π up to τ³/(4φ)",
        label="Lemma 9 (ii)",
        page="24",
        printed=r"\langle1,|w^\top x|\rangle_S=\frac{2\sin\phi}\pi\tau\pm\Theta\Big(\frac{\tau^3}\phi\Big)",
        given=_box,
        then=_of_order(_b, _lead_b, _tau**3 / 4),
        options=_along,
        mutants={"a sixteenth": Mutant(then=_of_order(_b, _lead_b, _tau**3 / 16))},
        erratum=Erratum(
            weight="wording",
            what="±Θ(τ³/φ) must be read ±O(τ³/φ)",
            reader="the next term is cos(2φ) τ³/(3π sin φ), which vanishes at φ = π/4",
            mend="zhou21b/lemma-9-ii/expansion",
        ),
        because=("zhou21b/lemma-9-eq10",),
        uses=("zhou21b/lemma-9-eq8", "zhou21b/lemma-9-eq10"),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-ii/explicit",
        title="the explicit bounds of the mean on the slab",
        label="Lemma 9 (ii), displays",
        page="24",
        printed=r"\frac{\cos^2\phi}{\pi\sin\phi}\Big(\frac{\tau^3}3-\frac{\tau^5}8\Big)+\frac{2\sin\phi}\pi\tau-"
        r"\frac{\tau^3}{3\pi\sin\phi}\le\langle1,|w^\top x|\rangle_S\le\frac{\cos^2\phi}{\pi\sin\phi}\tau^3+"
        r"\frac{2\sin\phi}\pi\tau",
        given=_box,
        then=All(AtMost(_b, upper_b), AtMost(lower_b, _b)),
        options=_along,
        mutants={
            "a quarter of the cube above": Mutant(
                then=AtMost(_b, _curve * _tau**3 / 4 + _lead_b - _tau**3 / (8 * sin(phi)))
            ),
            "half of what is taken off below": Mutant(then=AtMost(lower_b + _tau**3 / (6 * pi * sin(phi)), _b)),
        },
        because=("zhou21b/lemma-9-eq10",),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-ii/expansion",
        title="the next term of the mean on the slab is cos(2φ) τ³/(3π sin φ)",
        label="Lemma 9 (ii), next term",
        page="24",
        given=_box,
        then=_within(_b, _lead_b + _next_b, _tau**5 / (12 * sin(phi) ** 3)),
        options=_along,
        mutants={"other sign": Mutant(then=_within(_b, _lead_b - _next_b, _tau**5 / (12 * sin(phi) ** 3)))},
        because=("zhou21b/lemma-9-eq10",),
        expected=Verdict.CERTIFIED,
    ),
)
