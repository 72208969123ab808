"""Equation (27), p. 20: the step size that turns the expansion into a contraction."""

from sympy import Rational, Symbol

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Point
from checks.papers.wang21a._setting import margin
from checks.relation import AtMost
from checks.verdict import Verdict
from theory.symbols import eta, nu

_s, _share = Symbol("s", real=True), Symbol("y", real=True)
_M = 15 + 16 * nu**2
_range = {nu: (0, Rational(14, 100))}
_contraction = 1 - 2 * eta * margin * _s**2 + eta**2 * _M**2 * _s**4
# η as a share y ∈ [0, 1] of its largest admissible value m/(M² s²), in units where s = 1.
_step = _share * margin / _M**2

CLAIMS = (
    Claim(
        id="wang21a/eq-27",
        title="contraction at the printed step size",
        label="(27)",
        page="20",
        printed=r"1-2\eta m\|w_*\|^2+\eta^2(15+16\nu^2)^2\|w_*\|^4\le1-\eta m\quad\text{if }"
        r"\eta\le\tfrac{m}{(15+16\nu^2)^2\|w_*\|^4},\ m=2-14\nu-2\nu^2",
        given=Box(
            variables={_s: (Rational(1, 100), 10), eta: (0, 10**6), **_range},
            where=(AtMost(eta * _M**2 * _s**4, margin),),
        ),
        then=AtMost(_contraction, 1 - eta * margin),
        witness=Point.of(s="1/2", nu=0, eta="32/225", note="s = ‖w_*‖ = ½, ν = 0, the largest printed step"),
        mutants={
            "twice the rate": Mutant(
                then=AtMost(_contraction, 1 - 2 * eta * margin),
                witness=Point.of(s=1, nu=0, eta="1/225"),
            )
        },
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="constant",
            what="the powers of ‖w_*‖ do not fit: false whenever ‖w_*‖ < 1 at the largest printed step",
            reader="s = ½, ν = 0, η = 2·16/225: the left side is 1 − 4ηs² + 225η²s⁴ = 1.1422…, the right side 1 − 2η = 0.7155…",
            mend="wang21a/eq-27/corrected",
            charity="right for ‖w_*‖ ≥ 1",
        ),
    ),
    Claim(
        id="wang21a/eq-27/corrected",
        title="contraction with the right powers of ‖w_*‖",
        given=Box(variables={_share: (0, 1), **_range}),
        then=AtMost(1 - 2 * _step * margin + _step**2 * _M**2, 1 - _step * margin),
        mutants={"larger step": Mutant(given=Box(variables={_share: (0, Rational(101, 100)), **_range}))},
        note="in units where ‖w_*‖ = 1: η ≤ m/(M²‖w_*‖²) gives the factor 1 − ηm‖w_*‖²; equality at both ends",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/eq-27/reduced",
        title="the polynomial behind the contraction",
        given=Box(variables={_share: (0, 1), **_range}),
        then=AtMost(_share**2 * margin**2, _share * margin**2),
        mutants={"larger step": Mutant(given=Box(variables={_share: (0, Rational(101, 100)), **_range}))},
        expected=Verdict.CERTIFIED,
    ),
)
