"""Theorem 5, p. 46: one step of gradient descent decreases the loss by a multiple of its square."""

from sympy import Rational, pi, sqrt

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.zhou21b._setting import separation, smallest_teacher
from checks.relation import AtMost
from checks.verdict import Verdict
from theory.heads import after_step
from theory.symbols import eta
from theory.vocabulary import Theta, loss

_near = Networks(
    model="zhou21b",
    students=(1, 4),
    teachers=(1, 2),
    dimension=(1, 3),
    near_optimum=True,
    separation=separation,
    scalars={eta: (0, Rational(3, 10))},
    where=(AtMost(1000 * loss, smallest_teacher**2), AtMost(eta * Theta, Rational(3, 10))),
)
_square = 6 * Theta + 2 * sqrt(pi * loss)

CLAIMS = (
    Claim(
        id="zhou21b/theorem-5-one-step",
        title="L falls by at least η κ² L² / 4 in one step",
        label="p. 46",
        page="46",
        printed=r"L(W^{(t+1)})\le L(W^{(t)})-\tfrac{\eta\kappa^2}{4}L(W^{(t)})^2",
        given=_near,
        then=AtMost(after_step(loss), loss - eta * loss**2 / (4 * _square)),
        mutants={"ascent": Mutant(then=AtMost(loss, after_step(loss)))},
        uses=("zhou21b/theorem-4", "zhou21b/lemma-13", "zhou21b/lemma-14"),
        note="with κ² = 1/(6Θ + 2√(πL)), η Θ ≤ 3/10 and separation 1/2",
        expected=Verdict.SUPPORTED,
    ),
)
