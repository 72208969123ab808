"""Coordinates in which an optimiser moves instances of one layout."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import final

import numpy as np
from numpy.typing import NDArray

from numerics.instances.draw import norms, unit
from numerics.instances.layout import Layout
from numerics.instances.space import Batch, Floats, Scalar

Owners = NDArray[np.intp]
_EDGE = 30.0  # logit beyond which an end of an interval counts as reached


class Chart(ABC):
    """Coordinates around S start instances, of each start's own or (``common``) the same for all.

    ``encode()`` gives the starts' coordinates (S, k); ``decode(x, owner)`` turns points (P, k), each
    belonging to the start ``owner`` (P,), into a batch of P instances.
    """

    layout: Layout

    @abstractmethod
    def encode(self) -> Floats:
        """(S, k) coordinates of the starts."""

    @abstractmethod
    def decode(self, points: Floats, owner: Owners) -> Batch:
        """(P, k) -> batch of P instances; scalars always lie within their bounds."""


@final
class Cartesian(Chart):
    """Entries divided by the largest entry of the start; scalars as position in their interval, or its
    logarithm.
    """

    def __init__(self, layout: Layout, starts: Batch, *, common: bool = False) -> None:
        self.layout, self._starts = layout, starts
        self._scale: dict[str, Floats] = {}
        for family in layout.space.families:
            largest = np.abs(starts[family.name]).max(axis=(1, 2), initial=0.0)
            largest = np.where(largest > 1e-150, largest, 1.0)
            self._scale[family.name] = np.full_like(largest, np.median(largest)) if common else largest

    def encode(self) -> Floats:
        parts = [
            (self._starts[name] / scale[:, None, None]).reshape(scale.size, -1) for name, scale in self._scale.items()
        ]
        parts += [_position(s, self._starts[s.name])[:, None] for s in self.layout.space.scalars]
        return np.concatenate(parts, axis=1)

    def decode(self, points: Floats, owner: Owners) -> Batch:
        batch, at = {}, 0
        for name, scale in self._scale.items():
            rows, d = self.layout.shape(name)
            batch[name] = points[:, at : at + rows * d].reshape(-1, rows, d) * scale[owner][:, None, None]
            at += rows * d
        for scalar in self.layout.space.scalars:
            batch[scalar.name] = _at_position(scalar, points[:, at])
            at += 1
        return batch


@final
class Polar(Chart):
    """Logarithms of norms, logits of angles to an anchor, directions; scalars by logits.

    A student is e^s (cos α v̄ + sin α ĝ) with α = π/(1 + e^(−t)) and g projected off the anchor v̄, its
    nearest teacher (the first student where there is no teacher). One step in t moves an angle of 1e-9 as
    far, relatively, as one of 1e-1, so that the rare positions are as wide as the common ones. Other rows
    are e^s ĝ.
    """

    def __init__(self, layout: Layout, starts: Batch, *, common: bool = False) -> None:
        self.layout, self._starts = layout, starts
        self._floor: dict[str, Floats] = {}
        teachers = [starts[f.name] for f in layout.space.of_kind("teacher")]
        axes = np.concatenate(teachers, axis=1) if teachers else None
        self._anchor: dict[str, Owners | None] = {}
        for family in layout.space.families:
            rows = starts[family.name]
            length = norms(rows)[..., 0] if rows.shape[1] else np.zeros(rows.shape[:2])
            largest = np.maximum(length.max(axis=1, initial=0.0), 1e-150)
            self._floor[family.name] = np.log(largest) - _EDGE
            self._anchor[family.name] = None
            if family.kind == "student" and axes is not None and axes.shape[1]:
                cosine = np.einsum("bnd,bmd->bnm", unit(rows), unit(axes))
                nearest = np.abs(cosine).argmax(axis=2)
                fixed = np.broadcast_to(np.arange(rows.shape[1]) % axes.shape[1], nearest.shape)
                self._anchor[family.name] = fixed if common else nearest

    def _relative(self, name: str, kind: str) -> bool:
        return kind == "student" and (self._anchor[name] is not None or self.layout.shape(name)[0] > 1)

    def encode(self) -> Floats:
        space, size = self.layout.space, len(next(iter(self._starts.values())))
        parts: list[Floats] = []
        axes = _axes(self.layout, self._starts)
        for family in space.families:
            rows = self._starts[family.name]
            if not rows.shape[1]:
                continue
            with np.errstate(divide="ignore"):
                s = np.maximum(np.log(norms(rows)[..., 0]), self._floor[family.name][:, None])
            direction = unit(rows)
            if self._relative(family.name, family.kind):
                axis = self._axis(family.name, axes, direction, np.arange(size))
                t, g = _angle_and_side(direction, axis)
                parts.append(np.concatenate([s[..., None], t[..., None], g], axis=2).reshape(size, -1))
            else:
                parts.append(np.concatenate([s[..., None], direction], axis=2).reshape(size, -1))
        parts += [_logit(scalar, self._starts[scalar.name])[:, None] for scalar in space.scalars]
        return np.concatenate(parts, axis=1)

    def decode(self, points: Floats, owner: Owners) -> Batch:
        space, d = self.layout.space, self.layout.dimension
        raw: dict[str, Floats] = {}
        batch: Batch = {}
        at = 0
        for family in space.families:
            rows = self.layout.shape(family.name)[0]
            width = (d + 2 if self._relative(family.name, family.kind) else d + 1) if rows else 0
            raw[family.name] = points[:, at : at + rows * width].reshape(-1, rows, width)
            at += rows * width
        for family in sorted(space.families, key=lambda f: f.kind == "student"):  # anchors come first
            block = raw[family.name]
            if not block.shape[1]:
                batch[family.name] = np.zeros((points.shape[0], 0, d))
                continue
            length = np.exp(np.clip(block[..., :1], -700.0, 700.0))
            if self._relative(family.name, family.kind):
                first = unit(block[..., 2:])
                axis = self._axis(family.name, _axes(self.layout, batch), first, owner)
                batch[family.name] = length * _place(block[..., 1], block[..., 2:], axis)
                if self._anchor[family.name] is None:
                    batch[family.name][:, 0] = length[:, 0] * first[:, 0]
            else:
                batch[family.name] = length * unit(block[..., 1:])
        for scalar in space.scalars:
            batch[scalar.name] = _from_logit(scalar, points[:, at])
            at += 1
        return batch

    def _axis(self, name: str, axes: Floats | None, direction: Floats, owner: Owners) -> Floats:
        anchor = self._anchor[name]
        if anchor is None or axes is None:
            return np.repeat(direction[:, :1], direction.shape[1], axis=1)
        return np.asarray(np.take_along_axis(axes, anchor[owner][..., None], axis=1))


def _axes(layout: Layout, batch: Batch) -> Floats | None:
    present = [unit(batch[f.name]) for f in layout.space.of_kind("teacher")]
    return np.concatenate(present, axis=1) if present else None


def _angle_and_side(direction: Floats, axis: Floats) -> tuple[Floats, Floats]:
    """Logit t of α/π and the unit vector across the axis; where there is none, the direction itself stands
    in.
    """
    across = direction - np.einsum("bnd,bnd->bn", direction, axis)[..., None] * axis
    half = 2.0 * np.arctan2(norms(direction - axis)[..., 0], norms(direction + axis)[..., 0])
    rest = 2.0 * np.arctan2(norms(direction + axis)[..., 0], norms(direction - axis)[..., 0])
    with np.errstate(divide="ignore"):
        t = np.clip(np.log(half) - np.log(rest), -_EDGE, _EDGE)
    length = norms(across)
    return t, np.where(length > 0, unit(across), direction)


def _place(t: Floats, g: Floats, axis: Floats) -> Floats:
    """cos α v̄ + sin α ĝ; sin α is taken from the nearer end so that angles near π keep their digits too."""
    nearer = math.pi * _sigmoid(-np.abs(t))
    cosine = np.where(t > 0, -np.cos(nearer), np.cos(nearer))
    across = unit(g - np.einsum("bnd,bnd->bn", g, axis)[..., None] * axis)
    return cosine[..., None] * axis + np.sin(nearer)[..., None] * across


def _sigmoid(t: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(t, -700.0, 700.0))))


def _log_ends(scalar: Scalar) -> tuple[float, float]:
    low, high = scalar.bounds
    return math.log(low if low > 0 else 1e-12 * high), math.log(high)


def _position(scalar: Scalar, values: Floats) -> Floats:
    low, high = scalar.bounds
    if scalar.scale == "log" and high > 0:
        bottom, top = _log_ends(scalar)
        return (np.log(np.maximum(values, math.exp(bottom))) - bottom) / max(top - bottom, 1e-300)
    return (values - low) / max(high - low, 1e-300)


def _at_position(scalar: Scalar, position: Floats) -> Floats:
    low, high = scalar.bounds
    position = np.clip(position, 0.0, 1.0)
    if scalar.scale == "log" and high > 0:
        bottom, top = _log_ends(scalar)
        return np.clip(np.exp(bottom + position * (top - bottom)), low, high)
    return np.clip(low + position * (high - low), low, high)


def _logit(scalar: Scalar, values: Floats) -> Floats:
    low, high = scalar.bounds
    with np.errstate(divide="ignore"):
        return np.asarray(np.clip(np.nan_to_num(np.log(values - low) - np.log(high - values)), -_EDGE, _EDGE))


def _from_logit(scalar: Scalar, t: Floats) -> Floats:
    low, high = scalar.bounds
    nearer = (high - low) * _sigmoid(-np.abs(t))
    inside = np.where(t > 0, high - nearer, low + nearer)
    return np.clip(np.where(t >= _EDGE, high, np.where(t <= -_EDGE, low, inside)), low, high)
