"""One step of gradient descent, in the variables that lose least.

`ResidualStepper` (in `residual_stepper`): one teacher and a 1-homogeneous activation.  `PopulationStepper`:
any model, weights as they are.  `SampleStepper`: the empirical gradient.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.reduce import reduce_dimension
from numerics.dynamics.residual_stepper import ResidualStepper
from numerics.network import Network
from numerics.stable.chain import push
from numerics.stable.effective import EffectiveLoss, effective_loss
from numerics.stable.forms import HomogeneousSplit, stable_form
from numerics.stable.rows import Rows
from numerics.stable.samples import SampleLoss

__all__ = ["Stepper", "choose_stepper"]

Floats = NDArray[np.float64]
Decoded = tuple[Floats, Floats, Floats, dict[str, Floats]]


class Stepper(Protocol):
    """A run in progress; `decode` turns snapshots into (states, residual, population loss, further
    quantities).
    """

    method: str
    teachers: Floats
    basis: Floats | None

    def advance(self, count: int = 1) -> None: ...
    def snapshot(self) -> Any: ...
    def carry(self) -> dict[str, Floats]:
        """What a later run needs to go on without loss, beyond the weights."""

    def finite(self) -> bool: ...
    def decode(self, snapshots: list[Any]) -> Decoded: ...


class PopulationStepper:
    """Weights (B, n, k) of any model, reduced to the span of the start where that is smaller."""

    method = "population gradient, weights"

    def __init__(self, net: Network, eta: Floats) -> None:
        self.basis: Floats | None = None
        students, self.teachers = np.asarray(net.students), np.asarray(net.teachers)
        if not net.batch_shape and net.n + net.m < net.d:
            reduction = reduce_dimension(students, self.teachers)
            students, self.teachers, self.basis = reduction.students, reduction.teachers, reduction.basis
        self._net, self._eta = net, np.broadcast_to(eta, net.batch_shape).reshape(-1, 1, 1)
        batch, width = net.batch_shape, students.shape[-1]
        self._weights = net._rows.weights
        self._fixed = np.broadcast_to(self.teachers, (*batch, net.m, width)).reshape(-1, net.m, width)
        self._students = np.broadcast_to(students, (*batch, net.n, width)).reshape(-1, net.n, width).copy()

    def _form(
        self, students: Floats, fixed: Floats, weights: Floats, *, careful: bool = True
    ) -> tuple[Rows, EffectiveLoss]:
        raw = np.concatenate([students, fixed], axis=1)
        rows = Rows(raw=raw, weights=weights, students=self._net.n, growth=self._net.parametrisation.exponent)
        return rows, effective_loss(self._net.activation, float(self._net.scale), rows, careful=careful)

    def advance(self, count: int = 1) -> None:
        for _ in range(count):
            self._one_step(slice(None))

    def _one_step(self, which: slice) -> None:
        """One step of the chosen instances."""
        students = self._students[which]
        rows, form = self._form(students, self._fixed[which], self._weights[which], careful=False)
        n, parametrisation = self._net.n, self._net.parametrisation
        effective = form.gradient
        if parametrisation.exponent:
            effective = np.where(rows.zero[:, :n, None], 0.0, effective)
        students -= self._eta[which] * push(parametrisation, rows.unit[:, :n], rows.norms[:, :n], effective)

    def snapshot(self) -> Any:
        return self._students.copy()

    def carry(self) -> dict[str, Floats]:
        return {}

    def finite(self) -> bool:
        return bool(np.isfinite(self._students).all(axis=(1, 2)).any())

    def decode(self, snapshots: list[Any]) -> Decoded:
        count, size = len(snapshots), len(self._students)
        students = np.concatenate(snapshots)
        alive = np.isfinite(students).all(axis=(1, 2))
        fixed, weights = np.tile(self._fixed, (count, 1, 1)), np.tile(self._weights, (count, 1))
        loss = np.full(count * size, np.nan)
        residual = np.full((count * size, students.shape[-1]), np.nan)
        if alive.any():
            rows, form = self._form(students[alive], fixed[alive], weights[alive])
            loss[alive], residual[alive] = form.loss, rows.residual
        shape = (count, *self._net.batch_shape)
        width = students.shape[-1]
        states = students.reshape(*shape, self._net.n, width)
        return states, residual.reshape(*shape, width), loss.reshape(shape), {}


class SampleStepper(PopulationStepper):
    """Weights (B, n, d) driven by the empirical gradient on what ``draw`` returns at every step."""

    method = "sample gradient"

    def __init__(self, net: Network, eta: Floats, draw: Callable[[], Floats]) -> None:
        self.basis = None
        self.teachers = np.asarray(net.teachers)
        self._net, self._eta, self._draw = net, eta.reshape(-1, 1, 1), draw
        rows = net._rows
        self._weights, self._fixed = rows.weights, rows.raw[:, net.n :]
        self._students = rows.raw[:, : net.n].copy()
        self._empirical = SampleLoss(model=net.model, teachers=self._fixed, weights=rows.weights)
        self._next = draw()

    def advance(self, count: int = 1) -> None:
        for _ in range(count):
            _, gradient = self._empirical.gradient(self._students, self._next)
            self._students -= self._eta * gradient
            self._next = self._draw()

    def snapshot(self) -> Any:
        loss, _ = self._empirical.gradient(self._students, self._next)
        return self._students.copy(), loss

    def decode(self, snapshots: list[Any]) -> Decoded:
        states, residual, loss, _ = super().decode([students for students, _ in snapshots])
        sample_loss = np.array([value for _, value in snapshots]).reshape(loss.shape)
        return states, residual, loss, {"sample_loss": sample_loss}


def choose_stepper(
    net: Network,
    eta: Floats,
    draw: Callable[[], Floats] | None,
    carry: Mapping[str, Floats] | None = None,
    backend: str = "numpy",
) -> Stepper:
    """The stepper for a network, a step size per instance, a source of samples or None, and what a run carried."""
    if draw is not None:
        return SampleStepper(net, eta, draw)
    form, rows = stable_form(net.activation), net._rows
    alive = not rows.zero.any() and bool((rows.weights != 0).all())
    residual = isinstance(form, HomogeneousSplit) and net.m == 1 and alive
    first, second = ResidualStepper, PopulationStepper
    if backend == "numba":
        from numerics.fast import descents  # loads Numba

        if descents.has_compiled_steps(net, residual):
            first, second = descents.CompiledResidualStepper, descents.CompiledPopulationStepper
    if residual:
        assert isinstance(form, HomogeneousSplit)
        return first(net, eta, form, carry)
    return second(net, eta)
