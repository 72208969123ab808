"""Algorithm 2, p. 51: random directions in an estimated subspace, norms by least squares."""

from dataclasses import replace

from sympy import Rational, pi, sqrt

from checks.claim import Assumption, Claim, Erratum, Mutant
from checks.given import Point
from checks.papers.zhou21b._subspace import labelled, moment, zeta
from checks.relation import AtMost, Equal
from checks.verdict import Verdict
from theory.heads import dot, norm
from theory.symbols import a, over, teachers, xi

_spread = over(dot(xi, teachers[a]) ** 2 / norm(teachers[a]), a)
_across = replace(labelled, teachers=(1, 2), dimension=(2, 4), where=(Equal(dot(xi, teachers[a]), 0),))

CLAIMS = (
    Claim(
        id="zhou21b/algorithm-2",
        title="subspace initialisation",
        label="Algorithm 2",
        page="51",
        printed=r"\hat M=\tfrac1N\sum_{i=1}^Ny_i(x_ix_i^\top-I),\ Q\in\mathbb R^{d\times r}\text{ the top-}r\text{ "
        r"eigenvectors},\ w_i\sim N(0,QQ^\top),\ w_i'=\sqrt{z_i^*/\|w_i\|}\,w_i",
        assumption=Assumption(
            reason="a procedure, not a statement; that the mean of its matrix is ≥ 0, positive exactly on the span of the "
            "teachers, and that the norms are fitted as in Algorithm 1 is checked",
            forms=("zhou21b/algorithm-2/positive", "zhou21b/algorithm-2/kernel", "zhou21b/algorithm-1"),
        ),
        uses=("zhou21b/lemma-E.2",),
        erratum=Erratum(
            weight="wording",
            what="the algorithm takes Q ∈ ℝ^{d×r} with the top r eigenvectors, the proof of Lemma E.5 Q ∈ ℝ^{d×d̃} with an "
            "upper bound d̃ of r",
            reader="compare “Q ∈ ℝ^{d×r}” on p. 51 with “Q ∈ ℝ^{d×d̃}” on p. 52",
            mend="Q ∈ ℝ^{d×d̃} with d̃ ≥ r in both places",
            charity="with d̃ = r they agree",
        ),
        note="eigenvalues are ordered with their signs, which is right since E M̂ ≥ 0",
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="zhou21b/algorithm-2/positive",
        title="the mean of the estimated matrix is positive on the span of the teachers",
        label="Algorithm 2",
        page="51",
        given=labelled,
        then=AtMost(Rational(3, 4) * _spread, moment(xi, xi)),
        slack_as=((sqrt(2 / pi) - Rational(3, 4)) * _spread,),
        mutants={
            "larger constant": Mutant(
                then=AtMost(Rational(4, 5) * _spread, moment(xi, xi)),
                witness=Point.of(students=[[1]], teachers=[[1]], xi=[1]),
            ),
            "negative": Mutant(then=AtMost(moment(xi, xi), 0)),
        },
        uses=("zhou21b/lemma-E.2",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/algorithm-2/kernel",
        title="the mean of the estimated matrix vanishes across the teachers",
        label="Algorithm 2",
        page="51",
        given=_across,
        then=Equal(moment(xi, zeta), 0),
        mutants={"everywhere": Mutant(given=labelled)},
        uses=("zhou21b/lemma-E.2",),
        expected=Verdict.PROVED,
    ),
)
