"""Equation (36), p. 24: one step of gradient descent on the projections h_i."""

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.xu23a._phases import Q
from checks.relation import Equal
from checks.verdict import Verdict
from theory.heads import after_step
from theory.symbols import eta, i
from theory.vocabulary import H, h

_networks = Networks(model="xu23a", students=(1, 5), dimension=(1, 5), scalars={eta: (0, 1)})
_change = after_step(h[i]) - h[i]

CLAIMS = (
    Claim(
        id="xu23a/eq-36",
        title="the projections grow by ηH/2 up to a perturbation",
        label="(36)",
        page="24",
        printed=r"h_i(t+1)-h_i(t)=\tfrac\eta2H(t)-Q_i(t),\ Q_i=\tfrac\eta{2\pi}\Big[\Big(\sum_{j\ne i}\|w_j\|"
        r"\sin\theta_{ij}"
        r"-\|v\|\sin\theta_i\Big)\cos\theta_i-\sum_{j\ne i}\theta_{ij}h_j+\theta_i\|v\|\Big]",
        given=_networks,
        then=Equal(_change, eta * H / 2 - Q),
        mutants={
            "sign of Q": Mutant(then=Equal(_change, eta * H / 2 + Q)),
            "whole H": Mutant(then=Equal(_change, eta * H - Q)),
        },
        uses=("xu23a/eq-4",),
        expected=Verdict.PROVED,
    ),
)
