"""SciPy's default tolerances destroy the tail of dx/dt = −x^(4/3), x(0) = 1, and report success."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from checks.upstream.corpus import Defect, Observation

HORIZON = 1e4
EXACT = (1 + HORIZON / 3) ** -3


def _slope(_: float, x: NDArray[np.float64]) -> NDArray[np.float64]:
    return -(np.abs(x) ** (4 / 3))


def _solve(method: str, tolerances: Mapping[str, float]) -> tuple[bool, float]:
    """(claims success, relative error)."""
    solution = solve_ivp(_slope, (0.0, HORIZON), [1.0], method=method, **tolerances)
    return bool(solution.success), float(solution.y[0, -1] / EXACT - 1)


def shown() -> Observation:
    success, error = _solve("RK45", {})
    return Observation(
        holds=success and not abs(error) < 1,
        detail=f"RK45 by default: success={success}, relative error {error:.1e}",
    )


def relied_on() -> Observation:
    success, error = _solve("LSODA", {"rtol": 1e-10, "atol": 1e-20})
    return Observation(
        holds=success and abs(error) < 1e-7,
        detail=f"LSODA, rtol 1e-10, atol 1e-20: relative error {error:.1e}",
    )


DEFECT = Defect(
    title="SciPy's default tolerances destroy a power-law tail",
    source="https://github.com/scipy/scipy/issues/9899",
    known_present=True,
    shown=shown,
    reliance="tolerances below the tail's size keep its digits",
    relied_on=relied_on,
)
