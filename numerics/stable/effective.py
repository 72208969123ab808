"""The loss as a function of effective neurons: which form serves which activation."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from numerics.stable.compile import compile_kernel
from numerics.stable.forms import HomogeneousSplit, SquareForm, stable_form
from numerics.stable.generic import KernelLoss
from numerics.stable.homogeneous import HomogeneousLoss
from numerics.stable.rows import Rows
from numerics.stable.squares import SquareLoss
from theory.activation import Activation

__all__ = ["EffectiveLoss", "effective_loss"]

Floats = NDArray[np.float64]


class EffectiveLoss(Protocol):
    """Loss and derivatives of a batch of rows in the effective neurons u."""

    @property
    def loss(self) -> Floats:
        """L: (B,)."""

    @property
    def loss_error(self) -> Floats:
        """A bound on |error of the loss| at the given weights: (B,)."""

    @property
    def gradient(self) -> Floats:
        """∂L/∂u_i: (B, n, d)."""

    def hessian_form(self, direction: Floats) -> Floats:
        """D²L[a, a]: (B,)."""

    def hessian(self) -> Floats:
        """Second derivative: (B, n, d, n, d)."""


def effective_loss(activation: Activation, scale: float, rows: Rows, *, careful: bool = True) -> EffectiveLoss:
    """The most accurate form known for the activation: derived split, square form, or the compiled kernel
    itself.

    ``careful=False`` leaves a square form to plain sums, whose error is that of rounding the weights once.
    """
    form = stable_form(activation)
    if isinstance(form, HomogeneousSplit):
        odd, even, gamma = (float(value) for value in (form.odd, form.even, form.gamma))
        return HomogeneousLoss(rows=rows, scale=scale, odd=odd, even=even, gamma=gamma)
    if isinstance(form, SquareForm):
        return SquareLoss(rows=rows, scale=scale, alpha=float(form.alpha), beta=float(form.beta), careful=careful)
    return KernelLoss(rows=rows, scale=scale, kernel=compile_kernel(activation), smooth=not activation.kinked)
