"""Figure 3, p. 11: the nonlinear region between a student and a teacher, and the test function."""

from sympy import Rational, sin

from checks.claim import Claim, Mutant
from checks.given import Point
from checks.papers.zhou21b._nonlinear import angle, inputs, size
from checks.relation import AtMost
from checks.verdict import Verdict
from theory.heads import norm
from theory.symbols import i, w, xi

_bound = 2 * norm(w[i]) ** 2 * sin(angle) * norm(xi)

CLAIMS = (
    Claim(
        id="zhou21b/figure-3",
        title="between the two hyperplanes a student and a teacher differ by at most 2‖w‖² sin δ ‖x‖",
        label="Figure 3",
        page="11",
        printed=r"\text{left: nonlinear region between }w^\perp\text{ and }v^\perp;\quad\text{right: test function }h,\ "
        r"S=\{x:|w^{*\top}x|\le\tau\}",
        given=inputs,
        then=AtMost(size, _bound),
        mutants={
            "1.9 for 2": Mutant(
                then=AtMost(size, Rational(19, 20) * _bound),
                witness=Point.of(students=[[1, "1/100"]], teachers=[[1, 0]], xi=[["-1/1000000", 1]]),
            ),
            "second order in the angle": Mutant(
                then=AtMost(size, _bound * sin(angle)),
                witness=Point.of(students=[[1, "1/10"]], teachers=[[1, 0]], xi=[["-1/1000", 1]]),
            ),
        },
        uses=("zhou21b/eq-3",),
        note="‖w‖⟨w, x⟩(sgn⟨w, x⟩ − sgn⟨v, x⟩) at any input x = ξ; it vanishes outside the region. The test function is "
        "checked with Lemma 9",
        expected=Verdict.SUPPORTED,
    ),
)
