"""When a flow enters and leaves conditions, located on the integrator's own interpolant.

Every accepted step is tested (`path` keeps those between which a condition changes); where the margin of a condition
changes its sign, that step is integrated once more and the sign change is closed in on its dense output.  An entry
and an exit within one step are not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import OdeSolution

from numerics.dynamics.conditions import Condition
from numerics.dynamics.flow_systems import Decoded
from numerics.dynamics.follow import Followed, spread
from numerics.dynamics.integrate import solver_at
from numerics.dynamics.path import Leg
from numerics.dynamics.trajectory import Event

__all__ = ["crossings"]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Margin = Callable[[Floats, Decoded, Condition], Floats]

POINTS = 33
ROUNDS = 7


def crossings(
    followed: Followed, conditions: Mapping[str, Condition], margin: Margin, *, method: str, accuracy: float
) -> list[Event]:
    """Entries and exits, in order of time; ``margin(t, found, condition)`` evaluates a batch of states.

    A condition that holds at the start is entered there.  Times are as accurate as the integration.
    """
    events: list[Event] = []
    inside: dict[str, bool] = {}
    for leg, alive, found in followed.steps() if conditions else ():
        for name, condition in conditions.items():
            values = margin(leg.t, found, condition)
            holds = values >= 0  # NaN, where it is undefined, is outside
            if name not in inside:
                inside[name] = bool(holds[0])
                if holds[0]:
                    events.append(_event(name, condition, float(leg.t[0]), entered=True, start=True))
            elif holds[0] != inside[name]:  # a collapse between two legs moved it
                inside[name] = bool(holds[0])
                events.append(_event(name, condition, float(leg.t[0]), entered=bool(holds[0])))
            for place in np.flatnonzero(holds[1:] != holds[:-1]):

                def sampled(tau: Floats, states: Floats, condition: Condition = condition) -> Floats:
                    again = Leg(system=leg.system, tau=tau, variables=states)  # noqa: B023  (used at once)
                    return margin(again.t, spread(again.decode(), alive), condition)  # noqa: B023

                tau = _locate(leg, int(place), sampled, method, accuracy)
                moment = float(leg.system.clock * np.expm1(tau))
                events.append(_event(name, condition, moment, entered=bool(holds[place + 1])))
            inside[name] = bool(holds[-1])
    return sorted(events, key=lambda event: event.t)


def _locate(leg: Leg, place: int, sampled: Callable[[Floats, Floats], Floats], method: str, accuracy: float) -> float:
    """Log-time of the sign change between steps ``place`` and the next."""
    low, high = float(leg.tau[place]), float(leg.tau[place + 1])
    between = _dense(leg, place, method, accuracy)
    for _ in range(ROUNDS):
        tau = np.linspace(low, high, POINTS)
        values = sampled(tau, between(tau).T)
        change = np.flatnonzero((values[1:] >= 0) != (values[:-1] >= 0))
        if not len(change):
            break
        low, high = float(tau[change[0]]), float(tau[change[0] + 1])
    return high


def _dense(leg: Leg, place: int, method: str, accuracy: float) -> OdeSolution:
    start, end = float(leg.tau[place]), float(leg.tau[place + 1])
    solver = solver_at(leg.system, start, leg.variables[place], end=end, method=method, accuracy=accuracy)
    times, pieces = [start], []
    while solver.status == "running":
        if solver.step() is not None:
            break
        times.append(float(solver.t))
        pieces.append(solver.dense_output())
    return OdeSolution(times, pieces)


def _event(name: str, condition: Condition, t: float, *, entered: bool, start: bool = False) -> Event:
    verb = "holds from the start" if start else f"{'holds from' if entered else 'ends at'} t = {t:.9g} on"
    verb = verb if entered else f"ends at t = {t:.9g}"
    return Event(
        name=f"{name} {'entered' if entered else 'left'}", t=t, neuron=None, message=f"{condition.text} {verb}"
    )
