"""The accepted steps of an integration, kept leg by leg and thinned to a bounded number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.flow_systems import Decoded, FlowSystem

__all__ = ["Leg", "Path", "Watch"]

Floats = NDArray[np.float64]

MOST = 2048
# Pairs of neurons times states that are decoded at once.
CHUNK = 400_000


@dataclass(frozen=True, kw_only=True, eq=False)
class Leg:
    """States (S, n k) of one system at log-times (S,)."""

    system: FlowSystem
    tau: Floats
    variables: Floats

    @property
    def t(self) -> Floats:
        return np.asarray(self.system.clock * np.expm1(self.tau), dtype=np.float64)

    def decode(self) -> Decoded:
        """All states, in chunks that bound the memory."""
        rows = len(self.system.reduction.students) + len(self.system.reduction.teachers)
        width = max(1, CHUNK // rows**2)
        parts = [
            self.system.decode(self.tau[at : at + width], self.variables[at : at + width])
            for at in range(0, len(self.tau), width)
        ]
        return Decoded(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


Watch = Callable[[Leg], NDArray[np.bool_]]


@dataclass(kw_only=True, eq=False)
class Path:
    """Steps of a run, about twice `MOST` of them: every second one is dropped when they become more.

    ``watch`` gives the conditions (C, S) that hold along a leg: steps between which one of them changes are kept,
    whatever else is dropped, and so are the ends of a leg.
    """

    most: int = MOST
    watch: Watch | None = None
    legs: list[Leg] = field(default_factory=list)
    _stride: int = 1
    _seen: int = 0
    _kept: list[_State] = field(default_factory=list)
    _fresh: list[_State] = field(default_factory=list)

    def add(self, system: FlowSystem, tau: float, variables: Floats) -> None:
        """Offer a state of the leg of ``system``."""
        if not self._fresh or tau > self._fresh[-1].tau:
            needed = not self._fresh and not self._kept
            self._fresh.append(_State(tau=tau, variables=np.array(variables), number=self._seen, needed=needed))
            self._seen += 1
        if len(self._fresh) > self.most:
            self._sift(system)

    def close(self, system: FlowSystem) -> None:
        """End the leg of ``system``."""
        if self._fresh:
            self._fresh[-1].needed = True
            if self._stride > 1 or len(self._kept) + len(self._fresh) > 2 * self.most:
                self._sift(system)
            states = [*self._kept, *self._fresh]
            self.legs.append(_leg(system, states))
        self._kept, self._fresh = [], []

    def _sift(self, system: FlowSystem) -> None:
        """Keep what is needed of the fresh states; the last one waits for its successor."""
        if self.watch is not None:
            holds = self.watch(_leg(system, self._fresh))
            for place in np.flatnonzero((holds[:, 1:] != holds[:, :-1]).any(axis=0)):
                self._fresh[place].needed = self._fresh[place + 1].needed = True
        self._kept += self._fresh[:-1]
        self._fresh = self._fresh[-1:]
        while sum(state.number % self._stride == 0 for state in self._kept) > 2 * self.most:
            self._stride *= 2
        self._kept = [state for state in self._kept if state.needed or state.number % self._stride == 0]

    def __iter__(self) -> Iterator[Leg]:
        return iter(self.legs)


@dataclass(kw_only=True, eq=False)
class _State:
    """One accepted step; ``number`` counts them."""

    tau: float
    variables: Floats
    number: int
    needed: bool = False


def _leg(system: FlowSystem, states: list[_State]) -> Leg:
    tau = np.array([state.tau for state in states])
    return Leg(system=system, tau=tau, variables=np.array([state.variables for state in states]))
