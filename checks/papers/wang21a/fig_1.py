"""Figure 1, p. 2: training loss, distance and quantity (9) of one, three and ten neurons."""

from sympy import Rational

from checks.claim import Claim, Erratum, Mutant
from checks.papers.wang21a._training import SIZES, ahead, experiment, middle, sooner, training
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict
from theory.heads import magnitude
from theory.observables import at_time, final, initial, peak, run, share
from theory.vocabulary import Q_N, dist, dist_square, empirical_loss

_half = initial(empirical_loss) / 2 - empirical_loss
_left = final(empirical_loss) / initial(empirical_loss)
_start = run("K=1", initial(empirical_loss))
_start_apart = magnitude(run("K=10", initial(empirical_loss)) - _start)
_curvature_apart = magnitude(run("K=1", initial(Q_N)) + 4 * _start)
_end_apart = run("K=10", final(dist)) - run("K=1", final(dist))

_loss = (
    AtLeast(share(_start / 20 - _start_apart), 1),
    AtLeast(middle("K=1", initial(empirical_loss)), Rational(55, 100)),
    AtMost(middle("K=1", initial(empirical_loss)), Rational(95, 100)),
    AtLeast(middle("K=1", at_time(empirical_loss, 1000) / initial(empirical_loss)), Rational(9, 10)),
    *(AtMost(middle(label, _left), Rational(1, 100)) for label in SIZES),
    AtLeast(sooner("K=10", "K=1", _half), Rational(7, 10)),
    ahead("K=10", "K=3", _half),
    ahead("K=3", "K=1", _half),
)
_distance = (
    AtLeast(middle("K=10", initial(dist_square)), Rational(970, 1000)),
    AtMost(middle("K=10", initial(dist_square)), Rational(987, 1000)),
    AtLeast(middle("K=10", initial(dist)), Rational(987, 1000)),
    AtMost(middle("K=10", final(dist_square)), Rational(5, 100)),
    AtLeast(middle("K=10", final(dist)), Rational(8, 100)),
    AtMost(middle("K=1", final(dist)), Rational(5, 100)),
    AtLeast(share(_end_apart), Rational(3, 4)),
)
_curvature = (
    AtLeast(share(_start / 5 - _curvature_apart), 1),
    *(AtLeast(middle(label, peak(Q_N)), Rational(2, 100)) for label in SIZES),
    *(AtMost(middle(label, peak(Q_N)), Rational(2, 10)) for label in SIZES),
    *(AtLeast(middle(label, final(Q_N)), 0) for label in SIZES),
    *(AtMost(middle(label, final(Q_N)), Rational(2, 100)) for label in SIZES),
    AtLeast(sooner("K=10", "K=1", Q_N), Rational(7, 10)),
    ahead("K=10", "K=3", Q_N),
    ahead("K=3", "K=1", Q_N),
)

CLAIMS = (
    Claim(
        id="wang21a/fig-1",
        title="more neurons leave the plateau sooner",
        label="Figure 1",
        page="2",
        printed=r"f,\ \mathrm{dist}(W_t^{\#K},w_*)\text{ and (9) over }t:\ K=10\text{ before }3"
        r"\text{ before }1",
        given=experiment(
            {label: training(students) for label, students in SIZES.items()},
            seeds=(32, 40),
            coarse=25,
            curves=(empirical_loss, dist_square, Q_N),
        ),
        then=All(*_loss, *_distance, *_curvature),
        mutants={
            "one neuron is first": Mutant(then=AtLeast(sooner("K=1", "K=10", _half), Rational(1, 2))),
            "the distance itself is plotted": Mutant(then=AtMost(middle("K=10", final(dist)), Rational(2, 100))),
        },
        uses=("wang21a/eq-9-origin", "wang21a/early-speedup"),
        erratum=Erratum(
            weight="typo",
            what="the panel labelled dist shows dist²; page 4 refers to it as sub-figure (c) instead of (b)",
            reader="Figure 5(c): at t = 5000 the ten ‖w^⊥‖ lie between 0.03 and 0.057, so that dist ≥ (Σ "
            "‖w^⊥‖²)^{1/2} ≈ 0.14; "
            "Figure 1(b) shows 0.01 to 0.02 there.  It starts at 0.98 for K = 10, where ‖Wᵀw_*‖ ≈ 0.01 in "
            "Figure 2(b)",
            mend="label the panel dist²",
            charity="nothing else depends on the label; the curves for K = 3 and 10 end above that for K = 1",
        ),
        note="medians and shares over draws of the data and of the start, η = 10⁻³, t ≤ 5000; the printed "
        "curves start at "
        "f = 0.515, a small draw of a mean 3/4 with deviation 0.17, which makes them slower than the median",
        expected=Verdict.SUPPORTED,
    ),
)
