"""Pages 34–35: correlations of the test function of Lemma C.6, and its norm.

h = √(π/2) − Σ_k h_l(w̄_k*·x)/σ̂_l with an even l.  Powers of cosines are e^{l log⟨ū, w̄⟩²/2}, for every real l ≥ 2.
"""

from sympy import Expr, Rational, Symbol, cos, exp, log, pi, sin, sqrt

from checks.claim import Assumption, Claim, Erratum, Mutant
from checks.given import Box, Networks, Point
from checks.papers.zhou21b.lemma_c_11 import coefficient, hermite
from checks.relation import All, AtMost, Equal
from checks.verdict import Verdict
from theory.heads import dot, expectation, gaussian_input, magnitude, norm
from theory.symbols import a, b, i, m, over, teachers, v, w
from theory.vocabulary import Delta, nearest_angle, student_mass

_x = gaussian_input
_l = Symbol("l", real=True)
_units = Networks(model="zhou21b", students=1, dimension=(1, 3), where=(Equal(dot(v, v), 1), Equal(dot(w[0], w[0]), 1)))


def _networks(students):  # type: ignore[no-untyped-def]
    return Networks(
        model="zhou21b", students=students, teachers=(1, 4), dimension=(1, 4), scalars={_l: (2, 40)}, separation="1/100"
    )


def _power(first: Expr, second: Expr) -> Expr:
    """⟨ū, w̄⟩^l."""
    return exp(_l * log(dot(first, second) ** 2 / (dot(first, first) * dot(second, second))) / 2)


_seen = over(_power(teachers[a], teachers[b]), a)
_on_teacher = norm(teachers[b]) * (1 - _seen)

# ⟨h, R⟩, and what it is bounded by; ε is the largest power of the cosine of half the separation of the teachers.
_correlation = over(dot(w[i], w[i]) * (1 - over(_power(w[i], teachers[a]), a)), i) - over(_on_teacher, b)
_epsilon = exp(_l * log((1 + cos(Delta)) / 2) / 2)
_surplus = over(norm(w[i]) ** 2 * sin(nearest_angle[i]) ** 2, i) / 4 - (m - 1) * _epsilon * student_mass

# Two orthogonal unit teachers: cos(Δ/2)^{l/2} = 2^{−l/4} = ε, and ‖h‖² − π/2 = 2/σ̂_l² ≥ 2.
_half = Symbol("l", real=True)
_constant = 10**6


