"""Equation (4), p. 4: the distance to the nearest solution, and which q attains it."""

from sympy import Expr, Symbol

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Networks, Point
from checks.papers.wang21a._setting import unit_length
from checks.relation import AtMost, Equal
from checks.verdict import Verdict
from theory.heads import dot
from theory.symbols import beta, i, over, v, w
from theory.vocabulary import alignment, dist_ball_square, dist_square, q

_ball = Networks(
    model="wang21a",
    students=(1, 4),
    dimension=(1, 4),
    coefficients=("beta",),
    where=(AtMost(over(beta[i] ** 2, i), 1),),
)
_any = Networks(model="wang21a", students=(1, 4), dimension=(1, 4), coefficients=("beta",))
_sphere = Networks(model="wang21a", students=(1, 4), dimension=(1, 4), coefficients=("beta",), where=(unit_length,))


def _to(coefficient: Expr) -> Expr:
    """‖W − w_* qᵀ‖_F² for q with these components."""
    row = w[i] - coefficient * v
    return over(dot(row, row), i)


_apart = over((beta[i] - q[i]) ** 2, i)
_p, _radius, _cosine = Symbol("p", real=True), Symbol("r", real=True), Symbol("kappa", real=True)

CLAIMS = (
    Claim(
        id="wang21a/eq-4-argmin",
        title="the nearest w_* qᵀ in the ball has q = Wᵀw_*/‖Wᵀw_*‖, as printed",
        label="p. 4",
        page="4",
        printed=r"\frac{W^\top w_*}{\|W^\top w_*\|_2}=\arg\min_{q\in\mathbb R^K:\|q\|_2\le1}\|W-w_*q^\top\|",
        given=_ball,
        then=AtMost(_to(q[i]), _to(beta[i])),
        witness=Point.of(
            students=[["1/2"]],
            teachers=[[1]],
            beta=["1/2"],
            note="W = ½ w_*: the printed q = 1 is at distance ½, the admissible q = ½ at distance 0",
        ),
        mutants={"by a margin": Mutant(then=AtMost(2 * _to(q[i]), _to(beta[i])))},
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="typo",
            what="the constraint must be ‖q‖ = 1: in the ball the minimiser is interior, q = Wᵀw_*/‖w_*‖², "
            "whenever "
            "‖Wᵀw_*‖ < ‖w_*‖², which is the whole early stage",
            reader="K = 1, W = ½w_*: ‖W − w_*·1‖ = ½‖w_*‖ but ‖W − w_*·½‖ = 0",
            mend="wang21a/eq-4-argmin/sphere",
            charity="the formula is right on the sphere, and right in the ball if ‖Wᵀw_*‖ ≥ ‖w_*‖²",
        ),
    ),
    Claim(
        id="wang21a/eq-4-argmin/sphere",
        title="among unit vectors q = Wᵀw_*/‖Wᵀw_*‖ is the unique minimiser",
        label="p. 4, mended",
        page="4",
        given=_sphere,
        then=Equal(_to(beta[i]) - _to(q[i]), alignment * _apart),
        mutants={
            "vectors of any length": Mutant(given=_any),
            "half as far": Mutant(then=Equal(_to(beta[i]) - _to(q[i]), alignment * _apart / 2)),
        },
        note="any other unit vector is farther by exactly ‖Wᵀw_*‖‖q − q_*‖² ≥ 0; if Wᵀw_* = 0 all are equally far",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/eq-4-argmin/reduced",
        title="where ‖Wᵀw_*‖ ≥ ‖w_*‖² the printed minimiser is right in the ball",
        label="p. 4, mended",
        page="4",
        given=Box(variables={_p: (1, 10), _radius: (0, 1), _cosine: (-1, 1)}),
        then=AtMost((_p - 1) ** 2, _p**2 - 2 * _p * _radius * _cosine + _radius**2),
        mutants={"smaller ‖Wᵀw_*‖": Mutant(given=Box(variables={_p: ("1/2", 10), _radius: (0, 1), _cosine: (-1, 1)}))},
        note="in units of ‖w_*‖, with p = ‖Wᵀw_*‖/‖w_*‖, r = ‖q‖ and κ the cosine of q and Wᵀw_*: "
        "‖W − w_*qᵀ‖² − ‖W^⊥‖² = p² − 2prκ + r²",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/eq-4-metric",
        title="dist is the distance to the nearest solution, read literally",
        label="(4)",
        page="4",
        printed=r"\mathrm{dist}(W,w_*):=\min_{\|q\|_2\le1}\|W-w_*q^\top\|\ "
        r"\text{represents the distance to the closest global optimal solution}",
        given=Networks(model="wang21a", students=(1, 4), dimension=(1, 4)),
        then=Equal(dist_ball_square, dist_square),
        witness=Point.of(
            students=[[0]],
            teachers=[[1]],
            note="W = 0: the printed distance is 0, the nearest solution is at distance 1",
        ),
        mutants={"twice": Mutant(then=Equal(dist_ball_square, 2 * dist_square))},
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="typo",
            what="the ball contains q with ‖q‖ < 1, whose w_* qᵀ is no solution; the minimum must be over ‖q‖ = 1",
            reader="W = 0, q = 0: printed distance 0, although F(0) = ¾‖w_*‖⁴",
            mend="wang21a/eq-4-metric/sphere",
            charity="the plots and (12) use the sphere",
        ),
    ),
    Claim(
        id="wang21a/eq-4-metric/sphere",
        title="dist over the unit sphere is the distance to the nearest solution",
        label="(4), mended",
        page="4",
        given=_sphere,
        then=Equal(_to(beta[i]), dist_square + alignment * _apart),
        mutants={"the ball's distance": Mutant(then=Equal(_to(beta[i]), dist_ball_square + alignment * _apart))},
        uses=("wang21a/global-minima",),
        note="the squared distance to any solution w_* qᵀ is dist² plus ‖Wᵀw_*‖‖q − q_*‖²; "
        "dist² = (‖Wᵀw_*‖/‖w_*‖ − ‖w_*‖)² + ‖W^⊥‖_F²",
        expected=Verdict.PROVED,
    ),
)
