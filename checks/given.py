"""Where the instances of a claim come from, and the hypotheses that they satisfy.

Each record names a kind of instance: networks, points of a box, integers, trajectories, random draws.
Hypotheses (``where``) are relations over the same vocabulary as the conclusion.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeAlias

from sympy import Expr, Rational, Symbol

from checks.relation import Relation
from theory.heads import inert
from theory.model import Model
from theory.symbols import i as student_index

__all__ = [
    "Box",
    "Companion",
    "Descent",
    "Draws",
    "Experiment",
    "Flow",
    "Given",
    "Integers",
    "Networks",
    "Point",
    "Run",
]

Span: TypeAlias = tuple[int, int]


def as_span(value: int | Span, argument: str) -> Span:
    """(low, high) of a number or a pair; ValueError naming the argument otherwise."""
    span = (value, value) if isinstance(value, int) else tuple(value)
    if len(span) != 2 or not all(isinstance(bound, int) for bound in span) or not 0 <= span[0] <= span[1]:
        raise ValueError(f"{argument}={value!r}: give a number or a pair (low, high) of integers, low ≤ high")
    return span


def exact_rational(value: Any) -> Rational:
    """An exact rational from an int, a decimal string or a SymPy rational; ValueError for a binary float."""
    if isinstance(value, float):
        raise ValueError(f"{value!r} is a binary float; write '{value!r}' in quotes or Rational(p, q)")
    return Rational(value)


@dataclass(frozen=True, kw_only=True)
class Point:
    """An exact instance: rows and scalars as integers, decimal strings, rationals or exact SymPy numbers.

    ``rows["w"]`` are the students, ``rows["v"]`` the teachers, ``rows["V"]`` a direction;
    ``students=``/``teachers=`` are the usual short forms.
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
    """All teacher–student networks of a model with these sizes; teachers never vanish, students may.

    ``directions`` names further row families shaped like the students (V, H); ``coefficients`` names free
    numbers per student (beta); ``vectors`` free single vectors (xi); ``scalars`` bounds free scalars.
    ``students_as`` builds the students from these instead of drawing them, e.g. ``beta[i] * v + nu * H[i]``.
    ``drawn_as`` does so for drawn instances only: it steers the sampling and restricts nothing.  ``samples``
    > 0 adds inputs x[mu].
    """

    model: str | Model
    students: int | Span = (1, 6)
    teachers: int | Span = 1
    dimension: int | Span = (1, 6)
    directions: tuple[str, ...] = ()
    coefficients: tuple[str, ...] = ()
    vectors: tuple[str, ...] = ()
    scalars: Mapping[Symbol, tuple[Any, Any]] = field(default_factory=dict)
    samples: int | Span = 0
    students_as: Expr | None = None
    drawn_as: Expr | None = None
    where: tuple[Relation, ...] = ()
    near_optimum: bool = False
    separation: Any = None
    weighted: bool = False

    def __post_init__(self) -> None:
        for argument in ("students", "teachers", "dimension", "samples"):
            object.__setattr__(self, argument, as_span(getattr(self, argument), argument))
        if self.students[0] < 1 or self.dimension[0] < 1:  # type: ignore[index]
            raise ValueError("students and dimension start at 1: an empty network has no loss")
        built = self.students_as
        if built is not None and self.students != (1, 1) and student_index not in built.free_symbols:
            raise ValueError(
                f"students_as={built} builds one row, but students={self.students}; write it with the free index i"
            )
        bounds = {symbol: tuple(map(exact_rational, span)) for symbol, span in self.scalars.items()}
        object.__setattr__(self, "scalars", bounds)


@dataclass(frozen=True, kw_only=True)
class Box:
    """All points of a closed box of scalars with ``where``; bounds are exact rationals or exact constants
    such as π.
    """

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
        bounds = {symbol: as_span(span, str(symbol)) for symbol, span in self.variables.items()}
        object.__setattr__(self, "variables", bounds)


