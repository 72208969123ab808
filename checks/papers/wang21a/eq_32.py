"""Equations (32) to (34), pp. 21 and 22: the stage in which ‖w_t‖² ≤ ‖w_*‖²/3 and ‖w_t^⊥‖ still grows."""

from sympy import Rational, Symbol, log

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box
from checks.papers.wang21a._setting import s
from checks.papers.wang21a._single import across, delta, hitting, runs, signal, square, start, starts
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict
from theory.observables import initial, occurrences, peak_before, product_before
from theory.symbols import eta, t

_third = s**2 / 3
_growing = AtMost(peak_before(square, 0), _third)
_early = occurrences(_third - square)
_iterations = log(s**2 / (3 * initial(signal) ** 2)) / (2 * log(1 + 2 * eta * s**2))
_factor = 1 + eta * (s**2 - 3 * signal**2)
_grown = initial(signal) ** 2 * (1 + eta * delta) ** (2 * t)
_equal = start("1/1000", "1/1000", "1/10", "1/10", note="w_0 = (0.001, 0.001), η = 0.1: 25 iterates, the bound is 17.4")
_straight = start("1/100", 0, "1/10", "1/10")

# η‖w_*‖² and ‖w‖²/‖w_*‖².
_step, _rho = Symbol("h", real=True), Symbol("rho", real=True)
_box = Box(variables={_step: (0, 1), _rho: (0, Rational(1, 3))})

CLAIMS = (
    Claim(
        id="wang21a/eq-32",
        title="growth of the norm as long as ‖w‖² ≤ ‖w_*‖²/3",
        label="(32)",
        page="21",
        printed=r"\|w_t\|^2\ge w_t^2[1]\ge|w_0[1]|^2(1+2\eta\|w_*\|^2)^{2t}\quad\text{if "
        r"}\|w_\tau\|^2\le\tfrac13\|w_*\|^2\text{ for }\tau<t",
        given=runs(_growing),
        then=All(
            AtLeast(square, signal**2),
            AtLeast(signal, initial(signal) * (1 + 2 * eta * s**2) ** t),
        ),
        because=("wang21a/eq-32/step",),
        mutants={
            "three for two": Mutant(
                then=AtLeast(signal, initial(signal) * (1 + 3 * eta * s**2) ** t), witness=_straight
            )
        },
        uses=("wang21a/eq-7",),
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="wang21a/eq-32/step",
        title="the factor of one step",
        given=_box,
        then=AtLeast(1 + 3 * _step * (1 - _rho), 1 + 2 * _step),
        mutants={"beyond a third": Mutant(given=Box(variables={_step: (0, 1), _rho: (0, Rational(34, 100))}))},
        note="h = η‖w_*‖², ρ = ‖w‖²/‖w_*‖²",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/eq-33",
        title="number of iterations with ‖w‖² ≤ ‖w_*‖²/3, as printed",
        label="(33)",
        page="22",
        printed=r"t^*\le\frac12\frac{\log\left(\|w_*\|^2/(3|w_0[1]|^2)\right)}"
        r"{\log\left((1+2\eta\|w_*\|^2)^2\right)}",
        given=runs(),
        then=AtMost(_early, _iterations / 2),
        witness=_equal,
        mutants={"four fifths": Mutant(then=AtMost(_early, 2 * _iterations / 5), witness=_equal)},
        uses=("wang21a/eq-32",),
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="constant",
            what="(32) is solved for t with the exponent 2 counted twice, as a factor ½ and as a square "
            "inside the logarithm. False for every η and every start with w_0^⊥ = 0, 0 < |w_0[1]| < "
            "‖w_*‖/√3",
            reader="‖w_*‖ = 1, w_0^⊥ = 0: |w[1]| grows at most by 1 + 3η a step, so at least "
            "log(1/(3w_0[1]²))/(2 log(1 + 3η)) iterates have ‖w‖² ≤ 1/3; the print allows "
            "log(1/(3w_0[1]²))/(4 log(1 + 2η)), which is less, as (1 + 2η)² > 1 + 3η",
            mend="wang21a/eq-33/corrected",
            charity="a factor 2",
        ),
    ),
    Claim(
        id="wang21a/eq-33/corrected",
        title="number of iterates with ‖w‖² ≤ ‖w_*‖²/3",
        given=runs(),
        then=AtMost(_early, 1 + _iterations),
        because=("wang21a/eq-32",),
        mutants={"as printed": Mutant(then=AtMost(_early, 1 + _iterations / 2), witness=_equal)},
        note="without the factor ½, and counting the iterates t = 0, 1, …; once above, ‖w‖² doesn't return "
        "below ‖w_*‖²/3",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="wang21a/eq-34",
        title="the perpendicular component as long as it grows",
        label="(34)",
        page="22",
        printed=r"\|w_t^{\perp}\|\le\|w_0^{\perp}\|\prod_{\tau<t}(1+\eta(\|w_*\|^2-3w_\tau^2[1]))"
        r"\le\|w_0^{\perp}\|\prod_{\tau<t}(1+\eta(\|w_*\|^2-3w_0^2[1](1+\eta\Delta)^{2\tau}))",
        given=runs(_growing, AtMost(t, hitting), starting=starts(AtMost(signal, 10**6 * across))),
        then=All(
            AtMost(across, initial(across) * product_before(_factor)),
            AtMost(
                initial(across) * product_before(_factor),
                initial(across) * product_before(1 + eta * (s**2 - 3 * _grown)),
            ),
        ),
        because=("wang21a/theorem-2-growth",),
        mutants={
            "five for three": Mutant(
                then=AtMost(across, initial(across) * product_before(1 + eta * (s**2 - 5 * signal**2))),
                witness=start("1/100", "1/1000", "1/5", "1/10"),
            ),
            "twice Δ in (a)": Mutant(
                then=AtMost(
                    initial(across) * product_before(_factor),
                    initial(across)
                    * product_before(1 + eta * (s**2 - 3 * initial(signal) ** 2 * (1 + 4 * eta * delta) ** (2 * t))),
                ),
                witness=start("1/100", "1/1000", "1/2", "1/10"),
            ),
        },
        uses=("wang21a/eq-7", "wang21a/eq-31"),
        note="for ‖w_0^⊥‖ ≥ 10⁻⁶|w_0[1]|, since for w_0^⊥ = 0 there is nothing to say; up to min(t*, T_γ), "
        "where the factors are at least 1 and the product may run to t*; “≤ γ” is what (35) and (36) then "
        "try to reach",
        expected=Verdict.SUPPORTED,
        erratum=Erratum(
            weight="wording",
            what="step (a) cites (31), which is false step by step; what it needs is the growth of Theorem "
            "2, which is true",
            mend="cite |w_t[1]| ≥ (1 + ηΔ)^t|w_0[1]|",
        ),
    ),
)
