"""Lemma 22 and Theorem 7, pp. 9 and 32: distance to the nearest minimum, and the gradient lower bound."""

from typing import Any

from sympy import Expr, Rational, pi, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Flow, Networks
from checks.papers.xu23a._phases import in_range
from checks.relation import AtMost, Bounded, Tends
from checks.verdict import Verdict
from theory.heads import dot, norm
from theory.observables import final
from theory.symbols import V, beta, i, j, k, n, nu, over, v, w, xi
from theory.vocabulary import gradient_norm, h, loss, v_norm, w_norm

# Shares between 1/(16 n) and 16/n that add up to 1, and directions across the teacher that add up to 0, of size one.
_weight = 1 + 15 * beta[i] ** 2 / (1 + beta[i] ** 2)
_share_of = _weight / over(1 + 15 * beta[k] ** 2 / (1 + beta[k] ** 2), k)


def _across(index: Any) -> Expr:
    return V[index] - dot(V[index], v) / dot(v, v) * v


_mean_square = over(dot(_across(k), _across(k)), k) / n


def _beside_a_minimum(spread: Expr) -> Expr:
    """w_i = s_i v + εU_i with Σ s_i = 1, ΣU_i = ε ξ: distances and residual are of the order at which they balance, so that
    searches see the ratio at its own scale, with any shares, any directions and any residual.
    """
    direction = _across(i) / sqrt(_mean_square) - _share_of * over(_across(j), j) / sqrt(_mean_square)
    return _share_of * v + norm(v) * (spread * direction / n + spread**2 * _share_of * xi)


def _near(power: int) -> Networks:
    """Norms in range and L ≤ n^{−power}‖v‖²/100."""
    return in_range(
        AtMost(loss, v_norm**2 / (100 * n**power)),
        students=(1, 4),
        dimension=(2, 4),
        directions=("V",),
        coefficients=("beta",),
        vectors=("xi",),
        scalars={nu: ("1/100", "4/5")},
        # Angles over many decades: ν⁴ from 10⁻⁸ on.
        drawn_as=_beside_a_minimum(nu**4 / n ** Rational(power - 3, 3)),
    )


_third = Rational(1, 3)
_distance = norm(w[i] - h[i] / over(h[i], i) * v)
_far = _distance / (n ** (2 * _third) * (loss / v_norm**2) ** _third * w_norm[i])
_slope = gradient_norm * n ** (2 * _third) * v_norm**_third / loss ** (2 * _third)

_share = final(h[0]) / v_norm
_level = 1 / (6 * sqrt(2) * pi * _share * (1 - _share))
_flow = Flow(model="xu23a", students=2, dimension=(2, 4), until=10**6)
_scaled = gradient_norm * v_norm**_third / loss ** (2 * _third)

_tabulated = {"table": {"students": tuple(range(2, 13))}}

CLAIMS = (
    Claim(
        id="xu23a/lemma-22",
        title="distance to the minimum w*_i = h_i v/Σh_j",
        label="Lemma 22",
        page="32",
        printed=r"\|w_i-w_i^*\|\le O\Big(n^{2/3}\big(\tfrac L{\|v\|^2}\big)^{1/3}\Big)\|w_i\|",
        given=_near(2),
        then=Bounded(ratio=_far),
        mutants={"square root": Mutant(then=Bounded(ratio=_distance / (n * sqrt(loss / v_norm**2) * w_norm[i])))},
        uses=("xu23a/lemma-20", "xu23a/lemma-21"),
        options=_tabulated,
        note="needs Σh_j ≠ 0, which the bound of the loss gives",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/theorem-7",
        title="gradient lower bound",
        label="Theorem 7",
        page="9",
        printed=r"\tfrac{4\|v\|}n\ge\|w_i\|\ge\tfrac{\|v\|}{4n},\ L=O(\|v\|^2/n^{14})\Rightarrow\|\nabla L\|\ge"
        r"\Omega\Big(\tfrac{L^{2/3}}{n^{2/3}\|v\|^{1/3}}\Big)",
        given=_near(14),
        then=Bounded(ratio=_slope, side="below"),
        mutants={"square root of the loss": Mutant(then=Bounded(ratio=gradient_norm / sqrt(loss), side="below"))},
        uses=("xu23a/lemma-8", "xu23a/lemma-20", "xu23a/lemma-21", "xu23a/lemma-22"),
        options=_tabulated,
        expected=Verdict.MEASURED,
        erratum=Erratum(
            weight="typo",
            what="the last chain of the proof writes Σ‖w*_i‖ where Lemma 22 gives Σ‖w_i‖",
            reader="Lemma 22 bounds ‖w_i − w*_i‖ by a multiple of ‖w_i‖",
            mend="replace ‖w*_i‖ by ‖w_i‖ ≤ 4‖v‖/n",
            charity="both sums are O(‖v‖)",
        ),
    ),
    Claim(
        id="xu23a/theorem-7-n8",
        title="the gradient lower bound for L = O(n^{−8}‖v‖²)",
        label="new",
        given=_near(8),
        then=Bounded(ratio=_slope, side="below"),
        mutants={"square root of the loss": Mutant(then=Bounded(ratio=gradient_norm / sqrt(loss), side="below"))},
        options=_tabulated,
        note="‖r‖² ≤ 8L in place of Lemma 21 makes the same proof need n^{−8} only",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/theorem-7-slow",
        title="the gradient at late times of two students",
        label="new",
        given=_flow,
        then=Tends(_scaled, 3 * _level**_third),
        mutants={"constant": Mutant(then=Tends(_scaled, 4 * _level**_third))},
        note="‖∇L‖‖v‖^{1/3}/L^{2/3} → 3ℓ^{1/3}; for two students ℓ = 1/(6√2 π h(1 − h)) with the limit share h",
        expected=Verdict.MEASURED,
    ),
)
