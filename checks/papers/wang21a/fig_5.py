"""Figure 5, p. 10: the components of the neurons across the teacher."""

from sympy import Rational

from checks.claim import Claim, Mutant
from checks.papers.wang21a._training import SIZES, experiment, middle, population, training
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict
from theory.heads import largest, norm
from theory.observables import final, initial, peak, run, share
from theory.symbols import i
from theory.vocabulary import alignment, z

_largest = largest(norm(z[i]), i)
_growth = peak(_largest) / initial(_largest)
_kept = final(_largest) / peak(_largest)
_peak = {label: run(label, peak(_largest)) for label in SIZES}
_beyond = _peak["K=1"] - run("K=1, population", peak(_largest))

CLAIMS = (
    Claim(
        id="wang21a/fig-5",
        title="components across the teacher rise and fall; those of several neurons freeze",
        label="Figure 5",
        page="10",
        printed=r"\|w_{\#K,t}^{(k),\perp}\|\ \text{remains small, compared to the signal component}",
        given=experiment(
            {
                **{label: training(students) for label, students in SIZES.items()},
                "K=1, population": population(1),
            },
            seeds=(24, 40),
            coarse=25,
            curves=tuple(run(label, norm(z[i])) for label in SIZES),
        ),
        then=All(
            *(AtMost(middle(label, initial(_largest)), Rational(2, 100)) for label in SIZES),
            AtLeast(middle("K=1", peak(_largest)), Rational(10, 100)),
            AtMost(middle("K=1", peak(_largest)), Rational(40, 100)),
            AtLeast(middle("K=1", _growth), 10),
            AtLeast(share(_peak["K=1"] - _peak["K=10"]), Rational(1, 2)),
            AtLeast(share(_peak["K=3"] - _peak["K=10"]), Rational(1, 2)),
            AtMost(middle("K=1", _kept), Rational(2, 10)),
            *(AtLeast(middle(label, _kept), Rational(2, 10)) for label in ("K=3", "K=10")),
            *(AtMost(middle(label, peak(_largest) / final(alignment)), Rational(1, 2)) for label in SIZES),
            AtLeast(share(_beyond), Rational(7, 10)),
        ),
        mutants={
            "below ten times the start": Mutant(then=AtMost(middle("K=1", _growth), 10)),
            "all vanish": Mutant(then=AtMost(middle("K=10", final(_largest)), Rational(1, 100))),
        },
        uses=("wang21a/theorem-2-perp", "wang21a/lemma-4"),
        note="the single neuron peaks at some 25 times its start, beyond the γ = 10‖w_0‖ that Theorem 2 "
        "allows; that does not "
        "contradict the theorem, which is about the population loss, where the peak is several times lower",
        expected=Verdict.SUPPORTED,
    ),
)
