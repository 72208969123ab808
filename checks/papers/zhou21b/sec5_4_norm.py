"""Section 5.4, p. 12: the norm of the residual and the loss."""

from checks.claim import Claim, Erratum, Mutant
from checks.given import Point
from checks.papers.zhou21b._kernel import kernel, networks
from checks.relation import Equal
from checks.verdict import Verdict
from theory.heads import norm
from theory.symbols import a, b, i, j, over, teachers, w
from theory.vocabulary import loss

# E R² from the closed form of the kernel.
_square = (
    over(norm(w[i]) * norm(w[j]) * kernel(w[i], w[j]), i, j)
    - 2 * over(norm(w[i]) * kernel(w[i], teachers[a]), i, a)
    + over(kernel(teachers[a], teachers[b]), a, b)
)
_witness = Point.of(students=[[1]], teachers=[[2]], note="R = −|x|: ‖R‖² = 1 and L = 1/2")

CLAIMS = (
    Claim(
        id="zhou21b/sec5.4-R-norm",
        title="the squared norm of the residual is the loss, as printed",
        label="Sec. 5.4",
        page="12",
        printed=r"\|R\|^2=L(W)",
        given=networks,
        then=Equal(_square, loss),
        witness=_witness,
        mutants={"half the loss": Mutant(then=Equal(_square, loss / 2))},
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="typo",
            what="‖R‖² = 2L, since L = ½ E R²",
            reader="one student w = 1 and one teacher v = 2 in dimension 1: R = −|x|, ‖R‖² = 1, L = 1/2",
            mend="zhou21b/sec5.4-R-norm/corrected",
            charity="only the constant; nothing that follows changes",
        ),
    ),
    Claim(
        id="zhou21b/sec5.4-R-norm/corrected",
        title="the squared norm of the residual is twice the loss",
        label="Sec. 5.4, mended",
        page="12",
        given=networks,
        then=Equal(_square, 2 * loss),
        mutants={"the loss": Mutant(then=Equal(_square, loss), witness=_witness)},
        uses=("zhou21b/eq-1",),
        expected=Verdict.PROVED,
    ),
)
