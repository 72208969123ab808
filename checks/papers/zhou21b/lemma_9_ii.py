"""Lemma 9 (ii), pp. 23–24: the mean of a neuron on the slab |w*·x| ≤ τ.

B(τ) = ⟨1, |w·x|⟩_S has B(0) = 0 and B′(τ) = (sin φ / π) D with D and y as in part (i).
"""

from sympy import Integer, Rational

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box
from checks.papers.zhou21b._slab import density, expanded, rest, tau, y
from checks.relation import All, AtMost
from checks.verdict import Verdict

_square = Box(variables={y: (0, Rational(1, 2)), tau: (0, Rational(1, 2))})
_size = y**2 + tau**2
_upper = 2 + 3 * y**2
_lower = 2 + y**2 * (1 - Rational(5, 8) * tau**2) - _size
_next = 2 + y**2 - tau**2


def _both(middle, radius):  # type: ignore[no-untyped-def]
    return All(AtMost(density, middle + radius), AtMost(middle - radius, density))


def _expanded(middle, radius):  # type: ignore[no-untyped-def]
    return All(AtMost(expanded, middle + radius), AtMost(middle - radius, expanded))


CLAIMS = (
    Claim(
        id="zhou21b/lemma-9-ii",
        title="the mean on the slab is its leading term up to O(τ³/φ)",
        label="Lemma 9 (ii)",
        page="24",
        printed=r"\langle1,|w^\top x|\rangle_S=\tfrac{2\sin\phi}\pi\tau\pm\Theta(\tau^3/\phi)",
        given=_square,
        then=_both(Integer(2), 3 * _size),
        contact={y: (0, 2), tau: (0, 2)},
        mutants={"a tenth of the remainder": Mutant(then=_both(Integer(2), _size / 10))},
        erratum=Erratum(
            weight="wording",
            what="±Θ(τ³/φ) must be read ±O(τ³/φ)",
            reader="the next term is cos(2φ) τ³/(3π sin φ), which vanishes at φ = π/4",
            mend="zhou21b/lemma-9-ii/expansion",
        ),
        because=("zhou21b/lemma-9-eq8",),
        uses=("zhou21b/lemma-9-eq10",),
        note="stated for the derivative in τ, for τ, τ cot φ ≤ 1/2: the remainder is at most τ³/(π sin φ)",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-ii/explicit",
        title="the explicit bounds of the mean on the slab",
        label="Lemma 9 (ii), displays",
        page="24",
        printed=r"\tfrac{\cos^2\phi}{\pi\sin\phi}\big(\tfrac{\tau^3}3-\tfrac{\tau^5}8\big)+\tfrac{2\sin\phi}\pi\tau-"
        r"\tfrac{\tau^3}{3\pi\sin\phi}\le\langle\cdot\rangle_S\le\tfrac{\cos^2\phi}{\pi\sin\phi}\tau^3+"
        r"\tfrac{2\sin\phi}\pi\tau",
        given=_square,
        then=All(AtMost(density, _upper), AtMost(_lower, density)),
        contact={y: (0, 2), tau: (0, 2)},
        mutants={
            "half the upper coefficient": Mutant(then=AtMost(density, 2 + y**2 / 2)),
            "larger lower coefficient": Mutant(then=AtMost(_lower + _size / 2, density)),
        },
        because=("zhou21b/lemma-9-eq8",),
        note="both bounds and the mean vanish at τ = 0; their derivatives in τ are compared for τ, τ cot φ ≤ 1/2",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-ii/expansion",
        title="the next term of the mean on the slab is cos(2φ) τ³/(3π sin φ)",
        label="Lemma 9 (ii), next term",
        page="24",
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
)
