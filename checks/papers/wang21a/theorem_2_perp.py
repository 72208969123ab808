"""Theorem 2, p. 7, second half: the perpendicular component stays below γ.  False; what has to be added."""

from sympy import Rational, Symbol

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box
from checks.papers.wang21a._single import across, enough_signal, hitting, largest_step, runs, start, starts
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict
from theory.symbols import gamma, t

_weak_signal = start(
    "1/10000",
    "49/5000",
    "99/1000",
    "1/10",
    note="w_0 = (0.0001, 0.0098), γ = 0.099, η = 0.1: ‖w_25^⊥‖ = 0.104 > γ, and 0.194 at its peak, while T_γ = 40",
)
_small = AtMost(across, gamma)


# η‖w_*‖² and ‖w‖²/‖w_*‖², and a = |w[1]|/‖w_*‖.
_step, _rho, _a = (Symbol(name, real=True) for name in ("h", "rho", "a_"))
_box = Box(variables={_step: (0, largest_step), _rho: (0, 2), _a: (0, 1)})
_no_growth = AtMost((1 + _step * (1 - 3 * _rho)) ** 5, (1 + 3 * _step * (1 - _rho)) ** 2)
_no_overshoot = AtMost(3 * _step * _a * (1 + _a), 1)

# g = γ²/‖w_*‖², x² = X and y² = Y with w_0[1] = γx/10, ‖w_0^⊥‖ = γy/10.
_g, _X, _Y = (Symbol(name, real=True) for name in ("g", "X", "Y"))
_flow_box = Box(variables={_g: (0, Rational(1, 3)), _X: (0, 1), _Y: (0, 1)}, where=(AtMost(_X + _Y, 1),))

# The potential r³(1 + c a²)(1 + d r²)/a of one step, squares A = a² and R = r² as variables.
_A, _R = Symbol("A", real=True), Symbol("R", real=True)
_parallel_factor = 1 + 3 * _step * (1 - _A - _R)
_across_factor = 1 + _step * (1 - 3 * _A - 3 * _R)
_c, _d = Rational(3, 2), 6
_potential_after = _across_factor**3 * (1 + _c * _A * _parallel_factor**2) * (1 + _d * _R * _across_factor**2)
_potential_before = _parallel_factor * (1 + _c * _A) * (1 + _d * _R)
_leaving = Rational(7, 20)
_region = {_A: (0, _leaving**2), _R: (0, Rational(99, 1000) ** 2)}

