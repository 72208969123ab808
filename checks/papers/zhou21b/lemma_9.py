"""Lemma 9, pp. 10 and 21: near the optimum every teacher has close students, of at least half its mass."""

from sympy import Rational

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks
from checks.papers.zhou21b._residual import largest_norm
from checks.papers.zhou21b._setting import separation, smallest_teacher
from checks.relation import AtMost, Bounded
from checks.verdict import Verdict
from theory.heads import largest, line_angle, norm, smallest
from theory.indicators import Nonnegative
from theory.symbols import a, i, m, over, teachers, v, w
from theory.vocabulary import loss, near, nearest_angle

_order = m * largest_norm(teachers) * smallest_teacher ** Rational(-5, 3) * loss ** Rational(1, 3)
_mass = over(near[i, a] * Nonnegative(4 * _order - nearest_angle[i]) * norm(w[i]) ** 2, i)
_lonely = largest(smallest(line_angle(w[i], teachers[a]), i), a)
_sizes = {
    "model": "zhou21b",
    "students": (1, 6),
    "teachers": (1, 3),
    "dimension": (1, 4),
    "near_optimum": True,
    "separation": separation,
}
_near = Networks(**_sizes, where=(AtMost(1000 * loss, smallest_teacher**2),))
_angle = smallest(line_angle(w[i], v), i)
_single = Networks(
    model="zhou21b",
    students=(1, 8),
    dimension=(2, 8),
    near_optimum=True,
    where=(AtMost(Rational(1, 100), _angle), AtMost(_angle, Rational(1, 2))),
)

CLAIMS = (
    Claim(
        id="zhou21b/lemma-9",
        title="the students within δ_max of a teacher carry at least half of its mass, with C = 4",
        label="Lemma 9",
        page="10",
        printed=r"L(W)=\epsilon\le\epsilon_0,\ \delta_{\max}\ge C\cdot rw_{\max}w_{\min}^{-5/3}\epsilon^{1/3}\ \Rightarrow\ "
        r"|T_i(\delta_{\max})|\ge1,\ \sum_{j\in T_i(\delta_{\max})}\|w_j\|^2\ge\tfrac12\|w_i^*\|\ \forall i",
        given=_near,
        then=AtMost(norm(teachers[a]) / 2, _mass),
        mutants={"more than all of the mass": Mutant(then=AtMost(Rational(11, 10) * norm(teachers[a]), _mass))},
        erratum=Erratum(
            weight="typo",
            what="p. 21 announces ½‖w_i‖ for ½‖w_i*‖, and p. 26 writes the mass with ‖w_j‖ for ‖w_j‖²",
            reader="the statement on p. 10 has both right",
            mend="read ½‖w_i*‖ and ‖w_j‖²",
        ),
        uses=(
            "zhou21b/lemma-9-i",
            "zhou21b/lemma-9-ii",
            "zhou21b/lemma-9-iii",
            "zhou21b/lemma-9-iv-moments",
            "zhou21b/lemma-9-iv-moments-student",
            "zhou21b/lemma-9-iv-correlation",
            "zhou21b/lemma-9-monotone",
            "zhou21b/lemma-C.5",
        ),
        note="for L ≤ 10⁻³ w_min² and teachers whose lines are 1/2 apart; a mass of at least ½‖w_i*‖ > 0 also says that there "
        "is such a student. It grows with δ_max, so the smallest δ_max is the hardest",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-9-part-1",
        title="the loss when some teacher has no student nearer than δ is at least of the order w_min⁵ r^{−3} w_max^{−3} δ³",
        label="Lemma 9, part 1",
        page="22",
        printed=r"\angle(w_i^*,w_j)\ge\delta\ \forall j\ \Rightarrow\ L\ge\Omega\Big(\frac{w_{\min}^5}{r^3w_{\max}^3}\delta^3\Big)",
        given=_near,
        then=Bounded(
            ratio=loss * (m * largest_norm(teachers)) ** 3 / (smallest_teacher**5 * _lonely**3),
            side="below",
        ),
        mutants={
            "second power of δ": Mutant(
                then=Bounded(
                    ratio=loss * (m * largest_norm(teachers)) ** 3 / (smallest_teacher**5 * _lonely**2), side="below"
                )
            )
        },
        note="the contrapositive of the first half, the constant measured for teachers whose lines are 1/2 apart",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="zhou21b/lemma-9-part-1/sharp",
        title="L ≥ 0.087 δ³ for one unit teacher",
        label="Lemma 9, part 1",
        page="22",
        given=_single,
        then=AtMost(Rational(87, 1000) * norm(v) ** 2 * _angle**3, loss),
        mutants={"a quarter": Mutant(then=AtMost(Rational(1, 4) * norm(v) ** 2 * _angle**3, loss))},
        note="for 1/100 ≤ δ ≤ 1/2 (at δ = π/2 it is smaller); pairs in the plane "
        "have 2/(3π) = 0.212…, rings in three dimensions 0.148…; the limit as d → ∞ is 0.08789…, "
        "see the one-variable integral (2π)^{−1/2} ∫_0^∞ 4(φ(t) − tQ(t))² dt",
        expected=Verdict.SUPPORTED,
    ),
)
