"""Stationary points with a positive loss near two close teachers: ε_0 = O(Δ³) in Theorem 4."""

from sympy import Rational, Symbol, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.papers.zhou21b._kernel import profile
from checks.relation import All, AtMost
from checks.verdict import Verdict

_delta = Symbol("Delta", real=True)
_all = Box(variables={_delta: (0, pi / 2)})
# All students on the bisector of two unit teachers at the angle Δ, of mass 2k(Δ/2).
_bisector = 1 + profile(_delta) - 2 * profile(_delta / 2) ** 2
# Students on both bisectors; b are their correlations with the teachers, κ that of the two.
_kappa = 2 / pi
_b1, _b2 = 2 * profile(_delta / 2), 2 * profile(pi / 2 - _delta / 2)
_both = 1 + profile(_delta) - (_b1**2 + _b2**2 - 2 * _kappa * _b1 * _b2) / (2 * (1 - _kappa**2))

CLAIMS = (
    Claim(
        id="zhou21b/theorem-4-stationary",
        title="a stationary point with a loss of the order Δ³",
        given=_all,
        then=AtMost(_bisector, _delta**3 / 9),
        contact={_delta: (0, 3)},
        mutants={"a tenth": Mutant(then=AtMost(_bisector, _delta**3 / 10))},
        because=("zhou21b/eq-1", "zhou21b/eq-grad/closed"),
        note="two unit teachers at the angle Δ, all students on their bisector with total mass 2k(Δ/2): the pull "
        "E[R x sgn] is along the bisector by symmetry, and vanishes there. So ε_0 ≤ Δ³/9 in Theorem 4",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/theorem-4-stationary/bisector",
        title="the loss of the students on the bisector is at most (2/π)(Δ − sin Δ)",
        given=_all,
        then=AtMost(_bisector, 2 / pi * (_delta - sin(_delta))),
        contact={_delta: (0, 4)},
        mutants={"a twentieth less": Mutant(then=AtMost(_bisector, Rational(19, 10) / pi * (_delta - sin(_delta))))},
        because=("zhou21b/eq-1", "zhou21b/eq-grad/closed"),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/theorem-4-stationary/two-bisectors",
        title="students on both bisectors: a lower stationary point of positive loss",
        given=Box(variables={_delta: (Rational(1, 10), pi / 2)}),
        then=All(
            AtMost(_kappa * _b1, _b2),
            AtMost(_both, _bisector),
            AtMost(_delta**3 / 80, _both),
        ),
        mutants={
            "larger least value": Mutant(then=AtMost(_delta**3 / 50, _both)),
            "half the other": Mutant(then=AtMost(_both, _bisector / 2)),
        },
        because=("zhou21b/eq-1", "zhou21b/eq-grad/closed"),
        note="the masses solve the normal equations, and that of the second is ≥ 0 by the first part",
        expected=Verdict.CERTIFIED,
    ),
)
