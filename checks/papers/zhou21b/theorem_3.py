"""Theorem 3, p. 4: at zero loss every student is parallel to some teacher."""

from sympy import pi

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks
from checks.relation import AtMost, Below
from checks.verdict import Verdict
from theory.heads import largest, line_angle, norm
from theory.symbols import i, over, v, w
from theory.vocabulary import Theta, loss, nearest_angle

_spread = over(norm(w[i]) ** 2 * line_angle(w[i], v) ** 2, i)

CLAIMS = (
    Claim(
        id="zhou21b/theorem-3",
        title="a network with a student along no teacher has a positive loss",
        label="Theorem 3",
        page="4",
        printed=r"L(W)=0\ \Rightarrow\ \text{every student neuron's direction matches one of the teacher neurons' directions}",
        given=Networks(
            model="zhou21b",
            students=(1, 5),
            teachers=(1, 3),
            dimension=(1, 4),
            where=(Below(0, largest(norm(w[i]) * nearest_angle[i], i)),),
        ),
        then=Below(0, loss),
        mutants={"by a fixed amount": Mutant(then=AtMost(Theta**2 / 1000, loss))},
        erratum=Erratum(
            weight="wording",
            what="the students must not vanish",
            reader="a student w_j = 0 has no direction and contributes nothing",
            mend="every non-zero student is parallel to some teacher",
        ),
        uses=("zhou21b/lemma-C.6",),
        note="the contrapositive, for non-zero students",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/theorem-3/one-teacher",
        title="for one teacher the loss bounds the angles",
        label="Theorem 3",
        page="4",
        given=Networks(model="zhou21b", students=(1, 6), dimension=(1, 6)),
        then=AtMost(_spread**2, 3 * pi**5 / 16 * loss),
        mutants={"a smaller constant": Mutant(then=AtMost(_spread**2, 10 * loss))},
        note="the test function of Lemma C.6 with l = 2 gives Σ‖w_j‖² sin²δ_j ≤ √(2L)·√(3π/2)",
        expected=Verdict.SUPPORTED,
    ),
)
