"""Figure 4, p. 10: the ratios of interaction to own motion, whose run and step the caption does not name."""

from sympy import Rational

from checks.claim import Assumption, Claim, Erratum, Mutant
from checks.given import Networks
from checks.papers.wang21a._setting import s, unit_length
from checks.papers.wang21a._training import (
    experiment,
    middle,
    part_B,
    ratio_BA,
    ratio_DC,
    training,
)
from checks.relation import All, AtLeast, AtMost, Equal
from checks.verdict import Verdict
from theory.heads import after_step, largest, smallest
from theory.observables import final, run
from theory.symbols import beta, eta, i, n, over, v
from theory.vocabulary import parallel

_ten = "K=10"
_curves = (run(_ten, ratio_BA), run(_ten, ratio_DC))
_largest, _least = final(largest(ratio_BA, i)), final(smallest(ratio_BA, i))
_across = final(largest(ratio_DC, i))
# B/(A − B) of one neuron at the minimum w_* βᵀ.
_ratio = 3 * eta * s**2 * (1 - beta[i] ** 2)
_total = 3 * eta * s**2 * (n - 1)

CLAIMS = (
    Claim(
        id="wang21a/fig-4",
        title="the components due to interaction are negligible",
        label="Figure 4",
        page="10",
        printed=r"|B/A|\le1.47\cdot10^{-3},\quad|D/C|\le1.34\cdot10^{-3}",
        assumption=Assumption(
            reason="neither step nor run is stated; the late ratios are half of what the run of Figure 3 "
            "with η = 10⁻³ "
            "gives, and those of a run with η = 5·10⁻⁴",
            forms=("wang21a/fig-4/sum", "wang21a/fig-4/measured", "wang21a/fig-4/half-step"),
        ),
        uses=("wang21a/eq-8", "wang21a/fig-3"),
        expected=Verdict.ASSUMED,
        erratum=Erratum(
            weight="wording",
            what="the panels can't show the run of Figure 3 at η = 10⁻³, as the text suggests: their late "
            "ratios "
            "are too small by a factor of two",
            reader="at a minimum w_* qᵀ, B/(A − B) = 3η‖w_*‖²(1 − q_k²), which sums up to 27η = 0.027 over "
            "ten neurons; the ten late values of B/A in Figure 4 sum up to less than 0.015",
            mend="name the step size, or double the plotted ratios",
            charity="interaction is small in either case",
        ),
    ),
    Claim(
        id="wang21a/fig-4/sum",
        title="at a minimum the ratios of interaction to the step itself sum up to 3η‖w_*‖²(K − 1)",
        label="Figure 4",
        page="10",
        given=Networks(
            model="wang21a",
            students=(1, 4),
            dimension=(1, 4),
            coefficients=("beta",),
            scalars={eta: (0, 1)},
            students_as=beta[i] * v,
            where=(unit_length,),
        ),
        then=All(Equal(part_B, _ratio * after_step(parallel[i])), Equal(over(_ratio, i), _total)),
        mutants={
            "half the ratio": Mutant(then=Equal(part_B, _ratio / 2 * after_step(parallel[i]))),
            "half the sum": Mutant(then=Equal(over(_ratio, i), _total / 2)),
        },
        note="B/(A − B) = 3η‖w_*‖²(1 − q_k²), where A − B is the new component, so that for K = 10 and η = "
        "10⁻³ some neuron has B/A ≥ 2.69·10⁻³; the ten late values printed lie "
        "between 0.95·10⁻³ and 1.47·10⁻³",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/fig-4/measured",
        title="the ratios of ten neurons with η = 10⁻³",
        label="Figure 4",
        page="10",
        given=experiment({_ten: training(10)}, seeds=(24, 40), coarse=25, curves=_curves),
        then=All(
            AtLeast(middle(_ten, _largest), Rational(25, 10_000)),
            AtMost(middle(_ten, _largest), Rational(33, 10_000)),
            AtLeast(middle(_ten, _across), Rational(8, 10_000)),
            AtMost(middle(_ten, _across), Rational(20, 10_000)),
        ),
        mutants={"as printed": Mutant(then=AtMost(middle(_ten, _largest), Rational(15, 10_000)))},
        note="largest ratio over the neurons at t = 5000, median over draws",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="wang21a/fig-4/half-step",
        title="the printed ratios are those of η = 5·10⁻⁴",
        label="Figure 4",
        page="10",
        given=experiment(
            {_ten: training(10, step="0.0005", steps=10_000, every=200)},
            seeds=(24, 40),
            coarse=50,
            curves=_curves,
        ),
        then=All(
            AtLeast(middle(_ten, _largest), Rational(13, 10_000)),
            AtMost(middle(_ten, _largest), Rational(16, 10_000)),
            AtLeast(middle(_ten, _least), Rational(6, 10_000)),
            AtMost(middle(_ten, _least), Rational(13, 10_000)),
            AtLeast(middle(_ten, _across), Rational(4, 10_000)),
            AtMost(middle(_ten, _across), Rational(8, 10_000)),
        ),
        mutants={"as for η = 10⁻³": Mutant(then=AtLeast(middle(_ten, _largest), Rational(25, 10_000)))},
        note="at t = 10000, which is as far as t = 5000 with η = 10⁻³",
        expected=Verdict.SUPPORTED,
    ),
)
