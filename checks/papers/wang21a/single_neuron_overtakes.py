"""Page 3: more neurons are ahead at first; a single neuron overtakes them in the final phase."""

from sympy import Rational

from checks.claim import Claim, Mutant
from checks.given import Companion, Descent, Experiment, Point, Run
from checks.relation import All, AtLeast, AtMost, Below
from checks.verdict import Verdict
from theory.observables import final, median, run, share
from theory.symbols import t, w
from theory.vocabulary import dist, dist_square


def _against_one(*where: AtMost) -> Descent:
    """Two neurons that start as mirror images, and one of them alone."""
    return Descent(
        model="wang21a",
        students=2,
        dimension=2,
        steps=200,
        step="1/10",
        start=Point.of(students=[["1/100", "1/100"], ["1/100", "-1/100"]], teachers=[[1, 0]]),
        companions={"single": Companion(rows=(w[0],))},
        where=where,
    )


_single = run("single", dist_square)
_gaussian = Experiment(
    model="wang21a",
    runs={
        "K=1": Run(students=1, step="0.001", steps=5000, deviation="0.00316"),
        "K=10": Run(students=10, step="0.001", steps=5000, deviation="0.00316", at=(1500, 5000)),
    },
    dimension=10,
    seeds=(40, 200),
    coarse=20,
)

CLAIMS = (
    Claim(
        id="wang21a/single-neuron-overtakes",
        title="one neuron ends up a thousand times closer than the pair that it belonged to",
        given=_against_one(AtMost(60, t)),
        then=Below(10**6 * _single, dist_square),
        mutants={
            "from the start": Mutant(given=_against_one()),
            "reversed": Mutant(then=Below(dist_square, _single)),
        },
        uses=("wang21a/two-stages",),
        note="w_* = e_1, η = 1/10, W_0 with rows (1, 1)/100 and (1, −1)/100, the single neuron being (1, "
        "1)/100; the pair is ahead before: wang21a/single-neuron-overtakes/before",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/single-neuron-overtakes/before",
        title="until then the pair is ahead",
        given=_against_one(AtMost(1, t), AtMost(t, 15)),
        then=Below(dist_square, _single),
        mutants={"to the end": Mutant(given=_against_one(AtMost(1, t)))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/single-neuron-overtakes/gaussian",
        title="from Gaussian starts in dimension 10 one neuron overtakes ten",
        given=_gaussian,
        then=All(
            AtLeast(share(run("K=10", final(dist)) - run("K=1", final(dist))), Rational(9, 10)),
            AtMost(100 * median(run("K=1", final(dist))), median(run("K=10", final(dist)))),
        ),
        mutants={
            "ten stay ahead": Mutant(then=AtMost(median(run("K=10", final(dist))), median(run("K=1", final(dist)))))
        },
        note="w_0 ~ N(0, I/10)/100, η = 0.001, 5000 steps, the population loss",
        expected=Verdict.SUPPORTED,
    ),
)
