"""Equation (24), p. 20: the gradient points away from the nearest minimum."""

from sympy import Rational

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks, Point
from checks.papers.wang21a._near import monotone_k1
from checks.papers.wang21a._setting import margin, s
from checks.relation import AtLeast, AtMost, Below, Equal
from checks.verdict import Verdict
from theory.heads import dot
from theory.symbols import i, j, nu, over, v, w
from theory.vocabulary import alignment, dist, dist_square, gradient, q

_inner = over(dot(gradient[i], w[i] - q[i] * v), i)


def _networks(students: int | tuple[int, int]) -> Networks:
    return Networks(
        model="wang21a",
        students=students,
        dimension=(1, 4),
        scalars={nu: (0, Rational(14, 100))},
        where=(AtMost(dist, nu * s), Below(0, margin)),
        near_optimum=True,
    )


_bound = margin * s**2 * dist_square

CLAIMS = (
    Claim(
        id="wang21a/eq-24",
        title="strong monotonicity towards the nearest minimum, as printed",
        label="(24)",
        page="20",
        printed=r"(w_t-\bar w_*)^\top\Big(\int_0^1\nabla^2F(W_t(\tau))d\tau\Big)(w_t-\bar w_*)\ge"
        r"(2-14\nu-2\nu^2)\|w_*\|^2\|W_t-w_*q_t^\top\|_F^2",
        given=_networks((1, 4)),
        then=AtLeast(_inner, _bound),
        witness=Point.of(
            students=[[1, 0], [0, "1/100"]],
            teachers=[[1, 0]],
            nu="1/100",
            note="W = e_1 e_1ᵀ + ε e_2 e_2ᵀ with ε = 1/100: the left side is 3ε⁴",
        ),
        mutants={"twice as much": Mutant(then=AtLeast(_inner, 2 * _bound))},
        uses=("wang21a/lemma-6", "wang21a/eq-24-symmetry"),
        expected=Verdict.REFUTED,
        note="the integral of the Hessian form along the segment equals ⟨∇F(W), W − w_* qᵀ⟩, since ∇F(w_* qᵀ) = 0",
        erratum=Erratum(
            weight="theorem",
            what="false for every K ≥ 2, since it inherits Lemma 6",
            reader="W = e_1 e_1ᵀ + ε e_2 e_2ᵀ, w_* = e_1: left 3ε⁴, right (2 − 14ν − 2ν²)ε²",
            mend="wang21a/lemma-1/all-k",
            charity="true for K = 1",
        ),
    ),
    Claim(
        id="wang21a/eq-24/k1",
        title="strong monotonicity for a single neuron",
        given=_networks(1),
        then=AtLeast(_inner, _bound),
        mutants={"larger": Mutant(then=AtLeast(_inner, 7 * s**2 * dist_square))},
        slack_as=(monotone_k1,),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/eq-24-symmetry",
        title="q w_*ᵀ(W − w_* qᵀ) is a multiple of q qᵀ",
        label="p. 20",
        page="20",
        printed=r"q_tw_*^\top(W_t-w_*q_t^\top)\ \text{is symmetric}",
        given=Networks(model="wang21a", students=(1, 4), dimension=(1, 4)),
        then=Equal(q[i] * dot(v, w[j] - q[j] * v), (alignment - s**2) * q[i] * q[j]),
        mutants={
            "without the teacher's norm": Mutant(then=Equal(q[i] * dot(v, w[j] - q[j] * v), alignment * q[i] * q[j]))
        },
        expected=Verdict.PROVED,
    ),
)
