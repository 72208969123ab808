"""Lemma C.11 and Claim C.1, pp. 41–42: Hermite coefficients of the absolute value.

With h_k = He_k/√k!,  σ̂_k² = (2/π) ((k−3)!!)²/k! for even k ≥ 2, and s_k = σ̂_k² obeys s_{k+2}/s_k = (k−1)²/((k+1)(k+2)).
"""

from math import factorial

from sympy import Expr, Integer, Rational, Symbol, factorial2, hermite_prob, oo, pi, sqrt

from checks.claim import Assumption, Claim, Erratum, Mutant
from checks.given import Box, Networks, Point
from checks.relation import All, AtMost, Equal
from checks.verdict import Verdict
from theory.heads import dot, expectation, gaussian_input, magnitude
from theory.symbols import v, w

_x = gaussian_input
_unit = Networks(model="zhou21b", students=1, dimension=(1, 3), where=(Equal(dot(v, v), 1),))
_units = Networks(model="zhou21b", students=1, dimension=(1, 3), where=(Equal(dot(v, v), 1), Equal(dot(w[0], w[0]), 1)))
_rho = dot(w[0], v)


def hermite(degree: int, form: Expr) -> Expr:
    """h_k of a linear form, expanded."""
    return hermite_prob(degree, form).expand() / sqrt(factorial(degree))


