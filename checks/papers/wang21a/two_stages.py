"""Page 3: "regardless of K", a second stage with linear convergence.  True for one neuron only."""

from sympy import Integer, Rational, Symbol

from checks.claim import Claim, Erratum, Family, Mutant
from checks.given import Box, Descent, Networks, Point
from checks.papers.wang21a._near import below, excess
from checks.papers.wang21a._setting import s
from checks.relation import All, AtLeast, AtMost, Bounded
from checks.verdict import Verdict
from theory.steps import Whole
from theory.symbols import eta, t
from theory.symmetric_family import Group, SymmetricFamily
from theory.vocabulary import across_square, dist, gradient_norm, loss, trace_gap

# −dL/dt = ‖∇L‖² along the flow: linear convergence is a lower bound on this rate.
_rate = gradient_norm**2 / (s**2 * loss)
_several = Networks(
    model="wang21a", students=(2, 4), dimension=(2, 4), where=(AtMost(dist, s / 10),), near_optimum=True
)
_one = Networks(model="wang21a", students=1, dimension=(1, 4), where=(AtMost(dist, s / 10),), near_optimum=True)

# W = diag(p, σ) with p² = 1 − σ²/3.
_sigma, _p = Symbol("sigma", positive=True), Symbol("p_1", positive=True)
_slow = Family(
    members=SymmetricFamily(
        students=(Group(common={"along": _p}), Group(common={"across": _sigma})),
        teachers=(Group(common={"along": Integer(1)}),),
        parameters={_sigma: (Integer(0), Rational(1, 20))},
        lengths={_p: 1 - _sigma**2 / 3},
    ),
    ratio=Rational(32, 3) * _sigma**2,
    grows=_sigma,
    small=_sigma,
    at=tuple({_sigma: Rational(1, size)} for size in (20, 1000)),
    note="W = diag(√(1 − σ²/3), σ): ‖∇L‖² = (64/9)σ⁶ and L = (2/3)σ⁴, so the ratio (32/3)σ² tends to 0",
)

# One neuron in polar coordinates around the minimum, in units of ‖w_*‖: w[1] = 1 + ϱx, ‖w^⊥‖² = ϱ²(1 − x²).
_radius, _x = Symbol("rho", real=True), Symbol("x", real=True)
_a, _r_square = 1 + _radius * _x, _radius**2 * (1 - _x**2)
_norm = _a**2 + _r_square
_loss_1 = (_norm - 1) ** 2 / 4 + (_norm**2 - 2 * _a**2 + 1) / 2
_gradient_1 = 9 * _a**2 * (_norm - 1) ** 2 + _r_square * (3 * _norm - 1) ** 2

# W = diag(p, σ): squares as variables, h = η.
_step, _P, _S = (Symbol(name, real=True) for name in ("h", "P", "S"))
_plane = Box(variables={_step: (0, Rational(1, 6)), _P: (0, 1), _S: (0, Rational(1, 3))})
_across_factor = 1 - _step * (_P - 1 + 3 * _S)

_diagonal = Descent(
    model="wang21a",
    students=2,
    dimension=2,
    steps=200,
    step="1/10",
    start=Point.of(students=[["9/10", 0], [0, "3/10"]], teachers=[[1, 0]]),
)

# With t = ‖w‖² − s² and A = ‖w^⊥‖²: ‖∇L‖² − 3s²L = t²(9a² − ¼9s² − 5s² + 9A) + 5s²(t + 6A/5)² + A s²(s² − 36A/5), a = s + δ.
_near = Whole(s / 10 - dist)
_along = below + _near
_linear = (
    trace_gap**2 * (9 * _along * (_along + Rational(9, 5) * s) + s**2 / 25 + 9 * across_square)
    + 5 * s**2 * (trace_gap + Rational(6, 5) * across_square) ** 2
    + across_square * s**2 * (Rational(116, 125) * s**2 + Rational(36, 5) * (_near * (s / 10 + dist) + excess**2))
)

