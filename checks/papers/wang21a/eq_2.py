"""Equations (1) and (2), p. 2: the training objectives of one and of K student neurons."""

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.relation import Equal
from checks.verdict import Verdict
from theory.heads import dot
from theory.symbols import N, i, mu, over, v, w, x
from theory.vocabulary import empirical_loss


def _networks(students: int | tuple[int, int]) -> Networks:
    return Networks(model="wang21a", students=students, dimension=(1, 5), samples=(1, 5))


# The objective (1) of the single neuron w_i, labels y = (xᵀw_*)².
_single = over((dot(x[mu], w[i]) ** 2 - dot(x[mu], v) ** 2) ** 2, mu) / (4 * N)

CLAIMS = (
    Claim(
        id="wang21a/eq-2-reduces",
        title="for one neuron the over-parametrised objective is the original one",
        label="(2)",
        page="2",
        printed=r"\tfrac1{4n}\sum_i\big((x_i^\top w^{(1)})^2+\dots+(x_i^\top w^{(K)})^2-y_i\big)^2"
        r"=\tfrac1{4n}\sum_i\big((x_i^\top w)^2-y_i\big)^2\quad\text{if }K=1",
        given=_networks(1),
        then=Equal(empirical_loss, _single),
        mutants={
            "any number of neurons": Mutant(given=_networks((1, 3))),
            "scale one half": Mutant(then=Equal(empirical_loss, 2 * _single)),
        },
        expected=Verdict.PROVED,
    ),
)
