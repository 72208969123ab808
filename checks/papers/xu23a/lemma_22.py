"""Lemma 22 and Theorem 7, pp. 9 and 32: distance to the nearest minimum, and the gradient lower bound."""

from sympy import Rational, pi, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Flow, Networks
from checks.papers.xu23a._phases import in_range, near_minimum
from checks.relation import AtMost, Bounded, Tends
from checks.verdict import Verdict
from theory.heads import norm
from theory.observables import final
from theory.symbols import gamma, i, n, nu, over, v, w
from theory.vocabulary import gradient_norm, h, loss, v_norm, w_norm


def _near(power: int) -> Networks:
    """Norms in range and L ≤ n^{−power}‖v‖²/100."""
    return in_range(
        AtMost(loss, v_norm**2 / (100 * n**power)),
        students=(1, 4),
        dimension=(2, 4),
        directions=("V",),
        coefficients=("beta",),
        scalars={gamma: (0, 1), nu: ("1/100", "1/3")},
        # Angles over many decades: ν⁴ from 10⁻⁸ on.
        drawn_as=near_minimum(nu**4 / n ** Rational(power, 3)),
    )


_third = Rational(1, 3)
_distance = norm(w[i] - h[i] / over(h[i], i) * v)
_far = _distance / (n ** (2 * _third) * (loss / v_norm**2) ** _third * w_norm[i])
_slope = gradient_norm * n ** (2 * _third) * v_norm**_third / loss ** (2 * _third)

_share = final(h[0]) / v_norm
_level = 1 / (6 * sqrt(2) * pi * _share * (1 - _share))
_flow = Flow(model="xu23a", students=2, dimension=(2, 4), until=10**6)
_scaled = gradient_norm * v_norm**_third / loss ** (2 * _third)

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
