"""The accepted steps of an integration, kept leg by leg and thinned to a bounded number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.flow_systems import Decoded, FlowSystem

__all__ = ["Leg", "Path"]

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


@dataclass(kw_only=True, eq=False)
class Path:
    """Steps of a run, at most twice `MOST` of them: every second one is dropped when they become more."""

    most: int = MOST
    legs: list[Leg] = field(default_factory=list)
    _stride: int = 1
    _seen: int = 0
    _tau: list[float] = field(default_factory=list)
    _variables: list[Floats] = field(default_factory=list)

    def add(self, tau: float, variables: Floats, *, always: bool = False) -> None:
        """Offer a state; ends of legs are kept ``always``."""
        self._seen += 1
        if always or self._seen % self._stride == 0:
            if not self._tau or tau > self._tau[-1]:
                self._tau.append(tau)
                self._variables.append(np.array(variables))
        if len(self._tau) > 2 * self.most:
            self._stride *= 2
            self._tau, self._variables = self._tau[::2], self._variables[::2]

    def close(self, system: FlowSystem) -> None:
        """End the leg of ``system``."""
        if self._tau:
            self.legs.append(Leg(system=system, tau=np.array(self._tau), variables=np.array(self._variables)))
        self._tau, self._variables = [], []

    def __iter__(self) -> Iterator[Leg]:
        return iter(self.legs)
