"""Lemma 9 (i), pp. 22–23: the correlation of two neurons on the slab |w*·x| ≤ τ.

The correlation A(τ) = ⟨|w*·x|, |w·x|⟩_S has A(0) = 0 and, by (8) and with y = τ cot φ,

    A′(τ) = (τ sin φ / π) D,   D = e^{−τ²/2} (√(2π) y erf(y/√2) + 2 e^{−y²/2}),   y² + τ² = τ²/sin²φ,

so that bounds of A follow from those of D by integration.
"""

from sympy import Integer, Rational, Symbol, erf, exp, pi, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box
from checks.papers.zhou21b._slab import density, expanded, rest, tau, y
from checks.relation import All, AtMost
from checks.verdict import Verdict

_tau, _x = tau, Symbol("x", real=True)
_square = Box(variables={y: (0, Rational(1, 2)), tau: (0, Rational(1, 2))})
_unit, _line = Box(variables={_x: (0, 1)}), Box(variables={_x: (0, 6)})
_contact = {y: (0, 2), tau: (0, 2)}
_size = y**2 + tau**2
_upper = 2 + 4 * y**2 - _size / 2
_lower = 2 + y**2 * (1 - Rational(3, 4) * tau**2) - _size
_next = 2 + y**2 - tau**2
_slab_moment = 2 - (2 + _tau**2) * exp(-(_tau**2) / 2)


def _both(middle, radius):  # type: ignore[no-untyped-def]
    return All(AtMost(density, middle + radius), AtMost(middle - radius, density))


def _expanded(middle, radius):  # type: ignore[no-untyped-def]
    return All(AtMost(expanded, middle + radius), AtMost(middle - radius, expanded))


