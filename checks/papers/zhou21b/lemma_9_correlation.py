"""Lemma 9 (iv), p. 25: the correlation of the test function with the residual, as printed and mended.

W = 0, one teacher of norm s: R = −s|w*·x|, and the left side is −s times the moment of the teacher.
"""

from sympy import Rational, Symbol

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Point
from checks.papers.zhou21b._slab import moment, tau
from checks.relation import AtMost
from checks.verdict import Verdict

_scale, _mass = Symbol("s", real=True), Symbol("S", real=True)
_p0 = moment(0, tau)
_teacher = moment(2, tau) * _p0 - moment(1, tau) ** 2
_empty = Box(variables={tau: (Rational(1, 1000), 1), _scale: (Rational(1, 10), 10)})

# The correlations of the teacher, of the students and of the other teachers with the test function: any numbers in
# their certified ranges.  x is the angle δ = τ/(x…), so that τ⁴/δ = τ³ x with x = τ/δ.
_x, _other = Symbol("x", real=True), Symbol("M", real=True)

CLAIMS = (
    Claim(
        id="zhou21b/lemma-9-iv-correlation",
        title="the correlation with the residual is at least a multiple of τ³‖w*‖², as printed, without students",
        label="Lemma 9 (iv)",
        page="25",
        printed=r"\langle|w^{*\top}x|-g,R(x)\rangle_S\ge\Theta(\tau^3)\|w^*\|^2-\sum_i\|w_i\|^2\|w^*\|"
        r"\Theta\Big(\frac{\tau^4}\delta\Big)-\sum_{j\ne i}\|w_j^*\|\|w^*\|\Theta\Big(\frac{\tau^4}\Delta\Big)",
        given=_empty,
        then=AtMost(0, -(_scale**2) * _teacher),
        witness=Point.of(tau="1/2", s=1),
        mutants={"strictly": Mutant(then=AtMost(tau**3, -(_scale**2) * _teacher))},
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="typo",
            what="R is student minus teacher, so the leading term is −Θ(τ³)‖w*‖²",
            reader="for W = 0 and one teacher R = −|w*·x|: the left side is −‖w*‖² times a positive moment, and the right "
            "side Θ(τ³)‖w*‖² > 0",
            mend="zhou21b/lemma-9-iv-correlation/corrected",
            charity="only the square is used afterwards; W = 0 meets what the step uses, and the display stands inside a proof "
            "by contradiction. The same sign stands on p. 27",
        ),
    ),
    Claim(
        id="zhou21b/lemma-9-iv-correlation/corrected",
        title="minus the correlation with the residual is at least τ³(‖w*‖² − …)/20",
        label="Lemma 9 (iv), mended",
        page="25",
        given=Box(
            variables={tau: (0, 1), _scale: (0, 10), _mass: (0, 10), _x: (0, 1), _other: (-1, 1)},
        ),
        then=AtMost(
            tau**3 * (_scale**2 / 20 - _mass * _scale * _x) * _p0,
            (_scale**2) * _teacher - _mass * _scale * _other * tau**3 * _x * _p0,
        ),
        options={"along": ((_mass, (_scale, _scale)), _scale)},
        mutants={
            "as printed": Mutant(
                then=AtMost(
                    tau**3 * (_scale**2 / 20 - _mass * _scale * _x) * _p0,
                    -(_scale**2) * _teacher - _mass * _scale * _other * tau**3 * _x * _p0,
                )
            )
        },
        because=("zhou21b/lemma-9-iv-moments", "zhou21b/lemma-9-iv-moments-student"),
        note="S is the mass of all students and other teachers, each of which contributes a multiple of τ⁴/δ = xτ³ between "
        "−1 and 1 times a constant, by the bound for students; multiplied by P_0",
        expected=Verdict.CERTIFIED,
    ),
)
