"""Section 4, pp. 7–8: one student against one teacher at the angle δ."""

from sympy import Rational, Symbol, pi

from checks.claim import Claim, Mutant
from checks.given import Box, Networks
from checks.papers.zhou21b._kernel import profile
from checks.relation import All, AtMost, Equal
from checks.verdict import Verdict
from theory.heads import angle, dot
from theory.symbols import v, w
from theory.vocabulary import loss

_delta = Symbol("delta", real=True)
_box = Box(variables={_delta: (0, pi / 2)})
_loss = 1 - profile(_delta)
_best = (1 - 2 / pi) * 4 / pi**2
_unit = Networks(
    model="zhou21b",
    students=1,
    dimension=(1, 4),
    where=(Equal(dot(w[0], w[0]), 1), Equal(dot(v, v), 1)),
)

CLAIMS = (
    Claim(
        id="zhou21b/sec4-exact",
        title="the loss of one student is of the order of the squared angle",
        label="Sec. 4",
        page="7",
        printed=r"L=\Theta(\delta^2)\quad(r=m=1,\ \|w\|=\|w^*\|=1)",
        given=_box,
        then=All(AtMost(_delta**2 / 7, _loss), AtMost(_loss, _delta**2)),
        contact={_delta: (0, 2)},
        mutants={"larger lower constant": Mutant(then=AtMost(_delta**2 / 6, _loss))},
        because=("zhou21b/sec4-exact/exact",),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/sec4-exact/exact",
        title="the loss of one unit student in closed form",
        label="Sec. 4",
        page="7",
        given=_unit,
        then=Equal(loss, 1 - profile(angle(w[0], v))),
        mutants={"half of it": Mutant(then=Equal(loss, (1 - profile(angle(w[0], v))) / 2))},
        uses=("zhou21b/eq-1",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/sec4-exact/sharp",
        title="the loss of one student lies between 0.147 δ² and δ²/2",
        label="Sec. 4",
        page="7",
        given=_box,
        then=All(AtMost(_best * _delta**2, _loss), AtMost(_loss, _delta**2 / 2)),
        contact={_delta: (0, 2)},
        mutants={
            "larger lower constant": Mutant(then=AtMost((_best + Rational(1, 1000)) * _delta**2, _loss)),
            "smaller upper constant": Mutant(then=AtMost(_loss, Rational(499, 1000) * _delta**2)),
        },
        because=("zhou21b/sec4-exact/exact",),
        note="L/δ² falls from 1/2 at 0 to (1 − 2/π)·4/π² at π/2",
        expected=Verdict.CERTIFIED,
    ),
)
