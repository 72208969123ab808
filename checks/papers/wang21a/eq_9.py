"""Quantity (9), p. 5: the second derivative towards the nearest minimum, an indicator of a benign region."""

from sympy import Expr, Integer, Rational, Symbol

from checks.claim import Assumption, Claim, Erratum, Family, Mutant
from checks.given import Networks, Point
from checks.papers.wang21a._setting import direction_square, s, unit_length, weight_square
from checks.relation import All, AtMost, Below, Bounded, Equal
from checks.verdict import Verdict
from theory.heads import dot
from theory.loss import in_direction
from theory.model import find_model
from theory.quantity import Setting, find_quantity
from theory.symbols import H, N, beta, fresh, i, j, mu, over, v, w, x
from theory.symmetric_family import Group, SymmetricFamily
from theory.vocabulary import Q, across_square, alignment, dist, dist_square, hessian_form, q, z

_empirical = find_quantity("empirical_hessian_form").define(Setting(model=find_model("wang21a")))
# The quantity (9) of the training objective: its second derivative along w_* qᵀ − W.
_sample_Q = in_direction(_empirical, lambda row: q[row] * v - w[row])

# Terms of (9) that vanish with W; G = WᵀW, g = qᵀGq.
_G_square = over(dot(w[i], w[j]) ** 2, i, j)
_Wq = over(q[j] * w[j], j)
_g = dot(_Wq, _Wq)
_rest = (
    6 * s**2 * alignment
    + 3 * weight_square**2
    - 6 * alignment * weight_square
    + 4 * alignment**2
    - 12 * alignment * _g
    + 6 * _G_square
    + 2 * s**2 * _g
)
# The same for one sample, with outputs a = ‖Wᵀx‖², b = ⟨x, w_*⟩⟨x, Wq⟩ and label y.
_y = dot(x[mu], v) ** 2
_a = over(dot(x[mu], w[i]) ** 2, i)
_b = dot(x[mu], v) * dot(x[mu], _Wq)
_sample_rest = 2 * _y * _b + _a**2 - 2 * _a * _b + 2 * (_b - _a) ** 2

# Components across the teacher that are orthogonal to q: w_i = β_i v + z_i with ‖β‖ = 1, Σ β_i z_i = 0.
_k = fresh(i)


def _across(row: Expr) -> Expr:
    return H[row] - dot(H[row], v) / dot(v, v) * v


_flat = beta[i] * v + _across(i) - beta[i] * over(beta[_k] * _across(_k), _k)
_z_square = over(dot(z[i], z[j]) ** 2, i, j)

_delta = alignment / s - s
_epsilon = Symbol("epsilon", positive=True)
_several = Networks(
    model="wang21a", students=(2, 4), dimension=(2, 4), where=(AtMost(dist, s / 10),), near_optimum=True
)


