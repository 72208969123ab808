"""Remark 18, p. 13, and two facts of spherical trigonometry, pp. 25 and 27."""

from __future__ import annotations

from sympy import Integer, Rational, Symbol, cos, diff, exp, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Box, Networks
from checks.relation import AtMost, Below, Equal
from checks.verdict import Verdict
from theory.heads import norm
from theory.steps import AngleTriangle
from theory.symbols import i, j, t, v, w
from theory.vocabulary import theta

_C, _c0 = Symbol("C", positive=True), Symbol("c_0", real=True)
_grown = exp(2 * _C * t + _c0)
_x = (1 - _grown) / (1 + _grown)
_start = _x.xreplace({t: Integer(0)})
_range = Box(variables={_C: (Rational(1, 100), 1), _c0: (-10, 0), t: (0, 10)})


_a, _p, _g = (Symbol(name, real=True) for name in ("a_", "p_", "g_"))

CLAIMS = (
    Claim(
        id="xu23a/remark-18",
        title="the solution of dx/dt = −C(1 − x²)",
        label="Remark 18",
        page="13",
        printed=r"\dot x=-\tilde C(1-x^2)\ \text{is solved by}\ x(t)=\tfrac{1-\exp(2\tilde Ct+c_0)}{1+\exp(2\tilde Ct+c_0)}",
        given=_range,
        then=Equal(diff(_x, t), -_C * (1 - _x**2)),
        mutants={"half the rate": Mutant(then=Equal(diff(_x, t), -_C * (1 - _x**2) / 2))},
        uses=("xu23a/lemma-17",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/remark-18/growth",
        title="(1 − x)/(1 + x) grows like e^{2Ct}",
        label="Remark 18",
        page="13",
        given=_range,
        then=Equal((1 - _x) / (1 + _x), exp(2 * _C * t) * (1 - _start) / (1 + _start)),
        mutants={"e^{Ct}": Mutant(then=Equal((1 - _x) / (1 + _x), exp(_C * t) * (1 - _start) / (1 + _start)))},
        note="so a perturbation 1 − x of x = 1 grows exponentially while it is small",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/spherical",
        title="cos θ_j − cos θ_i cos θ_ij ≤ sin θ_i sin(θ_i + θ_j)",
        label="p. 27",
        page="27",
        printed=r"\cos\theta_j-\cos\theta_i\cos\theta_{ij}\le\sin\theta_i\sin(\theta_i+\theta_j)",
        given=Box(variables={_a: (0, pi / 2), _p: (0, pi), _g: (0, pi / 2)}),
        then=Equal(
            sin(_a) * sin(_p + _g) - cos(_p + _g - _a) + cos(_a) * cos(_p - _g), 2 * cos(_a) * sin(_p) * sin(_g)
        ),
        mutants={"half": Mutant(then=Equal(sin(_a) * sin(_p + _g) - cos(_p + _g - _a), cos(_a) * sin(_p) * sin(_g)))},
        note="the slack, with a = θ_i ≤ π/2, p = (θ_i + θ_j + θ_ij)/2 ≤ π and g = (θ_i + θ_j − θ_ij)/2 ≥ 0, as a product of "
        "factors that are ≥ 0 there; equality at θ_ij = θ_i + θ_j",
        uses=("xu23a/spherical-triangle",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/spherical-triangle",
        title="θ_ij ≤ θ_i + θ_j",
        label="p. 25",
        page="25",
        printed=r"\theta_{ij}\le\theta_i+\theta_j",
        given=Networks(model="xu23a", students=(2, 4), dimension=(1, 4), where=(Below(0, norm(w[i])),)),
        then=AtMost(theta[i, j], theta[i] + theta[j]),
        mutants={"nine tenths": Mutant(then=AtMost(theta[i, j], Rational(9, 10) * (theta[i] + theta[j])))},
        slack_as=(AngleTriangle(w[i], v, w[j]),),
        expected=Verdict.PROVED,
    ),
)
