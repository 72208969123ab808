"""Evaluation, integration, enclosure and search for teacher–student networks.

The names below are imported on first use (PEP 562), so that `import numerics.ball` does not pay for SciPy.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numerics.dynamics.descent import gradient_descent
    from numerics.dynamics.flow import gradient_flow
    from numerics.dynamics.resume import resume_flow
    from numerics.dynamics.trajectory import Trajectory
    from numerics.gradient_field import gradient_field
    from numerics.instances.strategies import networks
    from numerics.network import Network

__all__ = ["Network", "Trajectory", "gradient_descent", "gradient_field", "gradient_flow", "networks", "resume_flow"]

_HOME = {
    "Network": "numerics.network",
    "Trajectory": "numerics.dynamics.trajectory",
    "gradient_descent": "numerics.dynamics.descent",
    "gradient_field": "numerics.gradient_field",
    "gradient_flow": "numerics.dynamics.flow",
    "networks": "numerics.instances.strategies",
    "resume_flow": "numerics.dynamics.resume",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
