"""Lemma C.2 and (12), pp. 20 and 35–37: the descent direction up to an error of second order in the angle."""

from sympy import Rational, Symbol, cos, pi, sin

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Networks
from checks.papers.zhou21b._kernel import kernel, slope
from checks.relation import AtMost, Bounded, Equal
from checks.verdict import Verdict
from theory.heads import dot, largest, line_angle, magnitude, norm
from theory.symbols import beta, i, over, v, w, xi
from theory.vocabulary import effective_gradient, gradient, loss

_total = over(beta[i] * norm(w[i]), i)
_q = beta[i] / _total
_direction = w[i] - _q * v
_turned = _direction - Rational(1, 2) * dot(w[i], _direction) / dot(w[i], w[i]) * w[i]
_descent = over(dot(gradient[i], _turned), i)
# E[R|v·x|] and the last term of (12).
_against = over(norm(w[i]) * kernel(w[i], v), i) - dot(v, v)
_pulled = over(_q * norm(w[i]) * dot(v, effective_gradient[i]), i)

_mass = over(dot(w[i], w[i]), i)
_sign = magnitude(dot(w[i], v)) / dot(w[i], v)
descent_sum = over(
    norm(w[i]) * dot(effective_gradient[i], w[i]) - dot(w[i], w[i]) * _sign / _mass * dot(effective_gradient[i], v), i
)
widest = largest(line_angle(w[i], v), i)

_delta = Symbol("delta", real=True)
_inner = (dot(xi, v) - dot(slope(w[0], v), xi)) / 2
_student = Networks(model="zhou21b", students=1, dimension=(1, 4), vectors=("xi",), where=(AtMost(0, dot(w[0], v)),))
_index_clash = Erratum(
    weight="typo",
    what="the summation index i is used twice in one display",
    reader="the sum over teachers inside R_1 has its own index",
    mend="rename the index of the inner sum",
)

CLAIMS = (
    Claim(
        id="zhou21b/lemma-C.2-identity",
        title="the descent sum is the squared residual and a term of differing signs",
        label="(12)",
        page="36",
        printed=r"\sum_{i,j}\langle\nabla_{w_j}L,(I+\bar w_j\bar w_j^\top)^{-1}(w_j-q_{ij}w_i^*)\rangle=\|R\|^2+\mathbb E\Big[R"
        r"\sum_{i,j}q_{ij}\|w_j\|w_i^{*\top}x\big(\mathrm{sgn}(w_i^{*\top}x)-\mathrm{sgn}(w_j^\top x)\big)\Big]",
        given=Networks(model="zhou21b", students=(1, 4), dimension=(1, 4), coefficients=("beta",)),
        then=Equal(_descent, 2 * loss + _against - _pulled),
        mutants={
            "the loss for the squared residual": Mutant(then=Equal(_descent, loss + _against - _pulled)),
            "without the signs": Mutant(then=Equal(_descent, 2 * loss)),
        },
        uses=("zhou21b/eq-grad",),
        note="for one teacher and any number of students, q_j = β_j/Σβ_k‖w_k‖; no sign of q is needed",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-C.2/reduced",
        title="in the plane of the neurons the constant is 1/π",
        label="Lemma C.2",
        page="36",
        given=Box(variables={_delta: (0, pi / 2)}),
        then=AtMost(sin(_delta) ** 4 + (_delta - sin(_delta) * cos(_delta)) ** 2, _delta**4),
        contact={_delta: (0, 6)},
        mutants={
            "nine tenths": Mutant(
                then=AtMost(sin(_delta) ** 4 + (_delta - sin(_delta) * cos(_delta)) ** 2, Rational(9, 10) * _delta**4)
            )
        },
        note="E[v̄·x w̄*·x 1{signs differ}] is sin²δ/π across the teacher and (δ − sin δ cos δ)/π along it; by "
        "Cauchy–Schwarz at most δ²/π in every direction of the plane",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.2-I2",
        title="the part of R_1 is at least −O(α δ²)",
        label="pp. 36–37",
        page="36",
        printed=r"\mathbb E\big[R_1|w_i^{*\top}x|\mathbb 1\{\mathrm{sgn}\ne\}\big]\ge-O(rw_{\max}\alpha\delta_j^2)",
        given=_student,
        then=Bounded(ratio=-_inner / (norm(xi) * norm(v) * line_angle(w[0], v) ** 2)),
        mutants={"without the teacher": Mutant(then=Bounded(ratio=-_inner / (norm(xi) * line_angle(w[0], v) ** 2)))},
        uses=("zhou21b/lemma-C.9", "zhou21b/lemma-C.3"),
        erratum=_index_clash,
        note="one teacher, ξ the deviation of the average neuron; the constant tends to 1/π",
        expected=Verdict.MEASURED,
    ),
)
