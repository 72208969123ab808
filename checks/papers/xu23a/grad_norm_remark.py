"""A sentence of p. 10: the norms of the students are bounded through the loss."""

from sympy import Rational, sqrt

from checks.claim import Claim, Mutant
from checks.papers.xu23a._setting import networks
from checks.relation import AtMost, Bounded
from checks.verdict import Verdict
from theory.symbols import i
from theory.vocabulary import loss, v_norm, w_norm

CLAIMS = (
    Claim(
        id="xu23a/grad-norm-remark",
        title="the norm of a student is bounded in terms of the loss",
        label="p. 10 sentence",
        page="10",
        printed=r"\|\nabla L\|\text{ is upper bounded by }\|w_i\|,\text{ and }\|w_i\|"
        r"\text{ is upper bounded by }L(w)",
        given=networks,
        then=Bounded(ratio=w_norm[i] / (v_norm + sqrt(loss))),
        mutants={"by the loss alone": Mutant(then=Bounded(ratio=w_norm[i] / sqrt(loss)))},
        note="read with ‖v‖ and √L, as the dimensions ask for; the best constant is 2",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/grad-norm-remark-precise",
        title="‖w_i‖ ≤ ‖v‖ + 2√L",
        given=networks,
        then=AtMost(w_norm[i], v_norm + 2 * sqrt(loss)),
        mutants={
            "smaller constant": Mutant(then=AtMost(w_norm[i], v_norm + Rational(19, 10) * sqrt(loss))),
            "half the teacher": Mutant(then=AtMost(w_norm[i], v_norm / 2 + 2 * sqrt(loss))),
        },
        note="‖w_i‖/√2 = ‖[w_i·x]₊‖ ≤ ‖f‖ ≤ ‖f*‖ + ‖R‖ = ‖v‖/√2 + √(2L) in L²; equality for one student on "
        "the "
        "teacher's ray beyond it",
        expected=Verdict.SUPPORTED,
    ),
)
