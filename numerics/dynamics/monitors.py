"""Invariants of a flow, watched: the loss falls, by the integral of ‖∇L‖², within the span of the start, and without torque.

No torque: a rotation that fixes the teachers does not change the loss, so Σ_i z_i g_iᵀ is symmetric, z_i and g_i
being student and gradient across the teachers.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from numerics.dynamics.follow import Followed
from numerics.dynamics.reduce import Reduction
from numerics.network import Network

__all__ = ["energy_error", "loss_increase", "span_error", "torque"]

Floats = NDArray[np.float64]

RESOLVED = 1e3


def loss_increase(loss: Floats, floor: Floats) -> float:
    """Largest relative increase between recorded times, of losses above what the tolerances resolve."""
    known = loss[1:] > floor[1:]
    ratio = loss[1:][known] / np.where(loss[:-1] > 0, loss[:-1], np.inf)[known]
    return float(np.max(ratio - 1.0, initial=0.0))


def energy_error(followed: Followed, steps: dict[str, Floats]) -> float:
    """Largest |ln L(t)/L(t₀) − ∫ L̇/L dt| along the steps, the integral through a spline of the steps.

    0 in exact arithmetic; the spline's own error is about 1e-6. Losses below the floor are left out.
    """
    t, loss, slope = steps["t"], steps["loss"], steps["loss_rate"]
    floor = np.interp(t, followed.t, followed.floor)
    keep = np.append(True, np.diff(t) > 0) & (loss > RESOLVED * floor)
    if keep.sum() < 8:
        return 0.0
    tau, logs = np.log1p(t[keep]), np.log(loss[keep])
    speed = (1.0 + t[keep]) * slope[keep] / loss[keep]
    integral = CubicSpline(tau, speed).antiderivative()(tau)
    return float(np.abs((logs - logs[0]) - (integral - integral[0])).max())


def span_error(net: Network, reduction: Reduction) -> float:
    """Relative distance of the start from its reduced rows lifted back; 0 where no basis was needed."""
    if reduction.basis is None:
        return 0.0
    rows = np.concatenate([np.asarray(net.students), np.asarray(net.teachers)])
    back = np.concatenate([reduction.students, reduction.teachers]) @ reduction.basis
    return float(np.abs(rows - back).max() / np.abs(rows).max())


def torque(networks: Network, reduction: Reduction) -> float:
    """Largest ‖A − Aᵀ‖/(2 Σ ‖z_i‖‖g_i‖), A = Σ z_i g_iᵀ, over a batch of recorded states."""
    teachers = reduction.teachers
    basis = np.linalg.qr(teachers.T)[0]
    width = teachers.shape[1]
    across = np.eye(width) - basis @ basis.T
    students, gradient = np.asarray(networks.students) @ across, np.nan_to_num(networks.gradient) @ across
    outer = np.einsum("tik,til->tkl", students, gradient)
    sizes = np.einsum("ti,ti->t", np.linalg.norm(students, axis=-1), np.linalg.norm(gradient, axis=-1))
    # Below this the gradient of the rounded rows is rounding.
    known = sizes > 1e-13 * float(np.abs(teachers).max()) ** 2
    twist = np.linalg.norm(outer - outer.swapaxes(1, 2), axis=(1, 2))[known]
    return float(np.max(twist / (2.0 * sizes[known]), initial=0.0))
