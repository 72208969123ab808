"""Gradient flow of a single neuron in closed form, and its largest component across the teacher.

With a = ⟨w, w_*⟩/s, r = ‖w^⊥‖ and κ = |a|/r: κ grows like e^{2s²t}, and r^{-2} solves a linear equation.
"""

from sympy import Integer, Rational, Symbol, diff, exp

from checks.claim import Claim, Mutant
from checks.given import Box, Networks
from checks.papers.wang21a._setting import s
from checks.relation import All, AtMost, Equal
from checks.verdict import Verdict
from theory.heads import dot, magnitude, norm, rate
from theory.symbols import i, t
from theory.vocabulary import parallel, z

# r^{-2} and κ² of the network.
_inverse_square = 1 / dot(z[i], z[i])
_ratio = magnitude(parallel[i]) / (s * norm(z[i]))

# The solution, for s = ‖w_*‖, κ_0 and C: y = r^{-2}, κ = κ_0 e^{2s²t}.
_s, _kappa, _r = (Symbol(name, positive=True) for name in ("s", "kappa_0", "r_0"))
_C = 1 / _r**2 - (3 + _kappa**2) / _s**2
_kappa_t = _kappa * exp(2 * _s**2 * t)
_y = (3 + _kappa_t**2) / _s**2 + _C * exp(-2 * _s**2 * t)
_flow_of_y = -2 * _s**2 * _y + 6 * (1 + _kappa_t**2)

# The peak for s = 1: y as a function of E = e^{2t}, with its minimum at E_*.
_c, _E = Symbol("C", positive=True), Symbol("E", positive=True)
_bottom = (_c / (2 * _kappa**2)) ** Rational(1, 3)
_peak = 3 + 3 * _kappa ** Rational(2, 3) * (_c / 2) ** Rational(2, 3)
_of_E = 3 + _kappa**2 * _E**2 + _c / _E
_range = Box(variables={_kappa: (Rational(1, 10**6), 10**6), _c: (Rational(1, 10**6), 10**6), _E: (1, 10**6)})

CLAIMS = (
    Claim(
        id="wang21a/k1-flow",
        title="the flow of a single neuron obeys a linear equation in r^{-2}",
        given=Networks(model="wang21a", students=1, dimension=(2, 6)),
        then=All(
            Equal(rate(_ratio), 2 * s**2 * _ratio),
            Equal(rate(_inverse_square), -2 * s**2 * _inverse_square + 6 * (1 + _ratio**2)),
        ),
        mutants={
            "twice as fast": Mutant(then=Equal(rate(_ratio), 4 * s**2 * _ratio)),
            "two neurons": Mutant(
                given=Networks(model="wang21a", students=(1, 2), dimension=(2, 6)),
            ),
        },
        uses=("wang21a/k1-flow/solution",),
        note="κ = |a|/r and r^{-2} along the flow; with the solution of this equation the trajectory is explicit",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/k1-flow/solution",
        title="r^{-2} = (3 + κ_0² e^{4s²t})/s² + C e^{−2s²t} solves the equation from its starting value",
        given=Box(
            variables={
                _s: (Rational(1, 10), 10),
                _kappa: (Rational(1, 10**6), 10**6),
                _r: (Rational(1, 10**6), 10),
                t: (0, 10**3),
            }
        ),
        then=All(
            Equal(diff(_y, t), _flow_of_y),
            Equal(diff(_kappa_t, t), 2 * _s**2 * _kappa_t),
            Equal(_y.xreplace({t: Integer(0)}), 1 / _r**2),
        ),
        mutants={
            "without the constant": Mutant(then=Equal(_y.xreplace({t: Integer(0)}), 3 / _s**2)),
            "half the rate": Mutant(then=Equal(diff(_y, t), _flow_of_y / 2)),
        },
        note="κ = κ_0 e^{2s²t}; C = r_0^{-2} − (3 + κ_0²)/s²; so |a| = κ_0 e^{2s²t} r",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/k1-flow-peak",
        title="largest component across the teacher along the flow of a single neuron",
        given=_range,
        then=AtMost(_peak, _of_E),
        slack_as=(_kappa**2 * (_E - _bottom) ** 2 * (_E + 2 * _bottom) / _E,),
        mutants={
            "larger": Mutant(then=AtMost(_peak + Rational(1, 10), _of_E)),
            "without the 3": Mutant(then=AtMost(2 * _peak, _of_E)),
        },
        note="s = 1: r^{-2} is at least 3 + 3κ_0^{2/3}(C/2)^{2/3}, with equality at E = e^{2t} = "
        "(C/2κ_0²)^{1/3}, which is "
        "reached after the start if C > 2κ_0²",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/k1-flow-peak/attained",
        title="the peak is attained where e^{2t} = (C/2κ_0²)^{1/3}",
        given=_range,
        then=Equal(_of_E.xreplace({_E: _bottom}), _peak),
        mutants={"elsewhere": Mutant(then=Equal(_of_E.xreplace({_E: 2 * _bottom}), _peak))},
        expected=Verdict.PROVED,
    ),
)
