"""Phase 1: starts that meet the initial condition, and the gradient flow from them.

Time of the flow is ηt, so T_1 is C.  σ√d is called s here.  ε_1 = 1/5 and C = ε_1²/54, so that 18nC ≤ ε_1² for n ≤ 3.
The flow starts from s = 10⁻⁵‖v‖, far above C ε_1⁴⁸ ‖v‖ = 2·10⁻³⁷‖v‖: the conclusions are asked for under a weaker
condition on σ, because weights of 10⁻³⁷ are lost to rounding in the residual coordinates of the integrator.
"""

from __future__ import annotations

from sympy import Expr, Rational, pi, sin

from checks.given import Flow, Networks
from checks.relation import AtLeast, AtMost, Relation
from theory.heads import norm
from theory.symbols import H, i
from theory.vocabulary import theta, v_norm

epsilon = Rational(1, 5)
C = epsilon**2 / 54
_relative = Rational(1, 10**5)
s = _relative * v_norm
s_1, s_2 = s / 2, 2 * s
_length = norm(H[i])
# Norms between s_1 and s_2 in arbitrary directions.
_start = s * (Rational(1, 2) + Rational(3, 2) * _length**2 / (1 + _length**2)) * H[i] / _length
starts = Networks(
    model="xu23a",
    students=(2, 3),
    dimension=(3, 4),
    directions=("H",),
    students_as=_start,
    where=(AtLeast(_length, Rational(1, 1000)), AtLeast(theta[i], pi / 3), AtMost(theta[i], 2 * pi / 3)),
)
_times = (*(_relative * factor for factor in (Rational(1, 10), Rational(1, 2), 1, 2, 5, 10, 30)), C / 2, C)


def phase_1(*where: Relation) -> Flow:
    """The flow through phase 1."""
    return Flow(model="xu23a", students=(2, 3), dimension=(3, 4), until=C, at=_times, starts=starts, where=where)


def chi(index: Expr) -> Expr:
    """χ_i = sin²(θ_i/2)."""
    return sin(theta[index] / 2) ** 2
