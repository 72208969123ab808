"""Exact reduction of the dimension: the flow never leaves span(w_i(0), v_a), and all losses are rotation
invariant.

The rows are written in an orthonormal basis of their span whose first vectors span the teachers (a single
teacher lies on the first axis), so that at most n + m coordinates are left.  Gaussian starts are drawn in
these coordinates directly (Bartlett's decomposition), at a cost that does not depend on d.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import qr

__all__ = ["Reduction", "gaussian_start", "reduce_dimension"]

Floats = NDArray[np.float64]

RANK_TOLERANCE = 8 * 2.0**-52


@dataclass(frozen=True, kw_only=True, eq=False)
class Reduction:
    """Rows in an orthonormal basis of their span.

    ``students`` (n, k), ``teachers`` (m, k), ``basis`` (k, d) with orthonormal rows, or None where no vector
    of length d was ever formed; ``original`` d.  students = full students · basisᵀ, up to 1e-15 of each row's
    norm.
    """

    students: Floats
    teachers: Floats
    basis: Floats | None
    original: int

    @property
    def dimension(self) -> int:
        """k ≤ min(d, n + m)."""
        return int(self.students.shape[-1])

    def lift(self, rows: Floats) -> Floats:
        """Rows (..., k) back in R^d. Raises ValueError if there is no basis."""
        if self.basis is None:
            raise ValueError("this start was drawn in reduced coordinates: it has no basis of R^d; use the rows")
        return rows @ self.basis


def _orthonormal(rows: Floats, width: float) -> Floats:
    """Orthonormal basis (k, d) of the span of the rows, pivoted; directions below rounding of ``width`` are
    dropped.
    """
    if not rows.size or width == 0:
        return np.zeros((0, rows.shape[1]))
    frame, triangle, _ = qr(rows.T, mode="economic", pivoting=True)
    rank = int(np.count_nonzero(np.abs(np.diag(triangle)) > RANK_TOLERANCE * width))
    return np.ascontiguousarray(frame[:, :rank].T)


def _remove(rows: Floats, basis: Floats) -> Floats:
    """Component across the basis; twice, because once leaves rounding of the size of the rows along the
    basis.
    """
    for _ in range(2):
        rows = rows - (rows @ basis.T) @ basis
    return rows


def reduce_dimension(students: Floats, teachers: Floats) -> Reduction:
    """Rotate students (n, d) and teachers (m, d) into at most n + m coordinates.

    |error| ≤ 1e-15 of the norm of each row; components of a student across the teachers keep their relative
    accuracy. A single teacher becomes ‖v‖ e₁ with all other coordinates exactly 0.
    """
    students, teachers = np.asarray(students, dtype=np.float64), np.asarray(teachers, dtype=np.float64)
    original = students.shape[1]
    scale = float(max(np.abs(students).max(initial=0.0), np.abs(teachers).max(initial=0.0))) or 1.0
    students, teachers = students / scale, teachers / scale
    axes = _orthonormal(teachers, float(np.linalg.norm(teachers)))
    if len(teachers) == 1 and len(axes):
        axes = teachers / np.linalg.norm(teachers)
    rest = _remove(students, axes)
    sizes = np.linalg.norm(rest, axis=1)
    # Rows are normalised so that a tiny component across the teachers is kept with its direction.
    visible = sizes > RANK_TOLERANCE * np.linalg.norm(students, axis=1)
    others = _orthonormal(rest[visible] / sizes[visible, None], 1.0)
    basis = np.concatenate([axes, _remove(others, axes)]) if len(others) else axes
    if not len(basis):
        basis = np.eye(1, original)
    split = len(axes)
    coordinates = np.concatenate([students @ axes.T, rest @ basis[split:].T], axis=1) if split else students @ basis.T
    reduced_teachers = teachers @ basis.T
    reduced_teachers[:, split:] = 0.0
    return Reduction(
        students=coordinates[:, : len(basis)] * scale,
        teachers=reduced_teachers * scale,
        basis=basis,
        original=original,
    )


def gaussian_start(
    *, n: int, d: int, sigma: float, teachers: Floats, rng: np.random.Generator, size: int | None = None
) -> Reduction:
    """Students with independent N(0, σ²) entries in R^d, drawn in reduced coordinates.

    Law: with G (n, d − m) Gaussian, G = T Q with T (n, min(n, d − m)) lower triangular, T_ii² ~ χ²(d − m − i
    + 1) and T_ij ~ N(0, 1) below the diagonal, independent of the orthonormal Q (Bartlett 1933).  Coordinates
    on the teachers are N(0, σ²).  Domain: n ≥ 1, d ≥ m; ``teachers`` (m, m) are given in an orthonormal basis
    of a space that contains them (for one teacher, [[‖v‖]]).  ``size`` draws a batch (size, n, k).  Exact in
    law. Raises ValueError for arguments outside the domain.
    """
    teachers = np.asarray(teachers, dtype=np.float64)
    if teachers.ndim != 2 or teachers.shape[0] != teachers.shape[1]:
        raise ValueError(f"teachers has shape {teachers.shape}; give the (m, m) coordinates in a basis of their span")
    m = len(teachers)
    if n < 1 or d < m:
        raise ValueError(f"n={n}, d={d}: need n >= 1 and d >= {m}, the number of teachers")
    if not sigma > 0 or not np.isfinite(sigma):
        raise ValueError(f"sigma={sigma!r} must be a positive number")
    batch = () if size is None else (size,)
    free = min(n, d - m)
    students = np.zeros((*batch, n, m + free))
    students[..., :m] = rng.standard_normal((*batch, n, m))
    lower = rng.standard_normal((*batch, n, free)) * np.tri(n, free, -1)
    degrees = d - m - np.arange(free)
    diagonal = np.sqrt(rng.chisquare(degrees, (*batch, free))) if free else np.zeros((*batch, 0))
    lower[..., np.arange(free), np.arange(free)] = diagonal
    students[..., m:] = lower
    padded = np.zeros((m, m + free))
    padded[:, :m] = teachers
    return Reduction(students=sigma * students, teachers=padded, basis=None, original=d)