def coefficient(degree: int) -> Expr:
    """σ̂_k as printed, for even k ≥ 2."""
    sign = (-1) ** (degree // 2 - 1)
    return sign * sqrt(2 / (pi * factorial(degree))) * (factorial2(degree - 3) if degree > 3 else Integer(1))


def _measured(degree: int) -> Expr:
    return expectation(magnitude(dot(_x, v)) * hermite(degree, dot(_x, v)))


_k, _c = Symbol("k", real=True), Symbol("c", real=True)
# With s_{k+2}/s_k = (k−1)²/((k+1)(k+2)): k^{5/2} s_k falls and (k−1)² √k s_k grows, squared and multiplied out.
_falls = AtMost((_k - 1) ** 4 * (_k + 2) ** 3, _k**5 * (_k + 1) ** 2)
_grows = AtMost(_k * (_k + 2), (_k + 1) ** 2)

CLAIMS = (
    Claim(
        id="zhou21b/lemma-C.11-coefficients",
        title="the Hermite coefficients of the absolute value",
        label="Lemma C.11, coefficients",
        page="41",
        printed=r"\hat\sigma_k=0\ (k\text{ odd}),\ \sqrt{2/\pi}\ (k=0),\ \sqrt{1/\pi}\ (k=2),\ "
        r"(-1)^{k/2-1}\sqrt{\tfrac2{\pi k!}}(k-3)!!\ (k\text{ even},\ n\ge4)",
        assumption=Assumption(
            reason="a statement for every k; each k is an identity of its own, and two integrations by parts give the rest",
            forms=("zhou21b/lemma-C.11-coefficients/to-ten", "zhou21b/lemma-C.11/recursion"),
        ),
        erratum=Erratum(
            weight="typo",
            what="the last case is for even k ≥ 4, not n ≥ 4",
            reader="n does not occur; the formula also holds at k = 2 with (−1)!! = 1",
            mend="k even and k ≥ 4",
        ),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="zhou21b/lemma-C.11-coefficients/to-ten",
        title="the Hermite coefficients of the absolute value up to k = 10",
        label="Lemma C.11, coefficients",
        page="41",
        given=_unit,
        then=All(
            Equal(_measured(0), sqrt(2 / pi)),
            *(Equal(_measured(degree), 0) for degree in (1, 3, 5)),
            *(Equal(_measured(degree), coefficient(degree)) for degree in (2, 4, 6, 8, 10)),
        ),
        mutants={"other sign": Mutant(then=Equal(_measured(4), -coefficient(4)))},
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-C.11",
        title="c k^{−3/2} ≤ σ̂_k² for all k, against σ̂_k² ≤ 2^{5/2}/π · k^{−5/2}",
        label="Lemma C.11, asymptotics",
        page="41",
        printed=r"\hat\sigma_k^2=\Theta(k^{-3/2})",
        given=Box(variables={_c: (Rational(1, 10**9), 1), _k: (2, oo)}),
        then=AtMost(_c * _k, sqrt(32) / pi),
        options={"along": (_k,)},
        witness=Point.of(c="1/1000000000", k=2 * 10**9),
        mutants={"half of it": Mutant(then=AtMost(2 * _c * _k, sqrt(32) / pi))},
        erratum=Erratum(
            weight="theorem",
            what="the exponent is 5/2: k^{−3/2} is the order for the sign function",
            reader="s_{k+2}/s_k = (k−1)²/((k+1)(k+2)) = 1 − 5/k + …, and (k/(k+2))^{5/2} = 1 − 5/k + …",
            mend="zhou21b/lemma-C.11/corrected",
            charity="Lemma C.6 uses it for a power of a logarithm only",
        ),
        because=(),
        uses=("zhou21b/lemma-C.11/corrected",),
        note="with the upper bound of the mend, Ω(k^{−3/2}) would need ck ≤ 2^{5/2}/π for every k, which fails at k = 2/c "
        "for every c; shown at c = 10⁻⁹",
        expected=Verdict.REFUTED,
    ),
    Claim(
        id="zhou21b/lemma-C.11/corrected",
        title="√2/π · (k−1)^{−2} k^{−1/2} ≤ σ̂_k² ≤ 2^{5/2}/π · k^{−5/2}, by the ratio of consecutive ones",
        label="Lemma C.11, mended",
        page="41",
        given=Box(variables={_k: (2, oo)}),
        then=All(_falls, _grows),
        options={"along": (_k,) * 3},
        mutants={"exponent 3": Mutant(then=AtMost((_k - 1) ** 4 * (_k + 2) ** 4, _k**6 * (_k + 1) ** 2))},
        because=("zhou21b/lemma-C.11/recursion",),
        note="k^{5/2} σ̂_k² falls and (k−1)² √k σ̂_k² grows with even k, from 2^{5/2}/π and √2/π at k = 2; both tend to "
        "(2/π)^{3/2}",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.11/recursion",
        title="the ratio of consecutive squared coefficients is (k−1)²/((k+1)(k+2))",
        label="Lemma C.11",
        page="41",
        given=_unit,
        then=All(
            *(
                Equal(
                    _measured(degree + 2) ** 2,
                    _measured(degree) ** 2 * Rational((degree - 1) ** 2, (degree + 1) * (degree + 2)),
                )
                for degree in (2, 4, 6, 8)
            )
        ),
        mutants={"the root of it": Mutant(then=Equal(_measured(4) ** 2, _measured(2) ** 2 * Rational(1, 3)))},
        note="for k = 2 … 8; from σ̂_k² = (2/π)((k−3)!!)²/k! it is (k−1)²/((k+1)(k+2)) for every even k ≥ 2",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/claim-C.1",
        title="Hermite polynomials of correlated normal variables",
        label="Claim C.1",
        page="42",
        printed=r"\mathbb E[h_m(x)h_n(y)]=\begin{cases}\rho^n&m=n\\0&m\ne n\end{cases}",
        assumption=Assumption(
            reason="quoted for all degrees; each pair of degrees is an identity of its own",
            forms=("zhou21b/claim-C.1/to-four",),
        ),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="zhou21b/claim-C.1/to-four",
        title="Hermite polynomials of correlated normal variables up to degree 4",
        label="Claim C.1",
        page="42",
        given=_units,
        then=All(
            *(
                Equal(
                    expectation(hermite(first, dot(_x, w[0])) * hermite(second, dot(_x, v))),
                    _rho**first if first == second else 0,
                )
                for first in range(5)
                for second in range(5)
            )
        ),
        mutants={
            "a square": Mutant(then=Equal(expectation(hermite(1, dot(_x, w[0])) * hermite(1, dot(_x, v))), _rho**2)),
        },
        note="x = wᵀz and y = vᵀz of unit vectors with ⟨w, v⟩ = ρ",
        expected=Verdict.PROVED,
    ),
)
