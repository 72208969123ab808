"""Lemma F.1, p. 54: the gradient on samples concentrates."""

from sympy import Symbol

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks, Point
from checks.papers.zhou21b._variance import pair, radial, second_moment, variance
from checks.relation import All, AtMost, Equal
from checks.verdict import Verdict
from theory.heads import dot, expectation, gaussian_input, magnitude, norm
from theory.symbols import a, d, i, k, over, teachers, w, xi
from theory.vocabulary import Theta, loss, student_mass

_any = Networks(model="zhou21b", students=(1, 2), teachers=(1, 2), dimension=(1, 4))
_small = Networks(model="zhou21b", students=(1, 2), teachers=(1, 2), dimension=(1, 3), where=(AtMost(loss, Theta**2),))
_x = gaussian_input
_residual = over(norm(w[i]) * magnitude(dot(_x, w[i])), i) - over(magnitude(dot(_x, teachers[a])), a)
_mass = student_mass * (student_mass + Theta) ** 2
_one = Point.of(students=[[1]], teachers=[["1/1000"]])
_zeta = Symbol("zeta", real=True)
_vectors = Networks(model="zhou21b", students=1, teachers=1, dimension=(2, 4), vectors=("xi", "zeta"))

CLAIMS = (
    Claim(
        id="zhou21b/lemma-F.1",
        title="the variance of one sample is at most 480 d² Θ³, so N = 480 d² Θ³/(ε² δ) samples suffice",
        label="Lemma F.1",
        page="54",
        printed=r"L(W)=O(r^2w_{\max}^2),\ N\ge O(r^3w_{\max}^3d^2\epsilon^{-2}\delta^{-1})\ \Rightarrow\ "
        r"P\big(\|\nabla_W\hat L(W)-\nabla_WL(W)\|_F\le\epsilon\big)\ge1-\delta",
        given=_small,
        then=AtMost(variance, 480 * d**2 * Theta**3),
        mutants={
            "5 for 480": Mutant(
                then=AtMost(variance, 5 * d**2 * Theta**3), witness=Point.of(students=[["3/2"]], teachers=[[1]])
            ),
            "for every network": Mutant(given=_any, witness=Point.of(students=[[10]], teachers=[[1]])),
        },
        uses=("zhou21b/lemma-F.1-variance", "zhou21b/lemma-C.5", "zhou21b/lemma-14"),
        erratum=Erratum(
            weight="typo",
            what="two of the “=” on p. 54 have to be “≤”",
            reader="‖(I + w̄w̄ᵀ)x‖² = ‖x‖² + 3(w̄·x)² is 4‖x‖² only for x along w; and the second moment is larger than the "
            "variance by ‖∇L‖²",
            mend="read ≤",
        ),
        note="by Chebyshev the failure probability is at most variance/(N ε²); for L ≤ Θ², with Θ ≤ r w_max",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-F.1/exponent",
        title="the variance is linear in d: at most (d + 11) S (S + Θ)², so that d samples do where d² are asked for",
        label="Lemma F.1",
        page="54",
        given=_any,
        then=AtMost(variance, (d + 11) * _mass),
        mutants={
            "a tenth": Mutant(
                then=AtMost(variance, (d + 11) * _mass / 10), witness=Point.of(students=[[5]], teachers=[[1]])
            ),
            "without d": Mutant(
                then=AtMost(variance, 3 * _mass),
                witness=Point.of(students=[[1, 0, 0, 0]], teachers=[["1/1000", 0, 0, 0]]),
            ),
        },
        uses=("zhou21b/lemma-F.1/radial",),
        note="Σ‖w_k‖² 2(d + 2) L + 3 Σ E[R²(w_k·x)²] − ‖∇L‖², of which only the first term contains d",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-F.1/radial",
        title="E[‖x‖² R²] = (d + 2) E R²",
        label="p. 54",
        page="54",
        given=_any,
        then=Equal(expectation(dot(_x, _x) * _residual**2), radial),
        mutants={"d for d + 2": Mutant(then=Equal(expectation(dot(_x, _x) * _residual**2), 2 * d * loss))},
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-F.1/pair",
        title="E[|a·x||b·x|(u·x)²] in closed form",
        label="p. 54",
        page="54",
        given=_vectors,
        then=Equal(
            expectation(magnitude(dot(_x, xi)) * magnitude(dot(_x, _zeta)) * dot(_x, w[i]) ** 2), pair(xi, _zeta, w[i])
        ),
        mutants={
            "the kernel alone": Mutant(
                then=Equal(
                    expectation(magnitude(dot(_x, xi)) * magnitude(dot(_x, _zeta)) * dot(_x, w[i]) ** 2),
                    dot(w[i], w[i]) * expectation(magnitude(dot(_x, xi)) * magnitude(dot(_x, _zeta))),
                )
            )
        },
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-F.1-variance",
        title="the second moment of the gradient by w_j is at most 4‖w_j‖² E[‖x‖² R²] ≤ 4 d(d + 2) ‖w_j‖² (S + Θ)²",
        label="p. 54, variance of one sample",
        page="54",
        printed=r"\mathbb E_x\big\|R(x)\|w_j\|(I+\bar w_j\bar w_j^\top)x\,\mathrm{sgn}(w_j^\top x)\big\|^2=4\|w_j\|^2\mathbb E"
        r"\big[\|x\|^4R(\bar x)^2\big]\le4\|w_j\|^2\mathbb E\Big[\|x\|^4\Big(\sum_i\|w_i\|^2+\sum_i\|w_i^*\|\Big)^2\Big]",
        given=_any,
        then=All(
            AtMost(second_moment, 4 * dot(w[k], w[k]) * radial),
            AtMost(4 * dot(w[k], w[k]) * radial, 4 * d * (d + 2) * dot(w[k], w[k]) * (student_mass + Theta) ** 2),
        ),
        mutants={
            "3 for 4": Mutant(then=AtMost(second_moment, 3 * dot(w[k], w[k]) * radial), witness=_one),
            "half of the last": Mutant(
                then=AtMost(radial, d * (d + 2) * (student_mass + Theta) ** 2 / 2), witness=_one
            ),
        },
        uses=("zhou21b/lemma-F.1/radial", "zhou21b/lemma-F.1/pair"),
        note="E[‖x‖⁴ R(x̄)²] = E[‖x‖² R²], and E‖x‖⁴ = d(d + 2)",
        expected=Verdict.SUPPORTED,
    ),
)
