"""The phases of a flow as the papers define them, as conditions of `conditions`.

xu23a: in phase 1 small students turn to the teacher; it has done its work when the angles are below ε and the
projections balanced, θ_i ≤ ε and h_i ≤ 2 h_j (Theorem 5, (12) and (15)).  Phase 2 ends with 0 ≤ H ≤ 7√ε ‖v‖
(Lemma 19), from where phase 3, local convergence, runs; what the paper needs there is that projections stay
above ‖v‖/(4n) and below 4‖v‖/n.
"""

from __future__ import annotations

import numpy as np

from numerics.network import Network

__all__ = ["EPSILON", "phases"]

EPSILON = 1.0 / 441
"""The largest ε₂ with 7√ε₂ ≤ 1/3, which Lemma 19 of xu23a needs."""


def phases(net: Network, *, epsilon: float = EPSILON) -> dict[str, str]:
    """Conditions by name, none for a model whose paper has no phases.

    Domain: one teacher, no output weights, 0 < ``epsilon`` < 1. Raises ValueError for an epsilon outside.
    """
    if not 0 < epsilon < 1:
        raise ValueError(f"epsilon={epsilon!r} must lie between 0 and 1")
    plain = net.student_weights is None and net.teacher_weights is None
    if net.model.name != "xu23a" or net.m != 1 or net.batch_shape or not plain:
        return {}
    size = float(np.linalg.norm(net.teachers[0]))
    aligned = f"max(theta) <= {epsilon!r} and max(h) <= 2 * min(h)"
    close = f"H <= {7 * epsilon**0.5 * size!r}"
    low, high = size / (4 * net.n), 4 * size / net.n
    norms = f"min(w_norm) >= {low!r} and max(w_norm) <= {high!r}"
    return {"phase 2": aligned, "phase 3": f"{aligned} and {close} and {norms}"}
