"""Shared letters of section 4.2, one neuron: w[1] and ‖w^⊥‖, the hitting time T_γ, (C1) and (C2).

⟨w, w_*⟩/‖w_*‖ is the paper's w[1], so that nothing depends on the choice of coordinates.  "η ≤ c/‖w_*‖² for
some sufficiently small c" is stated with c = 1/10; where a printed statement fails for every c, its note says
why.
"""

from __future__ import annotations

from typing import Any

from sympy import Rational, Symbol, log

from checks.given import Descent, Networks, Point
from checks.papers.wang21a._setting import s
from checks.relation import AtMost, Below, Relation
from theory.heads import dot, magnitude, norm
from theory.observables import first_time, initial
from theory.symbols import H, eta, gamma, i, v, w
from theory.vocabulary import h, z

# |w[1]|, ‖w^⊥‖ and ‖w‖² of the single neuron.
signal = magnitude(h[0])
across = norm(z[0])
square = dot(w[0], w[0])

# Δ of Theorem 2, T_γ, and the number X of iterations that the theorem allows for it.
delta = 6 * gamma * (s - gamma)
hitting = first_time(gamma - magnitude(signal - s), gamma - across)
allowed = log((s - gamma) / initial(signal)) / log(1 + eta * delta)

# (C1) and (C2).
strong_signal = Below(11 * gamma, 10 * s)
small_start = AtMost(100 * square, gamma**2)
# What has to be added, (C3); and the steps up to which |w[1]| never exceeds ‖w_*‖.
enough_signal = AtMost(s**2 * across**5, gamma**5 * signal**2)
usual_step, largest_step = Rational(1, 10), Rational(1, 6)

# Starts are drawn with ‖w_0‖ up to about γ/10 and a component along w_* that reaches down to 1e-8 of it.
_along, _across = Symbol("along", real=True), Symbol("across", real=True)
_side = H[i] - dot(H[i], v) / dot(v, v) * v
_drawn = gamma / 10 * (_along**8 * v / norm(v) + _across * _side / norm(_side))
# A run stays in the plane of w_0 and w_*, so that dimension 2 is general.
_dimension = 2


def starts(*hypotheses: Relation, step: Rational = usual_step) -> Networks:
    """Starts with (C1), (C2), 0 < η‖w_*‖² ≤ ``step`` and w_0[1] ≠ 0."""
    return Networks(
        model="wang21a",
        students=1,
        dimension=_dimension,
        directions=("H",),
        scalars={
            gamma: (Rational(1, 1000), 1),
            eta: (0, 1),
            _along: (Rational(1, 10), 1),
            _across: (Rational(1, 10**4), 1),
        },
        where=(
            strong_signal,
            small_start,
            Below(0, eta),
            AtMost(eta * s**2, step),
            Below(0, signal),
            *hypotheses,
        ),
        drawn_as=_drawn,
    )


def runs(*where: Relation, steps: int = 60, starting: Networks | None = None) -> Descent:
    """Runs of gradient descent with one neuron; ``where`` selects the states that the conclusion is about."""
    return Descent(
        model="wang21a",
        students=1,
        dimension=_dimension,
        steps=steps,
        starts=starts() if starting is None else starting,
        where=where,
    )


def start(along: Any, perpendicular: Any, radius: Any, step: Any, note: str = "") -> Point:
    """The run from w_0 = (along, perpendicular) against w_* = e_1, with γ = radius and η = step."""
    return Point.of(students=[[along, perpendicular]], teachers=[[1, 0]], gamma=radius, eta=step, note=note)


# Next to the saddle ‖w^⊥‖ = ‖w_*‖/√3: the run that breaks the perpendicular bound most clearly.
saddle_run = start(
    "1/1000000000",
    "49/5000",
    "99/1000",
    "1/10",
    note="w_0 = (10⁻⁹, 0.0098), γ = 0.099: the run passes the saddle ‖w^⊥‖ = ‖w_*‖/√3 long before T_γ = 103",
)
