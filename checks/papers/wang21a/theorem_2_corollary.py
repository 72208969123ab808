"""Page 7: the bound on the distance up to T_γ that the text draws from Theorem 2."""

from checks.claim import Claim, Erratum, Mutant
from checks.papers.wang21a._setting import s
from checks.papers.wang21a._single import (
    delta,
    enough_signal,
    hitting,
    largest_step,
    runs,
    saddle_run,
    signal,
    start,
    starts,
)
from checks.relation import AtMost
from checks.verdict import Verdict
from theory.heads import greatest
from theory.observables import initial
from theory.symbols import eta, gamma, t
from theory.vocabulary import dist_square

_until = AtMost(t, hitting)
_grown = (1 + eta * delta) ** t * initial(signal)
_bound = greatest(gamma**2, (s - _grown) ** 2) + gamma**2
_distance = AtMost(dist_square, _bound)

CLAIMS = (
    Claim(
        id="wang21a/theorem-2-corollary",
        title="the distance up to T_γ, as printed",
        label="p. 7",
        page="7",
        printed=r"\mathrm{dist}^2(W_t^{\#1},w_*)\le\max\left(\gamma^2,(|w_*|-|w_0[1]|(1+\eta\Delta)^t)^2\right)"
        r"+\gamma^2,\quad "
        r"0\le t\le T_\gamma",
        given=runs(_until, steps=120),
        then=_distance,
        witness=saddle_run,
        mutants={
            "without the maximum": Mutant(then=AtMost(dist_square, (s - _grown) ** 2 + gamma**2), witness=saddle_run)
        },
        uses=(
            "wang21a/tgamma-dist",
            "wang21a/theorem-2-perp",
            "wang21a/theorem-2-growth",
            "wang21a/theorem-2-time",
        ),
        note="no c helps: near the saddle dist² exceeds 1 + 1/3 − o(1) and the bound is at most 1 + γ², in "
        "units of ‖w_*‖",
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="theorem",
            what="false without the bound on ‖w_t^⊥‖, which fails for small |w_0[1]|; |w_*| stands for ‖w_*‖",
            reader="iterate from (10⁻⁹, 0.0098) with η = 0.1, w_* = e_1: at t = 40, |w[1]| = 3·10⁻⁵ and "
            "‖w^⊥‖ = 0.359, so dist² = 1.129, while the bound is at most 1 + γ² = 1.0098",
            mend="wang21a/theorem-2-corollary/corrected",
        ),
    ),
    Claim(
        id="wang21a/theorem-2-corollary/corrected",
        title="the distance up to T_γ, with a lower bound on |w_0[1]|",
        given=runs(_until, starting=starts(enough_signal, step=largest_step)),
        then=_distance,
        because=("wang21a/theorem-2-perp/corrected", "wang21a/theorem-2-growth"),
        mutants={
            "without (C3)": Mutant(given=runs(_until, steps=120), witness=saddle_run),
            "without γ²": Mutant(
                then=AtMost(dist_square, (s - _grown) ** 2), witness=start("1/100", "1/1000", "1/5", "1/10")
            ),
        },
        note="‖w_t^⊥‖ ≤ γ by (C3), and (1 + ηΔ)^t|w_0[1]| ≤ |w_t[1]| ≤ ‖w_*‖",
        expected=Verdict.SUPPORTED,
    ),
)