CLAIMS = (
    Claim(
        id="zhou21b/lemma-C.6-h-correlations",
        title="the correlation of a Hermite polynomial with a student is σ̂_l times a power of the cosine",
        label="p. 34, Hermite correlation",
        page="34",
        printed=r"\langle h_l(\bar w_i^{*\top}x),|w^\top x|\rangle=\sum_k\hat\sigma_k\mathbb E[h_l(\bar w_i^{*\top}x)h_k(w^\top x)]"
        r"=\hat\sigma_l\langle\bar w_i^*,w\rangle^l",
        assumption=Assumption(
            reason="a statement for every degree l; each l is an identity of its own",
            forms=("zhou21b/lemma-C.6-h-correlations/to-ten",),
        ),
        uses=("zhou21b/lemma-C.11-coefficients", "zhou21b/claim-C.1"),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="zhou21b/lemma-C.6-h-correlations/to-ten",
        title="the correlation of a Hermite polynomial with a student, for even l up to 10",
        label="p. 34, Hermite correlation",
        page="34",
        given=_units,
        then=All(
            *(
                Equal(
                    expectation(hermite(degree, dot(_x, v)) * magnitude(dot(_x, w[0]))),
                    coefficient(degree) * dot(v, w[0]) ** degree,
                )
                for degree in (2, 4, 6, 8, 10)
            )
        ),
        mutants={
            "half the degree": Mutant(
                then=Equal(
                    expectation(hermite(4, dot(_x, v)) * magnitude(dot(_x, w[0]))), coefficient(4) * dot(v, w[0]) ** 2
                )
            )
        },
        note="of unit vectors",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-C.6-h-correlations-mean",
        title="the mean of the absolute value of a standard normal variable is √(2/π)",
        label="p. 34, constant correlation",
        page="34",
        printed=r"\langle1,|w^\top x|\rangle=\sqrt{\frac2\pi}\quad(\|w\|=1)",
        given=Networks(model="zhou21b", students=1, dimension=(1, 4)),
        then=Equal(expectation(magnitude(dot(_x, w[0]))), sqrt(2 / pi) * norm(w[0])),
        mutants={"half": Mutant(then=Equal(expectation(magnitude(dot(_x, w[0]))), norm(w[0]) / 2))},
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-C.6-h-correlations-teacher",
        title="the test function does not correlate positively with any teacher",
        label="p. 34, teacher correlation",
        page="34",
        printed=r"\langle h(x),|w_j^{*\top}x|\rangle=\Big(1-1-\sum_{k\ne j}\Big\langle\frac1{\hat\sigma_l}h_l(\bar w_k^{*\top}x),"
        r"|\bar w_j^{*\top}x|\Big\rangle\Big)\|w_j^*\|\le0",
        given=_networks(1),
        then=AtMost(1 + _on_teacher, 1),
        mutants={"without the constant": Mutant(then=AtMost(1 - norm(teachers[b]) * (_seen - Rational(11, 10)), 1))},
        uses=("zhou21b/lemma-C.6-h-correlations", "zhou21b/lemma-C.6-h-correlations-mean"),
        note="both sides with 1 added; the correlations are those of the identities before",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-C.6-h-correlations-residual",
        title="the correlation with the residual is at least Σ‖w_j‖² sin²δ_j/4 − (r − 1)ε Σ‖w_j‖²",
        label="p. 34, residual correlation",
        page="34",
        printed=r"\langle h(x),R(x)\rangle\ge\frac14\sum_{i=1}^m\|w_i\|\sin^2\delta_i-(r-1)\sum_{i=1}^m\|w_i\|\epsilon",
        given=_networks((1, 4)),
        then=AtMost(_surplus, _correlation),
        mutants={"twice the sine": Mutant(then=AtMost(8 * _surplus, _correlation))},
        erratum=Erratum(
            weight="typo",
            what="‖w_i‖ stands for ‖w_i‖²",
            reader="R contains ‖w_i‖|w_iᵀx| = ‖w_i‖²|w̄_iᵀx|",
            mend="with ‖w_i‖² the display is right",
        ),
        uses=(
            "zhou21b/lemma-C.6-h-correlations-teacher",
            "zhou21b/lemma-C.6-cos-bounds",
            "zhou21b/lemma-C.6-cos-bounds-far",
        ),
        note="with ‖w_i‖², and ε = cos(Δ/2)^l for any l in place of a bound by the loss",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-C.6-h-norm",
        title="‖h‖² ≤ π/2 + 10⁶ l^{3/2} r² ε, for two orthogonal teachers",
        label="p. 35, norm of h",
        page="35",
        printed=r"\|h\|^2=\frac\pi2+\frac1{\hat\sigma_l^2}\sum_{k,j=1}^r\langle\bar w_k^*,\bar w_j^*\rangle^l"
        r"=\frac\pi2+O(l^{3/2}r^2\epsilon)",
        given=Box(variables={_half: (2, 400)}),
        then=AtMost(2, 4 * _constant * _half ** Rational(3, 2) * exp(-_half * log(2) / 4)),
        witness=Point.of(l=400),
        mutants={"a thousandth": Mutant(then=AtMost(2, 4000 * _half ** Rational(3, 2) * exp(-_half * log(2) / 4)))},
        erratum=Erratum(
            weight="proof step",
            what="the r diagonal terms of the double sum are 1 each and do not fall with ε; and σ̂_l^{−2} is of the order l^{5/2}",
            reader="orthogonal teachers: the sum is r for every l, while l^{3/2} r² ε with ε = 2^{−l/4} tends to 0",
            mend="zhou21b/lemma-C.6-h-norm/corrected",
            charity="Lemmas 12, 10, 8 and Theorem 4 survive with a smaller ε_0",
        ),
        note="already without the factor 1/σ̂_l² ≥ 1; for any constant in place of 10⁶ a larger l does the same",
        expected=Verdict.REFUTED,
    ),
    Claim(
        id="zhou21b/lemma-C.6-h-norm/corrected",
        title="the double sum is at most r(1 + (r − 1)ε)",
        label="p. 35, mended",
        page="35",
        given=_networks(1),
        then=AtMost(over(_seen, b), m * (1 + (m - 1) * _epsilon)),
        mutants={"without the diagonal": Mutant(then=AtMost(over(_seen, b), m * m * _epsilon))},
        uses=("zhou21b/lemma-C.6-cos-bounds-far", "zhou21b/lemma-C.11/corrected"),
        note="so ‖h‖² ≤ π/2 + r(1 + (r − 1)ε)/σ̂_l², with 1/σ̂_l² of the order l^{5/2}",
        expected=Verdict.SUPPORTED,
    ),
)
