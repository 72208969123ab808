"""Lemma 6, p. 17: local strong convexity of the population loss."""

from sympy import Rational, Symbol

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Networks, Point
from checks.papers.wang21a._near import below, crossed, error, mixed, projected, room, squares
from checks.papers.wang21a._setting import direction_square, margin, s
from checks.relation import AtLeast, AtMost, Below, Bounded
from checks.verdict import Verdict
from theory.heads import dot, norm
from theory.steps import Whole
from theory.symbols import V, i, j, nu, over, v
from theory.vocabulary import dist, hessian_form, q

_near = (AtMost(dist, nu * s), Below(0, margin))


def _networks(students: int | tuple[int, int]) -> Networks:
    return Networks(
        model="wang21a",
        students=students,
        dimension=(1, 4),
        directions=("V",),
        scalars={nu: (0, Rational(14, 100))},
        where=_near,
        near_optimum=True,
    )


_Vq = over(q[i] * V[i], i)
_trace = 2 * dot(v, _Vq) ** 2
_printed = _trace + margin * s**2 * direction_square
_mended = _trace + 2 * s**2 * norm(_Vq) ** 2 - (14 * nu + 2 * nu**2) * s**2 * direction_square
_minimum = Point.of(
    students=[[1, 0], [0, 0]],
    teachers=[[1, 0]],
    V=[[0, 0], [0, 1]],
    nu="1/10",
    note="a global minimum: the loss is flat along V = e_2 e_2ᵀ",
)
# One neuron: α = q⟨V, w_*⟩ and β = ⟨V, E⟩, with 6⟨w, V⟩² − 4α² = 2(α + 3β)² − 12β² and 8sd ≥ 7d².
_alpha, _beta = over(q[i] * dot(v, V[i]), i), over(dot(error(i), V[i]), i)
_one = (
    2 * (_alpha + 3 * _beta) ** 2
    + 12 * over(squares(error(i), V[i]), i)
    + direction_square * (6 * s * below + 14 * s * room + 2 * room * (nu * s + dist))
    + direction_square * dist * (7 * room + s * (7 * Whole(Rational(14, 100) - nu) + Rational(702, 100)))
)
# Any number: the terms of first order in E add up to at least −14sd‖V‖², those of second order to at least 0.
_several = (
    direction_square * (14 * s * room + 2 * nu**2 * s**2 + dist**2 + 2 * s * below)
    + 2 * (_alpha + _beta) ** 2
    + over((dot(error(i), V[j]) + dot(error(j), V[i])) ** 2, i, j)
    + 2 * over(dot(error(i), error(j)) * dot(V[i], V[j]), i, j)
    + 4 * (mixed(1) + crossed + projected)
)
_a, _b = Symbol("a_1", real=True), Symbol("b_1", real=True)

CLAIMS = (
    Claim(
        id="wang21a/lemma-6",
        title="local strong convexity, as printed",
        label="Lemma 6",
        page="17",
        printed=r"\mathrm{vec}(V)^\top\nabla^2F(W)\mathrm{vec}(V)\ge 2\,\mathrm{tr}(qw_*^\top Vqw_*^\top V)"
        r"+(2-14\nu-2\nu^2)\|w_*\|^2\|V\|_F^2\quad\text{if }\mathrm{dist}\le\nu\|w_*\|",
        given=_networks((1, 4)),
        then=AtLeast(hessian_form, _printed),
        witness=_minimum,
        mutants={"larger margin": Mutant(then=AtLeast(hessian_form, _printed + s**2 * direction_square))},
        uses=(
            "wang21a/eq-19",
            "wang21a/eq-20a",
            "wang21a/eq-20b",
            "wang21a/eq-20c",
            "wang21a/eq-20d",
            "wang21a/eq-21a",
        ),
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="theorem",
            what="false for every K ≥ 2: at a minimum w_* qᵀ the Hessian form is 2‖w_*‖²‖Vq‖² + 4⟨w_*, Vq⟩², which vanishes "
            "on the d(K − 1)-dimensional space {Vq = 0}",
            reader="W = e_1 e_1ᵀ, w_* = e_1, V = e_2 e_2ᵀ: F(W + εV) = ¾ε⁴, so the left side is 0 and the right side m(ν) > 0",
            mend="wang21a/lemma-6/corrected",
            charity="true as printed for K = 1 with q = ±1",
        ),
    ),
    Claim(
        id="wang21a/lemma-6/k1",
        title="local strong convexity for a single neuron",
        given=_networks(1),
        then=AtLeast(hessian_form, _printed),
        mutants={"larger margin": Mutant(then=AtLeast(hessian_form, _printed + s**2 * direction_square / 10))},
        slack_as=(_one,),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/lemma-6/corrected",
        title="local convexity along q only, for any number of neurons",
        given=_networks((1, 4)),
        then=AtLeast(hessian_form, _mended),
        mutants={
            "without the loss term": Mutant(
                then=AtLeast(hessian_form, _trace + 2 * s**2 * norm(_Vq) ** 2),
                witness=Point.of(students=[["19/20"]], teachers=[[1]], V=[[1]], nu="1/20"),
            )
        },
        note="the paper's own proof without step (a) of (21)",
        slack_as=(_several,),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/lemma-6/sharp",
        title="best constant in place of 14ν + 2ν²",
        given=Networks(
            model="wang21a",
            students=(2, 3),
            dimension=(2, 3),
            directions=("V",),
            where=(AtMost(dist, Rational(14, 100) * s),),
            near_optimum=True,
        ),
        then=Bounded(
            ratio=(_trace + 2 * s**2 * norm(_Vq) ** 2 - hessian_form) / (dist * s * direction_square),
        ),
        mutants={
            "square root of the distance": Mutant(
                then=Bounded(
                    ratio=(_trace + 2 * s**2 * norm(_Vq) ** 2 - hessian_form) / (dist**2 * direction_square),
                )
            )
        },
        note="the supremum is 2√10 = 6.3246, approached as dist → 0",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="wang21a/lemma-6/reduced",
        title="the extremal plane W = diag(1 − a, b), V = e_1 e_2ᵀ − e_2 e_1ᵀ",
        given=Box(variables={_a: (Rational(-14, 100), Rational(14, 100)), _b: (Rational(-14, 100), Rational(14, 100))}),
        then=AtMost((12 * _a + 4 * _b) ** 2, 160 * (_a**2 + _b**2)),
        mutants={"constant": Mutant(then=AtMost((12 * _a + 4 * _b) ** 2, Rational(1599, 10) * (_a**2 + _b**2)))},
        note="there the Hessian form is 2‖Vq‖² − (12a + 4b) + O(a² + b²) with ‖V‖² = 2 and dist² = a² + b², whence 2√10",
        expected=Verdict.CERTIFIED,
    ),
)
