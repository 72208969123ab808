"""A sentence of p. 10: the norms of the students are bounded through the loss."""

from sympy import Rational, cos, pi, sin, sqrt

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.papers.xu23a._one_input import neuron
from checks.papers.xu23a._setting import angle_variable, networks
from checks.reduction.inherited import slack_of
from checks.relation import AtMost, Bounded
from checks.verdict import Verdict
from theory.heads import Distinct
from theory.mean_steps import MeanCauchySchwarz
from theory.steps import RootStep
from theory.symbols import i, j, k, l, over, v, w
from theory.vocabulary import loss, theta, v_norm, w_norm

_t = angle_variable
# In L²: 2(‖f*‖ + ‖R‖)² − 2‖f‖² = 4(‖f*‖‖R‖ − ⟨f*, R⟩), and 2‖f‖² − ‖w_i‖² = 2 Σ_{k≠l} Υ(w_k, w_l) + Σ_{k≠i} ‖w_k‖².
_residual = over(neuron(w[j]), j) - neuron(v)
_kernel = w_norm[k] * w_norm[l] / (2 * pi) * slack_of("xu23a/grad-norm-remark-precise/reduced", at={_t: theta[k, l]})
_squares = (
    4 * MeanCauchySchwarz(neuron(v), _residual, v_norm / sqrt(2), sqrt(2 * loss))
    + 2 * over(Distinct(k, l) * _kernel, k, l)
    + over(Distinct(i, k) * w_norm[k] ** 2, k)
)

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
        slack_as=(RootStep(v_norm + 2 * sqrt(loss), w_norm[i], _squares),),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/grad-norm-remark-precise/reduced",
        title="two neurons are nowhere negatively correlated: sin θ + (π − θ) cos θ ≥ 0",
        given=Box(variables={_t: (0, pi)}),
        then=AtMost(0, sin(_t) + (pi - _t) * cos(_t)),
        contact={_t: (pi, 3)},
        mutants={"above 1/100": Mutant(then=AtMost(Rational(1, 100), sin(_t) + (pi - _t) * cos(_t)))},
        expected=Verdict.CERTIFIED,
    ),
)
