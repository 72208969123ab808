"""Figure 2, p. 7: how the neurons of a network share the teacher among them."""

from sympy import Expr, Rational

from checks.claim import Claim, Mutant
from checks.papers.wang21a._setting import weight_square
from checks.papers.wang21a._training import SIZES, experiment, middle, training
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict
from theory.heads import dot, largest, magnitude
from theory.observables import at_time, final, initial, run, share
from theory.symbols import i, w
from theory.vocabulary import alignment, parallel, q

_largest_part = largest(magnitude(final(parallel[i])), i)
_largest_square = largest(final(dot(w[i], w[i])), i)
# How far the shares q_i move after t = 3000.
_moved_late = largest(magnitude(final(q[i]) - at_time(q[i], 3000)), i)
_ahead = run("K=10", at_time(alignment, 2000)) - run("K=1", at_time(alignment, 2000))
_several = ("K=3", "K=10")


def _between(low: Rational, tree: Expr, high: Rational) -> tuple[AtMost, AtMost]:
    return AtLeast(tree, low), AtMost(tree, high)


def _panel(label: str, total: Expr, part: Expr) -> tuple[Expr, ...]:
    """The whole network, each of its neurons, and the single neuron beside it."""
    return run(label, total), run(label, part), run("K=1", total)


CLAIMS = (
    Claim(
        id="wang21a/fig-2",
        title="the aggregate projection tends to the teacher, and the shares of the neurons freeze",
        label="Figure 2",
        page="7",
        printed=r"|w_{\#K,t}^{(k),\parallel}|,\ \|w_{\#K,t}^{(k)}\|^2\text{ of every neuron, and totals}",
        given=experiment(
            {label: training(students) for label, students in SIZES.items()},
            seeds=(24, 40),
            coarse=25,
            curves=(
                *(_panel(label, alignment, magnitude(parallel[i])) for label in _several),
                *(_panel(label, weight_square, dot(w[i], w[i])) for label in _several),
            ),
        ),
        then=All(
            *(
                feature
                for label in SIZES
                for total in (alignment, weight_square)
                for feature in _between(Rational(95, 100), middle(label, final(total)), Rational(105, 100))
            ),
            *(AtMost(middle(label, initial(alignment)), Rational(2, 100)) for label in SIZES),
            *(AtMost(middle(label, _moved_late), Rational(1, 100)) for label in _several),
            *_between(Rational(4, 10), middle("K=10", _largest_part), Rational(8, 10)),
            *_between(Rational(15, 100), middle("K=10", _largest_square), Rational(65, 100)),
            *_between(Rational(6, 10), middle("K=3", _largest_part), Rational(98, 100)),
            AtLeast(share(_ahead), Rational(7, 10)),
        ),
        mutants={
            "one neuron takes all": Mutant(then=AtLeast(middle("K=10", _largest_part), Rational(9, 10))),
            "shares keep moving": Mutant(then=AtLeast(middle("K=10", _moved_late), Rational(1, 10))),
        },
        uses=("wang21a/early-speedup",),
        note="shares q_i = ⟨w_i, w_*⟩/‖Wᵀw_*‖ move by less than 0.01 after t = 3000; a panel shows one "
        "draw, as the print does",
        expected=Verdict.SUPPORTED,
    ),
)
