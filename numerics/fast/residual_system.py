"""The system of a flow towards one teacher with compiled right-hand sides."""

from __future__ import annotations

from dataclasses import fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.residual_system import ResidualSystem
from numerics.fast import flow_kernels

__all__ = ["CompiledResidualSystem"]

Floats = NDArray[np.float64]


class CompiledResidualSystem(ResidualSystem):
    """The same system; what an integrator asks for at every step runs in machine code."""

    @classmethod
    def of(cls, system: ResidualSystem) -> CompiledResidualSystem:
        """The same system, compiled."""
        return cls(**{entry.name: getattr(system, entry.name) for entry in fields(system)})

    @cached_property
    def _constants(self) -> Floats:
        field = self.field
        return np.array([field.scale, field.kappa, field.gamma, field.metric.power, field.metric.gain])

    @cached_property
    def _signed(self) -> Floats:
        return np.array(self.field.weights, dtype=np.float64)

    def rate(self, tau: float, variables: Floats) -> Floats:
        return flow_kernels.rate(tau, variables, self._signed, self._constants)

    def jacobian(self, tau: float, variables: Floats) -> Floats:
        return flow_kernels.jacobian(tau, variables, self._signed, self._constants)

    def sizes(self, tau: float, variables: Floats) -> Floats:
        return flow_kernels.sizes(np.exp(tau), variables, self._signed)
