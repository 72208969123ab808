"""Students below ‖v‖/(3n), as in phase 1."""

from __future__ import annotations

from sympy import Expr

from checks.given import Networks
from checks.relation import AtMost, Relation
from theory.heads import least, norm
from theory.symbols import H, i, k, n, w
from theory.vocabulary import v_norm

# Over an index that no conclusion has free: for all students.
_small = AtMost(norm(w[k]), v_norm / (3 * n))


def shrunk(radius: Expr) -> Expr:
    """Student i in the ball of this radius, from the direction H[i]."""
    return radius * least(1, 1 / norm(H[i])) * H[i]


def below_a_third(*where: Relation) -> Networks:
    """All networks with ‖w_i‖ ≤ ‖v‖/(3n); sampling is steered there."""
    return Networks(
        model="xu23a",
        students=(1, 5),
        dimension=(1, 5),
        directions=("H",),
        drawn_as=shrunk(v_norm / (3 * n)),
        where=(_small, *where),
    )
