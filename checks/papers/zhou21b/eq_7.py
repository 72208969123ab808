"""Equation (7), pp. 18–19: from the descent direction to the gradient."""

from sympy import Rational, Symbol

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks
from checks.relation import All, AtMost
from checks.verdict import Verdict
from theory.heads import dot, norm
from theory.indicators import Nonnegative
from theory.symbols import V, a, i, over, teachers, w
from theory.vocabulary import gradient, gradient_norm, near, nearest_angle

_moving = Networks(model="zhou21b", students=(1, 4), teachers=(1, 3), dimension=(1, 4), directions=("V",))
_pairing = over(dot(gradient[i], V[i]), i)
_length = over(dot(V[i], V[i]), i)
# (I + w̄w̄ᵀ)⁻¹ = I − ½ w̄w̄ᵀ.
_along = dot(w[i], V[i]) / dot(w[i], w[i])
_inverse = V[i] - Rational(1, 2) * _along * w[i]

_widest = Symbol("delta_max", real=True)
_inside = near[i, a] * Nonnegative(_widest - nearest_angle[i])
_mass = over(_inside * norm(w[i]) ** 2, i)
_squares = over(_inside * norm(w[i]) ** 2, i) / _mass**2 * norm(teachers[a]) ** 2
_unit = over(_inside * norm(w[i]) / _mass * norm(w[i]), i)
_given = Networks(
    model="zhou21b",
    students=(1, 4),
    teachers=(1, 2),
    dimension=(1, 4),
    scalars={_widest: (0, "11/7")},
    where=(AtMost(norm(teachers[a]) / 2, _mass),),
)

CLAIMS = (
    Claim(
        id="zhou21b/eq-7",
        title="the pairing with the gradient is at most the product of the norms",
        label="(7)",
        page="19",
        printed=r"L\le\sum_{i,j}\langle\nabla_{w_j}L,z_j\rangle\le\|\nabla L\|_F\Big(\sum_{i,j}\|z_j\|^2\Big)^{1/2}",
        given=_moving,
        then=AtMost(_pairing**2, gradient_norm**2 * _length),
        mutants={"nine tenths": Mutant(then=AtMost(_pairing**2, Rational(9, 10) * gradient_norm**2 * _length))},
        uses=("zhou21b/lemma-8",),
        note="the second inequality, for arbitrary z_j = V_j, squared; the first is zhou21b/lemma-8",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/eq-7-inverse",
        title="the inverse factor has norm at most 1",
        label="p. 19",
        page="19",
        printed=r"\|(I+\bar w\bar w^\top)^{-1}z\|\le\|z\|",
        given=_moving,
        then=AtMost(dot(_inverse, _inverse), dot(V[i], V[i])),
        slack_as=(Rational(3, 4) * dot(w[i], V[i]) ** 2 / norm(w[i]) ** 2,),
        mutants={"nine tenths": Mutant(then=AtMost(dot(_inverse, _inverse), Rational(9, 10) * dot(V[i], V[i])))},
        note="squared; z = V_i is arbitrary",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/eq-7-q",
        title="the choice of q",
        label="p. 19",
        page="19",
        printed=r"q_{ij}=\|w_j\|/\sum_{T_i(\delta_{\max})}\|w_j\|^2:\quad\sum_jq_{ij}\|w_j\|=1,\quad"
        r"\sum_jq_{ij}^2\|w_i^*\|^2\le2\|w_i^*\|",
        given=_given,
        then=All(AtMost(_squares, 2 * norm(teachers[a])), AtMost(_unit, 1), AtMost(1, _unit)),
        mutants={
            "half of it": Mutant(then=AtMost(_squares, norm(teachers[a]))),
            "without the mass": Mutant(
                given=Networks(model="zhou21b", students=1, dimension=2, scalars={_widest: (1, "11/7")})
            ),
        },
        uses=("zhou21b/lemma-9",),
        erratum=Erratum(
            weight="typo",
            what="the recall of q_ij at the foot of p. 18 writes w_ij for w_j, above and below",
            reader="page 19 has w_j",
            mend="q_ij = ‖w_j‖/Σ_{T_i(δ_max)} ‖w_j‖²",
        ),
        note="the hypothesis, that the mass in T_i(δ_max) is at least ‖w_i*‖/2, is what Lemma 9 gives",
        expected=Verdict.SUPPORTED,
    ),
)
