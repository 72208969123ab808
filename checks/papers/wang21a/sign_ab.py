"""Page 8: the components A and B of a neuron's parallel part have the same sign."""

from sympy import Rational

from checks.claim import Assumption, Claim, Mutant
from checks.given import Experiment, Networks, Point, Run
from checks.papers.wang21a._setting import s
from checks.relation import AtLeast, AtMost
from checks.verdict import Verdict
from theory.heads import after_step, smallest
from theory.observables import at_time, run, share
from theory.symbols import eta, i
from theory.vocabulary import parallel, w_norm

_A = parallel[i] * (1 + 3 * eta * (s**2 - w_norm[i] ** 2))
_B = _A - after_step(parallel[i])
_late = share(run("K=10", at_time(smallest(_A * _B, i), 3000)))

CLAIMS = (
    Claim(
        id="wang21a/sign-ab",
        title="A_k and B_k have the same sign along the run",
        label="p. 8",
        page="8",
        printed=r"A_k B_k>0\ \text{during the execution}",
        assumption=Assumption(
            reason="an observation on one run; as a statement about all states it is false, and along runs it becomes true",
            forms=("wang21a/sign-ab/general", "wang21a/sign-ab/late"),
        ),
        uses=("wang21a/eq-8",),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="wang21a/sign-ab/general",
        title="A_k B_k ≥ 0 at every state",
        given=Networks(model="wang21a", students=(2, 3), dimension=(2, 3), scalars={eta: (0, Rational(1, 3))}),
        then=AtMost(0, _A * _B),
        witness=Point.of(students=[["0.1", "0.3"], ["0.5", "-0.3"]], teachers=[[1, 0]], eta="0.001"),
        mutants={"the other sign": Mutant(then=AtMost(_A * _B, 0))},
        expected=Verdict.REFUTED,
    ),
    Claim(
        id="wang21a/sign-ab/late",
        title="late in the run A_k and B_k agree in sign for every neuron",
        given=Experiment(
            model="wang21a",
            runs={"K=10": Run(students=10, step="0.001", steps=3000, deviation="0.00316")},
            dimension=10,
            seeds=(8, 40),
            coarse=5,
        ),
        then=AtLeast(_late, Rational(9, 10)),
        mutants={"never": Mutant(then=AtMost(_late, Rational(1, 2)))},
        note="population runs, d = K = 10, at t = 3000; the quick budget takes steps five times as large",
        expected=Verdict.SUPPORTED,
    ),
)
