"""Figure 3, p. 9: the parts A and C that a neuron does alone, and the parts B and D that interaction "
"takes from them."""

from sympy import Rational

from checks.claim import Claim, Erratum, Mutant
from checks.papers.wang21a._training import (
    experiment,
    middle,
    part_A,
    part_B,
    part_C,
    part_D,
    ratio_BA,
    ratio_DC,
    training,
)
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict
from theory.heads import largest, magnitude, norm, smallest
from theory.observables import at_time, final, peak, run, share
from theory.symbols import i

_ten = "K=10"
_A, _B = largest(magnitude(part_A), i), largest(magnitude(part_B), i)
_C, _D = largest(norm(part_C), i), largest(norm(part_D), i)
_both_signs = -smallest(final(part_A), i) * largest(final(part_A), i)

CLAIMS = (
    Claim(
        id="wang21a/fig-3",
        title="interaction is small against what a neuron does alone",
        label="Figure 3",
        page="9",
        printed=r"B\ll A,\ D\ll C\ \text{for }K=10,\quad\theta,\vartheta\approx10^{-4}",
        given=experiment(
            {_ten: training(10)},
            seeds=(24, 40),
            coarse=25,
            curves=tuple(run(_ten, part) for part in (part_A, part_B, norm(part_C), norm(part_D))),
        ),
        then=All(
            AtLeast(middle(_ten, final(_A)), Rational(4, 10)),
            AtMost(middle(_ten, final(_A)), Rational(8, 10)),
            AtLeast(share(run(_ten, _both_signs)), Rational(9, 10)),
            AtLeast(middle(_ten, peak(_B)), Rational(5, 10_000)),
            AtMost(middle(_ten, peak(_B)), Rational(15, 10_000)),
            AtLeast(middle(_ten, peak(_C)), Rational(5, 100)),
            AtMost(middle(_ten, peak(_C)), Rational(30, 100)),
            AtMost(middle(_ten, final(_C) / peak(_C)), Rational(9, 10)),
            AtLeast(middle(_ten, peak(_D)), Rational(5, 100_000)),
            AtMost(middle(_ten, peak(_D)), Rational(5, 10_000)),
            AtMost(middle(_ten, at_time(_B / _A, 1000)), Rational(5, 10_000)),
            AtMost(middle(_ten, final(largest(ratio_BA, i))), Rational(33, 10_000)),
            AtLeast(middle(_ten, final(largest(ratio_BA, i))), Rational(2, 1000)),
            AtMost(middle(_ten, final(largest(ratio_DC, i))), Rational(2, 1000)),
            AtLeast(middle(_ten, final(largest(ratio_DC, i))), Rational(5, 10_000)),
        ),
        mutants={
            "ratios of 10⁻⁴": Mutant(then=AtMost(middle(_ten, final(largest(ratio_BA, i))), Rational(5, 10_000))),
            "as large as A": Mutant(then=AtLeast(middle(_ten, final(_B)), middle(_ten, final(_A)))),
        },
        uses=("wang21a/eq-8", "wang21a/approx-10-limit"),
        erratum=Erratum(
            weight="constant",
            what="the caption reads θ, ϑ of about 10⁻⁴ off the panels; they show ratios of about 2·10⁻³ "
            "and 10⁻³ at t = 5000",
            reader="node 1 at t = 5000: A = −0.24, B = −0.67·10⁻³, so B/A = 2.8·10⁻³, which is 3η(1 − q²) "
            "with η = 10⁻³ and q = 0.24",
            mend="wang21a/approx-10/measured",
            charity="10⁻⁴ is right until t ≈ 1000, and interaction is small throughout, as the panels are "
            "meant to show",
        ),
        note="components of (8) along training runs with ten neurons, η = 10⁻³",
        expected=Verdict.SUPPORTED,
    ),
)