@dataclass(frozen=True, kw_only=True)
class Companion:
    """A further network against the same teachers, moving by the same rule; claims reach it as ``run(label,
    …)``.

    ``rows`` builds its students from the start of the main network, one vector tree each (``(w[0],)``), or
    one per student of the main network from a tree with the free index i.  Without ``rows``, ``students``
    rows are drawn independently by the same law, which only `Draws` has.
    """

    students: int = 1
    rows: tuple[Expr, ...] = ()


def _shown(record: Any, later: tuple[str, ...]) -> str:
    """repr of a record without those ``later`` fields that have their default, so that they change no digest."""
    used = [one for one in fields(record) if one.name not in later or getattr(record, one.name) != one.default]
    return f"{type(record).__name__}({', '.join(f'{one.name}={getattr(record, one.name)!r}' for one in used)})"


def _points(start: Point | tuple[Point, ...] | None) -> tuple[Point, ...]:
    return () if start is None else (start,) if isinstance(start, Point) else tuple(start)


@dataclass(frozen=True, kw_only=True)
class Flow:
    """Gradient-flow trajectories ẇ = −∇L of a model up to time ``until``, from ``start`` or from drawn
    starts.

    ``start`` may be several exact starts, of any sizes.  ``starts`` says from which networks; its hypotheses hold
    at t = 0, those of ``where`` select the states at which the conclusion is said.  ``at`` are the recorded
    times, by default spread over the decades up to ``until``.
    """

    model: str | Model
    students: int | Span
    teachers: int | Span = 1
    dimension: int | Span = (2, 4)
    until: Any = 1000
    at: tuple[Any, ...] = ()
    start: Point | tuple[Point, ...] | None = None
    starts: Networks | None = None
    where: tuple[Relation, ...] = ()

    def __post_init__(self) -> None:
        for argument in ("students", "teachers", "dimension"):
            object.__setattr__(self, argument, as_span(getattr(self, argument), argument))
        object.__setattr__(self, "until", exact_rational(self.until))

    @property
    def points(self) -> tuple[Point, ...]:
        """The stated starts, however many."""
        return _points(self.start)


@dataclass(frozen=True, kw_only=True)
class Descent:
    """Gradient-descent runs w ← w − η ∇L: the states of ``steps`` steps from ``start`` or from drawn starts.

    ``step`` is η, exact or a tree over the start; without it η is a scalar of ``starts``.  ``starts`` says
    from which networks: its hypotheses hold at t = 0, those of ``where`` select the states at which the
    conclusion is said.  ``at`` are the recorded steps, by default all of them (spread over the decades beyond
    20000).  Initial values, extrema and first times are written with the heads of `theory.observables`.
    """

    model: str | Model
    steps: int
    step: Any = None
    students: int | Span = 1
    teachers: int | Span = 1
    dimension: int | Span = (2, 4)
    at: tuple[int, ...] = ()
    start: Point | None = None
    starts: Networks | None = None
    companions: Mapping[str, Companion] = field(default_factory=dict)
    where: tuple[Relation, ...] = ()

    def __post_init__(self) -> None:
        for argument in ("students", "teachers", "dimension"):
            object.__setattr__(self, argument, as_span(getattr(self, argument), argument))
        if self.steps < 1:
            raise ValueError(f"steps={self.steps!r}: give at least one step of descent")
        if self.step is not None:
            object.__setattr__(self, "step", inert_number(self.step))

    @property
    def points(self) -> tuple[Point, ...]:
        """The stated start, if there is one."""
        return _points(self.start)


