"""Theorem 4, pp. 7 and 20: what phase 1 achieves, for the gradient flow."""

from sympy import Rational

from checks.claim import Assumption, Claim, Mutant
from checks.papers.xu23a._phase_1 import chi, epsilon, phase_1, s_1, s_2
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict
from theory.observables import final, initial
from theory.symbols import i, j, t
from theory.vocabulary import h, theta, v_norm, w_norm

_growth = All(AtLeast(w_norm[i], s_1), AtMost(w_norm[i], s_2 + 2 * v_norm * t))


def _turning(power: Rational) -> AtMost:
    decay = (1 + t * v_norm / s_2) ** power
    return AtMost(chi(i) - epsilon**2, decay * (initial(chi(i)) - epsilon**2))


_exponent = -Rational(1, 24)
_aligned = AtMost(final(theta[i]), 4 * epsilon)
_balanced = AtMost(final(h[i]), 2 * final(h[j]))
_reason = (
    "σ = O(C ε₁⁴⁸ d^{−1/2}‖v‖) and η = O(nCσ√d/‖v‖) make T₁ = C/η exceed 10³³ steps even for ε₁ = 1/5, "
    "and the constants are not named"
)
_note = "gradient flow in time ηt, ε₁ = 1/5, C = ε₁²/54, from σ√d = 10⁻⁵‖v‖, more than the theorem allows"


def _assumed(name: str, label: str, title: str, printed: str, uses: tuple[str, ...]) -> Claim:
    return Claim(
        id=f"xu23a/{name}",
        title=title,
        label=label,
        page="7",
        printed=printed,
        assumption=Assumption(reason=_reason, forms=(f"xu23a/{name}/flow",)),
        uses=uses,
        expected=Verdict.ASSUMED,
    )


CLAIMS = (
    _assumed(
        "theorem-4",
        "Theorem 4",
        "phase 1 turns every student towards the teacher while it is still small",
        r"\text{Lemma 3's event},\ \epsilon_1=O(1),\ C=O(\tfrac{\epsilon_1^2}n),\ \sigma=O(C"
        r"\epsilon_1^{48}d^{-1/2}\|v\|),\ "
        r"\eta=O(\tfrac{nC\sigma\sqrt d}{\|v\|}),\ T_1=\tfrac C\eta\ \Rightarrow\ (6),(7)\text{ for }t"
        r"\le T_1,\ (8),(9)",
        ("xu23a/eq-6", "xu23a/eq-7", "xu23a/eq-8", "xu23a/eq-9"),
    ),
    Claim(
        id="xu23a/theorem-4/flow",
        title="phase 1 of the gradient flow",
        given=phase_1(),
        then=All(_growth, _turning(_exponent), _aligned, _balanced),
        mutants={"perfectly balanced": Mutant(then=AtMost(final(h[i]), Rational(99, 100) * final(h[j])))},
        because=("xu23a/eq-6/flow", "xu23a/eq-7/flow", "xu23a/eq-8/flow", "xu23a/eq-9/flow"),
        note=_note,
        expected=Verdict.SUPPORTED,
    ),
    _assumed(
        "eq-6",
        "(6)",
        "norms of the students in phase 1",
        r"s_1\le\|w_i(t)\|\le s_2+2\eta\|v\|t",
        ("xu23a/lemma-3", "xu23a/eq-28", "xu23a/eq-29", "xu23a/norm-growth"),
    ),
    Claim(
        id="xu23a/eq-6/flow",
        title="norms of the students in phase 1 of the flow",
        given=phase_1(),
        then=_growth,
        mutants={
            "a quarter of the speed": Mutant(then=AtMost(w_norm[i], s_2 + v_norm * t / 4)),
            "the start is never left": Mutant(then=AtMost(w_norm[i], s_2)),
        },
        note=_note,
        expected=Verdict.SUPPORTED,
    ),
    _assumed(
        "eq-7",
        "(7)",
        "angles of the students in phase 1",
        r"\sin^2\tfrac{\theta_i(t)}2-\epsilon_1^2\le\Big(1+\frac{\eta t}{s_2/\|v\|}\Big)^{-1/24}"
        r"\Big(\sin^2\tfrac{\theta_i(0)}2-\epsilon_1^2\Big)",
        ("xu23a/eq-33", "xu23a/eq-34", "xu23a/prod-24"),
    ),
    Claim(
        id="xu23a/eq-7/flow",
        title="angles of the students in phase 1 of the flow",
        given=phase_1(),
        then=_turning(_exponent),
        mutants={
            "fourth power": Mutant(then=_turning(Rational(-4))),
            "no growth of the deficit": Mutant(then=AtLeast(chi(i), initial(chi(i)))),
        },
        note=_note + "; the true decay is t^{−2}, see xu23a/phase1-invariant/decay",
        expected=Verdict.SUPPORTED,
    ),
    _assumed(
        "eq-8",
        "(8)",
        "angles of the students after phase 1",
        r"\theta_i(T_1)\le4\epsilon_1",
        ("xu23a/eq-7", "xu23a/eq-35"),
    ),
    Claim(
        id="xu23a/eq-8/flow",
        title="angles of the students after phase 1 of the flow",
        given=phase_1(),
        then=_aligned,
        mutants={"at all times": Mutant(then=AtMost(theta[i], 4 * epsilon))},
        note=_note,
        expected=Verdict.SUPPORTED,
    ),
    _assumed(
        "eq-9",
        "(9)",
        "projections of the students after phase 1",
        r"h_i(T_1)\le2h_j(T_1)",
        ("xu23a/eq-36", "xu23a/eq-38", "xu23a/eq-40"),
    ),
    Claim(
        id="xu23a/eq-9/flow",
        title="projections of the students after phase 1 of the flow",
        given=phase_1(),
        then=_balanced,
        mutants={"at all times": Mutant(then=AtMost(h[i], 2 * h[j]))},
        note=_note,
        expected=Verdict.SUPPORTED,
    ),
)