CLAIMS = (
    Claim(
        id="wang21a/eq-9",
        title="a positive second derivative towards the nearest minimum as a sign of strong convexity",
        label="(9)",
        page="5",
        printed=r"\mathrm{vec}(w_*q_t^\top-W_t)^\top\nabla^2f(W_t)\mathrm{vec}(w_*q_t^\top-W_t)>0"
        r"\ \text{suggests strong convexity with respect to }w_*q_t^\top",
        assumption=Assumption(
            reason="“suggests that the landscape is strongly convex” states no implication; its exact "
            "readings are claims of their own",
            forms=(
                "wang21a/eq-9/psd",
                "wang21a/eq-9/quadratic-growth",
                "wang21a/eq-9/k1",
                "wang21a/eq-9-origin",
            ),
        ),
        expected=Verdict.ASSUMED,
        erratum=Erratum(
            weight="wording",
            what="one direction says nothing about the others: the quantity can be positive where the "
            "Hessian is indefinite",
            reader="w_* = e_1, W = diag(9/10, 0): the quantity is 0.0429, the second derivative along e_2 "
            "e_2ᵀ is −0.19",
            mend="read the quantity as the curvature towards the nearest minimum only",
            charity="it is used as an indicator, and for K = 1 it grows quadratically with the distance",
        ),
    ),
    Claim(
        id="wang21a/eq-9/psd",
        title="positivity of (9) makes the Hessian positive semidefinite",
        label="(9)",
        page="5",
        given=Networks(
            model="wang21a",
            students=(1, 3),
            dimension=(1, 3),
            directions=("V",),
            where=(Below(0, Q),),
            near_optimum=True,
        ),
        then=AtMost(0, hessian_form),
        witness=Point.of(
            students=[["9/10", 0], [0, 0]],
            teachers=[[1, 0]],
            V=[[0, 0], [0, 1]],
            note="W = diag(9/10, 0), V = e_2 e_2ᵀ: (9) is 0.0429, the second derivative −0.19",
        ),
        mutants={
            "strongly convex": Mutant(
                then=AtMost(direction_square, hessian_form),
                witness=Point.of(students=[["9/10", 0], [0, 0]], teachers=[[1, 0]], V=[[0, 0], [0, 1]]),
            )
        },
        expected=Verdict.REFUTED,
    ),
    Claim(
        id="wang21a/eq-9/quadratic-growth",
        title="(9) is at least a multiple of dist² near a minimum, for several neurons",
        label="(9)",
        page="5",
        given=_several,
        then=Bounded(ratio=Q / dist_square, side="below"),
        family=Family(
            members=SymmetricFamily(
                students=(Group(common={"along": Integer(1)}), Group(common={"across": _epsilon})),
                teachers=(Group(common={"along": Integer(1)}),),
                parameters={_epsilon: (Integer(0), Rational(1, 10))},
            ),
            ratio=9 * _epsilon**2,
            grows=_epsilon,
            small=_epsilon,
            at=tuple({_epsilon: Rational(1, size)} for size in (10, 1000)),
            note="W = diag(1, ε): the ratio is 9ε², which tends to 0",
        ),
        mutants={
            "with the constant 1/100": Mutant(
                then=AtMost(s**2 * dist_square / 100, Q),
                witness=Point.of(students=[[1, 0], [0, "1/100"]], teachers=[[1, 0]]),
            )
        },
        because=("wang21a/eq-9/flat",),
        expected=Verdict.REFUTED,
    ),
    Claim(
        id="wang21a/eq-9/flat",
        title="(9) is of fourth order along components across the teacher that are orthogonal to q",
        given=Networks(
            model="wang21a",
            students=(1, 4),
            dimension=(1, 5),
            directions=("H",),
            coefficients=("beta",),
            students_as=_flat,
            where=(unit_length,),
        ),
        then=All(Equal(Q, 3 * across_square**2 + 6 * _z_square), Equal(dist_square, across_square)),
        mutants={
            "second order": Mutant(then=Equal(Q, 2 * s**2 * across_square + 6 * _z_square)),
            "any q": Mutant(
                given=Networks(
                    model="wang21a",
                    students=(1, 4),
                    dimension=(1, 5),
                    directions=("H",),
                    coefficients=("beta",),
                    students_as=_flat,
                )
            ),
        },
        note="so (9) ≤ 9 dist⁴ there, and no c > 0 gives (9) ≥ c dist² for K ≥ 2, d ≥ 2",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/eq-9/k1",
        title="for one neuron (9) grows quadratically with the distance",
        label="(9)",
        page="5",
        given=Networks(model="wang21a", students=1, dimension=(1, 5)),
        then=Equal(
            Q,
            2 * s**2 * dist_square
            - Rational(45, 4) * dist_square**2
            + (2 * s * _delta + Rational(9, 2) * dist_square) ** 2,
        ),
        mutants={
            "without the square": Mutant(then=Equal(Q, 2 * s**2 * dist_square - Rational(45, 4) * dist_square**2)),
            "two neurons": Mutant(given=Networks(model="wang21a", students=(1, 2), dimension=(1, 5))),
        },
        note="δ = ‖Wᵀw_*‖/‖w_*‖ − ‖w_*‖; so (9) ≥ (2‖w_*‖² − (45/4) dist²) dist², positive for dist < 0.42 ‖w_*‖",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/eq-9-origin",
        title="value of (9) at the origin, for the population and for a sample",
        label="(9)",
        page="5",
        given=Networks(model="wang21a", students=(1, 4), dimension=(1, 4), samples=(1, 3)),
        then=All(
            Equal(Q, -3 * s**4 + _rest),
            Equal(_sample_Q, over(-(_y**2) + _sample_rest, mu) / N),
        ),
        mutants={
            "−2 at the origin": Mutant(then=Equal(Q, -2 * s**4 + _rest)),
            "half the sample value": Mutant(then=Equal(_sample_Q, over(-(_y**2) / 2 + _sample_rest, mu) / N)),
        },
        note="every other term vanishes with W: (9) → −3‖w_*‖⁴, and → −(1/n)Σ y_i² = −4f(0) on n samples, "
        "as the plot starts",
        expected=Verdict.PROVED,
    ),
)
