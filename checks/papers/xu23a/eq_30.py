"""Equation (30), p. 22: one step of cos θ_i, split into I_1 + I_2."""

from sympy import Rational

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.xu23a._step import I_1, I_2, cosine
from checks.relation import Equal
from checks.verdict import Verdict
from theory.heads import after_step
from theory.symbols import eta

_steps = Networks(model="xu23a", students=(1, 4), dimension=(1, 5), scalars={eta: (0, Rational(1, 3))})
_change = after_step(cosine) - cosine

CLAIMS = (
    Claim(
        id="xu23a/eq-30",
        title="one step of cos θ_i",
        label="(30)",
        page="22",
        printed=r"\cos\theta_i(t+1)-\cos\theta_i(t)=I_1+I_2,\quad I_1=\frac\eta{\|w_i^+\|}\langle\langle"
        r"\bar w_i,\bar v\rangle"
        r"\bar w_i-\bar v,\nabla_i\rangle,\quad I_2=\frac{\eta\langle\bar w_i,\bar v\rangle}{\|w_i^+\|}\Big["
        r"\frac{\langle\bar w_i,"
        r"\nabla_i\rangle(\|w_i\|-\|w_i^+\|)}{\|w_i\|+\|w_i^+\|}-\eta\frac{\|\nabla_i\|^2}{\|w_i\|+\|w_i^+"
        r"\|}\Big]",
        given=_steps,
        then=Equal(_change, I_1 + I_2),
        mutants={
            "first order alone": Mutant(then=Equal(_change, I_1)),
            "sign of the second part": Mutant(then=Equal(_change, I_1 - I_2)),
        },
        uses=("xu23a/eq-4",),
        note="where w_i and w_i⁺ = w_i − η∇_i do not vanish",
        expected=Verdict.PROVED,
    ),
)
