"""Instances of claims as frames: points exactly, drawn networks in batches, one drawn instance exactly."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
from sympy import Expr, Rational, Symbol

from checks.claim import Claim
from checks.given import Networks, Point, as_span
from numerics.arithmetic.ball import Balls
from numerics.arithmetic.base import Arithmetic
from numerics.arithmetic.floating import Floating
from numerics.evaluation.supply import Supply, stable_quantities
from numerics.evaluation.walk import Entry, Frame, Value, Walk
from numerics.instances.space import Family, Scalar, Space
from theory.model import find_model
from theory.quantity import Quantity, Setting, Vocabulary

__all__ = [
    "claim_vocabulary",
    "exact_rows",
    "frame_of_arrays",
    "frame_of_point",
    "setting_of",
    "shared_walks",
    "space_of",
    "walk_over",
]

_ROW_AXIS = {"w": "student", "v": "teacher", "V": "student", "H": "student", "x": "sample", "beta": "student"}
_COEFFICIENTS = {"alpha": "student", "omega": "teacher", "beta": "student"}


def setting_of(given: Any, teachers: int | None = None) -> Setting:
    """Setting of a claim's model; several teachers if more than one is possible or present."""
    most = given.teachers[1] if hasattr(given, "teachers") else len(getattr(given, "teacher_rows", ())) or 1
    most = most if teachers is None else teachers
    model = find_model(given.model)
    several = most > 1 or not model.single_teacher
    return Setting(model=model, several_teachers=several, weighted=getattr(given, "weighted", False))


def claim_vocabulary(claim: Claim) -> Vocabulary:
    """The claim's own quantities by (name, arity)."""
    return {
        (quantity.name, quantity.arity): quantity for quantity in claim.quantities if isinstance(quantity, Quantity)
    }


def space_of(given: Networks) -> Space:
    """The space that a sampler draws instances from."""
    families = [
        Family(name="w", kind="student", rows=as_span(given.students, "students")),
        Family(name="v", kind="teacher", rows=as_span(given.teachers, "teachers")),
        *(Family(name=name, kind="direction", like="w") for name in (*given.directions, *given.coefficients)),
        *(Family(name=name, kind="direction", rows=(1, 1)) for name in given.vectors),
    ]
    samples = as_span(given.samples, "samples")
    if samples[1]:
        families.append(Family(name="x", kind="sample", rows=samples))
    scalars = tuple(
        Scalar(name=str(symbol), low=_fraction(low), high=_fraction(high))
        for symbol, (low, high) in given.scalars.items()
    )
    return Space(
        model=given.model,
        families=tuple(families),
        scalars=scalars,
        dimension=as_span(given.dimension, "dimension"),
        near_optimum=given.near_optimum,
        separation=None if given.separation is None else _fraction(Rational(given.separation)),
    )


def _fraction(value: Rational) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def frame_of_arrays(given: Networks, arrays: Mapping[str, Any], arithmetic: Arithmetic) -> Frame:
    """Frame over a batch: families (B, rows, d), scalars (B,), as drawn by a sampler or read exactly."""
    entries: dict[str, Entry] = {}
    for name, array in arrays.items():
        data = arithmetic.lift(array)
        if name in given.coefficients:
            # A free number per student travels as the first coordinate of a direction, so that samplers and searches
            # treat it like everything else.
            entries[name] = Entry(data=data[..., 0], axis="student")
        elif name in given.vectors:
            entries[name] = Entry(data=data[:, 0], vector=True)
        elif data.ndim == 3:
            entries[name] = Entry(data=data, axis=_ROW_AXIS.get(name, "student"), vector=True)
        else:
            entries[name] = Entry(data=data)
    built = given.drawn_as if given.students_as is None else given.students_as
    return _with_built_students(given, Frame(entries=entries), arithmetic, built)


