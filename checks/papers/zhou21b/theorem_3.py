"""Theorem 3, p. 4: at zero loss every student is parallel to some teacher."""

from sympy import pi

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks
from checks.relation import AtMost
from checks.verdict import Verdict
from theory.heads import line_angle, norm
from theory.symbols import i, over, v, w
from theory.vocabulary import loss

_spread = over(norm(w[i]) ** 2 * line_angle(w[i], v) ** 2, i)

CLAIMS = (
    Claim(
        id="zhou21b/theorem-3",
        title="no loss forces every student onto the line of the teacher",
        label="Theorem 3",
        page="4",
        printed=r"L(W)=0\ \Rightarrow\ \forall j\ \exists i:\ w_j\parallel w_i^*",
        given=Networks(model="zhou21b", students=(1, 6), dimension=(1, 6)),
        then=AtMost(_spread**2, 3 * pi**5 / 16 * loss),
        mutants={
            "constant": Mutant(then=AtMost(_spread**2, 10 * loss)),
            "angle without the line": Mutant(then=AtMost(over(norm(w[i]) ** 2, i) ** 2, loss)),
        },
        erratum=Erratum(
            weight="wording",
            what="the students must not vanish",
            reader="a student w_j = 0 has no direction and contributes nothing",
            mend="every non-zero student is parallel to some teacher",
        ),
        uses=("zhou21b/lemma-C.6",),
        note="quantitatively for one teacher: the test function of Lemma C.6 with l = 2 gives "
        "Σ‖w_j‖² sin²δ_j ≤ √(2L)·√(3π/2); several teachers: lemma-C.6/corrected",
        expected=Verdict.SUPPORTED,
    ),
)
