"""Theorems 14 and 27 and Remark 15, pp. 12, 39 and 44: the loss falls no faster than t⁻³."""

from __future__ import annotations

from sympy import Expr, Rational, pi

from checks.claim import Assumption, Claim, Erratum, Mutant
from checks.given import Flow, Point
from checks.papers.xu23a._lower_bound import in_range, small_flow
from checks.relation import All, AtMost, Bounded, Tends
from checks.verdict import Verdict
from theory.observables import final, initial
from theory.symbols import n, t
from theory.vocabulary import Z, h, kappa_max, loss, v_norm

_third = Rational(1, 3)
_half = Rational(1, 2)
_inverse = loss ** (-_third)
_share = final(h[0]) / v_norm
_sharp = (8 * pi**2 / 3) ** (-_third) * (_share * (1 - _share)) ** Rational(-2, 3) * v_norm ** Rational(-2, 3)


_rate = n ** Rational(17, 3) / (initial(kappa_max) ** 2 * v_norm ** (2 * _third))
_offset = n ** Rational(5, 3) * v_norm**_third / initial(Z)
_until = 10**9
_long = small_flow(until=_until, apart=True)
_long_two = small_flow(students=2, until=_until, apart=True)
_late = small_flow(AtMost(1000, t), until=_until, apart=True)
# Every flow is integrated three times: again with a smaller tolerance, and with another method.
_accurate = {"loss_error": "1e-6", "flows": 3}


def _slope(constant: object) -> AtMost:
    return AtMost(_inverse, constant * _rate * t + constant * _offset)


def _measured(name: str, title: str, side: str, ratio: Expr, note: str, given: Flow = _late) -> Claim:
    faster = ratio * t ** (_half if side == "above" else -_half)
    return Claim(
        id=f"xu23a/theorem-14/{name}",
        title=title,
        label="Theorem 14, checkable form",
        given=given,
        then=Bounded(ratio=ratio, side=side),
        mutants={"√t more": Mutant(then=Bounded(ratio=faster, side=side))},
        options=_accurate,
        note=note,
        expected=Verdict.MEASURED,
    )


_reason = "needs σ = O(n^{-4226} d^{-1/2}‖v‖) with unspecified constants, which no machine number holds"
_FORMS = tuple(
    f"xu23a/theorem-14/{form}"
    for form in (
        "slope",
        "sharp",
        "slope-constant",
        "linear-above",
        "linear-below",
        "potential-above",
        "potential-below",
        "separation",
    )
)
_norms = All(*in_range, AtMost(loss * t**3, n**4 * v_norm**2))

CLAIMS = (
    Claim(
        id="xu23a/theorem-14",
        title="the loss falls no faster than t⁻³",
        label="Theorem 14",
        page="12",
        printed=r"L(w(t))^{-1/3}\le O\Big(\tfrac{n^{17/3}}{\kappa_{\max}^2(0)\|v\|^{2/3}}\Big)(t-T_2)+\gamma",
        assumption=Assumption(reason=_reason, forms=_FORMS),
        uses=("xu23a/eq-67", "xu23a/eq-68", "xu23a/lemma-3", "xu23a/theorem-27", "xu23a/def-13-null"),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="xu23a/theorem-14/slope",
        title="L^{-1/3} grows at most linearly along flows from small starts",
        label="Theorem 14, checkable form",
        given=_long,
        then=_slope(1),
        mutants={"a thousandth": Mutant(then=_slope(Rational(1, 1000)))},
        options=_accurate,
        note="with the constant 1 and T_2 = 0, up to t = 10⁹",
        expected=Verdict.SUPPORTED,
    ),
    _measured(
        "slope-constant",
        "the constant of the upper bound of L^{-1/3}",
        "above",
        _inverse / (_rate * t + _offset),
        "the printed bound with T_2 = 0 and γ as in the proof: the largest ratio of its two sides",
        given=_long,
    ),
    _measured(
        "linear-above",
        "L^{-1/3} is at most linear in t",
        "above",
        _inverse * v_norm ** (2 * _third) / t,
        "over t from 1000 to 10⁹; with theorem-14/linear-below the two-sided constants of L^{-1/3}/t",
    ),
    _measured(
        "linear-below",
        "L^{-1/3} is at least linear in t",
        "below",
        _inverse * v_norm ** (2 * _third) / t,
        "over t from 1000 to 10⁹",
    ),
    _measured(
        "potential-above",
        "Z(t) t stays bounded",
        "above",
        Z * t / v_norm,
        "over t from 1000 to 10⁹; with theorem-14/potential-below the two-sided constants of Z t",
    ),
    _measured("potential-below", "Z(t) t stays away from 0", "below", Z * t / v_norm, "over t from 1000 to 10⁹"),
    Claim(
        id="xu23a/theorem-14/separation",
        title="the components across the teacher separate by themselves: κ_max ends above π/2",
        label="p. 13",
        page="13",
        given=_long,
        then=AtMost(pi / 2, final(kappa_max)),
        mutants={"from the start": Mutant(then=AtMost(pi / 2, kappa_max))},
        options=_accurate,
        uses=("xu23a/lemma-17/corrected",),
        note="from κ_max(0) ≥ 1/100, up to t = 10⁹",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/theorem-14/separation-two",
        title="two students end on opposite sides of the teacher's line",
        label="new",
        given=_long_two,
        then=Tends(kappa_max, pi),
        mutants={"right angle": Mutant(then=Tends(kappa_max, pi / 2))},
        options=_accurate,
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/theorem-14/sharp",
        title="the slope of L^{-1/3} for two students",
        label="new",
        given=_long_two,
        then=Tends(t * loss**_third, 1 / _sharp),
        mutants={"constant": Mutant(then=Tends(t * loss**_third, 1 / (Rational(1001, 1000) * _sharp)))},
        uses=("xu23a/sharp-n2",),
        options={**_accurate, "tolerance": "1e-4"},
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
        given=small_flow(AtMost(10, t), until=_until, apart=True),
        then=_norms,
        options=_accurate,
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
