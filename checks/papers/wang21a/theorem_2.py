"""Theorem 2, p. 7: exponential growth along the teacher, the hitting time T_γ, and the bound on the distance drawn from them."""

from sympy import Rational, Symbol

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Networks
from checks.papers.wang21a._setting import s
from checks.papers.wang21a._single import across, allowed, delta, hitting, runs, signal, start, starts
from checks.relation import All, AtLeast, AtMost, Below, Equal
from checks.verdict import Verdict
from theory.heads import greatest, magnitude
from theory.observables import initial, peak_so_far
from theory.symbols import eta, gamma, t
from theory.vocabulary import dist_square, h

_until = AtMost(t, hitting)
_grown = (1 + eta * delta) ** t * initial(signal)
_growth = AtLeast(signal, _grown)
_sixth = Rational(1, 6)

# η‖w_*‖², ‖w‖²/‖w_*‖² and γ/‖w_*‖.
_step, _rho, _share = (Symbol(name, real=True) for name in ("h", "rho", "g"))
_scalars = Box(variables={_step: (0, _sixth), _rho: (0, Rational(4, 3)), _share: (0, 1)})
_ratio = AtLeast(1 + 3 * _step * (1 - _rho), (1 + 3 * _step / 2) * (1 + _step * (1 - 3 * _rho)))
_rate = AtMost(6 * _share * (1 - _share), Rational(3, 2))

_late = start(
    "909/10000", 0, "909/1000", "1/10",
    note="γ = 0.909, w_0 = (0.0909, 0): outside the window at t = 0, so T_γ = 1, while X = 0.0227",
)
_saddle = start(
    "1/1000000000", "49/5000", "99/1000", "1/10",
    note="w_0 = (10⁻⁹, 0.0098), γ = 0.099: the run passes the saddle ‖w^⊥‖ = ‖w_*‖/√3 long before T_γ = 103",
)
_ordinary = start("1/100", "1/1000", "1/2", "1/10")
_bound = greatest(gamma**2, (s - _grown) ** 2) + gamma**2
_distance = AtMost(dist_square, _bound)
_c3 = AtMost(s**2 * across**5, gamma**5 * signal**2)

_near = Networks(
    model="wang21a",
    students=1,
    dimension=(1, 4),
    scalars={gamma: (0, 1)},
    where=(AtMost(magnitude(signal - s), gamma), AtMost(across, gamma)),
    near_optimum=True,
)

