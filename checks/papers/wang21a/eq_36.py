"""Equation (36), p. 22: what the proof of Theorem 2 comes down to, and small steps don't bring about."""

from sympy import Rational, Symbol, log

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box
from checks.papers.wang21a._setting import s
from checks.papers.wang21a._single import delta, runs, signal, square, start
from checks.relation import AtLeast, AtMost, Equal
from checks.verdict import Verdict
from theory.observables import first_time, initial
from theory.symbols import eta

_ending = first_time(square - s**2 / 3)
_growth = 1 + eta * delta
_right = 3 * eta * initial(signal) ** 2 * (_growth ** (2 * _ending) - 1) / (_growth**2 - 1) + Rational(9, 10)
_hundredth = start(
    "1/100", "1/100", "3/20", "1/10", note="w_0 = (0.01, 0.01), γ = 0.15, η = 0.1: t* = 16, and 1.6 > 0.902"
)

# In units of ‖w_*‖: κ = |w_0[1]|/‖w_0^⊥‖ and y = e^{2τ} at the time τ of the flow; a = |w_0[1]|, r = ‖w_0^⊥‖.
_kappa, _y = Symbol("kappa_0", real=True), Symbol("y", real=True)
_a, _r = Symbol("a_0", real=True), Symbol("r_0", real=True)
_rest = 2 * _kappa**2 * _y**3
_inverse_square = 3 + _kappa**2 * _y**2 + _rest / _y
_time = log((1 - 3 * _r**2 - _a**2) / (2 * _a**2)) / 6

CLAIMS = (
    Claim(
        id="wang21a/eq-36",
        title="the condition that is to bound ‖w^⊥‖ holds for small steps, as printed",
        label="(36)",
        page="22",
        printed=r"\eta t^*\|w_*\|^2\le3\eta "
        r"w_0^2[1]\frac{(1+\eta\Delta)^{2t^*}-1}{(1+\eta\Delta)^2-1}+\frac9{10}\quad\text{if "
        r"}\eta=c/\|w_*\|^2\text{ for some sufficiently small }c",
        given=runs(),
        then=AtMost(eta * _ending * s**2, _right),
        witness=_hundredth,
        mutants={
            "half the left side": Mutant(
                then=AtMost(eta * _ending * s**2 / 2, _right),
                witness=start("1/1000", "1/1000", "1/10", "1/10"),
            )
        },
        uses=("wang21a/eq-34", "wang21a/eq-33", "wang21a/eq-35-logs"),
        note="t* is the first t with ‖w_t‖² ≥ ‖w_*‖²/3; no c helps: see wang21a/eq-36/limit and "
        "wang21a/eq-36/small-start",
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="theorem",
            what="a small step doesn't make the left side small: ηt* tends to a positive limit as η → 0, "
            "the time that the flow takes, which is log((‖w_*‖² − ‖w_0‖² − 2‖w_0^⊥‖²)/(2w_0[1]²))/(6‖w_*‖²) "
            "and grows without bound as w_0[1] → 0, while the right side stays near 9/10. The closing "
            "sentence of the proof does not follow, and the perpendicular bound is false",
            reader="‖w‖ grows at most by 1 + 3η‖w_*‖² a step, so η‖w_*‖²t* ≥ log(‖w_*‖²/(3‖w_0‖²))/6 for "
            "every η; at w_0 = (0.001, 0.001), ‖w_*‖ = 1 this is 2.0, while the right side is 0.9001",
            mend="wang21a/theorem-2-perp/corrected",
        ),
    ),
    Claim(
        id="wang21a/eq-36/limit",
        title="in the flow ‖w‖² reaches ‖w_*‖²/3 exactly at τ = log((1 − 3r² − a²)/(2a²))/6",
        given=Box(variables={_kappa: (Rational(1, 100), 100), _y: (1, 100)}),
        then=Equal(3 * (1 + _kappa**2 * _y**2), _inverse_square),
        mutants={"twice the constant": Mutant(then=Equal(3 * (1 + _kappa**2 * _y**2), _inverse_square + _rest / _y))},
        because=("wang21a/k1-flow", "wang21a/k1-flow/solution"),
        note="in units of ‖w_*‖ the flow has r^{-2} = 3 + κ²e^{4τ} + Ce^{-2τ} and |w[1]| = κe^{2τ}r with C "
        "= r_0^{-2} − 3 − κ², so ‖w‖² = 1/3 iff 3(1 + κ²y²) = r^{-2}, y = e^{2τ}; this is so at 2κ²y³ = C, "
        "hence e^{6τ} = (1 − 3r_0² − a_0²)/(2a_0²), and ηt* → τ as η → 0",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/eq-36/small-start",
        title="the condition fails in the limit of small steps for every |w_0[1]| ≤ ‖w_*‖/25",
        given=Box(variables={_a: (Rational(1, 10**6), Rational(1, 25)), _r: (0, Rational(1, 11))}),
        then=AtLeast(_time, Rational(9, 10) + 3 * _a / 4),
        mutants={
            "for larger starts too": Mutant(
                given=Box(variables={_a: (Rational(1, 10**6), Rational(1, 11)), _r: (0, Rational(1, 11))})
            )
        },
        because=("wang21a/eq-36/limit",),
        note="in units of ‖w_*‖; the right side of (36) tends to 9/10 + 3a²(e^{2Δτ} − 1)/(2Δ), which grows "
        "with Δ ≤ 3/2 and is at most 9/10 + a²e^{3τ} ≤ 9/10 + a/√2 < 9/10 + 3a/4",
        expected=Verdict.CERTIFIED,
    ),
)
