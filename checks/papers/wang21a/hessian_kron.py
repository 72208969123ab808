"""Page 17: the Hessian of the training objective as a sum of Kronecker products."""

from sympy import Expr

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks
from checks.papers.wang21a._setting import unit_length
from checks.relation import All, Equal
from checks.verdict import Verdict
from theory.heads import Distinct, dot
from theory.symbols import N, V, beta, i, j, k, l, mu, over, v, w, x
from theory.vocabulary import empirical_hessian_form

_y = dot(x[mu], v) ** 2
_g = over(dot(x[mu], w[i]) ** 2, i) - _y
# vec(V)ᵀ [(g I_K + 2 Wᵀx xᵀW) ⊗ x xᵀ] vec(V), entry by entry.
_entry = _g * (1 - Distinct(k, l)) + 2 * dot(x[mu], w[k]) * dot(x[mu], w[l])
_kronecker = over(over(_entry * dot(x[mu], V[k]) * dot(x[mu], V[l]), k, l), mu) / N


def _networks(*where: Equal) -> Networks:
    return Networks(
        model="wang21a",
        students=(1, 4),
        dimension=(1, 4),
        samples=(1, 3),
        directions=("V",),
        coefficients=("beta",),
        where=where,
    )


def _last_line(label: Expr) -> Expr:
    gap = over(dot(x[mu], w[i]) ** 2, i) - label
    mixed = over(dot(x[mu], w[i]) * dot(x[mu], V[i]), i)
    return over(gap * over(dot(x[mu], V[i]) ** 2, i) + 2 * mixed**2, mu) / N


_label = over(beta[j] ** 2 * _y, j)

CLAIMS = (
    Claim(
        id="wang21a/hessian-kron",
        title="second derivative of the training objective along V",
        label="p. 17",
        page="17",
        printed=r"\mathrm{vec}(V)^\top\nabla^2f(W)\mathrm{vec}(V)=\tfrac1m\sum_{i=1}^m\mathrm{vec}(V)^\top"
        r"\big[\big((\|x_i^\top W\|"
        r"_2^2-y_i)I_K+2W^\top x_ix_i^\top W\big)\otimes x_ix_i^\top\big]\mathrm{vec}(V)"
        r"=\tfrac1m\sum_{i=1}^m\big[(\|x_i^\top W\|_2^2-\|x_i^\top w_*q^\top\|_2^2)\|x_i^\top V"
        r"\|_2^2+2(x_i^\top WV^\top x_i)^2\big]",
        given=_networks(unit_length),
        then=All(
            Equal(empirical_hessian_form, _kronecker),
            Equal(empirical_hessian_form, _last_line(_y)),
            Equal(empirical_hessian_form, _last_line(_label)),
        ),
        mutants={
            "once the outer product": Mutant(
                then=Equal(
                    empirical_hessian_form,
                    (_kronecker + over(_g * over(dot(x[mu], V[k]) ** 2, k), mu) / N) / 2,
                )
            ),
            "any q in the last line": Mutant(given=_networks()),
        },
        note="q is an arbitrary unit vector",
        expected=Verdict.PROVED,
        erratum=Erratum(
            weight="typo",
            what="m stands for the number n of samples, and the last line replaces y_i by ‖x_iᵀw_*qᵀ‖², "
            "which needs ‖q‖ = 1",
            reader="‖x_iᵀw_*qᵀ‖² = y_i‖q‖²",
            mend="read n for m and ‖q‖ = 1",
        ),
    ),
)
