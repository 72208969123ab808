"""The flow as an ordinary differential equation in variables that stay well scaled for all time.

Time is τ = log(1 + t).  For a 1-homogeneous activation the variables are, per teacher, (1+t)² times the
residual of its group in place of the group's largest student, and for the other students the component along
their teacher and (1+t) times those across it: along the late-time law r ~ t⁻², z ~ t⁻¹ all of them are of
order 1, so one tolerance fits all groups and errors are relative.  Every other model is integrated in its
weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.reduce import Reduction
from numerics.network import Network
from numerics.stable.chain import push
from numerics.stable.effective import effective_loss
from numerics.stable.rows import Rows

__all__ = [
    "Carried",
    "Decoded",
    "DiagonalSystem",
    "FlowSystem",
    "Heading",
    "WeightSystem",
    "group_levels",
    "heading",
    "weight_system",
]

Floats = NDArray[np.float64]
Heading = tuple[Floats, Floats, Floats]


class Decoded(NamedTuple):
    """Many recorded times at once: weights (T, n, k), residual r (T, k), loss (T,), L̇ = −‖∇L‖² (T,)."""

    weights: Floats
    residual: Floats
    loss: Floats
    slope: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Carried:
    """What is known of a state beyond its rounded weights, in the coordinates of the reduction.

    ``residuals`` (m, k): Σ a_i u_i − ω_l v_l over the students of each teacher's ``group`` (n,), turned by
    ``flips`` (n,) to its side; ``total`` r (k,).
    """

    residuals: Floats
    total: Floats
    group: NDArray[np.intp]
    flips: Floats


class FlowSystem(Protocol):
    """dY/dτ = `rate`(τ, Y) with its Jacobian."""

    @property
    def reduction(self) -> Reduction: ...
    @property
    def clock(self) -> float:
        """t of the model = clock · t of the normalised system."""

    def initial(self, tau: float) -> Floats:
        """Variables at the time τ at which the system was set up."""

    def rate(self, tau: float, variables: Floats) -> Floats: ...
    def jacobian(self, tau: float, variables: Floats) -> Floats: ...
    def tolerance(self, relative: float, end: float, levels: Floats) -> Floats:
        """Absolute tolerance per variable for a run to t = ``end`` from where the `levels` are such."""

    def levels(self, variables: Floats) -> Floats:
        """Sizes, at least 1, of the groups of variables that one tolerance is meant for."""

    def decode(self, tau: Floats, variables: Floats) -> Decoded: ...
    def carried(self, tau: float, variables: Floats) -> Carried | None:
        """What a later run needs to go on without loss, or None where the weights are all there is."""

    def sizes(self, tau: float, variables: Floats) -> Floats:
        """Norms of the students in the units of `heading`, in any order."""

    def heading(self, tau: float, variables: Floats) -> Heading:
        """Per neuron, in input order: (‖w‖, −d‖w‖/dt, speed across w)."""

    def resolution(self, relative: float) -> float:
        """Weights below this are not told from 0."""

    def loss_floor(self, tau: Floats, relative: float) -> Floats:
        """Loss of an error of one tolerance in every variable: below it, digits mean nothing."""

    def regroup(self, tau: float, variables: Floats) -> FlowSystem | None:
        """The same flow in better variables from here on, or None."""

    def plateau(self, tau: float, variables: Floats) -> FlowSystem | None:
        """The same flow in variables for where it hardly advances, or None if there are none."""


@runtime_checkable
class DiagonalSystem(FlowSystem, Protocol):
    """A system whose stiffness lies in the diagonal of its Jacobian, in the variables it has, if `separable`."""

    @property
    def separable(self) -> bool: ...

    def diagonal(self, tau: float, variables: Floats) -> Floats:
        """The diagonal of `jacobian`."""


@dataclass(frozen=True, kw_only=True, eq=False)
class WeightSystem:
    """Any model in its weights w (reduced coordinates)."""

    reduction: Reduction
    network: Network

    @property
    def clock(self) -> float:
        return 1.0

    def initial(self, tau: float) -> Floats:
        return self.reduction.students.ravel().copy()

    def _rows(self, variables: Floats) -> Rows:
        students = variables.reshape(-1, self.network.n, self.reduction.dimension)
        size, template = len(students), self.network._rows
        teachers = np.broadcast_to(template.raw[:, self.network.n :], (size, self.network.m, students.shape[-1]))
        raw = np.concatenate([students, teachers], axis=1)
        weights = np.broadcast_to(template.weights, (size, raw.shape[1]))
        return Rows(raw=raw, weights=weights, students=self.network.n, growth=template.growth)

    def _gradient(self, rows: Rows) -> Floats:
        form = effective_loss(self.network.activation, float(self.network.scale), rows)
        n = self.network.n
        effective = np.where(rows.zero[:, :n, None], 0.0, form.gradient)
        return push(self.network.parametrisation, rows.unit[:, :n], rows.norms[:, :n], effective)

    def rate(self, tau: float, variables: Floats) -> Floats:
        return np.asarray(-np.exp(tau) * self._gradient(self._rows(variables)).ravel(), dtype=np.float64)

    def jacobian(self, tau: float, variables: Floats) -> Floats:
        matrix = self.network.replace_students(variables.reshape(self.network.n, -1)).hessian()
        return np.asarray(-np.exp(tau) * np.nan_to_num(matrix), dtype=np.float64)

    @cached_property
    def _size(self) -> float:
        return float(max(np.abs(self.reduction.students).max(), np.abs(self.reduction.teachers).max()))

    def tolerance(self, relative: float, end: float, levels: Floats) -> Floats:
        return np.full(self.reduction.students.size, self._size * max(1e-14, 0.1 * relative / max(1.0, end)))

    def levels(self, variables: Floats) -> Floats:
        return np.ones(1)

    def decode(self, tau: Floats, variables: Floats) -> Decoded:
        rows = self._rows(variables)
        form = effective_loss(self.network.activation, float(self.network.scale), rows)
        gradient = self._gradient(rows)
        return Decoded(
            weights=rows.raw[:, : self.network.n],
            residual=rows.residual,
            loss=form.loss,
            slope=-np.einsum("tik,tik->t", gradient, gradient),
        )

    def carried(self, tau: float, variables: Floats) -> Carried | None:
        return None

    def sizes(self, tau: float, variables: Floats) -> Floats:
        return np.asarray(np.linalg.norm(variables.reshape(self.network.n, -1), axis=1), dtype=np.float64)

    def heading(self, tau: float, variables: Floats) -> Heading:
        return heading(variables.reshape(self.network.n, -1), -self._gradient(self._rows(variables))[0])

    def resolution(self, relative: float) -> float:
        return 10.0 * float(self.tolerance(relative, 1.0, np.ones(1)).max())

    def loss_floor(self, tau: Floats, relative: float) -> Floats:
        # An error δ of the weights moves the output by about ‖Hessian‖^½ δ and a small loss by its square.
        slope = np.sqrt(np.abs(np.nan_to_num(self.network.hessian())).max())
        error = relative * self._size * np.sqrt(self.reduction.students.size) * float(slope)
        return np.full(tau.shape, error**2)

    def regroup(self, tau: float, variables: Floats) -> FlowSystem | None:
        return None

    def plateau(self, tau: float, variables: Floats) -> FlowSystem | None:
        return None


def weight_system(network: Network, reduction: Reduction) -> WeightSystem:
    """The flow of a single reduced network in its weights."""
    return WeightSystem(reduction=reduction, network=network)


def group_levels(exponents: Floats, variables: Floats) -> Floats:
    """Largest scaled residual (exponent 2) and largest scaled component across a teacher (exponent 1), at
    least 1.
    """
    size = np.abs(variables)
    return np.array([1.0, *(np.max(size[exponents == power], initial=1.0) for power in (1.0, 2.0))])


def heading(students: Floats, velocity: Floats) -> Heading:
    """(ρ, −ρ̇, ‖tangential velocity‖) per neuron of (n, k) students and velocities."""
    lengths = np.linalg.norm(students, axis=-1)
    unit = students / np.where(lengths > 0, lengths, 1.0)[:, None]
    outward = np.einsum("ik,ik->i", unit, velocity)
    return lengths, -outward, np.linalg.norm(velocity - outward[:, None] * unit, axis=-1)
