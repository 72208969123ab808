"""Equation (23) for several teachers."""

from sympy import Expr, cos, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.xu23a._setting import S
from checks.relation import Equal
from checks.verdict import Verdict
from theory.heads import Distinct, angle, norm
from theory.symbols import a, b, i, j, over, teachers, w
from theory.vocabulary import loss, residual_norm, theta, w_norm

_cross = angle(w[i], teachers[a])
_between = angle(teachers[a], teachers[b])
_students = over(S(theta[i, j]) * w_norm[i] * w_norm[j], i, j) / 2
_mixed = over(over(S(_cross) * w_norm[i] * norm(teachers[a]), a), i)
_targets = over(Distinct(a, b) * S(_between) * norm(teachers[a]) * norm(teachers[b]), a, b) / 2


def _loss(students: Expr, mixed: Expr, targets: Expr) -> Expr:
    return residual_norm**2 / 4 + (students - mixed + targets) / (2 * pi)


_unrotated = over(over((sin(_cross) + _cross * cos(_cross)) * w_norm[i] * norm(teachers[a]), a), i)

CLAIMS = (
    Claim(
        id="xu23a/eq-23-general",
        title="closed form of the population loss for several teachers",
        given=Networks(model="xu23a", students=(1, 4), teachers=(1, 3)),
        then=Equal(loss, _loss(_students, _mixed, _targets)),
        mutants={
            "without the teachers' own terms": Mutant(then=Equal(loss, _loss(_students, _mixed, 0))),
            "sign inside S": Mutant(then=Equal(loss, _loss(_students, _unrotated, _targets))),
        },
        note="r = Σ w_i − Σ v_a",
        expected=Verdict.PROVED,
    ),
)
