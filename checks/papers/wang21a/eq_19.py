"""Equation (19), p. 17: the expected second derivative along V."""

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks
from checks.papers.wang21a._setting import direction_square, unit_length, weight_square
from checks.relation import Equal
from checks.verdict import Verdict
from theory.heads import dot
from theory.symbols import V, beta, i, j, over, v, w
from theory.vocabulary import hessian_form


def _networks(*where: Equal) -> Networks:
    return Networks(
        model="wang21a",
        students=(1, 5),
        dimension=(1, 5),
        directions=("V",),
        coefficients=("beta",),
        where=where,
    )


_VW = over(dot(V[i], w[j]) ** 2, i, j)
_last = (
    over(dot(w[i], V[i]), i) ** 2
    + over(dot(w[i], V[j]) * dot(w[j], V[i]), i, j)
    + over(dot(w[i], w[j]) * dot(V[i], V[j]), i, j)
)


# q = β, so that the rows of w_* qᵀ are β_i v.
_solution = over(dot(beta[i] * v, beta[i] * v), i) * direction_square + 2 * over(dot(V[i], beta[j] * v) ** 2, i, j)
_printed = weight_square * direction_square + 2 * _VW - _solution + 2 * _last
_defect = (over(beta[i] ** 2, i) - 1) * (dot(v, v) * direction_square + 2 * over(dot(v, V[i]) ** 2, i))

CLAIMS = (
    Claim(
        id="wang21a/eq-19",
        title="expected second derivative along V",
        label="(19)",
        page="17",
        printed=r"\mathbb E[\mathrm{vec}(V)^\top\nabla^2f(W)\mathrm{vec}(V)]=\|W\|_F^2\|V\|_F^2+2\|V^\top W"
        r"\|_F^2"
        r"-(\|w_*q^\top\|_F^2\|V\|_F^2+2\|V^\top w_*q^\top\|_F^2)"
        r"+2\big(\mathrm{tr}(W^\top V)^2+\mathrm{tr}(W^\top VW^\top V)+\|WV^\top\|_F^2\big)",
        given=_networks(unit_length),
        then=Equal(hessian_form, _printed),
        mutants={
            "any q": Mutant(given=_networks()),
            "last bracket once": Mutant(then=Equal(hessian_form, _printed - _last)),
        },
        uses=("wang21a/lemma-8", "wang21a/hessian-kron"),
        note="tr(WᵀV)² is the square of the trace, as in Lemma 8",
        expected=Verdict.PROVED,
        erratum=Erratum(
            weight="wording",
            what="holds for ‖q‖ = 1 only; in the ball ‖q‖ ≤ 1 of the paper the labels are not ‖x_iᵀw_*qᵀ‖²",
            reader="q = 0: the bracket vanishes, although the left side still contains the teacher",
            mend="wang21a/eq-19/any-q",
        ),
    ),
    Claim(
        id="wang21a/eq-19/any-q",
        title="expected second derivative along V, for a q of any length",
        given=_networks(),
        then=Equal(hessian_form, _printed + _defect),
        mutants={"sign of the correction": Mutant(then=Equal(hessian_form, _printed - _defect))},
        note="the correction (‖q‖² − 1)(‖w_*‖²‖V‖_F² + 2‖Vᵀw_*‖²) vanishes for ‖q‖ = 1",
        expected=Verdict.PROVED,
    ),
)
