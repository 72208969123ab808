"""Lemma C.3, p. 27: bounds of the two parts of the residual at every input."""

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.zhou21b._residual import largest_norm
from checks.relation import AtMost
from checks.verdict import Verdict
from theory.heads import dot, magnitude, norm
from theory.indicators import sgn
from theory.symbols import a, i, m, over, teachers, w, xi
from theory.vocabulary import deviation, near

# ξ is the input.
_given = Networks(model="zhou21b", students=(1, 4), teachers=(1, 3), dimension=(1, 4), vectors=("xi",))
_first = over(dot(deviation[a], xi) * sgn(dot(teachers[a], xi)), a)
_size = m * largest_norm(deviation) * norm(xi)
_own = over(norm(w[i]) * magnitude(dot(w[i], xi)), i)
_turned = over(near[i, a] * sgn(dot(w[i], teachers[a])) * norm(w[i]) * dot(w[i], xi) * sgn(dot(teachers[a], xi)), i, a)

CLAIMS = (
    Claim(
        id="zhou21b/lemma-C.3",
        title="|R_1(x)| ≤ r α ‖x‖",
        label="Lemma C.3",
        page="27",
        printed=r"\|v_i\|\le\alpha\ \Rightarrow\ |R_1(x)|\le r\alpha\|x\|",
        given=_given,
        then=AtMost(magnitude(_first), _size),
        mutants={"nine tenths": Mutant(then=AtMost(magnitude(_first), 9 * _size / 10))},
        uses=("zhou21b/eq-3",),
        note="α is the largest ‖v_i‖; attained for one teacher",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-C.3-R2",
        title="R_2(x) ≥ 0",
        label="Lemma C.3",
        page="27",
        printed=r"R_2(x)\ge0",
        given=_given,
        then=AtMost(_turned, _own),
        mutants={"half of the positive part": Mutant(then=AtMost(_turned, _own / 2))},
        uses=("zhou21b/eq-3",),
        note="the parts Σ‖w_j‖|w_j·x| and Σ‖w_j‖ σ_j w_j·x sgn(w_i*·x) of R_2 on the two sides",
        expected=Verdict.SUPPORTED,
    ),
)
