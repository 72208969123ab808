"""The display of Υ on p. 19: the pair kernel of ReLU, and the loss in terms of it."""

from sympy import Expr, Symbol, cos, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.papers.xu23a._setting import angle_variable, networks
from checks.relation import All, Equal
from checks.verdict import Verdict
from theory.symbols import i, j, over
from theory.vocabulary import loss, theta, v_norm, w_norm


def _upsilon(spread: Expr, first: Expr, second: Expr, sign: int = 1) -> Expr:
    return first * second * (sin(spread) + sign * (pi - spread) * cos(spread)) / (2 * pi)


def _loss(sign: int = 1) -> Expr:
    students = over(_upsilon(theta[i, j], w_norm[i], w_norm[j], sign), i, j) / 2
    return students - over(_upsilon(theta[i], w_norm[i], v_norm, sign), i) + v_norm**2 / 4


_t, _phi = angle_variable, Symbol("phi", real=True)
_integrand = cos(_phi) * cos(_phi - _t)
_primitive = _phi * cos(_t) / 2 + sin(2 * _phi - _t) / 4
_wedge = _primitive.subs(_phi, pi / 2) - _primitive.subs(_phi, _t - pi / 2)

CLAIMS = (
    Claim(
        id="xu23a/upsilon",
        title="the loss through the pair kernel Υ",
        label="p. 19",
        page="19",
        printed=r"L=\tfrac12\sum_{i,j}\Upsilon(w_i,w_j)-\sum_i\Upsilon(w_i,v)+\tfrac12\Upsilon(v,v),\quad"
        r"\Upsilon(w,v)=\tfrac1{2\pi}\|w\|\|v\|(\sin\theta_{w,v}+(\pi-\theta_{w,v})\cos\theta_{w,v})",
        given=networks,
        then=Equal(loss, _loss()),
        mutants={"sign of the cosine": Mutant(then=Equal(loss, _loss(-1)))},
        note="against the kernel derived by Gaussian integration; Υ(v, v) = ½‖v‖²",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/upsilon/reduced",
        title="the wedge integral behind Υ",
        label="p. 19",
        page="19",
        given=Box(variables={_t: (0, pi), _phi: (-pi / 2, pi / 2)}),
        then=All(Equal(_primitive.diff(_phi), _integrand), Equal(2 * _wedge, sin(_t) + (pi - _t) * cos(_t))),
        mutants={
            "sign": Mutant(then=Equal(2 * _wedge, sin(_t) - (pi - _t) * cos(_t))),
            "another primitive": Mutant(then=Equal((_primitive + sin(_phi) / 4).diff(_phi), _integrand)),
        },
        note="in polar coordinates Υ/(‖w‖‖v‖) = (1/π) ∫ cos φ cos(φ − θ) dφ over φ from θ − π/2 to π/2, "
        "where both cosines are ≥ 0",
        expected=Verdict.PROVED,
    ),
)
