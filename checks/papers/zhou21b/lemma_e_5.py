"""Lemma E.5, pp. 52–53: subspace initialisation has a small loss."""

from checks.claim import Assumption, Claim, Erratum, Mutant
from checks.given import Networks, Point
from checks.relation import AtMost, Below
from checks.verdict import Verdict
from theory.heads import dot, expectation, gaussian_input, magnitude, norm
from theory.mean_steps import Mean
from theory.symbols import V, a, i, over, teachers, w
from theory.vocabulary import loss

_given = Networks(
    model="zhou21b",
    students=(1, 2),
    teachers=(1, 2),
    dimension=(1, 3),
    directions=("V",),
    where=(Below(0, dot(V[i], V[i])),),
)
_network = over(norm(w[i]) * magnitude(dot(gaussian_input, w[i])), i)
_subspace = over(magnitude(dot(gaussian_input, V[i])), i)
_teacher = over(magnitude(dot(gaussian_input, teachers[a])), a)
_first, _second = _subspace - _teacher, _network - _subspace
_bound = expectation(_first**2) + expectation(_second**2)

CLAIMS = (
    Claim(
        id="zhou21b/lemma-E.5",
        title="subspace initialisation brings the loss below ε_init",
        label="Lemma E.5",
        page="52",
        printed=r"\epsilon_{init}\le O(r^2w_{\max}^2),\ N\ge\tilde O(dr^6w_{\max}^4/\epsilon_{init}^2),\ m\ge O\big("
        r"(rw_{\max}/\sqrt{\epsilon_{init}})^r\cdot r\log(1/\delta)\big)\ \Rightarrow\ P(L(W')\le\epsilon_{init})\ge1-\delta",
        assumption=Assumption(
            reason="rests on the quoted Lemmas E.3 and E.4, with Õ and O unspecified; its own steps are checked: the cap "
            "probability in the dimension of the subspace, the feasible point, and the split of the loss",
            forms=(
                "zhou21b/lemma-E.5/split",
                "zhou21b/lemma-E.4/sum",
                "zhou21b/lemma-E.1-cap",
                "zhou21b/lemma-E.1-feasible",
                "zhou21b/lemma-E.1-union",
            ),
        ),
        uses=(
            "zhou21b/lemma-E.1",
            "zhou21b/lemma-E.2",
            "zhou21b/lemma-E.3",
            "zhou21b/lemma-E.4",
            "zhou21b/lemma-C.5",
        ),
        erratum=Erratum(
            weight="typo",
            what="the proof says m₀ = O(r γ^{−d} log(1/δ)), with the dimension d of the input",
            reader="the directions are drawn in the subspace S of dimension d̃; with γ^{−d} the exponent r of the statement "
            "would be d",
            mend="γ^{−d̃}, as in the last display of the proof",
        ),
        note="ε′ = ε/(2 r³ w_max²) in Lemma E.3 makes the first term r³ w_max² ε′ = ε/2 and N = Õ(d r⁶ w_max⁴/ε²); the "
        "condition on ε_init is not needed for v^(i) = P w_i*",
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="zhou21b/lemma-E.5/split",
        title="L ≤ E(Σ|v^(i)·x| − f*)² + E(f − Σ|v^(i)·x|)²",
        label="Lemma E.5, last display",
        page="53",
        given=_given,
        then=AtMost(loss, _bound),
        slack_as=(Mean((_first - _second) ** 2 / 2),),
        mutants={
            "half of it": Mutant(
                then=AtMost(loss, _bound / 2), witness=Point.of(students=[[3]], V=[[5]], teachers=[[1]])
            )
        },
        note="for arbitrary vectors V_i = v^(i) ≠ 0; the slack is ½ E(A − B)²",
        expected=Verdict.PROVED,
    ),
)