@dataclass(frozen=True, kw_only=True)
class Draws:
    """Random networks: students w_i ~ N(0, deviation² I) in R^dimension against the teacher ``teacher_norm``
    · e_1.

    ``companions`` are drawn jointly; ``where`` conditions the draw; ``scalars`` fixes scalars.  With
    ``steps`` > 0 every draw is the start of a run of gradient descent with step ``step``, and events may ask
    about the run.
    """

    model: str | Model
    students: int
    dimension: int
    deviation: Any = 1
    teacher_norm: Any = 1
    companions: Mapping[str, Companion] = field(default_factory=dict)
    where: tuple[Relation, ...] = ()
    scalars: Mapping[Symbol, Any] = field(default_factory=dict)
    steps: int = 0
    step: Any = None
    at: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.students < 1 or self.dimension < 1:
            raise ValueError("students and dimension of Draws start at 1")
        if (self.steps > 0) != (self.step is not None):
            raise ValueError(f"steps={self.steps!r}, step={self.step!r}: give both for runs of descent, or neither")
        for argument in ("deviation", "teacher_norm", "step"):
            if getattr(self, argument) is not None:
                object.__setattr__(self, argument, exact_rational(getattr(self, argument)))


@dataclass(frozen=True, kw_only=True)
class Run:
    """One labelled kind of run of an experiment: gradient descent with step ``step`` from w_i ~ N(c_i,
    deviation² I).

    ``centre`` are exact rows c_i, by default 0.  ``samples`` = 0 is the population loss; otherwise the empirical
    loss of that many Gaussian inputs, which all runs of one seed share, or which every step draws anew if they
    are ``fresh``.  ``at`` are the recorded steps, by default about 200 spread evenly.
    """

    students: int
    step: Any
    steps: int
    deviation: Any
    samples: int = 0
    at: tuple[int, ...] = ()
    centre: tuple[tuple[Any, ...], ...] = ()
    fresh: bool = False

    def __post_init__(self) -> None:
        for argument in ("step", "deviation"):
            object.__setattr__(self, argument, exact_rational(getattr(self, argument)))
        if self.students < 1 or self.steps < 1 or self.samples < 0:
            raise ValueError(f"students={self.students}, steps={self.steps}, samples={self.samples}: out of range")
        if self.centre and len(self.centre) != self.students:
            raise ValueError(f"centre has {len(self.centre)} rows for {self.students} students; give one for each")
        if self.fresh and not self.samples:
            raise ValueError("fresh=True needs samples=…, the size of the batch of a step")

    def __repr__(self) -> str:
        return _shown(self, ("centre", "fresh"))


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """Labelled runs against the teacher ``teacher_norm`` · e_1 in R^dimension, each repeated over seeds.

    ``teacher_rows`` are exact rows in place of this one teacher.  Features are relations over
    ``median(run(label, …))``, ``share(…)``, ``mean(…)``.  ``seeds`` is (quick, full).  ``coarse`` > 1 lets the
    quick budget take steps that many times larger and fewer; t keeps counting the small ones.  ``curves`` are
    the panels that the figure draws against t, a tree or several each (see
    `checks.runs.figures`), on a logarithmic scale where named in ``logarithmic``.
    """

    model: str | Model
    runs: Mapping[str, Run]
    dimension: int
    teacher_norm: Any = 1
    seeds: Span = (8, 40)
    coarse: int = 1
    curves: tuple[Expr | tuple[Expr, ...], ...] = ()
    logarithmic: tuple[Expr, ...] = ()
    teacher_rows: tuple[tuple[Any, ...], ...] = ()

    def __repr__(self) -> str:
        return _shown(self, ("teacher_rows",))

    def __post_init__(self) -> None:
        if not self.runs:
            raise ValueError("an Experiment needs at least one run: Experiment(runs={'K=3': Run(…)}, …)")
        rows = (*self.teacher_rows, *(row for run in self.runs.values() for row in run.centre))
        if any(len(row) != self.dimension for row in rows):
            raise ValueError(f"teacher_rows and centres need dimension={self.dimension} entries each")
        object.__setattr__(self, "teacher_norm", exact_rational(self.teacher_norm))


Given: TypeAlias = Networks | Box | Integers | Flow | Descent | Draws | Experiment
