"""Claim 2, p. 8: two students at ±δ whose effective sum is the teacher."""

from sympy import Rational, Symbol, cos, pi, sin

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box
from checks.papers.zhou21b._kernel import profile
from checks.relation import All, AtMost, Equal
from checks.verdict import Verdict

_delta = Symbol("delta", real=True)
_near = Box(variables={_delta: (0, Rational(2, 5))})
closed = (_delta - sin(_delta) * cos(_delta)) / (pi * cos(_delta) ** 2)
# ‖w_i‖² of both students, and L = ½(Σ_ij k(g_i, g_j) − 2 Σ_i k(g_i, v) + 1).
_mass = 1 / (2 * cos(_delta))
_loss = (_mass**2 * (2 + 2 * profile(2 * _delta)) - 4 * _mass * profile(_delta) + 1) / 2
# G_1 along w̄_1 and across it: the stable form of the gradient with a vanishing linear part.
_along = 2 / pi * (_mass * (sin(2 * _delta) - 2 * _delta * cos(2 * _delta)) - sin(_delta) + _delta * cos(_delta))
_across = 2 / pi * (_mass * 2 * _delta * sin(2 * _delta) - _delta * sin(_delta))
gradient_square = 2 * _mass * (4 * _along**2 + _across**2)
_leading = 4 * _delta**4 / pi**2

CLAIMS = (
    Claim(
        id="zhou21b/claim-2",
        title="with two students the loss is only of the order of the cubed angle",
        label="Claim 2",
        page="8",
        printed=r"w_{1,2}\text{ at }\pm\delta,\ \|w_i\|=1/\sqrt{2\cos\delta}:\quad L=\Theta(\delta^3)",
        given=_near,
        then=All(AtMost(_delta**3 / 5, closed), AtMost(closed, _delta**3 / 4)),
        contact={_delta: (0, 3)},
        mutants={
            "larger lower constant": Mutant(then=AtMost(_delta**3 * Rational(22, 100), closed)),
            "smaller upper constant": Mutant(then=AtMost(closed, _delta**3 * Rational(21, 100))),
        },
        erratum=Erratum(
            weight="proof step",
            what="the proof drops the ½ of L, writes w_1 twice where w_2 is meant, and proves only the upper half",
            reader="L = (δ − sin δ cos δ)/(π cos²δ), so L/δ³ → 2/(3π)",
            mend="zhou21b/claim-2/exact",
        ),
        because=("zhou21b/claim-2/exact",),
        uses=("zhou21b/eq-1",),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/claim-2/exact",
        title="the loss of the two students in closed form",
        label="Claim 2",
        page="8",
        given=Box(variables={_delta: (0, Rational(3, 2))}),
        then=Equal(_loss, closed),
        mutants={
            "without the ½ of the loss": Mutant(then=Equal(2 * _loss, closed)),
            "first power of the cosine": Mutant(then=Equal(_loss, closed * cos(_delta))),
        },
        because=("zhou21b/eq-1",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/claim-2/sharp",
        title="the loss of the two students is 2/(3π) δ³ up to a relative δ²",
        label="Claim 2",
        page="8",
        given=_near,
        then=All(
            AtMost(2 / (3 * pi) * _delta**3, closed),
            AtMost(closed, 2 / (3 * pi) * _delta**3 * (1 + _delta**2)),
        ),
        contact={_delta: (0, 5)},
        mutants={
            "larger constant": Mutant(then=AtMost(Rational(67, 100) / pi * _delta**3, closed)),
            "half the correction": Mutant(then=AtMost(closed, 2 / (3 * pi) * _delta**3 * (1 + _delta**2 / 2))),
        },
        because=("zhou21b/claim-2/exact",),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/claim-2-gradient",
        title="the gradient of the two students is 2/π δ² up to a relative δ²",
        given=_near,
        then=All(
            AtMost(_leading, gradient_square),
            AtMost(gradient_square, _leading * (1 + 6 * _delta**2)),
        ),
        contact={_delta: (0, 4)},
        mutants={
            "larger constant": Mutant(then=AtMost(_leading * Rational(11, 10), gradient_square)),
            "smaller correction": Mutant(then=AtMost(gradient_square, _leading * (1 + _delta**2))),
        },
        because=("zhou21b/eq-grad/stable",),
        note="with claim-2/sharp, ‖∇L‖/L^{2/3} → (2/π)^{1/3} 3^{2/3} = 1.789…; so ‖∇L‖/√L → 0 along the curve",
        expected=Verdict.CERTIFIED,
    ),
)