CLAIMS = (
    Claim(
        id="wang21a/theorem-2-perp",
        title="the perpendicular component stays below γ up to T_γ, as printed",
        label="Theorem 2",
        page="7",
        printed=r"\|w_t^{\perp}\|\le\gamma\quad\text{for }0\le t\le T_\gamma,\ \text{if }\|w_*\|>1.1\gamma,\ "
        r"\gamma\ge10\|w_0\|,\ \eta\le c/\|w_*\|^2",
        given=runs(AtMost(t, hitting)),
        then=_small,
        witness=_weak_signal,
        mutants={"one and a half times γ": Mutant(then=AtMost(across, 3 * gamma / 2), witness=_weak_signal)},
        uses=("wang21a/eq-36",),
        note="no choice of c helps: see wang21a/theorem-2-perp/any-step",
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="theorem",
            what="false for every c: nothing bounds |w_0[1]| from below. While ‖w‖ is small the "
            "perpendicular component grows like (1 + η‖w_*‖²)^t and the parallel one like (1 + 3η‖w_*‖²)^t, "
            "so ‖w^⊥‖ reaches about ‖w_0^⊥‖ (‖w_*‖/|w_0[1]|)^{1/3}, which exceeds γ = 10‖w_0‖ as soon as "
            "|w_0[1]| is well below 10⁻³‖w_*‖; as |w_0[1]| → 0 it tends to ‖w_*‖/√3, the saddle",
            reader="iterate (a, r) ← (a(1 + 3η(1 − a² − r²)), r(1 + η(1 − 3a² − 3r²))) from (0.0001, "
            "0.0098) with η = 0.1: r = 0.104 at t = 25, above γ = 0.099, while T_γ = 40. With η = 0.001 it "
            "exceeds γ at t = 2335",
            mend="wang21a/theorem-2-perp/corrected: add (C3) ‖w_*‖²‖w_0^⊥‖⁵ ≤ γ⁵ w_0[1]², for instance "
            "|w_0[1]| ≥ ‖w_*‖/316",
            charity="true once |w_0[1]| is not too small",
        ),
    ),
    Claim(
        id="wang21a/theorem-2-perp/any-step",
        title="the printed bound fails for every step size up to 1/10: a potential that never decreases",
        given=Box(variables={_step: (0, Rational(1, 10)), **_region}),
        then=AtLeast(_potential_after, _potential_before),
        mutants={
            "without the correction in a": Mutant(
                then=AtLeast(_across_factor**3 * (1 + _d * _R * _across_factor**2), _parallel_factor * (1 + _d * _R))
            ),
            "farther out": Mutant(given=Box(variables={_step: (0, Rational(1, 10)), _A: (0, 1), _R: (0, 1)})),
        },
        note="r³(1 + 3a²/2)(1 + 6r²)/a does not decrease in a step with a ≤ 0.35, r ≤ 0.099 and η ≤ 1/10. "
        "From (0.0001, 0.0098) it starts above 0.0094. If r ≤ γ = 0.099 at all times, a grows by at least 1 "
        "+ 2.6η a step, so that it leaves [0, 0.35] at some step, with a ≤ 1.3·0.35 < 1 − γ, hence before "
        "T_γ; there r³ ≥ 0.0094·0.35/(1.19·1.06) > 0.0026 > γ³: a contradiction, whatever η",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/theorem-2-perp/flow",
        title="under (C3) the exact peak of ‖w^⊥‖ in the flow is at most γ",
        given=_flow_box,
        then=AtMost((1 - 3 * _g) ** 3, (1 - _g * (3 * _Y + _X) / 100) ** 2),
        mutants={
            "larger starts": Mutant(then=AtMost((1 - 3 * _g) ** 3, (1 - 9 * _g * (3 * _Y + _X) / 5) ** 2)),
            "without (C2)": Mutant(
                given=Box(variables={_g: (0, Rational(1, 3)), _X: (0, 1), _Y: (0, 100)}),
                then=AtMost((1 - 3 * _g) ** 3, (1 - 2 * _g * (3 * _Y + _X) / 100) ** 2),
            ),
        },
        because=(
            "wang21a/k1-flow",
            "wang21a/k1-flow/solution",
            "wang21a/k1-flow-peak",
            "wang21a/k1-flow-peak/attained",
        ),
        note="(C3) for the flow: 2‖w_*‖‖w_0^⊥‖³ ≤ 3√3 γ³|w_0[1]|. In units of ‖w_*‖ the exact peak is at "
        "most γ iff 4r_0⁶(1 − 3γ²)³ ≤ 27γ⁶a_0²(1 − 3r_0² − a_0²)², or γ² ≥ 1/3; (C3) says 4r_0⁶ ≤ 27γ⁶a_0², "
        "and the inequality here is what remains, with g = γ², a_0 = γ√X/10, r_0 = γ√Y/10, X + Y ≤ 1 by "
        "(C2)",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/theorem-2-perp/corrected",
        title="with a lower bound on |w_0[1]| the perpendicular component stays below γ at all times",
        given=runs(starting=starts(enough_signal, step=largest_step)),
        then=_small,
        because=("wang21a/theorem-2-perp/corrected-reduced",),
        mutants={"without (C3)": Mutant(given=runs(starting=starts(step=largest_step)), witness=_weak_signal)},
        note="(C3) ‖w_*‖²‖w_0^⊥‖⁵ ≤ γ⁵w_0[1]², which (C2) grants for |w_0[1]| ≥ ‖w_*‖/316. Proof, in units "
        "of ‖w_*‖, for η ≤ 1/6: by the inequalities of wang21a/theorem-2-perp/corrected-reduced a stays in "
        "(0, 1] and r⁵/a² never grows, so r_t⁵ ≤ a_t² r_0⁵/a_0² ≤ γ⁵; and ‖w_t‖² ≤ 1 + γ² < 2 keeps the "
        "argument going",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="wang21a/theorem-2-perp/corrected-reduced",
        title="one step can't increase ‖w^⊥‖⁵/w[1]², nor carry |w[1]| beyond ‖w_*‖",
        given=_box,
        then=All(_no_growth, _no_overshoot),
        mutants={
            "the exponents of the flow": Mutant(
                then=AtMost((1 + _step * (1 - 3 * _rho)) ** 3, 1 + 3 * _step * (1 - _rho))
            ),
            "larger step": Mutant(
                given=Box(variables={_step: (0, Rational(17, 100)), _rho: (0, 2), _a: (0, 1)}),
                then=_no_overshoot,
            ),
        },
        note="h = η‖w_*‖², ρ = ‖w‖²/‖w_*‖², a = |w[1]|/‖w_*‖; 1 − a(1 + 3h(1 − a²)) = (1 − a)(1 − 3ha(1 + a))",
        expected=Verdict.CERTIFIED,
    ),
)