CLAIMS = (
    Claim(
        id="wang21a/tgamma-dist",
        title="at T_γ the squared distance is at most 2γ²",
        label="p. 6",
        page="6",
        printed=r"||w_t[1]|-\|w_*\||\le\gamma,\ \|w_t^{\perp}\|\le\gamma\ \Rightarrow\ "
        r"\mathrm{dist}^2(w_t,w_*)=||w_t[1]|-\|w_*\||^2+\|w_t^{\perp}\|_2^2\le2\gamma^2",
        given=_near,
        then=AtMost(dist_square, 2 * gamma**2),
        slack_as=(
            (gamma - magnitude(signal - s)) * (gamma + magnitude(signal - s)) + (gamma - across) * (gamma + across),
        ),
        mutants={"without the factor 2": Mutant(then=AtMost(dist_square, gamma**2))},
        because=("wang21a/tgamma-dist/identity",),
        expected=Verdict.PROVED,
        erratum=Erratum(
            weight="wording",
            what="the equality needs q = ±1; with the ball |q| ≤ 1 of (4) the first term is absent when |w[1]| < ‖w_*‖",
            reader="w = w_*/2 has distance 0 under (4), but (|w[1]| − ‖w_*‖)² = ‖w_*‖²/4",
            mend="‖q‖₂ = 1 in (4)",
            charity="the inequality holds under both readings",
        ),
    ),
    Claim(
        id="wang21a/tgamma-dist/identity",
        title="the squared distance of one neuron in its two components",
        given=Networks(model="wang21a", students=1, dimension=(1, 4)),
        then=Equal(dist_square, (signal - s) ** 2 + across**2),
        mutants={"signed": Mutant(then=Equal(dist_square, (h[0] - s) ** 2 + across**2))},
        expected=Verdict.PROVED,
    ),
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
        note="true although (31) fails. Proof, in units of ‖w_*‖, for η ≤ 1/6: a and r are |w[1]| and ‖w^⊥‖; a stays in [0, 1] and r "
        "in [0, 1/√3]. (i) One step multiplies a/r by at least 1 + 3η/2 ≥ 1 + ηΔ, as Δ ≤ 3/2; so a_t ≥ (r_t/r_0)(1 + ηΔ)^t a_0 at "
        "all t, which is the claim wherever r_t ≥ r_0. (ii) Where r_t < r_0 take the last t' < t with r_{t'} ≥ r_0. From "
        "t' on r ≤ γ: a factor 1 + η(1 − 3ρ) ≥ 1/2 can't bring r from above γ ≥ 10r_0 below r_0 in one step. Then (31) holds "
        "at every step from t' to t ≤ T_γ, and the growth at t' carries over",
        expected=Verdict.SUPPORTED,
        erratum=Erratum(
            weight="proof step",
            what="derived from (31), which is false step by step because ‖w_t^⊥‖ ≤ γ is; the conclusion survives",
            reader="(31) fails for w_0 = (10⁻⁹, 0.0098), γ = 0.099, η = 0.1 at t = 97 < T_γ = 103, where |w[1]| = 0.863, ‖w^⊥‖ = 0.304",
            mend="compare |w[1]| with ‖w^⊥‖ while ‖w^⊥‖ ≥ ‖w_0^⊥‖, and use (31) only afterwards: wang21a/theorem-2-growth/reduced",
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
            reader="w_* = e_1, γ = 0.909, w_0 = (0.0909, 0), η = 0.1: |w_0[1]| < 1 − γ = 0.091, so T_γ ≥ 1, but X = 0.0227",
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
        note="written T_γ < X + 1. Proof, in units of ‖w_*‖: X > 0 as a_0 ≤ γ/10 < 1 − γ. Were T_γ > N = ⌈X⌉, then 1 ≥ a_N ≥ "
        "(1 + ηΔ)^N a_0 ≥ 1 − γ, so that r_N > γ ≥ 10r_0; but then a_N ≥ (r_N/r_0)(1 + ηΔ)^N a_0 > 10(1 − γ), hence γ > 9/10 "
        "> 1/√3 ≥ r_N",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="wang21a/theorem-2-corollary",
        title="the distance up to T_γ, as printed",
        label="p. 7",
        page="7",
        printed=r"\mathrm{dist}^2(W_t^{\#1},w_*)\le\max\left(\gamma^2,(|w_*|-|w_0[1]|(1+\eta\Delta)^t)^2\right)+\gamma^2,"
        r"\quad 0\le t\le T_\gamma",
        given=runs(_until, steps=120),
        then=_distance,
        witness=_saddle,
        mutants={"without the maximum": Mutant(then=AtMost(dist_square, (s - _grown) ** 2 + gamma**2), witness=_saddle)},
        uses=("wang21a/tgamma-dist", "wang21a/theorem-2-perp", "wang21a/theorem-2-growth", "wang21a/theorem-2-time"),
        note="no c helps: near the saddle dist² exceeds 1 + 1/3 − o(1) and the bound is at most 1 + γ², in units of ‖w_*‖",
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="theorem",
            what="false without the bound on ‖w_t^⊥‖, which fails for small |w_0[1]|; |w_*| stands for ‖w_*‖",
            reader="iterate from (10⁻⁹, 0.0098) with η = 0.1, w_* = e_1: at t = 40, |w[1]| = 3·10⁻⁵ and ‖w^⊥‖ = 0.359, so dist² = 1.129, "
            "while the bound is at most 1 + γ² = 1.0098",
            mend="wang21a/theorem-2-corollary/corrected",
        ),
    ),
    Claim(
        id="wang21a/theorem-2-corollary/corrected",
        title="the distance up to T_γ, with a lower bound on |w_0[1]|",
        given=runs(_until, starting=starts(_c3, step=_sixth)),
        then=_distance,
        because=("wang21a/theorem-2-perp/corrected", "wang21a/theorem-2-growth"),
        mutants={
            "without (C3)": Mutant(given=runs(_until, steps=120), witness=_saddle),
            "without γ²": Mutant(
                then=AtMost(dist_square, (s - _grown) ** 2), witness=start("1/100", "1/1000", "1/5", "1/10")
            ),
        },
        note="‖w_t^⊥‖ ≤ γ by (C3), and (1 + ηΔ)^t|w_0[1]| ≤ |w_t[1]| ≤ ‖w_*‖",
        expected=Verdict.SUPPORTED,
    ),
)
