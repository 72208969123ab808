"""A flow that dwells on a plateau of the loss, in its weights, until the loss has fallen far below it.

Variables scaled for the late law, (1+t)² times a residual, are wrong where residuals stay put for a long
time.  On a plateau the rounded weights resolve everything; the variables are the distances from where the
plateau was entered, so that relative tolerances are relative to what moves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.flow_systems import Carried, Decoded, FlowSystem, Heading, WeightSystem
from numerics.dynamics.reduce import Reduction
from numerics.network import Network

__all__ = ["RESOLVED", "PlateauSystem"]

Floats = NDArray[np.float64]

# A plateau with a loss below this, in units of the teachers, is not entered: by the time it is left, gradients
# would be of the size of the tolerance.
RESOLVED = 1e-9
# The plateau has been left when the loss is this part of what it was there.
LEFT = 1e-3
ABSOLUTE = 1e-13


@dataclass(frozen=True, kw_only=True, eq=False)
class PlateauSystem:
    """Y = w − ``entered`` (n k,), time in the ``clock`` of the system that was left; ``back`` makes it anew."""

    reduction: Reduction
    network: Network
    clock: float
    entered: Floats
    loss: float
    back: Callable[[Floats], FlowSystem]

    @property
    def _plain(self) -> WeightSystem:
        return WeightSystem(reduction=self.reduction, network=self.network)

    def initial(self, tau: float) -> Floats:
        return np.zeros(self.entered.size)

    def rate(self, tau: float, variables: Floats) -> Floats:
        return self.clock * self._plain.rate(tau, self.entered + variables)

    def jacobian(self, tau: float, variables: Floats) -> Floats:
        return self.clock * self._plain.jacobian(tau, self.entered + variables)

    def tolerance(self, relative: float, end: float, levels: Floats) -> Floats:
        return np.full(self.entered.size, ABSOLUTE * float(np.abs(self.reduction.teachers).max()))

    def levels(self, variables: Floats) -> Floats:
        return np.ones(1)

    def decode(self, tau: Floats, variables: Floats) -> Decoded:
        return self._plain.decode(tau, self.entered + variables)

    def carried(self, tau: float, variables: Floats) -> Carried | None:
        return None

    def sizes(self, tau: float, variables: Floats) -> Floats:
        return self._plain.sizes(tau, self.entered + variables)

    def heading(self, tau: float, variables: Floats) -> Heading:
        length, inward, sideways = self._plain.heading(tau, self.entered + variables)
        return length, self.clock * inward, self.clock * sideways

    def resolution(self, relative: float) -> float:
        return relative * float(np.abs(self.reduction.teachers).max())

    def loss_floor(self, tau: Floats, relative: float) -> Floats:
        return self._plain.loss_floor(tau, relative)

    def regroup(self, tau: float, variables: Floats) -> FlowSystem | None:
        students = self.entered + variables
        loss = float(self._plain.decode(np.array([tau]), students[None]).loss[0])
        return self.back(students.reshape(self.network.n, -1)) if loss < LEFT * self.loss else None

    def plateau(self, tau: float, variables: Floats) -> FlowSystem | None:
        return None
