"""The chart that contracts students towards the minima: their distance as one logarithmic coordinate."""

from __future__ import annotations

from typing import final

import numpy as np

from numerics.instances.layout import Layout
from numerics.instances.minima import nearest_minimum
from numerics.instances.space import Batch, Floats
from numerics.search.charts import Cartesian, Chart, Owners


@final
class Contraction(Chart):
    """Students W = W* + e^τ ρ Y with W* the minimum nearest to the start and ρ the start's distance from it.

    Teachers stay where they are; every other family and the scalars have Cartesian coordinates. Limits at
    the minima are followed along τ with the shape Y of the error kept.
    """

    def __init__(self, layout: Layout, starts: Batch) -> None:
        self.layout, self._starts = layout, starts
        space = layout.space
        self._free = Cartesian(layout, starts)
        teachers = np.concatenate([starts[f.name] for f in space.of_kind("teacher")], axis=1)
        self._base: dict[str, Floats] = {}
        self._radius: dict[str, Floats] = {}
        for family in space.of_kind("student"):
            rows = starts[family.name]
            base = nearest_minimum(space.minima, teachers, rows) if rows.shape[1] else rows
            radius = np.sqrt(np.einsum("bnd,bnd->b", rows - base, rows - base))
            scale = np.abs(base).max(axis=(1, 2), initial=0.0)
            self._base[family.name] = base
            self._radius[family.name] = np.maximum(radius, 1e-12 * np.where(scale > 0, scale, 1.0))

    def encode(self) -> Floats:
        parts = [self._free.encode()]
        keep = self._kept()
        for name, base in self._base.items():
            error = (self._starts[name] - base) / self._radius[name][:, None, None]
            parts.append(np.concatenate([np.zeros((len(base), 1)), error.reshape(len(base), -1)], axis=1))
        parts[0] = parts[0][:, keep]
        return np.concatenate(parts, axis=1)

    def decode(self, points: Floats, owner: Owners) -> Batch:
        keep = self._kept()
        flat = np.zeros((points.shape[0], keep.size))
        flat[:, keep] = points[:, : np.count_nonzero(keep)]
        batch = self._free.decode(flat, owner)
        at = int(np.count_nonzero(keep))
        for family in self.layout.space.of_kind("teacher"):
            batch[family.name] = self._starts[family.name][owner]
        for name, base in self._base.items():
            rows, d = self.layout.shape(name)
            tau = np.clip(points[:, at], -40.0, 40.0)
            error = points[:, at + 1 : at + 1 + rows * d].reshape(-1, rows, d)
            size = (np.exp(tau) * self._radius[name][owner])[:, None, None]
            batch[name] = base[owner] + size * error
            at += 1 + rows * d
        return batch

    def _kept(self) -> np.ndarray:
        """Mask of the Cartesian coordinates that are neither a student's nor a teacher's."""
        mask = [
            np.full(int(np.prod(self.layout.shape(f.name))), f.kind not in ("student", "teacher"))
            for f in self.layout.space.families
        ]
        return np.concatenate([*mask, np.ones(len(self.layout.space.scalars), dtype=bool)])


def contracts(layout: Layout) -> bool:
    """Whether the layout has minima to contract to: students, and teachers not more than students."""
    space = layout.space
    students = [layout.shape(f.name)[0] for f in space.of_kind("student")]
    return bool(students) and 0 < layout.total("teacher") <= min(students)
