"""Equations (12) to (15), p. 11: distances of one and of K neurons in closed form, and their difference."""

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks, Point
from checks.papers.wang21a._setting import s, weight_square
from checks.relation import All, Equal
from checks.verdict import Verdict
from theory.heads import dot, magnitude, norm, positive_part
from theory.symbols import beta, i, over, v, w, xi
from theory.vocabulary import alignment, dist_ball_square, dist_square, parallel, q


def _networks(students: int | tuple[int, int] = (1, 4)) -> Networks:
    return Networks(model="wang21a", students=students, dimension=(1, 4))


# Squared distances of the single neuron w_i to ± w_*; min(a, b) = (a + b − |a − b|)/2.
_plus, _minus = norm(w[i] - v) ** 2, norm(w[i] + v) ** 2
_smaller = (_plus + _minus - magnitude(_plus - _minus)) / 2
_single = dot(w[i], w[i]) - 2 * magnitude(parallel[i]) + s**2

_many = weight_square + s**2 - 2 * alignment

# ξ is the single neuron of the other network in (15).
_across_xi = xi - dot(xi, v) / dot(v, v) * v
_single_xi = (magnitude(dot(xi, v)) / s - s) ** 2 + dot(_across_xi, _across_xi)
_two = Networks(model="wang21a", students=(1, 4), dimension=(1, 4), vectors=("xi",))
_difference = 2 * (alignment - magnitude(dot(xi, v))) - (weight_square - dot(xi, xi))

_ball = Networks(model="wang21a", students=(1, 4), dimension=(1, 4), coefficients=("beta",))
_product = over(beta[i] * parallel[i], i)

CLAIMS = (
    Claim(
        id="wang21a/eq-12",
        title="squared distance of a single neuron",
        label="(12)",
        page="11",
        printed=r"\mathrm{dist}(W^{\#1},w_*)^2=\min_{q\in\{-1,+1\}}\|W^{\#1}-w_*q^\top\|^2"
        r"=\|w^{(1)}\|^2-2|w^{(1),\parallel}|+\|w_*\|^2",
        given=_networks(1),
        then=All(Equal(_smaller, _single), Equal(dist_square, _single)),
        mutants={
            "one product": Mutant(then=Equal(dist_square, _single + magnitude(parallel[i]))),
            "two neurons": Mutant(given=_networks((1, 2))),
        },
        note="here q runs over the unit sphere of R¹, not over the ball of (4)",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/eq-13",
        title="squared distance of K neurons, as printed",
        label="(13)",
        page="11",
        printed=r"\min_{\|q\|_2\le1}\|W^{\#K}-w_*q^\top\|_F^2=\|W^{\#K}\|_F^2+\|w_*\|^2"
        r"-2\sqrt{\textstyle\sum_{k=1}^K|w^{(k),\parallel}|^2}",
        given=_networks(),
        then=Equal(dist_ball_square, _many),
        witness=Point.of(students=[[0]], teachers=[[1]], note="W = 0: left 0 (at q = 0), right ‖w_*‖² = 1"),
        mutants={"half the norm": Mutant(then=Equal(dist_ball_square, _many - weight_square / 2))},
        uses=("wang21a/eq-14",),
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="proof step",
            what="‖w_*‖²‖q‖² is replaced by ‖w_*‖² although ‖q‖ ≤ 1 only; wrong whenever ‖Wᵀw_*‖ < ‖w_*‖²",
            reader="W = 0: the minimum over the ball is 0 at q = 0, the right side is ‖w_*‖²",
            mend="wang21a/eq-13/sphere",
            charity="right for ‖q‖ = 1; “last inequality” is meant to be “last equality”",
        ),
    ),
    Claim(
        id="wang21a/eq-13/sphere",
        title="squared distance of K neurons over the unit sphere",
        label="(13), mended",
        page="11",
        given=_networks(),
        then=Equal(dist_square, _many),
        mutants={"in the ball": Mutant(then=Equal(dist_ball_square, _many))},
        uses=("wang21a/eq-14",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/eq-13/gap",
        title="the printed right side exceeds the minimum over the ball by (‖w_*‖ − ‖Wᵀw_*‖/‖w_*‖)₊²",
        label="(13), gap",
        page="11",
        given=_networks(),
        then=Equal(_many - dist_ball_square, positive_part(s - alignment / s) ** 2),
        mutants={
            "other side": Mutant(then=Equal(_many - dist_ball_square, positive_part(alignment / s - s) ** 2)),
            "no gap": Mutant(then=Equal(_many, dist_ball_square)),
        },
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/eq-14",
        title="largest product of Wᵀw_* with a vector of the ball",
        label="(14)",
        page="11",
        printed=r"\max_{\|q\|_2\le1}\mathrm{tr}((W^{\#K})^\top w_*q^\top)=\|\bar v\|,\quad"
        r"\bar v=[w^{(1),\parallel},\dots,w^{(K),\parallel}]^\top",
        given=_ball,
        then=All(
            Equal(over(q[i] * parallel[i], i), alignment),
            Equal(
                alignment - _product,
                alignment * (over((beta[i] - q[i]) ** 2, i) + 1 - over(beta[i] ** 2, i)) / 2,
            ),
        ),
        mutants={
            "every q attains it": Mutant(then=Equal(_product, alignment)),
            "without the room in the ball": Mutant(
                then=Equal(alignment - _product, alignment * over((beta[i] - q[i]) ** 2, i) / 2)
            ),
        },
        note="q = v̄/‖v̄‖ attains it, and every other vector β of the ball falls short by ‖v̄‖(‖β − q‖² + 1 − ‖β‖²)/2 ≥ 0",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/eq-15",
        title="difference of the squared distances of one and of K neurons",
        label="(15)",
        page="11",
        printed=r"\mathrm{dist}^2(W^{\#1}_t,w_*)-\mathrm{dist}^2(W^{\#K}_t,w_*)=2\Big(\sqrt{\textstyle"
        r"\sum_k|w^{(k),\parallel}"
        r"_{\#K,t}|^2}-\sqrt{\|w^{(1),\parallel}_{\#1,t}\|^2}\Big)-(\|W^{\#K}_t\|_F^2-\|W^{\#1}_t\|_F^2)",
        given=_two,
        then=Equal(_single_xi - dist_square, _difference),
        mutants={
            "sign of the norms": Mutant(
                then=Equal(_single_xi - dist_square, _difference + 2 * (weight_square - dot(xi, xi)))
            ),
            "in the ball": Mutant(then=Equal(_single_xi - dist_ball_square, _difference)),
        },
        uses=("wang21a/eq-12", "wang21a/eq-13"),
        note="ξ is the neuron of the network with K = 1",
        expected=Verdict.PROVED,
        erratum=Erratum(
            weight="wording",
            what="holds for the distance over ‖q‖ = 1, which (12) uses, not for that over the ball of (4) and (13)",
            mend="wang21a/eq-13/sphere",
        ),
    ),
)
