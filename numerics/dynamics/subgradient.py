"""Whether a neuron at 0 may stay there: is 0 a Clarke subgradient of the loss in that neuron?

For a 1-homogeneous activation with a kink the loss near w_i = 0 is L₀ + F(w_i) + O(‖w_i‖²), F 1-homogeneous, so

    ∂L(0) = conv {g(ū) : ‖ū‖ = 1},   g(ū) = lim ∇_{w_i} L at w_i = ε ū,

and the other gradients are continuous there.  A solution of the inclusion Ẇ ∈ −∂L(W) may rest at w_i = 0
exactly as long as 0 lies in that hull (Clarke 1983, section 2; for tame losses every solution moves with the
shortest element, Davis et al. 2020).  Where F < 0 in some direction, other solutions leave: then staying is
one choice among several.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from numerics.network import Network
from numerics.stable.forms import HomogeneousSplit, stable_form

__all__ = ["AtZero", "subgradient_at_zero"]

Floats = NDArray[np.float64]

TINY = 1e-150
INSIDE = 1e-7
ROUNDS = 8
# Below this part of the weights, rounding of a residual among several teachers decides.
RESOLVED = 1e-10


@dataclass(frozen=True, kw_only=True)
class AtZero:
    """``distance`` of 0 from the hull found, relative to the largest ‖g‖; ``descent`` the smallest F/max‖g‖.

    The hull of finitely many g lies in ∂L, so that ``stays`` is shown by an explicit combination (in
    binary64); a positive distance is what the search for further directions left.  ``resolved``: the gradients
    exceed their rounding.
    """

    distance: float
    descent: float
    resolved: bool

    @property
    def stays(self) -> bool:
        return self.distance <= INSIDE


def subgradient_at_zero(
    net: Network, neuron: int, *, residual: Floats | None = None, spare: bool = False, seed: int = 0
) -> AtZero:
    """Test the student ``neuron`` of a single network whose row is 0.

    ``residual``: r where it is known better than from the rows (one teacher).  ``spare``: R^d is larger than
    the coordinates, so that directions outside them count too.  Raises ValueError if that student is not 0.
    """
    if np.asarray(net.students)[..., neuron, :].any():
        raise ValueError(f"student {neuron} is not 0; this test is for a vanished neuron")
    rng = np.random.default_rng(seed)
    students, teachers = np.asarray(net.students), np.asarray(net.teachers)
    if spare:
        students, teachers = (np.pad(rows, ((0, 0), (0, 1))) for rows in (students, teachers))
    weights = net.student_weights
    alive = np.any(students != 0, axis=1)
    alive[neuron] = True
    place = int(np.count_nonzero(alive[:neuron]))
    shift = _correction(net, neuron, residual, students.shape[1])

    def limits(directions: Floats) -> Floats:
        rows = np.broadcast_to(students[alive], (len(directions), int(alive.sum()), students.shape[1])).copy()
        rows[:, place] = TINY * directions
        probe = Network(
            model=net.model,
            students=rows,
            teachers=teachers,
            student_weights=None if weights is None else np.asarray(weights)[alive],
            teacher_weights=net.teacher_weights,
        )
        return np.asarray(probe.gradient[:, place] + shift, dtype=np.float64)

    directions = _directions(np.concatenate([students[alive], teachers]), rng)
    values = limits(directions)
    nearest = np.zeros(students.shape[1])
    for _ in range(ROUNDS):
        scale = float(np.linalg.norm(values, axis=1).max())
        nearest = _nearest(values / scale) * scale if scale else nearest
        if np.linalg.norm(nearest) <= INSIDE * scale:
            break
        # Directions whose limits lie furthest towards 0 and beyond, and their surroundings.
        best = directions[np.argsort(values @ nearest)[:12]]
        spread = rng.choice([0.5, 0.1, 0.02, 0.004], size=(20, 12, 1))
        more = (best + spread * rng.standard_normal((20, *best.shape))).reshape(-1, best.shape[1])
        more = more / np.linalg.norm(more, axis=1, keepdims=True)
        directions = np.concatenate([directions, more])
        values = np.concatenate([values, limits(more)])
    scale = float(np.linalg.norm(values, axis=1).max())
    if scale == 0.0:
        return AtZero(distance=0.0, descent=0.0, resolved=True)
    size = float(np.abs(students).max() + np.abs(teachers).max())
    known = residual is not None and net.m == 1
    return AtZero(
        distance=float(np.linalg.norm(nearest)) / scale,
        descent=float(np.einsum("bk,bk->b", values, directions).min()) / scale,
        resolved=known or scale > RESOLVED * size,
    )


def _correction(net: Network, neuron: int, residual: Floats | None, width: int) -> Floats:
    """What a better residual changes in every limit: 2 λ a κ (r − r of the rounded rows)."""
    form = stable_form(net.activation)
    change = np.zeros(width)
    if residual is None or net.m != 1 or not isinstance(form, HomogeneousSplit):
        return change
    weight = 1.0 if net.student_weights is None else float(np.asarray(net.student_weights)[neuron])
    change[: len(residual)] = 2.0 * float(net.scale) * weight * float(form.kappa) * (residual - net.residual)
    return change


def _directions(rows: Floats, rng: np.random.Generator) -> Floats:
    """Unit vectors in opposite pairs: axes, the rows and random ones."""
    width = rows.shape[1]
    drawn = rng.standard_normal((60 + 12 * width, width))
    every = np.concatenate([np.eye(width), rows, drawn])
    sizes = np.linalg.norm(every, axis=1, keepdims=True)
    every = (every / np.where(sizes > 0, sizes, 1.0))[sizes[:, 0] > 1e-12]
    return np.concatenate([every, -every])


def _nearest(points: Floats) -> Floats:
    """The point of their convex hull nearest to 0, by non-negative least squares with Σ λ = 1 weighted in."""
    heavy = 1e3
    matrix = np.vstack([points.T, np.full(len(points), heavy)])
    share, _ = nnls(matrix, np.append(np.zeros(points.shape[1]), heavy), maxiter=20 * len(points))
    total = share.sum()
    return np.asarray((share / total) @ points if total > 0 else points[0], dtype=np.float64)
