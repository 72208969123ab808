"""Shared parts of Section 5 and Appendix G: distances across the teacher, norms in range, starts of flows."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Rational, Symbol, sqrt

from checks.given import Flow, Networks, Point
from checks.relation import AtMost, Below
from theory.heads import dot, largest, norm, smallest
from theory.symbols import V, beta, i, j, n, nu, v, w
from theory.vocabulary import kappa_max, theta, v_norm, w_norm, z

# D = max ‖z_i − z_j‖, max ‖z_i‖ and θ_max.
diameter = largest(largest(norm(z[i] - z[j]), i), j)
farthest = largest(norm(z[i]), i)
theta_max = largest(theta[i], i)

in_range = (
    AtMost(v_norm / (4 * n), smallest(w_norm[i], i)),
    AtMost(largest(w_norm[i], i), 4 * v_norm / n),
)
"""‖v‖/4n ≤ ‖w_i‖ ≤ 4‖v‖/n: (58)."""

_across = V[i] - dot(V[i], v) / dot(v, v) * v
_along = beta[i] / (2 * sqrt(1 + beta[i] ** 2))
initialised = nu * (norm(v) * _across / (norm(_across) + norm(v) / 1000) + _along * v)
"""A student of norm in [1, 1.12] ν‖v‖ at an angle in (π/3, 2π/3) to the teacher: the event of Lemma 3."""


_event = (
    Below(0, smallest(w_norm[i], i)),
    AtMost(largest(w_norm[i], i), 4 * smallest(w_norm[i], i)),
    AtMost(4 * largest(dot(w[i], v) ** 2 / dot(w[i], w[i]), i), dot(v, v)),
)


# Not degenerate in the sense of Definition 13, by more than rounding.
_apart = AtMost(Rational(1, 100), kappa_max)


def small_starts(
    students: Any = (2, 4), low: Any = "1/1000", high: Any = "1/10", apart: bool = False, **scalars: Any
) -> Networks:
    """Starts on the event of Lemma 3 with ‖w_i‖ ≈ ν‖v‖, with κ_max(0) ≥ 1/100 if they are to be ``apart``."""
    return Networks(
        model="xu23a",
        students=students,
        dimension=(3, 4),
        directions=("V",),
        coefficients=("beta",),
        scalars={
            nu: (Rational(low), Rational(high)),
            **{Symbol(name, real=True): span for name, span in scalars.items()},
        },
        students_as=initialised,
        where=(*_event, _apart) if apart else _event,
    )


small_point = Point.of(
    students=[["1/50", "1/10", 0], ["-1/50", "1/20", "1/10"]], teachers=[[1, 0, 0]], note="a small start"
)


def small_flow(*where: Any, students: Any = (2, 4), until: Any = 1000, apart: bool = False, **options: Any) -> Flow:
    """The flow from such starts."""
    return Flow(
        model="xu23a",
        students=students,
        dimension=(3, 4),
        until=until,
        starts=small_starts(students, apart=apart),
        where=where,
        **options,
    )


def ranged(students: Any = (2, 5), **options: Any) -> Networks:
    """Networks with norms in range, drawn near the teacher's ray."""
    return Networks(
        model="xu23a",
        students=students,
        dimension=(2, 4),
        directions=("V",),
        coefficients=("beta",),
        scalars={nu: (0, 1)},
        drawn_as=(_size * v + nu * norm(v) * V[i]) / n,
        where=in_range,
        **options,
    )


_size: Expr = 1 + beta[i] / (2 * sqrt(1 + beta[i] ** 2))
