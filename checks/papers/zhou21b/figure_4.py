"""Figure 4, p. 28: the two parts of the residual at inputs of length 1."""

from sympy import Rational

from checks.claim import Claim, Mutant
from checks.given import Point
from checks.papers.zhou21b._nonlinear import angle, inputs, size
from checks.relation import All, AtMost
from checks.verdict import Verdict
from theory.heads import dot, largest, magnitude, norm
from theory.indicators import sgn
from theory.symbols import a, i, m, over, teachers, w, xi
from theory.vocabulary import deviation

_first = over(dot(deviation[a], xi) * sgn(dot(teachers[a], xi)), a)
_alpha = largest(norm(deviation[a]), a)
_linear = AtMost(magnitude(_first), m * _alpha * norm(xi))
_piece = AtMost(size, 2 * norm(w[i]) ** 2 * angle * norm(xi))

CLAIMS = (
    Claim(
        id="zhou21b/figure-4",
        title="|R_1(x)| ≤ r α ‖x‖, and each piece of R_2 is at most 2‖w_j‖² δ_j ‖x‖",
        label="Figure 4",
        page="28",
        printed=r"\|\textstyle\sum_{j\in T_i}\|w_j\|w_j-w_i^*\|\le\alpha,\ \|x\|=1:\ R_1(x)=O(\alpha),\ \|w_j\|w_j^\top x("
        r"\mathrm{sgn}(w_j^\top x)-\mathrm{sgn}(w_i^{*\top}x))=O(\|w_j\|^2\delta_j)",
        given=inputs,
        then=All(_linear, _piece),
        mutants={
            "nine tenths of r α": Mutant(
                then=AtMost(magnitude(_first), Rational(9, 10) * m * _alpha * norm(xi)),
                witness=Point.of(students=[[1]], teachers=[[3]], xi=[1]),
            ),
            "1.9 for 2": Mutant(
                then=AtMost(size, Rational(19, 10) * norm(w[i]) ** 2 * angle * norm(xi)),
                witness=Point.of(students=[[1, "1/100"]], teachers=[[1, 0]], xi=[["-1/1000000", 1]]),
            ),
        },
        uses=("zhou21b/lemma-C.3",),
        note="α = max_i ‖Σ_{j∈T_i} ‖w_j‖ w_j − w_i*‖, the O(α) of the figure has the factor r",
        expected=Verdict.SUPPORTED,
    ),
)