CLAIMS = (
    Claim(
        id="wang21a/two-stages",
        title="in the second stage the loss decreases at a linear rate, whatever K",
        label="p. 3",
        page="3",
        printed=r"\text{regardless of the size }K,\ \text{in the second stage the iterate exhibits linear "
        r"convergence to a global solution}",
        given=_several,
        then=Bounded(ratio=_rate, side="below"),
        family=_slow,
        mutants={
            "a rate of 1/100": Mutant(
                then=AtMost(s**2 * loss / 100, gradient_norm**2),
                witness=Point.of(students=[["59999/60000", 0], [0, "1/100"]], teachers=[[1, 0]]),
            )
        },
        uses=("wang21a/lemma-1",),
        note="linear convergence is L_{t+1} ≤ (1 − cη)L_t, for small η a lower bound on ‖∇L‖²/L; runs of "
        "descent with two neurons that never converge linearly are in wang21a/two-stages/diagonal",
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="theorem",
            what="for K ≥ 2 and d ≥ 2 the final phase is sublinear: the loss falls like 1/(ηt)² "
            "(wang21a/sublinear-rate). The loss is flat to fourth order along W = w_*qᵀ + U with Uq = 0, "
            "and the runs end on that manifold. A single neuron does converge linearly, and overtakes",
            reader="w_* = e_1, W = diag(p, σ), p ≤ 1, η ≤ 1/6: one step gives σ(1 − η(p² − 1 + 3σ²)) ≥ σ(1 "
            "− 3ησ²), so 1/σ² grows by at most 8η a step, and L ≥ (2/3)σ⁴ ≥ (2/3)/(1/σ_0² + 8ηt)²",
            mend="wang21a/two-stages/k1",
            charity="over the plotted range the two can't be told apart by eye; for K = 1, or d = 1, it is true",
        ),
    ),
    Claim(
        id="wang21a/two-stages/k1",
        title="near a minimum the loss of one neuron decreases at a linear rate",
        given=_one,
        then=AtMost(3 * s**2 * loss, gradient_norm**2),
        mutants={
            "five for three": Mutant(
                then=AtMost(5 * s**2 * loss, gradient_norm**2),
                witness=Point.of(students=[[1, "1/20"]], teachers=[[1, 0]]),
            ),
            "two neurons": Mutant(given=_several, witness=Point.of(students=[[1, 0], [0, "1/20"]], teachers=[[1, 0]])),
        },
        note="for the steps of descent see wang21a/lemma-1/k1",
        slack_as=(_linear,),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/two-stages/k1-reduced",
        title="the same inequality in polar coordinates around the minimum",
        given=Box(variables={_radius: (0, Rational(1, 10)), _x: (-1, 1)}),
        then=AtMost(3 * _loss_1, _gradient_1),
        mutants={"five for three": Mutant(then=AtMost(5 * _loss_1, _gradient_1))},
        note="in units of ‖w_*‖: L = ¼(‖w‖² − 1)² + ½(‖w‖⁴ − 2w[1]² + 1), ‖∇L‖² = 9w[1]²(‖w‖² − 1)² + "
        "‖w^⊥‖²(3‖w‖² − 1)²",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/two-stages/diagonal",
        title="on W = diag(p, σ) every run of descent is sublinear: 1/σ² grows by at most 8η a step",
        given=_plane,
        then=All(
            AtLeast(_across_factor, 1 - 3 * _step * _S),
            AtLeast((1 - 3 * _step * _S) ** 2 * (1 + 8 * _step * _S), 1),
            AtLeast((_P - 1 + _S) ** 2 / 4 + ((_P - 1) ** 2 + _S**2) / 2, 2 * _S**2 / 3),
        ),
        mutants={
            "five for eight": Mutant(then=AtLeast((1 - 3 * _step * _S) ** 2 * (1 + 5 * _step * _S), 1)),
            "above one": Mutant(
                given=Box(variables={_step: (0, Rational(1, 6)), _P: (0, 2), _S: (0, Rational(1, 3))}),
                then=AtLeast(_across_factor, 1 - 3 * _step * _S),
            ),
        },
        because=("wang21a/theorem-2-perp/corrected-reduced",),
        note="w_* = e_1, P = p² ≤ 1, S = σ² ≤ 1/3, h = η ≤ 1/6; p stays at most 1, as p(1 + 3η(1 − p²)) ≤ "
        "1. Hence L_t ≥ (2/3)σ_t⁴ ≥ (2/3)/(1/σ_0² + 8ηt)² for all t, from every start on this plane",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/two-stages/diagonal-run",
        title="one run of two neurons against its sublinear lower bound",
        given=_diagonal,
        then=AtLeast(loss * (Rational(100, 9) + 8 * eta * t) ** 2, Rational(2, 3)),
        mutants={"half the slope": Mutant(then=AtLeast(loss * (Rational(100, 9) + 4 * eta * t) ** 2, Rational(2, 3)))},
        because=("wang21a/two-stages/diagonal",),
        expected=Verdict.CERTIFIED,
    ),
)
