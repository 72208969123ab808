"""Algorithm 1, p. 50: random directions, norms by least squares."""

from sympy import sqrt

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.relation import All, Equal
from checks.verdict import Verdict
from theory.heads import dot, expectation, gaussian_input, magnitude, norm
from theory.symbols import V, a, beta, i, mu, over, teachers, w, x
from theory.vocabulary import loss

# V_i are the random students, z_i = β_i² ≥ 0 their weights, and the w_i = √(z_i/‖V_i‖) V_i the new students.
_rescaled = magnitude(beta[i]) / sqrt(norm(V[i])) * V[i]
_given = Networks(
    model="zhou21b",
    students=(1, 3),
    teachers=(1, 2),
    dimension=(1, 3),
    directions=("V",),
    coefficients=("beta",),
    students_as=_rescaled,
    samples=(1, 2),
)
_fitted = over(beta[i] ** 2 * magnitude(dot(gaussian_input, V[i])), i)
_target = over(magnitude(dot(gaussian_input, teachers[a])), a)
_objective = expectation((_fitted - _target) ** 2) / 2
_neuron = norm(w[i]) * magnitude(dot(w[i], x[mu]))
_feature = beta[i] ** 2 * magnitude(dot(V[i], x[mu]))

CLAIMS = (
    Claim(
        id="zhou21b/algorithm-1",
        title="the network with the fitted norms is the fit: ‖w′‖|w′·x| = z|w·x|, and L(W′) is the objective",
        label="Algorithm 1",
        page="50",
        printed=r"w_i'=\sqrt{z_i^*/\|w_i\|}\,w_i,\quad z^*=\arg\min_{z\ge0}\tfrac12\mathbb E_x\Big(\sum_{i=1}^m"
        r"z_i|w_i^\top x|-\sum_{i=1}^r|w_i^{*\top}x|\Big)^2",
        given=_given,
        then=All(Equal(_neuron, _feature), Equal(loss, _objective)),
        mutants={
            "the weight forgotten": Mutant(then=Equal(_neuron, magnitude(dot(V[i], x[mu])))),
            "without the ½": Mutant(then=Equal(loss, 2 * _objective)),
        },
        note="V_i are the random students, w_i those with the fitted norms, z_i = β_i² any weights ≥ 0, in "
        "particular the minimiser",
        expected=Verdict.PROVED,
    ),
)
