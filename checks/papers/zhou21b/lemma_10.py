"""Lemma 10, p. 10: average neurons are close to the teachers when the loss is small."""

from sympy import Rational, Symbol, pi, sqrt

from checks.claim import Claim, Mutant
from checks.given import Box, Networks
from checks.papers.zhou21b._kernel import profile
from checks.papers.zhou21b._residual import largest_norm
from checks.papers.zhou21b._setting import separation, smallest_teacher
from checks.relation import All, AtMost, Bounded, Equal
from checks.verdict import Verdict
from theory.symbols import m, teachers
from theory.vocabulary import Delta, deviation, loss

_near = Networks(
    model="zhou21b",
    students=(1, 6),
    teachers=(1, 3),
    dimension=(1, 4),
    near_optimum=True,
    separation=separation,
    where=(AtMost(1000 * loss, smallest_teacher**2),),
)
_largest = largest_norm(deviation)
# The bound that the proof gives: r^{11/4} w_max^{1/4} Δ^{−3/2} ε^{3/8}.
_bound = m ** Rational(11, 4) * largest_norm(teachers) ** Rational(1, 4) * Delta ** Rational(-3, 2)

# Students √(1 − κs²) e_1 and s e_2 against e_1, κ = 2/π the kernel of orthogonal unit vectors.
_s = Symbol("s", real=True)
_kappa = profile(pi / 2)
_mass = 1 - _kappa * _s**2
_loss = (_mass**2 + _s**4 + 2 * _kappa * _mass * _s**2 - 2 * _mass - 2 * _kappa * _s**2 + 1) / 2
# Its far neuron s² e_2 counts to the one teacher: v = −κ s² e_1 + s² e_2.
_square = (_mass - 1) ** 2 + _s**4

CLAIMS = (
    Claim(
        id="zhou21b/lemma-10",
        title="average neurons are as close to the teachers as the power 3/8 of the loss",
        label="Lemma 10",
        page="10",
        printed=r"L(W)=\epsilon\le\epsilon_0\ \Rightarrow\ "
        r"\|v_i\|\le\mathrm{poly}(r,w_{\max},\Delta^{-1})\,\epsilon^{3/8}",
        given=_near,
        then=Bounded(ratio=_largest / (_bound * loss ** Rational(3, 8))),
        mutants={
            "the constant 1/4": Mutant(then=AtMost(_largest, _bound * loss ** Rational(3, 8) / 4)),
            "first power of the loss": Mutant(then=Bounded(ratio=_largest / (_bound * loss))),
        },
        uses=("zhou21b/lemma-11", "zhou21b/lemma-12"),
        note="with r^{11/4} w_max^{1/4} Δ^{−3/2}, the powers of the proof; for separation 1/2 and L ≤ w_min²/1000",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="zhou21b/lemma-10/exponent",
        title="average neurons are as close to the teachers as the root of the loss",
        label="Lemma 10",
        page="10",
        given=_near,
        then=Bounded(ratio=_largest / sqrt(loss)),
        mutants={"first power of the loss": Mutant(then=Bounded(ratio=_largest / loss))},
        note="the exponent 3/8 is not tight; the constant depends on the separation, here 1/2",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="zhou21b/lemma-10/family",
        title="along an exact family ‖v‖² = 2 (1 + 4/π²)/(1 − 4/π²) L",
        label="Lemma 10",
        page="10",
        given=Box(variables={_s: (0, 1)}),
        then=All(
            Equal(_loss, (1 - _kappa**2) * _s**4 / 2),
            Equal(_square * (1 - _kappa**2), 2 * (1 + _kappa**2) * _loss),
        ),
        mutants={"half of it": Mutant(then=Equal(_square * (1 - _kappa**2), (1 + _kappa**2) * _loss))},
        uses=("zhou21b/eq-1",),
        note="students √(1 − 2s²/π) e_1 and s e_2 against e_1: the exponent 1/2 can't be improved",
        expected=Verdict.PROVED,
    ),
)
