"""Equation (5), p. 5: the gradient of the training objective."""

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.relation import All, Equal
from checks.verdict import Verdict
from theory.heads import directional, dot
from theory.symbols import N, V, i, j, mu, over, v, w, x
from theory.vocabulary import empirical_gradient, empirical_loss

_residual = over(dot(x[mu], w[j]) ** 2, j) - dot(x[mu], v) ** 2
_printed = over(_residual * dot(x[mu], w[i]) * x[mu], mu) / N

CLAIMS = (
    Claim(
        id="wang21a/eq-5",
        title="gradient of the training objective with respect to one neuron",
        label="(5)",
        page="5",
        printed=r"\nabla_{w^{(k)}}f(W)=\tfrac1n\sum_{i=1}^n\big((x_i^\top w^{(1)})^2+\dots+(x_i^\top "
        r"w^{(K)})^2-y_i\big)"
        r"(x_i^\top w^{(k)})x_i",
        given=Networks(model="wang21a", students=(1, 4), dimension=(1, 4), samples=(1, 4), directions=("V",)),
        then=All(
            Equal(empirical_gradient[i], _printed),
            Equal(directional(empirical_loss, 1), over(dot(_printed, V[i]), i)),
        ),
        mutants={
            "factor two": Mutant(then=Equal(directional(empirical_loss, 1), 2 * over(dot(_printed, V[i]), i))),
            "without the residual": Mutant(then=Equal(empirical_gradient[i], over(dot(x[mu], w[i]) * x[mu], mu) / N)),
        },
        note="the second line differentiates the objective in an arbitrary direction V",
        expected=Verdict.PROVED,
    ),
)
