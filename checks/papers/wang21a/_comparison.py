"""Shared trees of section 4.3: one step of every neuron against its own dynamics, and the single neuron beside the network.

A_k and C_k are what a neuron would do alone; (10) says how far interaction may move it from there:
|w⁺_∥| ≥ (1 − θ)|A_k| and ‖w⁺_⊥‖ ≤ (1 + ϑ)‖C_k‖.
"""

from __future__ import annotations

from sympy import Expr, IndexedBase, Rational, Symbol, sqrt

from checks.given import Companion, Descent, Networks
from checks.papers.wang21a._setting import s
from checks.relation import AtMost, Below, Relation
from theory.heads import after_step, dot, largest, magnitude, norm, smallest
from theory.observables import initial, peak_before, run, trough_before
from theory.symbols import H, beta, eta, i, n, over, t, v, w
from theory.vocabulary import parallel, w_norm, z

# The run of the single neuron, started from w[0] of the network or drawn independently.
SINGLE = "single"

alone_parallel = magnitude(parallel[i] * (1 + 3 * eta * (s**2 - w_norm[i] ** 2)))
alone_across = norm(z[i]) * (1 + eta * (s**2 - 3 * w_norm[i] ** 2))

# The θ and ϑ that (10) needs at this step, over all neurons, and over all earlier steps.
theta_now = largest(1 - magnitude(after_step(parallel[i])) / alone_parallel, i)
vartheta_now = largest(norm(after_step(z[i])) / alone_across - 1, i)
theta_before = peak_before(theta_now, 0)
vartheta_before = peak_before(vartheta_now, 0)


def single(tree: Expr) -> Expr:
    """The tree on the run of the single neuron; its only row is 0."""
    return run(SINGLE, tree)


aggregate_square = over(parallel[i] ** 2, i)
single_parallel = single(magnitude(parallel[0]))
single_norm = single(w_norm[0])
lead = initial(aggregate_square) / initial(single_parallel) ** 2


# ψ of Lemma 4, and c_1, c_2 of Theorem 5, with the θ and ϑ that the run needed so far.
psi = (1 - theta_before - vartheta_before - theta_before * vartheta_before) * (1 + eta * s**2)
c1 = single_parallel / s**2
c2 = largest(c1 * s * norm(initial(z[i])) / (magnitude(initial(parallel[i])) * psi**t), i)
root = sqrt((1 - 2 * t * theta_before) * n)

# Starts of equal magnitude: every neuron has the same |w^∥| and the same w^⊥ up to sign, so that Λ = K exactly.
_chi = IndexedBase("chi", real=True)
_along, _across = Symbol("along", real=True), Symbol("across", real=True)
_side = H[0] - dot(H[0], v) / dot(v, v) * v
_equal = (
    beta[i] / magnitude(beta[i]) * _along * v / norm(v) * s
    + _chi[i] / magnitude(_chi[i]) * _across * _side / norm(_side) * s
)
equal_starts = Networks(
    model="wang21a",
    students=(2, 4),
    dimension=(2, 4),
    directions=("H",),
    coefficients=("beta", "chi"),
    scalars={
        eta: (0, Rational(1, 3)),
        _along: (Rational(1, 1000), Rational(1, 10)),
        _across: (Rational(1, 1000), Rational(1, 10)),
    },
    # H[0] must not be parallel to the teacher, or its part across it is undefined.
    where=(Below(0, eta), AtMost(eta * s**2, Rational(1, 10)), AtMost(norm(H[0]), 20 * norm(_side))),
    students_as=_equal,
)

# What (10) and (11) say for all earlier steps, in exact form.
smaller_before = AtMost(0, trough_before(single_norm - largest(w_norm[i], i), 0))
growing_before = AtMost(0, trough_before(single(1 + 3 * eta * (s**2 - w_norm[0] ** 2)), 0))
inside_before = (
    AtMost(peak_before(largest(w_norm[i] ** 2, i), 0), Rational(4, 3) * s**2),
    Below(0, trough_before(smallest(1 + eta * (s**2 - 3 * w_norm[i] ** 2), i), 1)),
)
smaller_now = (
    AtMost(largest(magnitude(parallel[i]), i), single_parallel),
    AtMost(largest(w_norm[i], i), single_norm),
)


def paired_runs(*where: Relation, steps: int = 80) -> Descent:
    """Runs of a network and of the single neuron w[0] beside it, from starts of equal magnitude."""
    return Descent(
        model="wang21a",
        students=(2, 4),
        dimension=(2, 4),
        steps=steps,
        starts=equal_starts,
        companions={SINGLE: Companion(rows=(w[0],))},
        where=where,
    )
