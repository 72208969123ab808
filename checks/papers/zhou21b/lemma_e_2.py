"""Lemma E.2, p. 52: the matrix of the subspace initialisation."""

from sympy import Expr, pi, sqrt

from checks.claim import Claim, Mutant
from checks.papers.zhou21b._subspace import labelled, moment, zeta
from checks.relation import Equal
from checks.verdict import Verdict
from theory.heads import dot, norm
from theory.symbols import a, over, teachers, xi

_matrix = moment(xi, zeta)


def _sum(power: int) -> Expr:
    """Σ_a ⟨ξ, v_a⟩⟨v_a, ζ⟩ / ‖v_a‖^power."""
    return over(dot(xi, teachers[a]) * dot(zeta, teachers[a]) / norm(teachers[a]) ** power, a)


CLAIMS = (
    Claim(
        id="zhou21b/lemma-E.2",
        title="E[f*(x)(x xᵀ − I)] = √(2/π) Σ ‖w_i*‖ w̄_i* w̄_i*ᵀ",
        label="Lemma E.2",
        page="52",
        printed=r"M\triangleq\mathbb E\big[f^*(x)(xx^\top-I)\big]=c\sum_{i=1}^r\|w_i^*\|\bar w_i^*\bar w_i^{*\top}",
        given=labelled,
        then=Equal(_matrix, sqrt(2 / pi) * _sum(1)),
        mutants={
            "c = 2/π": Mutant(then=Equal(_matrix, 2 / pi * _sum(1))),
            "without the norms": Mutant(then=Equal(_matrix, sqrt(2 / pi) * _sum(2))),
        },
        note="with c = √(2/π), between two arbitrary vectors",
        expected=Verdict.PROVED,
    ),
)
