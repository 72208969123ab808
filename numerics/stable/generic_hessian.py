"""Second derivative of any model in the effective neurons, from the compiled second partials of the kernel.

    ∂²/∂u∂u′ k = k_c I + 4 k_pq u u′ᵀ + 2 k_pc u uᵀ + 2 k_qc u′u′ᵀ + k_cc u′uᵀ,
    ∂²/∂u∂u  k = 2 k_p I + 4 k_pp u uᵀ + 2 k_pc (u u′ᵀ + u′uᵀ) + k_cc u′u′ᵀ,
    own term   d(p) = k(p, p, p):  d′ I + 2 d″ u uᵀ.

Undefined (NaN) where a second partial is singular, that is at parallel rows of an activation with a kink.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from numerics.stable.compile import CompiledKernel
from numerics.stable.rows import Rows

__all__ = ["kernel_hessian"]

Floats = NDArray[np.float64]


def kernel_hessian(
    rows: Rows, kernel: CompiledKernel, variables: tuple[Floats, Floats, Floats], scale: float
) -> Floats:
    """The second derivative as an array (B, n, d, n, d); ``variables`` are the kernel's arguments for all
    pairs.
    """
    n, width = rows.students, rows.raw.shape[-1]
    arguments = np.broadcast_arrays(*variables)
    with np.errstate(divide="ignore", invalid="ignore"):
        kp, _, kc = (value[:, :n] for value in kernel.first(*arguments))
        kpp, kpq, kpc, _, kqc, kcc = (value[:, :n] for value in kernel.second(*arguments))
    u, identity, index = rows.effective, np.eye(width), np.arange(n)
    signs = rows.weights[:, :n, None] * rows.weights[:, None, :]
    pairs = signs.copy()
    pairs[:, index, index] = 0.0
    pairs[np.broadcast_to(rows.zero[:, None, :], pairs.shape)] = 0.0

    def blocks(coefficient: Floats, formula: str, *vectors: Floats) -> Floats:
        usable = np.where(pairs[..., : coefficient.shape[-1]] == 0, 0.0, coefficient)
        weighted = pairs[..., : coefficient.shape[-1]] * usable
        return np.asarray(np.einsum(formula, weighted, *vectors), dtype=np.float64)

    s = u[:, :n]
    matrix = blocks(kc[..., :n], "bij,kl->bikjl", identity)
    matrix += 4.0 * blocks(kpq[..., :n], "bij,bik,bjl->bikjl", s, s)
    matrix += 2.0 * blocks(kpc[..., :n], "bij,bik,bil->bikjl", s, s)
    matrix += 2.0 * blocks(kqc[..., :n], "bij,bjk,bjl->bikjl", s, s)
    matrix += blocks(kcc[..., :n], "bij,bjk,bil->bikjl", s, s)
    cross = blocks(kpc, "bia,bik,bal->bikl", s, u)
    local = 2.0 * blocks(kp, "bia,kl->bikl", identity) + 4.0 * blocks(kpp, "bia,bik,bil->bikl", s, s)
    local += 2.0 * (cross + cross.swapaxes(-1, -2)) + blocks(kcc, "bia,bak,bal->bikl", u, u)
    _, slope, bend = kernel.diagonal(rows.lengths[:, :n] ** 2)
    own = rows.weights[:, :n] ** 2
    local += (own * slope)[..., None, None] * identity
    local += 2.0 * np.einsum("bi,bik,bil->bikl", own * bend, s, s)
    matrix[:, index, :, index, :] += local.swapaxes(0, 1)
    return 2.0 * scale * matrix
