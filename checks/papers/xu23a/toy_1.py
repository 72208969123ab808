"""Toy Case 1, p. 18: two students that are mirror images of each other, w = λ_1 v ± λ_2 v^⊥ with ‖v^⊥‖ = ‖v‖."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Rational, Symbol, cos, pi, sin

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Flow, Networks, Point
from checks.papers.xu23a._setting import S
from checks.reduction.inherited import slack_of
from checks.relation import All, AtMost, Equal, Relation, Tends
from checks.verdict import Verdict
from theory.heads import after_step, dot, norm
from theory.observables import slope
from theory.symbols import V, eta, i, j, nu, over, t, v
from theory.vocabulary import gradient, h, loss, theta, v_norm, w_norm, z

# V_i − mean, across v: for two students a vector and its opposite.
_half = V[i] - over(V[j], j) / 2
_students = nu * v + _half - dot(_half, v) / dot(v, v) * v


def _networks(*where: Relation, low: Any = 0, high: Any = 100) -> Networks:
    return Networks(
        model="xu23a",
        students=2,
        dimension=(2, 4),
        directions=("V",),
        scalars={nu: (low, high), eta: (0, Rational(1, 3))},
        students_as=_students,
        where=where,
    )


_all = _networks()
_behind = _networks(low=-2, high=Rational(-1, 10))
_l1 = h[i] / v_norm
_angle = theta[i]


def _along(last: Expr) -> Expr:
    """Factor of λ_1 − ½ in the gradient."""
    return 1 - _angle / pi + last


_printed_term = sin(2 * _angle) / _l1
_right_term = sin(2 * _angle) / (2 * pi)
_across = (2 * _angle + (_l1 - Rational(1, 2)) / _l1 * sin(2 * _angle)) / (2 * pi)


def _gradient(last: Expr) -> Equal:
    return Equal(gradient[i], (_l1 - Rational(1, 2)) * _along(last) * v + _across * z[i])


def _step(last: Expr) -> Equal:
    gap = _l1 - Rational(1, 2)
    return Equal(after_step(gap), gap * (1 - eta * _along(last)))


_witness = Point.of(
    students=[["2/5", "3/10"], ["2/5", "-3/10"]],
    teachers=[[1, 0]],
    V=[[0, "3/10"], [0, "-3/10"]],
    nu="2/5",
    eta="1/10",
    note="λ_1 = 0.4, λ_2 = 0.3",
)

_start = Point.of(students=[["3/10", "2/5"], ["3/10", "-2/5"]], teachers=[[1, 0]], note="λ_1 = 0.3, λ_2 = 0.4")
_flow = Flow(model="xu23a", students=2, dimension=2, until=10**6, start=_start)
_size = norm(z[0]) / v_norm

_scale = ((2 * _l1 - 1) ** 2 + S(_angle)) * v_norm**2
_local = _networks(AtMost(_angle, Rational(1, 10)), low=Rational(2, 5), high=Rational(3, 5))

_t = Symbol("theta", real=True)
# L/‖v‖² at λ_1 = ½, times cos²θ.
_at_half = (S(2 * _t) / 4 - S(_t) * cos(_t)) / (2 * pi)
_lambda = Symbol("lambda_1", real=True)
_from_angles = _lambda**2 * S(2 * _t) - 2 * _lambda * cos(_t) * S(_t)
_lead = _t**3 / (6 * pi)

_slip = Erratum(
    weight="theorem",
    what="the last term of the factor is sin(2θ)/(2π), not sin(2θ)/λ_1",
    reader="λ_1 = 0.4, λ_2 = 0.3, ‖v‖ = 1: the component of ∇_1 along v is −0.0948, the printed one −0.3195",
    mend="xu23a/toy-1-gradient/corrected",
    charity="the conclusions drawn from it hold: the factor still tends to 1 as θ → 0",
)

CLAIMS = (
    Claim(
        id="xu23a/toy-1",
        title="the loss of two mirrored students falls like t⁻³",
        label="Toy Case 1",
        page="18",
        printed=r"\lambda_2(t)\sim t^{-1},\quad L(w(t))\sim t^{-3}",
        given=_flow,
        then=Tends(slope(loss, t), -3),
        mutants={"t⁻²": Mutant(then=Tends(slope(loss, t), -2))},
        uses=("xu23a/eq-4", "xu23a/eq-23", "xu23a/eq-21", "xu23a/eq-22"),
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/toy-1/sharp",
        title="λ_2 t tends to π/2",
        label="new",
        given=_flow,
        then=Tends(_size * t, pi / 2),
        mutants={"π/3": Mutant(then=Tends(_size * t, pi / 3))},
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/toy-1-gradient",
        title="the gradient of two mirrored students, as printed",
        label="p. 18 display",
        page="18",
        printed=r"\nabla_1=(\lambda_1-\tfrac12)\Big(1-\tfrac\theta\pi+\tfrac{\sin2\theta}{\lambda_1}\Big)v"
        r"+\tfrac1{2\pi}\Big(2\theta+\tfrac{\lambda_1-1/2}{\lambda_1}\sin2\theta\Big)\lambda_2v^\perp",
        given=_all,
        then=_gradient(_printed_term),
        witness=_witness,
        mutants={"twice": Mutant(then=_gradient(2 * _printed_term), witness=_witness)},
        uses=("xu23a/eq-4",),
        expected=Verdict.REFUTED,
        erratum=_slip,
    ),
    Claim(
        id="xu23a/toy-1-gradient/corrected",
        title="the gradient of two mirrored students",
        given=_all,
        then=_gradient(_right_term),
        mutants={"sign": Mutant(then=_gradient(-_right_term)), "λ_1 < 0": Mutant(given=_behind)},
        uses=("xu23a/eq-4",),
        note="the students are at the angle 2θ since λ_1 ≥ 0",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/toy-1-loss",
        title="the loss of two mirrored students is of the order of (2λ_1 − 1)² + sin θ − θ cos θ",
        label="p. 18",
        page="18",
        printed=r"L(w)=\Theta\big((2\lambda_1-1)^2+(\sin\theta-\theta\cos\theta)\big)\|v\|^2",
        given=_local,
        then=All(AtMost(_scale / 20, loss), AtMost(loss, _scale / 2)),
        mutants={
            "lower constant": Mutant(then=AtMost(_scale / 2, loss)),
            "upper constant": Mutant(then=AtMost(loss, _scale / 8)),
        },
        slack_as=tuple(
            (2 * _l1 - 1) ** 2 * v_norm**2 / share
            + w_norm[i] ** 2
            / (2 * pi * nu**2)
            * slack_of("xu23a/toy-1-loss/reduced", part, at={_lambda: nu, _t: _angle})
            for part, share in enumerate((5, 4))
        ),
        uses=("xu23a/eq-23",),
        note="the form is local: here for |λ_1 − ½| ≤ 1/10 and θ ≤ 1/10",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/toy-1-loss/reduced",
        title="the part of the loss from the angles, between multiples of sin θ − θ cos θ",
        label="new",
        given=Box(variables={_lambda: (Rational(2, 5), Rational(3, 5)), _t: (0, Rational(1, 10))}),
        then=All(AtMost(pi / 10 * S(_t) * cos(_t) ** 2, _from_angles), AtMost(_from_angles, pi * S(_t) * cos(_t) ** 2)),
        contact={_t: (0, 3)},
        mutants={
            "a fifth": Mutant(then=AtMost(pi / 5 * S(_t) * cos(_t) ** 2, _from_angles)),
            "half of it": Mutant(then=AtMost(_from_angles, pi / 2 * S(_t) * cos(_t) ** 2)),
        },
        note="by (23): 2π cos²θ (L/‖v‖² − ¼(2λ_1 − 1)²), as ‖w_i‖ = λ_1‖v‖/cos θ",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/toy-1-loss/leading",
        title="at λ_1 = ½ the loss is θ³/(6π) ‖v‖² to leading order",
        label="new",
        given=Box(variables={_t: (0, Rational(1, 2))}),
        then=All(
            AtMost(_lead * cos(_t) ** 2 * (1 - 3 * _t**2), _at_half),
            AtMost(_at_half, _lead * cos(_t) ** 2 * (1 + 3 * _t**2)),
        ),
        contact={_t: (0, 3)},
        mutants={"half": Mutant(then=AtMost(_at_half, _lead / 2))},
        note="by (23) with ‖w_i‖ = ‖v‖/(2 cos θ), multiplied by cos²θ",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-21",
        title="λ_1 under one step, as printed",
        label="(21)",
        page="18",
        printed=r"\lambda_1(t+1)-\tfrac12=(\lambda_1(t)-\tfrac12)\Big(1-\eta\big(1-\tfrac{\theta}\pi"
        r"+\tfrac{\sin2\theta}{\lambda_1}\big)\Big)",
        given=_all,
        then=_step(_printed_term),
        witness=_witness,
        mutants={"twice": Mutant(then=_step(2 * _printed_term), witness=_witness)},
        uses=("xu23a/toy-1-gradient",),
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="theorem",
            what="sin(2θ)/λ_1 for sin(2θ)/(2π), as in the display of ∇_1",
            reader="λ_1 = 0.4, λ_2 = 0.3, η = 0.1: λ_1 − ½ goes to −0.0905, not to −0.0680",
            mend="xu23a/eq-21/corrected",
        ),
    ),
    Claim(
        id="xu23a/eq-21/corrected",
        title="λ_1 under one step",
        given=_all,
        then=_step(_right_term),
        mutants={"sign": Mutant(then=_step(-_right_term)), "λ_1 < 0": Mutant(given=_behind)},
        uses=("xu23a/toy-1-gradient/corrected",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/eq-22",
        title="λ_2 under one step",
        label="(22)",
        page="18",
        printed=r"\lambda_2(t+1)=\lambda_2(t)\Big(1-\tfrac\eta{2\pi}\big(2\theta+\tfrac{\lambda_1-1/2}{\lambda_1}\sin2\theta\big)\Big)",
        given=_all,
        then=Equal(after_step(z[i]), z[i] * (1 - eta * _across)),
        mutants={
            "half": Mutant(then=Equal(after_step(z[i]), z[i] * (1 - eta * _across / 2))),
            "λ_1 < 0": Mutant(given=_behind),
        },
        uses=("xu23a/eq-4",),
        note="as vectors: z = ± λ_2 v^⊥; needs λ_1 > 0",
        expected=Verdict.PROVED,
    ),
)
