"""Approximation (10), p. 8: every neuron of the network moves almost as if it were alone."""

from sympy import Expr, Rational

from checks.claim import Assumption, Claim, Erratum, Mutant
from checks.given import Experiment, Networks, Point, Run
from checks.papers.wang21a._comparison import alone_across, theta_now
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict
from theory.heads import after_step, norm
from theory.observables import at_time, median, peak_so_far, run
from theory.symbols import eta, i
from theory.vocabulary import z

_tenth = Rational(1, 10)
_run = Experiment(
    model="wang21a",
    runs={"K=10": Run(students=10, step="0.001", steps=2000, deviation="0.00316")},
    dimension=10,
    seeds=(8, 20),
)


def _theta(at: int) -> Expr:
    """Median over seeds of the θ that (10) needs up to a step."""
    return median(run("K=10", at_time(peak_so_far(theta_now), at)))


_vartheta_ten = AtMost(norm(after_step(z[i])), 11 * alone_across)
_pushed = Point.of(
    students=[[1, 0], ["1/2", "1/2"]],
    teachers=[[1, 0]],
    eta="1/10",
    note="the first neuron lies along the teacher, and the second one pushes it off: 0 before the step, not after it",
)

CLAIMS = (
    Claim(
        id="wang21a/approx-10",
        title="interaction is negligible in the early stage",
        label="(10)",
        page="8",
        printed=r"|w_{t+1}^{(k),\parallel}|\ge(1-\theta)|w_t^{(k),\parallel}|(1+3\eta(\|w_*\|^2-\|w_t^{(k)}\|^2)),\quad"
        r"\|w_{t+1}^{(k),\perp}\|\le(1+\vartheta)\|w_t^{(k),\perp}\|(1+\eta(\|w_*\|^2-3\|w_t^{(k)}\|^2))",
        assumption=Assumption(
            reason="a modelling assumption “for some small numbers θ, ϑ ≪ 1”; what can be said is how large θ and ϑ have to be "
            "along a run, and that no θ, ϑ serve all states",
            forms=("wang21a/approx-10/measured", "wang21a/approx-10/universal"),
        ),
        uses=("wang21a/eq-8",),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="wang21a/approx-10/measured",
        title="the θ that a run of ten neurons needs",
        given=_run,
        then=All(
            AtMost(_theta(500), Rational(1, 10_000)),
            AtMost(_theta(1000), Rational(1, 1000)),
            AtLeast(_theta(2000), Rational(1, 1000)),
            AtMost(_theta(2000), Rational(4, 1000)),
        ),
        mutants={"small to the end": Mutant(then=AtMost(_theta(2000), Rational(1, 10_000)))},
        note="population run, d = K = 10, η = 10⁻³, start 0.00316 N(0, I) ≈ 0.01 N(0, I/d), ‖w_*‖ = 1",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="wang21a/approx-10/universal",
        title="ϑ = 10 serves all states",
        given=Networks(model="wang21a", students=(2, 3), dimension=(2, 3), scalars={eta: (0, _tenth)}),
        then=_vartheta_ten,
        witness=_pushed,
        mutants={"any factor": Mutant(then=AtMost(norm(after_step(z[i])), 1001 * alone_across), witness=_pushed)},
        note="10 stands for any number: at the witness the right side is 0 and the left side is not",
        expected=Verdict.REFUTED,
    ),
    Claim(
        id="wang21a/approx-10-size",
        title="θ is about 10⁻⁴ all the time",
        label="p. 8",
        page="8",
        printed=r"\theta,\vartheta\approx10^{-4}\ \text{empirically, all the time}",
        given=_run,
        then=AtMost(_theta(2000), Rational(5, 10_000)),
        mutants={"smaller": Mutant(then=AtMost(_theta(2000), Rational(1, 10_000)))},
        expected=Verdict.CONTRADICTED,
        erratum=Erratum(
            weight="constant",
            what="10⁻⁴ is too small by a factor of ten and more once the run reaches the benign region: θ tends to about 3η",
            reader="at a minimum w_* qᵀ: B_k/A_k = 3η(1 − q_k²)/(1 + 3η(1 − q_k²)) ≈ 3·10⁻³ for η = 10⁻³ and small q_k",
            mend="wang21a/approx-10/measured",
            charity="printed as an order of magnitude, and right up to t ≈ 1000; θ ≪ 1 holds throughout",
        ),
    ),
)
