"""The cap probability in the proof of Lemma E.1, p. 50."""

from sympy import Integer, Rational, gamma, pi, sin, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Draws, Integers
from checks.papers.zhou21b._caps import CAPS, cap_law
from checks.papers.zhou21b._caps import gamma as angle
from checks.relation import All, AtMost, Likely
from checks.verdict import Verdict
from theory.heads import dot, magnitude
from theory.symbols import d, k, v, w

_angles = Box(variables={angle: (0, pi / 2)})
_tiny = Rational(1, 10**6)
_grid = pi * k / 48
# ∠(w, v) ≤ π/3 as lines, in squares.
_within = AtMost(dot(v, v) * dot(w[0], w[0]), 4 * dot(w[0], v) ** 2)


def _explicit(dimension: int):  # type: ignore[no-untyped-def]
    """Γ(d/2)/(√π Γ((d+1)/2)) sin^{d−1} γ."""
    half = Rational(dimension, 2)
    return gamma(half) / (sqrt(pi) * gamma(half + Rational(1, 2))) * sin(angle) ** (dimension - 1)


def _power(base):  # type: ignore[no-untyped-def]
    return All(*(AtMost((base * angle) ** dimension, law) for dimension, law in CAPS.items()))


CLAIMS = (
    Claim(
        id="zhou21b/lemma-E.1-cap",
        title="a random line lies within γ of a given one with probability at least (γ/2)^d, for d = 2, …, 6",
        label="p. 50, cap probability",
        page="50",
        printed=r"P(\angle(w,w_i^*)\le\gamma)=\frac{2\int_0^\gamma\sin^{d-2}\theta_1\,d\theta_1}"
        r"{\int_0^\pi\sin^{d-2}\theta_1\,d\theta_1}=\Omega(\gamma^d)",
        given=_angles,
        then=_power(Rational(1, 2)),
        mutants={"0.65 for ½": Mutant(then=_power(Rational(65, 100)))},
        erratum=Erratum(
            weight="wording",
            what="Ω(γ^d) has to be read with a constant that depends on d",
            reader="at γ = π/2 the probability is 1, while (π/2)^d → ∞ with d",
            mend="zhou21b/lemma-E.1-cap/explicit; or Ω(γ)^d, since P ≥ (2γ/π)^{d−1}",
            charity="the paper uses the lemma for d = O(1)",
        ),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-E.1-cap/exact",
        title="in dimension 5 a random line lies within π/3 of a given one with probability 5/16",
        label="p. 50, cap probability",
        page="50",
        given=Draws(model="zhou21b", students=1, dimension=5),
        then=Likely(_within, at_least=Rational(5, 16) - _tiny, at_most=Rational(5, 16) + _tiny),
        mutants={
            "in dimension 4": Mutant(given=Draws(model="zhou21b", students=1, dimension=4)),
            "one side of the line": Mutant(then=Likely(_within, at_most=Rational(5, 32))),
        },
        note="within 10⁻⁶, by the law of the event",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-E.1-cap/exact-law",
        title="the closed forms of the cap probability are its Beta law, for d = 2, …, 6",
        label="p. 50, cap probability",
        page="50",
        given=Integers(variables={k: (1, 23)}),
        then=All(
            *(
                AtMost(
                    magnitude(cap_law(Integer(dimension), _grid) - law.xreplace({angle: _grid})), Rational(1, 10**12)
                )
                for dimension, law in CAPS.items()
            )
        ),
        mutants={
            "the next dimension": Mutant(
                then=AtMost(
                    magnitude(cap_law(Integer(4), _grid) - CAPS[3].xreplace({angle: _grid})), Rational(1, 10**12)
                )
            )
        },
        note="within 10⁻¹², at the angles kπ/48",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-E.1-cap/explicit",
        title="P ≥ Γ(d/2)/(√π Γ((d+1)/2)) sin^{d−1} γ, for d = 2, …, 6",
        label="p. 50, cap probability",
        page="50",
        given=_angles,
        then=All(*(AtMost(_explicit(dimension), law) for dimension, law in CAPS.items())),
        mutants={
            "a hundredth more": Mutant(then=AtMost(Rational(101, 100) * _explicit(3), CAPS[3])),
            "a sine less": Mutant(then=AtMost(_explicit(4) / sin(angle), CAPS[4])),
        },
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-E.1-cap/uniform",
        title="P ≥ c γ^d with one constant for all d: c = 10⁻¹⁵ at γ = 1",
        label="p. 50, cap probability",
        page="50",
        given=Integers(variables={d: (2, 200)}),
        then=AtMost(Rational(1, 10**15), cap_law(d, Integer(1))),
        mutants={"c = 1/10": Mutant(then=AtMost(Rational(1, 10), cap_law(d, Integer(1))))},
        note="P_d(1) falls geometrically, so that no other c helps; at γ = π/2, P = 1 < c (π/2)^d from "
        "d = 1 + log(1/c)/log(π/2) on",
        expected=Verdict.REFUTED,
    ),
    Claim(
        id="zhou21b/lemma-E.1-cap/base",
        title="with the constant to the power d it holds for all d: P ≥ (2γ/π)^{d−1}",
        label="p. 50, cap probability",
        page="50",
        given=Integers(variables={d: (3, 100), k: (1, 23)}),
        then=AtMost((2 * _grid / pi) ** (d - 1), cap_law(d, _grid)),
        mutants={"(5γ/8)^{d−2}": Mutant(then=AtMost((Rational(5, 8) * _grid) ** (d - 2), cap_law(d, _grid)))},
        note="at the angles kπ/48; equality at d = 2 and at γ = π/2",
        expected=Verdict.CERTIFIED,
    ),
)