def frame_of_point(given: Any, point: Point, arithmetic: Arithmetic | None = None) -> Frame:
    """Frame of one exact point; irrational entries (√2, …) become balls at the current precision."""
    arithmetic = arithmetic or Balls()
    entries: dict[str, Entry] = {}
    for name, family in point.rows.items():
        data = exact_rows(family, arithmetic)
        if name in _COEFFICIENTS or name in getattr(given, "coefficients", ()):
            entries[name] = Entry(data=data[..., 0], axis=_COEFFICIENTS.get(name, "student"))
        elif name in getattr(given, "vectors", ()) or name == "xi":
            entries[name] = Entry(data=data[:, 0], vector=True)
        else:
            entries[name] = Entry(data=data, axis=_ROW_AXIS.get(name, "student"), vector=True)
    for name, value in point.scalars.items():
        entries[name] = Entry(data=exact_rows(((value,),), arithmetic)[:, 0, 0])
    frame = Frame(entries=entries)
    built = given.students_as if isinstance(given, Networks) else None
    return _with_built_students(given, frame, arithmetic, built)


def exact_rows(family: tuple[tuple[Expr, ...], ...], arithmetic: Arithmetic) -> np.ndarray[Any, Any]:
    """(1, rows, d) data of exact SymPy numbers, each evaluated by the walk."""
    walk = Walk(arithmetic=arithmetic, setting=_NO_SETTING, frame=Frame(entries={}))
    rows = [[walk(entry).data[0] for entry in row] for row in family]
    data = np.empty((1, len(rows), len(rows[0])), dtype=np.asarray(rows[0][0]).dtype)
    for place, row in enumerate(rows):
        for column, entry in enumerate(row):
            data[0, place, column] = entry
    return data


_NO_SETTING: Any = None


def _with_built_students(given: Any, frame: Frame, arithmetic: Arithmetic, tree: Expr | None) -> Frame:
    if tree is None:
        return frame
    built: Value = walk_over(given, frame, arithmetic)(tree)
    data = built.data if built.axes else built.data[:, None]
    entry = Entry(data=data, axis="student", vector=True)
    return replace(frame, entries={**frame.entries, "w": entry})


def walk_over(given: Any, frame: Frame, arithmetic: Arithmetic, claim: Claim | None = None) -> Walk:
    """A walk over a frame, with the model's setting and the claim's own quantities."""
    teachers = frame.entries["v"].data.shape[1] if "v" in frame.entries else None
    setting = setting_of(given, teachers) if hasattr(given, "model") else _NO_SETTING
    supply: Supply = {}
    if isinstance(arithmetic, Floating):
        supply = stable_quantities(setting)
    extra = claim_vocabulary(claim) if claim is not None else {}
    return Walk(arithmetic=arithmetic, setting=setting, frame=frame, extra=extra, supply=supply)


def shared_walks(claim: Claim, given: Networks | None = None) -> Callable[[Mapping[str, Any]], Walk]:
    """Float walks over batches of a claim's instances (of those of ``given``); who asks again for the latest batch gets
    the same walk.
    """
    arithmetic = Floating()
    chosen = given or claim.given
    assert isinstance(chosen, Networks)
    latest: list[tuple[tuple[Any, ...], Walk]] = []

    def walk_of(batch: Mapping[str, Any]) -> Walk:
        # The arrays are kept, so that no others can take their places in memory.
        arrays = tuple(batch.values())
        if latest and len(latest[0][0]) == len(arrays) and all(map(operator.is_, latest[0][0], arrays)):
            return latest[0][1]
        walk = walk_over(chosen, frame_of_arrays(chosen, batch, arithmetic), arithmetic, claim)
        latest[:] = [(arrays, walk)]
        return walk

    return walk_of


def scalar_frame(values: Mapping[Symbol, Any], arithmetic: Arithmetic) -> Frame:
    """Frame of scalars alone, for boxes and integers."""
    return Frame(
        entries={str(symbol): Entry(data=np.atleast_1d(arithmetic.lift(value))) for symbol, value in values.items()}
    )
