"""Lemma 8, p. 20: fourth moments of two linear maps of a Gaussian input."""

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.wang21a._setting import direction_square, weight_square
from checks.relation import All, Equal
from checks.verdict import Verdict
from theory.heads import dot, expectation, gaussian_input
from theory.symbols import V, i, j, over, w

_x = gaussian_input
_norms = expectation(over(dot(_x, V[i]) ** 2, i) * over(dot(_x, w[i]) ** 2, i))
_form = expectation(over(dot(_x, w[i]) * dot(_x, V[i]), i) ** 2)
_VW = over(dot(V[i], w[j]) ** 2, i, j)
_trace = over(dot(w[i], V[i]), i)
_trace_square = over(dot(w[i], V[j]) * dot(w[j], V[i]), i, j)
_WV = over(dot(w[i], w[j]) * dot(V[i], V[j]), i, j)

CLAIMS = (
    Claim(
        id="wang21a/lemma-8",
        title="Gaussian fourth moments of two matrices",
        label="Lemma 8",
        page="20",
        printed=r"\mathbb E\|x^\top V\|^2\|x^\top W\|^2=\|V\|_F^2\|W\|_F^2+2\|V^\top W\|_F^2,\quad"
        r"\mathbb E(x^\top WV^\top x)^2=(\mathrm{tr}\,W^\top V)^2+\mathrm{tr}(W^\top VW^\top V)+\|WV^\top"
        r"\|_F^2",
        given=Networks(model="wang21a", students=(1, 5), dimension=(1, 5), directions=("V",)),
        then=All(
            Equal(_norms, direction_square * weight_square + 2 * _VW),
            Equal(_form, _trace**2 + _trace_square + _WV),
        ),
        mutants={
            "one pairing lost": Mutant(then=Equal(_norms, direction_square * weight_square + _VW)),
            "trace term twice": Mutant(then=Equal(_form, _trace**2 + 2 * _trace_square)),
        },
        expected=Verdict.PROVED,
    ),
)
