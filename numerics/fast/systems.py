"""Which systems of a flow have compiled right-hand sides."""

from __future__ import annotations

from numerics.dynamics.flow_systems import FlowSystem
from numerics.dynamics.residual_system import ResidualSystem

__all__ = ["compiled"]


def compiled(system: FlowSystem, backend: str) -> FlowSystem:
    """The system as ``backend`` ("numpy" or "numba") integrates it.

    Compiled is the flow of a 1-homogeneous activation towards one teacher; several teachers and other
    activations go on in NumPy.
    """
    if backend != "numba" or type(system) is not ResidualSystem:
        return system
    from numerics.fast.residual_system import CompiledResidualSystem  # loads Numba

    return CompiledResidualSystem.of(system)
