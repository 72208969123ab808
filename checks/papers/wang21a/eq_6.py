"""Equation (6), p. 5: the population gradient of one neuron."""

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks
from checks.papers.wang21a._setting import s
from checks.relation import All, Equal
from checks.verdict import Verdict
from theory.heads import Distinct, dot, expectation, gaussian_input
from theory.symbols import i, j, over, v, w, xi
from theory.vocabulary import gradient

_x = gaussian_input
_own = (3 * dot(w[i], w[i]) - s**2) * w[i] - 2 * dot(v, w[i]) * v
_others = over(Distinct(i, j) * (2 * dot(w[j], w[i]) * w[j] + dot(w[j], w[j]) * w[i]), j)
_per_sample = (over(dot(_x, w[j]) ** 2, j) - dot(_x, v) ** 2) * dot(_x, w[i]) * dot(_x, xi)

CLAIMS = (
    Claim(
        id="wang21a/eq-6",
        title="population gradient with respect to one neuron",
        label="(6)",
        page="5",
        printed=r"\mathbb E[\nabla_{w^{(k)}}f(W)]=(3\|w^{(k)}\|^2-\|w_*\|^2)w^{(k)}-2(w_*^\top w^{(k)})w_*"
        r"+\sum_{j\ne k}2((w^{(j)})^\top w^{(k)})w^{(j)}+\|w^{(j)}\|^2w^{(k)}",
        given=Networks(model="wang21a", students=(1, 5), dimension=(1, 5), vectors=("xi",)),
        then=All(
            Equal(gradient[i], _own + _others),
            Equal(expectation(_per_sample), dot(_own + _others, xi)),
        ),
        mutants={
            "sum over the first term only": Mutant(
                then=Equal(
                    gradient[i],
                    _own + over(Distinct(i, j) * 2 * dot(w[j], w[i]) * w[j], j) + dot(w[i], w[i]) * w[i],
                )
            ),
            "sign of the teacher": Mutant(then=Equal(gradient[i], _own + 4 * dot(v, w[i]) * v + _others)),
        },
        uses=("wang21a/gauss-moments", "wang21a/eq-5"),
        note="the gradient of the population loss, and the expectation of the gradient (5) of one sample",
        expected=Verdict.PROVED,
        erratum=Erratum(
            weight="wording",
            what="the sum over j ≠ k covers both summands; a bracket is missing",
            mend="Σ_{j≠k} [2⟨w^(j), w^(k)⟩ w^(j) + ‖w^(j)‖² w^(k)]",
        ),
    ),
)
