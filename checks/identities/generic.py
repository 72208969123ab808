"""The generic instance of a claim with given numbers of rows: every row a basis vector, every scalar a
generator.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from flint import arb
from sympy import Expr, Indexed, Rational

from checks.claim import Claim
from checks.given import Box, Integers, Networks
from checks.instances import claim_vocabulary, setting_of
from checks.relation import All, AtMost, Below, Relation
from numerics.arithmetic.ball import Balls
from numerics.arithmetic.symbolic import RationalFunctions
from numerics.ball import ball
from numerics.evaluation.walk import Entry, Frame, Walk
from numerics.formal.angles import cosine_generator, declare_angle
from numerics.formal.ring import Element, Ring
from theory.heads import smallest

__all__ = ["Sizes", "generic_walk", "nonnegative_coefficients", "span_of"]

_STUDENT, _TEACHER, _SAMPLE = "student", "teacher", "sample"


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """Numbers of students, teachers and samples, and of coordinates; 0 coordinates for rows in general
    position.
    """

    students: int = 0
    teachers: int = 0
    samples: int = 0
    dimension: int = 0

    def __str__(self) -> str:
        named = (("n", self.students), ("m", self.teachers), ("N", self.samples), ("d", self.dimension))
        return ", ".join(f"{letter} = {size}" for letter, size in named if size)


def generic_walk(claim: Claim, sizes: Sizes, ring: Ring) -> Walk:
    """A walk over the generic instance of these sizes; students that the claim builds from other rows are
    built.
    """
    given, arithmetic = claim.given, RationalFunctions(ring)
    vocabulary = claim_vocabulary(claim)
    if isinstance(given, Box | Integers):
        entries = {
            str(symbol): Entry(data=_vector([_scalar(ring, str(symbol), *bounds)]))
            for symbol, bounds in given.variables.items()
        }
        return Walk(arithmetic=arithmetic, setting=None, frame=Frame(entries=entries), extra=vocabulary)  # type: ignore[arg-type]
    assert isinstance(given, Networks)
    frame = _network_frame(given, sizes, ring)
    # One setting for all sizes, so that one and the same tree is proved for each number of teachers.
    walk = Walk(arithmetic=arithmetic, setting=setting_of(given), frame=frame, extra=vocabulary)
    if given.students_as is None:
        return walk
    entry = Entry(data=_built_students(walk, given), axis=_STUDENT, vector=True)
    frame = replace(frame, entries={**frame.entries, "w": entry})
    return Walk(arithmetic=arithmetic, setting=setting_of(given), frame=frame, extra=vocabulary)


def _built_students(walk: Walk, given: Networks) -> np.ndarray[Any, Any]:
    built = walk(given.students_as)
    if not built.vector or len(built.axes) > 1:
        raise ValueError(f"students_as={given.students_as} must be a vector with one free index, such as xi + V[i]")
    return built.data if built.axes else built.data[:, None]


def _network_frame(given: Networks, sizes: Sizes, ring: Ring) -> Frame:
    families: dict[str, tuple[str | None, int]] = {}
    if given.students_as is None:
        families["w"] = (_STUDENT, sizes.students)
    families["v"] = (_TEACHER, sizes.teachers)
    families.update(dict.fromkeys(given.directions, (_STUDENT, sizes.students)))
    families.update(dict.fromkeys(given.vectors, (None, 1)))
    if sizes.samples:
        families["x"] = (_SAMPLE, sizes.samples)
    rows = [f"{name}{place + 1}" if axis else name for name, (axis, size) in families.items() for place in range(size)]
    entries: dict[str, Entry] = {}
    start = 0
    for name, (axis, size) in families.items():
        if sizes.dimension:
            data = _coordinates(ring, rows[start : start + size], sizes.dimension)
        else:
            data = _identity(ring, start, size, len(rows))
        entries[name] = Entry(data=data if axis else data[:, 0], axis=axis, vector=True)
        start += size
    coefficients, signed = (
        dict.fromkeys(given.coefficients, (_STUDENT, sizes.students)),
        nonnegative_coefficients(given),
    )
    if given.weighted:
        coefficients |= {"alpha": (_STUDENT, sizes.students), "omega": (_TEACHER, sizes.teachers)}
    for name, (axis, size) in coefficients.items():
        values = [ring.generator(f"{name}{place + 1}", nonnegative=name in signed) for place in range(size)]
        entries[name] = Entry(data=_vector(values)[None], axis=axis)
    for symbol, bounds in given.scalars.items():
        entries[str(symbol)] = Entry(data=_vector([_scalar(ring, str(symbol), *bounds)]))
    number = ring.number(sizes.dimension) if sizes.dimension else ring.generator("d", nonnegative=True)
    entries["d"] = Entry(data=_vector([number]))
    return Frame(entries=entries, metric=None if sizes.dimension else _metric(ring, rows))


def nonnegative_coefficients(given: Networks) -> frozenset[str]:
    """The letters β of which a hypothesis says β_i ≥ 0 for all i: 0 ≤ smallest(β_i, i), or a larger number on the left.

    Such a hypothesis holds for any part of the rows if it holds for all of them.
    """
    return frozenset(name for relation in given.where for name in _bounded_below(relation)) & {*given.coefficients}


def _bounded_below(relation: Relation) -> Iterator[str]:
    if isinstance(relation, All):
        for part in relation.parts:
            yield from _bounded_below(part)
    if not isinstance(relation, AtMost | Below) or not isinstance(relation.left, Rational):
        return
    least = relation.right
    if int(relation.left.p) >= 0 and isinstance(least, smallest):
        row, index = least.args
        if isinstance(row, Indexed) and row.indices == (index,):
            yield str(row.base.label)


def _metric(ring: Ring, rows: list[str]) -> np.ndarray[Any, Any]:
    """Gram matrix with G_aa = ρ_a² and G_ab = ρ_a ρ_b C_ab, all generators independent."""
    numbers = [ring.new(f"‖{row}‖", nonnegative=True) for row in rows]
    ring.lengths.update(numbers)
    lengths = [ring.monomial(((number, 1),)) for number in numbers]
    metric = np.empty((len(rows), len(rows)), dtype=object)
    for one, length in enumerate(lengths):
        metric[one, one] = length * length
        for other in range(one):
            cosine = cosine_generator(ring, f"cos∠({rows[other]}, {rows[one]})")
            metric[one, other] = metric[other, one] = length * lengths[other] * cosine
    return metric


def _identity(ring: Ring, start: int, size: int, width: int) -> np.ndarray[Any, Any]:
    data = np.full((1, size, width), ring.number(0), dtype=object)
    for place in range(size):
        data[0, place, start + place] = ring.number(1)
    return data


def _coordinates(ring: Ring, rows: list[str], dimension: int) -> np.ndarray[Any, Any]:
    data = np.empty((1, len(rows), dimension), dtype=object)
    for place, row in enumerate(rows):
        for column in range(dimension):
            data[0, place, column] = ring.generator(f"{row}[{column + 1}]")
    return data


def _vector(elements: list[Element]) -> np.ndarray[Any, Any]:
    data = np.empty(len(elements), dtype=object)
    for place, element in enumerate(elements):
        data[place] = element
    return data


def _scalar(ring: Ring, name: str, low: Any, high: Any) -> Element:
    """A free scalar, with what its bounds say: ≥ 0, ≤ 0, or an angle in [0, π]."""
    least, most = _bound(low), _bound(high)
    if not least >= 0:
        return -ring.generator(f"−{name}", nonnegative=True) if most <= 0 else ring.generator(name)
    if most <= arb.pi() or _is_pi(high):
        return declare_angle(ring, name)
    return ring.generator(name, nonnegative=True)


def span_of(value: int | tuple[int, int]) -> tuple[int, int]:
    """A number of rows or dimensions as a range."""
    return (value, value) if isinstance(value, int) else value


def _is_pi(value: Any) -> bool:
    return isinstance(value, Expr) and value.is_Symbol is False and str(value) == "pi"


def _bound(value: Any) -> arb:
    walk = Walk(arithmetic=Balls(), setting=None, frame=Frame(entries={}))  # type: ignore[arg-type]
    return ball(walk(value).data[0] if isinstance(value, Expr) else value)
