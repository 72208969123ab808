"""Theorems 14 and 27 and Remark 15, pp. 12, 39 and 44: the loss falls no faster than t⁻³."""

from __future__ import annotations

from sympy import Rational, pi

from checks.claim import Assumption, Claim, Erratum, Mutant
from checks.given import Flow, Point
from checks.papers.xu23a._lower_bound import in_range, small_flow
from checks.relation import All, AtMost, Tends
from checks.verdict import Verdict
from theory.observables import final, initial
from theory.symbols import n, t
from theory.vocabulary import Z, h, kappa_max, loss, v_norm

_third = Rational(1, 3)
_inverse = loss ** (-_third)
_share = final(h[0]) / v_norm
_sharp = (8 * pi**2 / 3) ** (-_third) * (_share * (1 - _share)) ** Rational(-2, 3) * v_norm ** Rational(-2, 3)


def _slope(constant: object) -> AtMost:
    rate = n ** Rational(17, 3) / (initial(kappa_max) ** 2 * v_norm ** Rational(2, 3))
    offset = n ** Rational(5, 3) * v_norm**_third / initial(Z)
    return AtMost(_inverse, constant * rate * t + constant * offset)


_reason = "needs σ = O(n^{-4226} d^{-1/2}‖v‖) with unspecified constants, which no machine number holds"
_norms = All(*in_range, AtMost(loss * t**3, n**4 * v_norm**2))

CLAIMS = (
    Claim(
        id="xu23a/theorem-14",
        title="the loss falls no faster than t⁻³",
        label="Theorem 14",
        page="12",
        printed=r"L(w(t))^{-1/3}\le O\Big(\tfrac{n^{17/3}}{\kappa_{\max}^2(0)\|v\|^{2/3}}\Big)(t-T_2)+\gamma",
        assumption=Assumption(reason=_reason, forms=("xu23a/theorem-14/slope", "xu23a/theorem-14/sharp")),
        uses=("xu23a/eq-67", "xu23a/eq-68", "xu23a/lemma-3", "xu23a/theorem-27", "xu23a/def-13-null"),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="xu23a/theorem-14/slope",
        title="L^{-1/3} grows at most linearly along flows from small starts",
        label="Theorem 14, checkable form",
        given=small_flow(until=10**4),
        then=_slope(1),
        mutants={"a thousandth": Mutant(then=_slope(Rational(1, 1000)))},
        note="with the constant 1 and T_2 = 0",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/theorem-14/sharp",
        title="the slope of L^{-1/3} for two students",
        label="new",
        given=Flow(model="xu23a", students=2, dimension=(2, 4), until=10**6),
        then=Tends(t * loss**_third, 1 / _sharp),
        mutants={"constant": Mutant(then=Tends(t * loss**_third, 1 / (Rational(9, 8) * _sharp)))},
        uses=("xu23a/sharp-n2",),
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/theorem-27",
        title="norms in range and the rate t⁻³ for gradient flow",
        label="Theorem 27",
        page="39",
        printed=r"\tfrac{4\|v\|}n\ge\|w_i(T+T_2)\|\ge\tfrac{\|v\|}{4n},\quad L(T+T_2)\le O\Big(\tfrac{n^4\|v\|^2}{T^3}\Big)",
        assumption=Assumption(reason=_reason, forms=("xu23a/theorem-27/small-init",)),
        uses=("xu23a/theorem-6",),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="xu23a/theorem-27/small-init",
        title="norms in range and L ≤ n⁴‖v‖²/t³ along flows from small starts, for t ≥ 10",
        label="Theorem 27, checkable form",
        given=small_flow(AtMost(10, t), until=10**4),
        then=_norms,
        mutants={"L ≤ n⁴‖v‖²/(1000 t³)": Mutant(then=AtMost(1000 * loss * t**3, n**4 * v_norm**2))},
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/remark-15",
        title="for equal students the bound fails: the loss falls faster than t⁻³",
        label="Remark 15",
        page="12",
        printed=r"\text{the bound depends on }1/\kappa_{\max}^{-2}(0)\text{; there are counter-examples if }\kappa_{\max}(0)=0",
        given=Flow(
            model="xu23a",
            students=2,
            dimension=2,
            until=1000,
            start=Point.of(students=[["1/5", "2/5"], ["1/5", "2/5"]], teachers=[[1, 0]], note="equal students"),
        ),
        then=Tends(loss * t**3, 0),
        mutants={"one": Mutant(then=Tends(loss * t**3, 1))},
        uses=("xu23a/toy-3",),
        erratum=Erratum(
            weight="typo",
            what="1/κ_max^{-2} stands for κ_max^{-2}",
            reader="the bound of Theorem 14 has κ_max² in the denominator",
            mend="κ_max^{-2}(0)",
        ),
        expected=Verdict.MEASURED,
    ),
)
