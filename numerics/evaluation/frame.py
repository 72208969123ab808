"""Frames and values: what the structural walk is given, and what it returns.

Layout of data: (batch, *axes, coordinate if a vector); a value names the index symbol of every axis.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from sympy import Symbol

from numerics.arithmetic.base import Data, Unevaluable

__all__ = ["Entry", "Frame", "Value", "align", "diagonal"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A named input: (B, rows, dim), (B, rows), (B, dim) or (B,), with the kind of its row axis, if it has
    one.
    """

    data: Data
    axis: str | None = None
    vector: bool = False


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The rows and scalars of a batch of instances.

    ``metric`` is the Gram matrix of the frame's basis, None for orthonormal coordinates; ``dimension`` is d
    of the statement, which may exceed the number of coordinates after an exact reduction.  On trajectories
    the batch holds ``times`` recorded states per instance, times fastest; ``runs`` are further networks over
    the same batch, by label; ``known`` are quantities that an integrator knows better than the recorded
    states do, by (name, number of indices).
    """

    entries: Mapping[str, Entry]
    metric: Data | None = None
    dimension: int | None = None
    times: int = 0
    runs: Mapping[str, Frame] = field(default_factory=dict)
    known: Mapping[tuple[str, int], Value] = field(default_factory=dict)

    def size(self, kind: str) -> int:
        """Number of rows of that kind; ValueError if the frame has none."""
        for name in {"student": ("w",), "teacher": ("v",), "sample": ("x",)}.get(kind, ()):
            if name in self.entries:
                return int(self.entries[name].data.shape[1])
        for entry in self.entries.values():
            if entry.axis == kind:
                return int(entry.data.shape[1])
        raise Unevaluable(f"the instance has no {kind} rows, but the statement runs over them")


@dataclass(frozen=True, kw_only=True)
class Value:
    """Data with the index symbols of its axes."""

    data: Data
    axes: tuple[Symbol, ...] = ()
    vector: bool = False


def diagonal(value: Value, keep: int, drop: int) -> Value:
    """The entries at which two axes agree, along the axis that is kept."""
    data = np.diagonal(value.data, axis1=keep + 1, axis2=drop + 1)
    data = np.moveaxis(data, -1, min(keep, drop) + 1)
    axes = list(value.axes)
    name = axes[keep]
    del axes[max(keep, drop)]
    axes[min(keep, drop)] = name
    return replace(value, data=data, axes=tuple(axes))


def align(values: list[Value]) -> tuple[list[Data], tuple[Symbol, ...]]:
    """Arrays of the values with their axes in one common order, ready to broadcast."""
    axes = values[0].axes
    for value in values[1:]:
        if value.axes != axes:
            axes = (*axes, *(axis for axis in value.axes if axis not in axes))
    any_vector = any(value.vector for value in values)
    aligned: list[Any] = []
    for value in values:
        if value.axes == axes and value.vector == any_vector:
            aligned.append(value.data)
            continue
        if not value.axes and not value.vector:
            aligned.append(value.data.reshape(len(value.data), *(1,) * (len(axes) + any_vector)))
            continue
        order = [value.axes.index(axis) for axis in axes if axis in value.axes]
        tail = (value.data.ndim - 1,) if value.vector else ()
        data = value.data.transpose(0, *(place + 1 for place in order), *tail)
        present = iter(range(1, len(order) + 1))
        shape = [data.shape[0]] + [data.shape[next(present)] if axis in value.axes else 1 for axis in axes]
        if any_vector:
            shape.append(data.shape[-1] if value.vector else 1)
        aligned.append(data.reshape(shape))
    return aligned, axes
