"""The final phase for several neurons: the manifold on which runs end, and the rate along it."""

from sympy import Rational, Symbol

from checks.claim import Claim, Mutant
from checks.given import Box, Descent, Flow, Networks, Point
from checks.papers.wang21a._setting import s, weight_square
from checks.relation import All, AtMost, Equal, Tends
from checks.verdict import Verdict
from theory.heads import least, norm
from theory.symbols import d, eta, i, n, over, t
from theory.vocabulary import across_square, alignment, loss, q, z

# Number of directions across both the teacher and q.
_rank = least(d - 1, n - 1)
_limit = 3 * _rank / (32 * (_rank + 3))
_generic = Flow(model="wang21a", students=(2, 4), dimension=(2, 4), until=10**5)
_descent = Descent(
    model="wang21a",
    students=3,
    dimension=3,
    steps=4000,
    step="1/4",
    start=Point.of(students=[["1/2", "1/5", 0], ["1/5", "-2/5", "1/5"], [0, "1/5", "1/2"]], teachers=[[1, 0, 0]]),
)
# Starts with a share across both the teacher and q that is not small: the final phase is reached early.
_apart = across_square - norm(over(q[i] * z[i], i)) ** 2
_plane = Flow(
    model="wang21a",
    students=(2, 4),
    dimension=2,
    until=10**5,
    starts=Networks(
        model="wang21a",
        students=(2, 4),
        dimension=2,
        where=(AtMost(weight_square, 10 * s**2), AtMost(s**2 / 20, _apart)),
    ),
)
_deficit = (s**2 - alignment**2 / s**2) / across_square

# W = diag(p, σ_1, …, σ_r), P = p² = 1 − S/3 with S = Σσ_i²; here all σ_i² = x.
_x, _r = Symbol("x", real=True), Symbol("r", real=True)
_S = _r * _x
_P = 1 - _S / 3
_trace = _P - 1 + _S
_loss = _trace**2 / 4 + ((_P - 1) ** 2 + _r * _x**2) / 2

CLAIMS = (
    Claim(
        id="wang21a/sublinear-rate",
        title="for several neurons the loss falls like 3r/(32(r + 3)) · (ηt)^{-2}, r = min(d − 1, K − 1)",
        given=_descent,
        then=Tends(loss * (eta * t) ** 2, _limit),
        mutants={"half the limit": Mutant(then=Tends(loss * (eta * t) ** 2, _limit / 2))},
        uses=("wang21a/lemma-1",),
        note="derived on the slow manifold, measured on one run with K = d = 3, η = 1/4; further runs are flows",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="wang21a/sublinear-rate/flow",
        title="the same limit along the gradient flow in the plane, r = 1",
        given=_plane,
        then=Tends(loss * t**2, _limit),
        mutants={"t³": Mutant(then=Tends(loss * t**3, _limit))},
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="wang21a/sublinear-rate/reduced",
        title="on the slow manifold 1/σ² grows by 4(r + 3)/3 per unit of time, and L = r(r + 3)σ⁴/6",
        given=Box(variables={_x: (0, 1), _r: (1, 10)}),
        then=All(
            Equal(_trace + 2 * (_P - 1), 0),
            Equal(2 * (_trace + 2 * _x) * _x, 4 * (_r + 3) * _x**2 / 3),
            Equal(_loss, _r * (_r + 3) * _x**2 / 6),
        ),
        mutants={"three for six": Mutant(then=Equal(_loss, _r * (_r + 3) * _x**2 / 3))},
        note="dp/dt = −(tr A + 2(p² − 1))p vanishes there, dσ/dt = −(tr A + 2σ²)σ; so σ² ~ 3/(4(r + 3)t) "
        "and Lt² → r(r + 3)/6 · 9/(16(r + 3)²)",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/slow-manifold",
        title="runs end where ‖w_*‖² − ‖Wᵀw_*‖²/‖w_*‖² is a third of ‖W^⊥‖_F²",
        given=_generic,
        then=Tends(_deficit, Rational(1, 3)),
        mutants={"a half": Mutant(then=Tends(_deficit, Rational(1, 2)))},
        note="so ‖W‖_F² = ‖w_*‖² + ⅔‖W^⊥‖_F² there: the norm of Fig. 2 overshoots slightly",
        expected=Verdict.MEASURED,
    ),
)
