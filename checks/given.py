"""Where the instances of a claim come from, and the hypotheses that they satisfy.

Each record names a kind of instance: networks, points of a box, integers, trajectories, random draws.  Hypotheses
(``where``) are relations over the same vocabulary as the conclusion.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sympy import Expr, Rational, Symbol

from checks.relation import Relation
from theory.heads import inert

__all__ = ["Box", "Descent", "Draws", "Flow", "Given", "Integers", "Networks", "Point"]

Span: TypeAlias = tuple[int, int]


def _span(value: int | Span, argument: str) -> Span:
    span = (value, value) if isinstance(value, int) else tuple(value)
    if len(span) != 2 or not all(isinstance(bound, int) for bound in span) or not 0 <= span[0] <= span[1]:
        raise ValueError(f"{argument}={value!r}: give a number or a pair (low, high) of integers, low ≤ high")
    return span  # type: ignore[return-value]


def exact_rational(value: Any) -> Rational:
    """An exact rational from an int, a decimal string or a SymPy rational; ValueError for a binary float."""
    if isinstance(value, float):
        raise ValueError(f"{value!r} is a binary float; write '{value!r}' in quotes or Rational(p, q)")
    return Rational(value)


@dataclass(frozen=True, kw_only=True)
class Point:
    """An exact instance: rows and scalars as integers, decimal strings, rationals or exact SymPy numbers.

    ``rows["w"]`` are the students, ``rows["v"]`` the teachers, ``rows["V"]`` a direction; ``students=``/``teachers=``
    are the usual short forms.
    """

    rows: Mapping[str, tuple[tuple[Any, ...], ...]] = field(default_factory=dict)
    scalars: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""

    @classmethod
    def of(cls, *, students: Any = (), teachers: Any = (), note: str = "", **named: Any) -> Point:
        """``Point.of(students=[[-1], [1]], teachers=[[1]], eta="1/10", V=[[1], [0]])``."""
        rows: dict[str, Any] = {}
        scalars: dict[str, Any] = {}
        for name, value in {"w": students, "v": teachers, **named}.items():
            if isinstance(value, list | tuple):
                if len(value):
                    nested = value if isinstance(value[0], list | tuple) else [[entry] for entry in value]
                    rows[name] = tuple(tuple(inert_number(entry) for entry in row) for row in nested)
            else:
                scalars[name] = inert_number(value)
        lengths = {len(row) for name, family in rows.items() for row in family if name not in _COEFFICIENTS}
        if len(lengths) > 1:
            raise ValueError(f"the rows of a point have different lengths {sorted(lengths)}; pad them to one dimension")
        return cls(rows=rows, scalars=scalars, note=note)


_COEFFICIENTS = ("alpha", "omega", "beta")


def inert_number(value: Any) -> Expr:
    """An exact number as a SymPy expression; decimal strings are read exactly, floats are refused."""
    if isinstance(value, float):
        raise ValueError(f"{value!r} is a binary float; write it in quotes, as a decimal string")
    if isinstance(value, str):
        return Rational(value)
    return inert(value)


@dataclass(frozen=True, kw_only=True)
class Networks:
    """All teacher–student networks of a model with these sizes.

    ``directions`` names further row families shaped like the students (V, H); ``coefficients`` names free numbers per
    student (beta); ``vectors`` free single vectors (xi); ``scalars`` bounds free scalars.  ``students_as`` builds the
    students from these instead of drawing them, e.g. ``beta[i] * v + nu * H[i]``.  ``samples`` > 0 adds inputs x[mu].
    """

    model: str
    students: int | Span = (1, 6)
    teachers: int | Span = 1
    dimension: int | Span = (1, 6)
    directions: tuple[str, ...] = ()
    coefficients: tuple[str, ...] = ()
    vectors: tuple[str, ...] = ()
    scalars: Mapping[Symbol, tuple[Any, Any]] = field(default_factory=dict)
    samples: int | Span = 0
    students_as: Expr | None = None
    where: tuple[Relation, ...] = ()
    near_optimum: bool = False
    separation: Any = None
    weighted: bool = False

    def __post_init__(self) -> None:
        for argument in ("students", "teachers", "dimension", "samples"):
            object.__setattr__(self, argument, _span(getattr(self, argument), argument))
        if self.students[0] < 1 or self.dimension[0] < 1:  # type: ignore[index]
            raise ValueError("students and dimension start at 1: an empty network has no loss")
        bounds = {symbol: tuple(map(exact_rational, span)) for symbol, span in self.scalars.items()}
        object.__setattr__(self, "scalars", bounds)


@dataclass(frozen=True, kw_only=True)
class Box:
    """All points of a closed box of scalars with ``where``; bounds are exact rationals or exact constants such as π."""

    variables: Mapping[Symbol, tuple[Any, Any]]
    where: tuple[Relation, ...] = ()

    def __post_init__(self) -> None:
        if not self.variables:
            raise ValueError("a Box needs at least one variable: Box(variables={x: (0, 1)})")
        bounds = {symbol: tuple(map(inert_number, span)) for symbol, span in self.variables.items()}
        object.__setattr__(self, "variables", bounds)


@dataclass(frozen=True, kw_only=True)
class Integers:
    """All integers in the ranges (both ends included), every one of which is checked."""

    variables: Mapping[Symbol, Span]

    def __post_init__(self) -> None:
        bounds = {symbol: _span(span, str(symbol)) for symbol, span in self.variables.items()}
        object.__setattr__(self, "variables", bounds)


@dataclass(frozen=True, kw_only=True)
class Flow:
    """Gradient-flow trajectories ẇ = −∇L of a model up to time ``until``, from ``start`` or from drawn starts."""

    model: str
    students: int | Span
    teachers: int | Span = 1
    dimension: int | Span = (2, 4)
    until: Any = 1000
    start: Point | None = None
    starts: Networks | None = None
    where: tuple[Relation, ...] = ()

    def __post_init__(self) -> None:
        for argument in ("students", "teachers", "dimension"):
            object.__setattr__(self, argument, _span(getattr(self, argument), argument))


@dataclass(frozen=True, kw_only=True)
class Descent:
    """Gradient-descent runs w ← w − η ∇L: every state of ``steps`` steps from ``start`` or from drawn starts.

    The relation is evaluated at every step t = 0 … steps at which the hypotheses ``where`` hold; initial values are
    available under the name of the quantity with the suffix ``_0``.
    """

    model: str
    steps: int
    step: Any = None
    students: int | Span = 1
    teachers: int | Span = 1
    dimension: int | Span = (2, 4)
    start: Point | None = None
    starts: Networks | None = None
    where: tuple[Relation, ...] = ()

    def __post_init__(self) -> None:
        for argument in ("students", "teachers", "dimension"):
            object.__setattr__(self, argument, _span(getattr(self, argument), argument))


@dataclass(frozen=True, kw_only=True)
class Draws:
    """Random networks: Gaussian students w_i ~ N(0, deviation² I) against a unit teacher, sizes fixed."""

    model: str
    students: int
    dimension: int
    deviation: Any = 1
    where: tuple[Relation, ...] = ()
    scalars: Mapping[Symbol, Any] = field(default_factory=dict)


Given: TypeAlias = Networks | Box | Integers | Flow | Descent | Draws
