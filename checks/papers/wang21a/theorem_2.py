"""Theorem 2, p. 7, first half: exponential growth along the teacher, and the hitting time T_γ."""

from sympy import Rational, Symbol

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box
from checks.papers.wang21a._single import across, allowed, delta, hitting, largest_step, runs, signal, start
from checks.relation import All, AtLeast, AtMost, Below
from checks.verdict import Verdict
from theory.observables import initial, peak_so_far
from theory.symbols import eta, gamma, t

_until = AtMost(t, hitting)
_grown = (1 + eta * delta) ** t * initial(signal)
_growth = AtLeast(signal, _grown)

# η‖w_*‖², ‖w‖²/‖w_*‖² and γ/‖w_*‖.
_step, _rho, _share = (Symbol(name, real=True) for name in ("h", "rho", "g"))
_scalars = Box(variables={_step: (0, largest_step), _rho: (0, Rational(4, 3)), _share: (0, 1)})
_ratio = AtLeast(1 + 3 * _step * (1 - _rho), (1 + 3 * _step / 2) * (1 + _step * (1 - 3 * _rho)))
_rate = AtMost(6 * _share * (1 - _share), Rational(3, 2))

_late = start(
    "909/10000",
    0,
    "909/1000",
    "1/10",
    note="γ = 0.909, w_0 = (0.0909, 0): outside the window at t = 0, so T_γ = 1, while X = 0.0227",
)
_ordinary = start("1/100", "1/1000", "1/2", "1/10")

CLAIMS = (
    Claim(
        id="wang21a/theorem-2-growth",
        title="exponential growth along the teacher up to T_γ",
        label="Theorem 2",
        page="7",
        printed=r"|w_t^{\parallel}|\ge(1+\eta\Delta)^t|w_0^{\parallel}|\quad\text{for }0\le t\le T_\gamma,\ "
        r"\Delta=6\gamma(\|w_*\|-\gamma)",
        given=runs(_until),
        then=_growth,
        because=("wang21a/theorem-2-growth/reduced", "wang21a/eq-31/conditional"),
        mutants={
            "ten times the rate": Mutant(
                then=AtLeast(signal, (1 + 10 * eta * delta) ** t * initial(signal)), witness=_ordinary
            ),
        },
        uses=("wang21a/eq-31",),
        note="true although (31) fails. Proof, in units of ‖w_*‖, for η ≤ 1/6: a and r are |w[1]| and "
        "‖w^⊥‖; a stays in [0, 1] and r in [0, 1/√3]. (i) One step multiplies a/r by at least 1 + 3η/2 ≥ 1 "
        "+ ηΔ, as Δ ≤ 3/2; so a_t ≥ (r_t/r_0)(1 + ηΔ)^t a_0 at all t, which is the claim wherever r_t ≥ "
        "r_0. (ii) Where r_t < r_0 take the last t' < t with r_{t'} ≥ r_0. From t' on r ≤ γ: a factor 1 + "
        "η(1 − 3ρ) ≥ 1/2 can't bring r from above γ ≥ 10r_0 below r_0 in one step. Then (31) holds at every "
        "step from t' to t ≤ T_γ, and the growth at t' carries over",
        expected=Verdict.SUPPORTED,
        erratum=Erratum(
            weight="proof step",
            what="derived from (31), which is false step by step because ‖w_t^⊥‖ ≤ γ is; the conclusion survives",
            reader="(31) fails for w_0 = (10⁻⁹, 0.0098), γ = 0.099, η = 0.1 at t = 97 < T_γ = 103, where "
            "|w[1]| = 0.863, ‖w^⊥‖ = 0.304",
            mend="compare |w[1]| with ‖w^⊥‖ while ‖w^⊥‖ ≥ ‖w_0^⊥‖, and use (31) only afterwards: "
            "wang21a/theorem-2-growth/reduced",
        ),
    ),
    Claim(
        id="wang21a/theorem-2-growth/conditional",
        title="the same growth where the perpendicular component stays below γ",
        given=runs(_until, AtMost(peak_so_far(across), gamma)),
        then=_growth,
        because=("wang21a/eq-31/conditional",),
        mutants={
            "ten times the rate": Mutant(
                then=AtLeast(signal, (1 + 10 * eta * delta) ** t * initial(signal)), witness=_ordinary
            ),
        },
        note="by induction over t from wang21a/eq-31/conditional, as in the paper",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="wang21a/theorem-2-growth/reduced",
        title="one step multiplies |w[1]|/‖w^⊥‖ by at least 1 + ηΔ, wherever ‖w^⊥‖ is",
        given=_scalars,
        then=All(_ratio, _rate),
        mutants={
            "twice the rate": Mutant(
                then=AtLeast(1 + 3 * _step * (1 - _rho), (1 + 3 * _step) * (1 + _step * (1 - 3 * _rho)))
            ),
            "smaller Δ": Mutant(then=AtMost(6 * _share * (1 - _share), Rational(149, 100))),
        },
        note="in units of ‖w_*‖, h = η, ρ = ‖w‖²; the first difference is (h/2)(1 − 3h(1 − 3ρ))",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/theorem-2-time",
        title="T_γ is at most X = log((‖w_*‖ − γ)/|w_0[1]|)/log(1 + ηΔ), as printed",
        label="Theorem 2",
        page="7",
        printed=r"T_\gamma\le\frac{\log\left((\|w_*\|-\gamma)/|w_0[1]|\right)}{\log(1+\eta\Delta)}",
        given=runs(),
        then=AtMost(hitting, allowed),
        witness=_late,
        mutants={"two thirds of X": Mutant(then=AtMost(hitting, 2 * allowed / 3), witness=_late)},
        uses=("wang21a/eq-31",),
        note="whatever c: for γ close to 10‖w_*‖/11 and ‖w_0‖ = γ/10 the bound X is below 1 and T_γ ≥ 1",
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="typo",
            what="T_γ is an integer, X is not: the ceiling is missing; and w_0[1] ≠ 0 is needed, for otherwise T_γ = ∞",
            reader="w_* = e_1, γ = 0.909, w_0 = (0.0909, 0), η = 0.1: |w_0[1]| < 1 − γ = 0.091, so T_γ ≥ 1, "
            "but X = 0.0227",
            mend="wang21a/theorem-2-time/corrected: T_γ ≤ ⌈X⌉",
            charity="an off-by-one; the bound is far from tight, T_γ ≈ X/5 in typical runs",
        ),
    ),
    Claim(
        id="wang21a/theorem-2-time/corrected",
        title="T_γ is at most ⌈X⌉",
        given=runs(),
        then=Below(hitting, allowed + 1),
        because=("wang21a/theorem-2-growth",),
        mutants={
            "a tenth of X": Mutant(
                then=Below(hitting, allowed / 10 + 1),
                witness=start("1/1000", 0, "1/10", "1/10"),
            )
        },
        note="written T_γ < X + 1. Proof, in units of ‖w_*‖: X > 0 as a_0 ≤ γ/10 < 1 − γ. Were T_γ > N = "
        "⌈X⌉, then 1 ≥ a_N ≥ (1 + ηΔ)^N a_0 ≥ 1 − γ, so that r_N > γ ≥ 10r_0; but then a_N ≥ (r_N/r_0)(1 + "
        "ηΔ)^N a_0 > 10(1 − γ), hence γ > 9/10 > 1/√3 ≥ r_N",
        expected=Verdict.SUPPORTED,
    ),
)
