"""Lemma 29, pp. 39–40: the components across the teacher don't all vanish in finite time."""

from __future__ import annotations

from sympy import Expr, Rational, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.xu23a._lower_bound import farthest, small_flow
from checks.relation import AtMost, Below
from checks.verdict import Verdict
from theory.heads import Distinct, dot, largest, norm, rate
from theory.observables import initial
from theory.steps import LargestStep, Whole
from theory.symbols import i, j, k, n, over, w
from theory.vocabulary import theta, v_norm, w_norm, z

_energy = over(dot(z[i], z[i]), i)
# C ≥ 1 bounds the coefficient of z_i in (60).
_mass = over(Distinct(k, j) * w_norm[j] / w_norm[k], j) + v_norm / w_norm[k]
_C = largest(pi + _mass, k)

# By (60) the rate is −Σ own_i ‖z_i‖²/π − Σ_{i≠j} (1 − θ_ij/π) ⟨z_i, z_j⟩, where own_i ≤ C and −⟨a, b⟩ ≥ −½(‖a‖² + ‖b‖²).
_apart = over(Distinct(i, j) * (pi - theta[i, j]) / (2 * pi) * norm(z[i] - z[j]) ** 2, i, j)
_turned = over(Distinct(i, j) * theta[i, j] / pi * norm(z[i]) ** 2, i, j)
_own = over(Distinct(i, j) * w_norm[j] / w_norm[i] * (1 - sin(theta[i, j])), j) + v_norm / w_norm[i] * (
    1 + sin(theta[i])
)
_spare = 2 * n * LargestStep(pi + _mass, k, i) + _own / pi
_spare += _mass.xreplace({k: i}) * (2 * Whole(n - 1) + (2 - 1 / pi)) + n * (2 * pi - 1)


def _decay(constant: Expr) -> AtMost:
    return AtMost(-2 * n * constant * _energy, rate(_energy))


CLAIMS = (
    Claim(
        id="xu23a/lemma-29",
        title="some student is off the teacher's line at all times",
        label="Lemma 29",
        page="39",
        printed=r"\forall t\ \exists i\in[n]:\ z_i(t)\ne0",
        given=small_flow(),
        then=Below(0, farthest),
        mutants={"bounded away from 0": Mutant(then=AtMost(initial(farthest) / 2, farthest))},
        uses=("xu23a/eq-60", "xu23a/corollary-28", "xu23a/lemma-29/rate"),
        note="along flows up to t = 1000 from starts on the event of Lemma 3",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/lemma-29/rate",
        title="Σ‖z_i‖² decays no faster than exponentially",
        label="proof of Lemma 29",
        page="39",
        printed=r"\frac\partial{\partial t}\sum_j\|z_j\|^2\ge-2nC\sum_j\|z_j\|^2",
        given=Networks(model="xu23a", students=(1, 5), dimension=(2, 5), where=(Below(0, norm(w[i])),)),
        then=_decay(_C),
        mutants={"a twentieth": Mutant(then=_decay(Rational(1, 20) * _C))},
        slack_as=(_apart + _turned + over(norm(z[i]) ** 2 * _spare, i),),
        uses=("xu23a/eq-60",),
        note="with C = max_i (π + Σ_{j≠i} ‖w_j‖/‖w_i‖ + ‖v‖/‖w_i‖)",
        expected=Verdict.PROVED,
    ),
)
