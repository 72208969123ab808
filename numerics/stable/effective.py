"""The loss as a function of effective neurons: which form serves which activation."""

from __future__ import annotations

from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from numerics.stable.compile import compile_kernel
from numerics.stable.direct import Constants, direct
from numerics.stable.forms import HomogeneousSplit, SquareForm, stable_form
from numerics.stable.generic import KernelLoss
from numerics.stable.rows import Rows
from numerics.stable.sieve import DirectForm, SievedLoss
from numerics.stable.squares import SquareLoss
from theory.activation import Activation

__all__ = ["EffectiveLoss", "constants_of", "effective_loss", "split_numbers"]

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


@cache
def split_numbers(split: HomogeneousSplit) -> tuple[float, float]:
    """(α², β²), rounded; the exact constants take longer to round than a small network to evaluate."""
    return float(split.odd), float(split.even)


@cache
def constants_of(split: HomogeneousSplit, scale: float) -> Constants:
    """λ, κ and γ, rounded."""
    return Constants(scale=scale, kappa=float(split.kappa), gamma=float(split.gamma))


def effective_loss(
    activation: Activation, scale: float, rows: Rows, *, careful: bool = True, form: DirectForm = direct
) -> EffectiveLoss:
    """The most accurate form known for the activation: derived split, square form, or the compiled kernel
    itself.

    ``careful=False`` leaves a square form to plain sums, whose error is that of rounding the weights once.
    ``form``: the function that serves a derived split where nothing cancels.
    """
    found = stable_form(activation)
    if isinstance(found, HomogeneousSplit):
        odd, even = split_numbers(found)
        return SievedLoss(rows=rows, constants=constants_of(found, scale), odd=odd, even=even, form=form)
    if isinstance(found, SquareForm):
        return SquareLoss(rows=rows, scale=scale, alpha=float(found.alpha), beta=float(found.beta), careful=careful)
    kernel, smooth, jumps = compile_kernel(activation), not activation.kinked, activation.discontinuous
    return KernelLoss(rows=rows, scale=scale, kernel=kernel, smooth=smooth, jumps=jumps)