CLAIMS = (
    Claim(
        id="zhou21b/lemma-9-i",
        title="the correlation on the slab is its leading term up to O(τ⁴/φ)",
        label="Lemma 9 (i)",
        page="23",
        printed=r"\langle|w^{*\top}x|,|w^\top x|\rangle_S=\tfrac{\sin\phi}\pi\tau^2\pm\Theta(\tau^4/\phi)",
        given=_square,
        then=_both(Integer(2), 4 * _size),
        contact=_contact,
        mutants={"a tenth of the remainder": Mutant(then=_both(Integer(2), _size / 10))},
        erratum=Erratum(
            weight="wording",
            what="±Θ(τ⁴/φ) must be read ±O(τ⁴/φ)",
            reader="the next term is cos(2φ) τ⁴/(4π sin φ), which vanishes at φ = π/4",
            mend="zhou21b/lemma-9-i/expansion",
        ),
        because=("zhou21b/lemma-9-eq8",),
        uses=("zhou21b/lemma-9-eq9",),
        note="stated for the derivative in τ, for τ, τ cot φ ≤ 1/2: |D − 2| ≤ 4τ²/sin²φ, so that the "
        "remainder is at most τ⁴/(π sin φ)",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-i/explicit",
        title="the explicit bounds of the correlation on the slab",
        label="Lemma 9 (i), displays",
        page="23",
        printed=r"\tfrac{\cos^2\phi}{\pi\sin\phi}\big(\tfrac{\tau^4}4-\tfrac{\tau^6}8\big)+\tfrac{\sin\phi}\pi\tau^2-"
        r"\tfrac{\tau^4}{4\pi\sin\phi}\le\langle\cdot\rangle_S\le\tfrac{\cos^2\phi}{\pi\sin\phi}\tau^4+"
        r"\tfrac{\sin\phi}\pi\tau^2-\tfrac{\tau^4}{8\pi\sin\phi}",
        given=_square,
        then=All(AtMost(density, _upper), AtMost(_lower, density)),
        contact=_contact,
        mutants={
            "half the upper coefficient": Mutant(then=AtMost(density, 2 + y**2 - _size / 2)),
            "larger lower coefficient": Mutant(then=AtMost(_lower + _size / 2, density)),
        },
        because=("zhou21b/lemma-9-eq8",),
        note="both bounds and the correlation vanish at τ = 0; their derivatives in τ are compared for τ, τ cot φ ≤ 1/2",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-i/expansion",
        title="the next term of the correlation on the slab is cos(2φ) τ⁴/(4π sin φ)",
        label="Lemma 9 (i), next term",
        page="23",
        given=Box(variables={y: (0, Rational(1, 2)), tau: (0, Rational(1, 2)), rest: (0, 1)}),
        then=_expanded(_next, _size**2),
        contact={y: (0, 4), tau: (0, 4)},
        mutants={"other sign": Mutant(then=_expanded(2 - y**2 + tau**2, _size**2))},
        because=("zhou21b/lemma-9-eq8",),
        note="D = 2 + cos(2φ) τ²/sin²φ up to τ⁴/sin⁴φ; the inner integral divided by sin φ has the second "
        "derivative 2e^{−y²/2} between 2 − y² and 2, so it is 2 + y² − ρ y⁴/12 with 0 ≤ ρ ≤ 1, and the claim holds "
        "for all these ρ",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-i-erf-upper",
        title="erf x ≤ 2x/√π",
        label="p. 23",
        page="23",
        printed=r"\operatorname{erf}(x)\le2x/\sqrt\pi\quad(x\ge0)",
        given=_line,
        then=AtMost(erf(_x), 2 * _x / sqrt(pi)),
        contact={_x: (0, 3)},
        mutants={"smaller slope": Mutant(then=AtMost(erf(_x), Rational(11, 10) * _x))},
        note="on [0, 6]; beyond, erf x ≤ 1 < 2x/√π",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-i-erf-lower",
        title="erf x ≥ x/√π on [0, 1]",
        label="p. 23",
        page="23",
        printed=r"\operatorname{erf}(x)\ge x/\sqrt\pi\quad(0\le x\le1)",
        given=_unit,
        then=AtMost(_x / sqrt(pi), erf(_x)),
        contact={_x: (0, 1)},
        mutants={
            "larger slope": Mutant(then=AtMost(Rational(9, 10) * _x, erf(_x))),
            "longer interval": Mutant(given=_line),
        },
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-i-exp-upper",
        title="1 − exp(−x²) ≤ x² − x⁴/4 on [0, 1]",
        label="p. 23",
        page="23",
        printed=r"1-e^{-x^2}\le x^2-\tfrac{x^4}4\le x^2\quad(0\le x\le1)",
        given=_unit,
        then=All(AtMost(1 - exp(-(_x**2)), _x**2 - _x**4 / 4), AtMost(_x**2 - _x**4 / 4, _x**2)),
        contact={_x: (0, 4)},
        mutants={"larger fourth power": Mutant(then=AtMost(1 - exp(-(_x**2)), _x**2 - _x**4 * 3 / 5))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-i-exp-lower",
        title="1 − exp(−x²) ≥ x² − x⁴/2",
        label="p. 23",
        page="23",
        printed=r"1-e^{-x^2}\ge x^2-\tfrac{x^4}2\quad(x\ge0)",
        given=_line,
        then=AtMost(_x**2 - _x**4 / 2, 1 - exp(-(_x**2))),
        contact={_x: (0, 6)},
        mutants={"smaller fourth power": Mutant(then=AtMost(_x**2 - _x**4 / 3, 1 - exp(-(_x**2))))},
        note="on [0, 6]; beyond √2 the left side is negative",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-i-exp-moment",
        title="2 − (2 + τ²) exp(−τ²/2) ≤ τ⁴/2",
        label="p. 23",
        page="23",
        printed=r"2-(2+\tau^2)e^{-\tau^2/2}\le2-(2+\tau^2)\big(1-\tfrac{\tau^2}2\big)=\tfrac{\tau^4}2",
        given=Box(variables={_tau: (0, 4)}),
        then=AtMost(_slab_moment, _tau**4 / 2),
        contact={_tau: (0, 4)},
        mutants={"a fifth": Mutant(then=AtMost(_slab_moment, _tau**4 / 5))},
        note="on [0, 4]; beyond √2 the left side, at most 2, is smaller in any case once τ⁴ ≥ 4. "
        "The leading coefficient is 1/4",
        expected=Verdict.CERTIFIED,
    ),
)
