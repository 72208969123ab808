"""Equation (7), p. 5 (repeated as (28) and (29)): one step of a single neuron."""

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.wang21a._setting import s
from checks.relation import All, Equal
from checks.verdict import Verdict
from theory.heads import after_step, dot
from theory.symbols import eta, i, w
from theory.vocabulary import parallel, z


def _networks(students: int | tuple[int, int]) -> Networks:
    return Networks(model="wang21a", students=students, dimension=(1, 5), scalars={eta: (0, 1)})


_square = dot(w[i], w[i])
_along = Equal(after_step(parallel[i]), parallel[i] * (1 + eta * (3 * s**2 - 3 * _square)))
_across = Equal(after_step(z[i]), z[i] * (1 + eta * (s**2 - 3 * _square)))

CLAIMS = (
    Claim(
        id="wang21a/eq-7",
        title="a single neuron moves by one factor along and another across the teacher",
        label="(7)",
        page="5",
        printed=r"w^{(1),\parallel}_{t+1}=w^{(1),\parallel}_t(1+\eta(3\|w_*\|^2-3\|w^{(1)}_t\|^2)),\quad"
        r"w^{(1),\perp}_{t+1}=w^{(1),\perp}_t(1+\eta(\|w_*\|^2-3\|w^{(1)}_t\|^2))",
        given=_networks(1),
        then=All(_along, _across),
        mutants={
            "two neurons": Mutant(given=_networks((1, 2))),
            "same factor across": Mutant(then=Equal(after_step(z[i]), z[i] * (1 + eta * (3 * s**2 - 3 * _square)))),
        },
        uses=("wang21a/eq-6",),
        expected=Verdict.PROVED,
    ),
)
