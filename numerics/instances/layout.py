"""Layouts: the fixed shapes that a space is sampled in, one per batch."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from numerics.instances.space import Kind, Space


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One fixed shape of a space: the rows of each family and the dimension."""

    space: Space
    rows: tuple[tuple[str, int], ...]
    dimension: int

    def shape(self, name: str) -> tuple[int, int]:
        """(rows, d) of the family of that name."""
        return dict(self.rows)[name], self.dimension

    def total(self, kind: Kind) -> int:
        """Number of rows of all families of one kind together."""
        rows = dict(self.rows)
        return sum(rows[family.name] for family in self.space.of_kind(kind))

    @property
    def size(self) -> int:
        """Number of real coordinates of one instance."""
        return sum(rows for _, rows in self.rows) * self.dimension + len(self.space.scalars)


@dataclass(frozen=True, kw_only=True)
class Least:
    """Smallest numbers of students, teachers and dimensions with which a construction makes sense.

    ``covering`` asks for at least as many students as teachers, as zero loss does, where the space has such
    layouts.
    """

    students: int = 0
    teachers: int = 0
    dimension: int = 1
    covering: bool = False

    def fits(self, space: Space) -> bool:
        """Whether some layout of the space has at least these numbers."""
        return (
            space.dimension[1] >= self.dimension
            and all(family.rows[1] >= self.students for family in space.of_kind("student"))
            and (self.students == 0 or bool(space.of_kind("student")))
            and sum(family.rows[1] for family in space.of_kind("teacher")) >= self.teachers
        )

    def met_by(self, layout: Layout) -> bool:
        """Whether a layout has at least these numbers."""
        students = [layout.shape(family.name)[0] for family in layout.space.of_kind("student")]
        return (
            layout.dimension >= self.dimension
            and all(count >= self.students for count in students)
            and layout.total("teacher") >= self.teachers
        )


ANY = Least()


def draw_layout(space: Space, rng: np.random.Generator, least: Least = ANY) -> Layout:
    """Random layout: each number is the least, the largest or uniform between them, with equal chance.

    The number of teachers respects what the separation of the space leaves room for in one and two
    dimensions.
    """

    def pick(span: tuple[int, int], floor: int, ceiling: int | None = None) -> int:
        low, high = min(max(span[0], floor), span[1]), span[1]
        if ceiling is not None:
            high = max(low, min(high, ceiling))
        return int((low, high, rng.integers(low, high + 1))[rng.integers(3)])

    teachers, students = space.of_kind("teacher"), space.of_kind("student")
    dimension = pick(space.dimension, least.dimension)
    if space.separation and sum(family.rows[0] for family in teachers) > 1:
        dimension = max(dimension, min(2, space.dimension[1]))
    room = _room(space, dimension)
    rows: dict[str, int] = {}
    missing, placed = least.teachers, 0
    for family in teachers:
        ceiling = room
        if least.covering and students:
            ceiling = min(room or 10**9, min(other.rows[1] for other in students))
        rows[family.name] = pick(family.rows, missing, None if ceiling is None else ceiling - placed)
        missing, placed = max(0, missing - rows[family.name]), placed + rows[family.name]
    for family in space.families:
        if family.like is None and family.kind != "teacher":
            floor = 0
            if family.kind == "student":
                floor = max(least.students, placed) if least.covering else least.students
            rows[family.name] = pick(family.rows, floor)
    for family in space.families:
        if family.like is not None:
            rows[family.name] = rows[family.like]
    ordered = tuple((family.name, rows[family.name]) for family in space.families)
    return Layout(space=space, rows=ordered, dimension=dimension)


def _room(space: Space, dimension: int) -> int | None:
    """How many lines at the separation of the space fit into 1 or 2 dimensions; None for no known limit."""
    if not space.separation or dimension > 2:
        return None
    return 1 if dimension == 1 else max(1, math.floor(math.pi / float(space.separation)))
