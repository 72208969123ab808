"""Least eigenvalue of the sign-weighted second moments (`theory.sign_spectrum`).

Binary64: LAPACK's symmetric eigenvalues, absolute error about 1e-15 · m; it has no digit left where λ_min itself is
smaller.  Balls: approximate eigenvectors, and Gershgorin's and Rayleigh's bounds
enclosed with them, which is about 1e-15 wide at any precision.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from flint import arb, arb_mat

from numerics.arithmetic.base import Arithmetic, Data, Unevaluable
from numerics.ball import ball

__all__ = ["least_sign_eigenvalue"]


def least_sign_eigenvalue(arithmetic: Arithmetic, rows: Data, metric: Data | None) -> Data:
    """(B, m, d) rows -> (B,) λ_min of the (m d, m d) matrix of blocks E[x xᵀ sgn(u_a·x) sgn(u_b·x)]."""
    if metric is not None:
        raise Unevaluable("the spectrum of M needs orthonormal coordinates")
    if arithmetic.name == "binary64":
        return _floats(arithmetic, np.asarray(rows, dtype=np.float64))
    if arithmetic.name == "balls":
        return np.array([_balls(arithmetic, instance) for instance in rows], dtype=object)
    raise Unevaluable(f"the spectrum of M has no {arithmetic.name} evaluation")


def _floats(arithmetic: Arithmetic, rows: Data) -> Data:
    size, count, d = rows.shape
    unit = rows / np.linalg.norm(rows, axis=-1, keepdims=True)
    angle = arithmetic.angle(unit[:, :, None], unit[:, None], None)
    axes = [unit[:, :, None] + unit[:, None], unit[:, :, None] - unit[:, None]]
    lengths = [np.linalg.norm(axis, axis=-1, keepdims=True) for axis in axes]
    outer = []
    for axis, length in zip(axes, lengths, strict=True):
        direction = axis / np.where(length > 0, length, 1.0)
        outer.append(direction[..., :, None] * direction[..., None, :])
    plane = (2 / np.pi * np.sin(angle))[..., None, None] * (outer[0] - outer[1])
    blocks = (1 - 2 * angle / np.pi)[..., None, None] * np.eye(d) + plane
    matrix = blocks.transpose(0, 1, 3, 2, 4).reshape(size, count * d, count * d)
    defined = np.isfinite(matrix).all(axis=(1, 2))
    safe = np.where(defined[:, None, None], matrix, np.eye(count * d))
    return np.where(defined, np.linalg.eigvalsh(safe)[:, 0], np.nan)


def _balls(arithmetic: Arithmetic, rows: Data) -> Any:
    count, d = rows.shape
    matrix = arb_mat(count * d, count * d)
    for first in range(count):
        for second in range(count):
            block = _block(arithmetic, rows[first], rows[second], first == second)
            for k in range(d):
                for l in range(d):
                    matrix[first * d + k, second * d + l] = block[k][l]
    return _least_of_symmetric(matrix)


def _least_of_symmetric(matrix: arb_mat) -> arb:
    """λ_min by D = QᵀAQ and G = QᵀQ for approximate eigenvectors Q: min (D_ii − Σ_j |D_ij|) ≤ λ_min · yᵀGy / yᵀy."""
    size = matrix.nrows()
    if not all(entry.is_finite() for entry in matrix.entries()):
        return arb.nan()
    middle = np.array([float(entry.mid()) for entry in matrix.entries()]).reshape(size, size)
    q = arb_mat([[arb(float(entry)) for entry in row] for row in np.linalg.eigh((middle + middle.T) / 2)[1]])
    turned, gram = q.transpose() * matrix * q, q.transpose() * q
    low = _row_bound(turned)
    excess = arb(0)
    for k in range(size):
        excess = excess.max(sum((abs(gram[k, l] - int(k == l)) for l in range(size)), arb(0)))
    if not excess < 1:
        return arb.nan()
    # Dividing by a number of [1 − g, 1 + g]: which end is lowest depends on the sign.
    lower = (low / (1 + arb(0, 1) * excess)).lower()
    upper = (turned[0, 0] / gram[0, 0]).upper()
    for k in range(1, size):
        upper = upper.min((turned[k, k] / gram[k, k]).upper())
    return lower.union(upper)


def _row_bound(turned: arb_mat) -> arb:
    """min over the rows of D_ii − Σ_{j≠i} |D_ij|."""
    size = turned.nrows()
    rows = [turned[k, k] - sum((abs(turned[k, l]) for l in range(size) if l != k), arb(0)) for k in range(size)]
    least = rows[0]
    for row in rows[1:]:
        least = least.min(row)
    return least


def _block(arithmetic: Arithmetic, x: Data, y: Data, same: bool) -> list[list[arb]]:
    d = len(x)
    if same:
        return [[arb(int(k == l)) for l in range(d)] for k in range(d)]
    lengths = [ball(arithmetic.norm(row, None).item()) for row in (x, y)]
    angle = ball(arithmetic.angle(x, y, None).item())
    unit = [[ball(entry) / length for entry in row] for row, length in zip((x, y), lengths, strict=True)]
    sine, cosine = angle.sin(), angle.cos()
    own = 1 - 2 * angle / arb.pi()
    factor = 2 / (arb.pi() * sine)
    return [
        [
            own * int(k == l)
            + factor
            * (
                unit[0][k] * unit[1][l]
                + unit[1][k] * unit[0][l]
                - cosine * (unit[0][k] * unit[0][l] + unit[1][k] * unit[1][l])
            )
            for l in range(d)
        ]
        for k in range(d)
    ]
