"""One step of gradient descent on the population loss, separated along and across the teacher."""

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.wang21a._setting import s
from checks.relation import All, Equal
from checks.verdict import Verdict
from theory.heads import after_step, dot
from theory.symbols import eta, i, j, over, w
from theory.vocabulary import parallel, trace_gap, z

# Row i of N = (1 − η tr A) I − 2η WᵀW, applied to the parallel parts and to the parts across.
_along = (1 - eta * trace_gap) * parallel[i] - 2 * eta * over(dot(w[i], w[j]) * parallel[j], j)
_across = (1 - eta * trace_gap) * z[i] - 2 * eta * over(dot(w[i], w[j]) * z[j], j)

CLAIMS = (
    Claim(
        id="wang21a/gd-step",
        title="one step acts by a symmetric K × K matrix, plus a push along the teacher",
        given=Networks(model="wang21a", students=(1, 5), dimension=(1, 5), scalars={eta: (0, 1)}),
        then=All(
            Equal(after_step(parallel[i]), _along + 2 * eta * s**2 * parallel[i]),
            Equal(after_step(z[i]), _across),
        ),
        mutants={
            "push across as well": Mutant(then=Equal(after_step(z[i]), _across + 2 * eta * s**2 * z[i])),
            "without the push": Mutant(then=Equal(after_step(parallel[i]), _along)),
        },
        note="with N = (1 − η tr A) I − 2η WᵀW: Wᵀw_* ↦ (N + 2η‖w_*‖² I) Wᵀw_* and W^⊥ ↦ W^⊥ N",
        expected=Verdict.PROVED,
    ),
)
