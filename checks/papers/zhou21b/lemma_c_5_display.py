"""Page 33: the display in the proof of Lemma C.5, where the weights of the students are dropped."""

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks, Point
from checks.papers.zhou21b._residual import output, residual_at
from checks.relation import Equal
from checks.verdict import Verdict
from theory.heads import expectation
from theory.symbols import b, k, over, teachers, w
from theory.vocabulary import loss

_given = Networks(model="zhou21b", students=(1, 3), teachers=(1, 2), dimension=(1, 3))
_unweighted = over(output(w[k]), k) - over(output(teachers[b]), b)
_witness = Point.of(students=[[2]], teachers=[[1]], note="E(|2x| − |x|)² = 1, but 2L = E(2|2x| − |x|)² = 9")

CLAIMS = (
    Claim(
        id="zhou21b/lemma-C.5-display",
        title="the squared difference of the sums without weights is twice the loss, as the display needs",
        label="p. 33 display",
        page="33",
        printed=r"\mathbb E_x\Big[\big(\sum_i\sum_{j\in T_i}|w_j^\top x|\big)^2\Big]\le2\mathbb E_x\Big[\big(\sum_i\sum_{j\in T_i}"
        r"|w_j^\top x|-\sum_i|w_i^{*\top}x|\big)^2\Big]+2\mathbb E_x\Big[\big(\sum_i|w_i^{*\top}x|\big)^2\Big]=O(r^2w_{\max}^2)",
        given=_given,
        then=Equal(expectation(_unweighted**2), 2 * loss),
        witness=_witness,
        mutants={"the loss": Mutant(then=Equal(expectation(_unweighted**2), loss))},
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="typo",
            what="the weights ‖w_j‖ are missing before |w_jᵀx|, and in the conclusion ‖w_j‖ stands for ‖w_j‖²",
            reader="one student w = 2 and one teacher w* = 1: E(|2x| − |x|)² = 1, while 2L = E(2|2x| − |x|)² = 9",
            mend="zhou21b/lemma-C.5-display/corrected",
            charity="with the weights the display and the lemma are right",
        ),
    ),
    Claim(
        id="zhou21b/lemma-C.5-display/corrected",
        title="the squared difference of the weighted sums is twice the loss",
        label="p. 33 display, mended",
        page="33",
        given=_given,
        then=Equal(expectation(residual_at**2), 2 * loss),
        mutants={"without the weights": Mutant(then=Equal(expectation(_unweighted**2), 2 * loss))},
        uses=("zhou21b/eq-1",),
        expected=Verdict.PROVED,
    ),
)
