"""Lemma C.1, p. 20: signs of the students do not matter."""

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.relation import All, Equal
from checks.verdict import Verdict
from theory.heads import dot, magnitude, norm
from theory.symbols import V, a, beta, i, over, teachers, w, xi

# a_i = ±1; ξ is the input, V_i the vector g(w_i).
_sign = beta[i] / magnitude(beta[i])


def _network(factor):  # type: ignore[no-untyped-def]
    return over(norm(factor * w[i]) * magnitude(factor * dot(w[i], xi)), i) - over(magnitude(dot(teachers[a], xi)), a)


def _pairing(factor, direction):  # type: ignore[no-untyped-def]
    """Integrand of ⟨∇_{w_i}L, g⟩ at the input ξ, without R."""
    along = factor * dot(w[i], xi)
    turned = factor * dot(w[i], direction) / (norm(w[i]) ** 2)
    return norm(w[i]) * (dot(direction, xi) + turned * along) * magnitude(along) / along


CLAIMS = (
    Claim(
        id="zhou21b/lemma-C.1",
        title="flipping students and their directions changes nothing",
        label="Lemma C.1",
        page="20",
        printed=r"\sum_j\langle\nabla_{w_j}L(W),g(w_j)\rangle\ge L(W)\ \Rightarrow\ "
        r"\sum_j\langle\nabla_{w_j'}L(W'),a_jg(w_j)\rangle\ge L(W'),\ w_j'=a_jw_j",
        given=Networks(
            model="zhou21b",
            students=(1, 3),
            teachers=(1, 2),
            dimension=(1, 3),
            directions=("V",),
            vectors=("xi",),
            coefficients=("beta",),
        ),
        then=All(
            Equal(_network(_sign), _network(1)),
            Equal(_pairing(_sign, _sign * V[i]), _pairing(1, V[i])),
        ),
        mutants={
            "the direction is not flipped": Mutant(then=Equal(_pairing(_sign, V[i]), _pairing(1, V[i]))),
            "factors that are no signs": Mutant(then=Equal(_network(beta[i]), _network(1))),
        },
        uses=("zhou21b/eq-grad",),
        note="at every input off the kinks: R and the integrand of each ⟨∇_{w_j}L, g(w_j)⟩ are unchanged; a_j = β_j/|β_j|",
        expected=Verdict.PROVED,
    ),
)
