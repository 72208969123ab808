"""Equation (8), p. 5: one step of each of K neurons, its own part and the interaction."""

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.wang21a._setting import s, unit_length
from checks.relation import All, Equal
from checks.verdict import Verdict
from theory.heads import Distinct, after_step, dot
from theory.symbols import beta, eta, i, j, over, v, w
from theory.vocabulary import parallel, z

_square = dot(w[i], w[i])
_other_squares = over(Distinct(i, j) * dot(w[j], w[j]), j)

_A = parallel[i] * (1 + 3 * eta * (s**2 - _square))
_B = 2 * eta * over(Distinct(i, j) * dot(w[j], w[i]) * parallel[j], j) + eta * parallel[i] * _other_squares
_C = z[i] * (1 + eta * (s**2 - 3 * _square))
_D = 2 * eta * over(Distinct(i, j) * dot(w[j], w[i]) * z[j], j) + eta * _other_squares * z[i]

_ratio = 3 * eta * s**2 * (1 - beta[i] ** 2)

CLAIMS = (
    Claim(
        id="wang21a/eq-8",
        title="each neuron moves by its own part minus its interaction with the others",
        label="(8)",
        page="5",
        printed=r"w^{(k),\parallel}_{t+1}=w^{(k),\parallel}_t(1+3\eta(\|w_*\|^2-\|w^{(k)}_t\|^2))-\Big(2"
        r"\eta\sum_{j\ne k}"
        r"\langle w^{(j)}_t,w^{(k)}_t\rangle w^{(j),\parallel}_t+\eta w^{(k),\parallel}_t\sum_{j\ne k}"
        r"\|w^{(j)}_t\|^2\Big)"
        r"\quad(=A-B,\ \text{likewise}\ C-D\ \text{across})",
        given=Networks(model="wang21a", students=(1, 5), dimension=(1, 5), scalars={eta: (0, 1)}),
        then=All(Equal(after_step(parallel[i]), _A - _B), Equal(after_step(z[i]), _C - _D)),
        mutants={
            "without the bracket": Mutant(
                then=Equal(after_step(parallel[i]), _A - _B + 2 * eta * parallel[i] * _other_squares)
            ),
            "sign of the interaction": Mutant(then=Equal(after_step(z[i]), _C + _D)),
        },
        uses=("wang21a/eq-6",),
        note="the minus sign stands before a bracket around both interaction terms",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/approx-10-limit",
        title="share of the interaction at a minimum w_* qᵀ",
        given=Networks(
            model="wang21a",
            students=(1, 4),
            dimension=(1, 4),
            coefficients=("beta",),
            scalars={eta: (0, 1)},
            students_as=beta[i] * v,
            where=(unit_length,),
        ),
        then=Equal(_B / _A, _ratio / (1 + _ratio)),
        mutants={
            "one third": Mutant(then=Equal(_B / _A, _ratio / (3 + _ratio))),
            "no interaction": Mutant(then=Equal(_B / _A, 0)),
        },
        note="so the θ of (10) tends to about 3η‖w_*‖²(1 − q_k²), and not to 0, for K ≥ 2 as soon as some q_k is small",
        expected=Verdict.PROVED,
    ),
)
