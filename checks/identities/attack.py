"""Exact attack on an identity: small rational instances that meet the hypotheses, evaluated in balls.

The first instances have the fewest rows and dimensions and the smallest integers, so a violation that is
found is already a simple witness.  Lengths and coefficients that a hypothesis wants to be 1 come from
Pythagorean rows; scalars that an equation gives are computed from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb, fmpq
from sympy import Expr, Rational, Symbol

from checks.claim import Claim
from checks.given import Box, Integers, Networks, Point
from checks.identities.generic import span_of
from checks.identities.hypotheses import equations
from checks.instances import frame_of_point, walk_over
from checks.truth import Answer, holds, premise_met
from checks.witness import Finding, examine
from numerics.arithmetic.ball import Balls
from numerics.arithmetic.base import Unevaluable
from numerics.ball import ball, precision
from numerics.evaluation.walk import Frame, Walk

__all__ = ["Attack", "attack"]

_BITS = 128


@dataclass(frozen=True, kw_only=True)
class Attack:
    """How many instances were evaluated, how many of them met the hypotheses, and the violation found, if
    any.
    """

    instances: int
    met: int
    finding: Finding | None = None


def attack(claim: Claim, rng: np.random.Generator, instances: int, enough: int) -> Attack:
    """Evaluate the claim at up to ``instances`` exact instances, until balls certainly exclude equality at
    one of them or ``enough`` of them have met the hypotheses.
    """
    if getattr(claim.given, "near_optimum", False) or getattr(claim.given, "separation", None) is not None:
        # Instances of these have to be constructed; small rationals are none.
        return Attack(instances=0, met=0)
    tried = met = 0
    for point in _points(claim, rng, instances):
        if met >= enough:
            break
        tried += 1
        answer, premise = _answer(claim, point)
        met += premise is Answer.YES
        if answer is Answer.NO:
            finding = examine(claim, point)
            if finding.violated:
                return Attack(instances=tried, met=met, finding=finding)
    return Attack(instances=tried, met=met)


def _answer(claim: Claim, point: Point) -> tuple[Answer, Answer]:
    assert claim.then is not None
    where = tuple(getattr(claim.given, "where", ()))
    with precision(_BITS):
        try:
            walk = walk_over(claim.given, frame_of_point(claim.given, point), Balls(), claim)
            return holds(walk, where, claim.then), premise_met(walk, where)
        except (Unevaluable, ZeroDivisionError):
            return Answer.UNKNOWN, Answer.UNKNOWN


def _points(claim: Claim, rng: np.random.Generator, instances: int) -> Iterator[Point]:
    given = claim.given
    if isinstance(given, Networks):
        draw: Any = lambda trial: _network(given, rng, trial)  # noqa: E731
    else:
        assert isinstance(given, Box | Integers)
        bounds = {str(symbol): _interval(*span) for symbol, span in given.variables.items()}
        draw = lambda trial: Point(  # noqa: E731
            scalars={name: _scalar(rng, *span, isinstance(given, Integers)) for name, span in bounds.items()}
        )
    for trial in range(instances):
        yield _solved(claim, draw(trial))


def _network(given: Networks, rng: np.random.Generator, trial: int) -> Point:
    """Shapes grow with the trial number: first the least, later up to 4 students, 3 teachers and 3 dimensions
    more.
    """
    growth = min(3, trial // 8)
    students, teachers, dimension, samples = (
        int(rng.integers(low, min(high, low + growth) + 1)) if trial else low
        for low, high in map(span_of, (given.students, given.teachers, given.dimension, given.samples))
    )
    size = 1 + min(4, trial // 6)
    families = {"v": teachers, **dict.fromkeys(given.directions, students), **dict.fromkeys(given.vectors, 1)}
    if given.students_as is None:
        families = {"w": students, **families}
    if samples:
        families["x"] = samples
    rows = {name: tuple(_row(rng, dimension, size) for _ in range(count)) for name, count in families.items() if count}
    coefficients = dict.fromkeys(given.coefficients, students)
    if given.weighted:
        coefficients |= {"alpha": students, "omega": teachers}
    for name, count in coefficients.items():
        rows[name] = tuple((entry,) for entry in _row(rng, count, size))
    scalars = {
        str(symbol): _scalar(rng, *_interval(low, high), integral=False)
        for symbol, (low, high) in given.scalars.items()
    }
    return Point(rows=rows, scalars=scalars)


def _row(rng: np.random.Generator, dimension: int, size: int) -> tuple[Rational, ...]:
    """A signed axis, a rational unit vector, or small integers; never 0, where most are undefined."""
    kind = int(rng.integers(4))
    row = [0] * dimension
    if kind == 0 or not dimension:
        if dimension:
            row[int(rng.integers(dimension))] = int(rng.choice((-1, 1)))
        return tuple(map(Rational, row))
    while not any(row):
        row = [int(entry) for entry in rng.integers(-size, size + 1, dimension)]
    if kind > 1:
        return tuple(map(Rational, row))
    # Reflection of an axis in the hyperplane across the row: a rational unit vector.
    square = sum(entry * entry for entry in row)
    axis = int(rng.integers(dimension))
    return tuple(
        Rational(int(place == axis)) - Rational(2 * row[axis] * entry, square) for place, entry in enumerate(row)
    )


def _interval(low: Any, high: Any) -> tuple[Fraction, Fraction]:
    """A rational interval inside the bounds: the bounds themselves where they are rational."""
    least, most = _inner(low, 1), _inner(high, -1)
    return (least, most) if least <= most else (most, most)


def _inner(bound: Any, direction: int) -> Fraction:
    if isinstance(bound, int):
        return Fraction(bound)
    if isinstance(bound, Rational):
        return Fraction(int(bound.p), int(bound.q))
    with precision(_BITS):
        walk = Walk(arithmetic=Balls(), setting=None, frame=Frame(entries={}))  # type: ignore[arg-type]
        value: arb = ball(walk(bound).data[0])
        edge = value.upper() if direction > 0 else value.lower()
        scaled = ((edge * 1024).ceil() if direction > 0 else (edge * 1024).floor()).unique_fmpz()
        assert scaled is not None
        return Fraction(int(scaled), 1024)


def _scalar(rng: np.random.Generator, low: Fraction, high: Fraction, integral: bool) -> Rational:
    """Ends rarely, simple fractions of the interval otherwise."""
    if integral:
        return Rational(int(rng.integers(int(low), int(high) + 1)))
    parts = int(rng.choice((2, 3, 4, 5, 7, 16, 101)))
    value = low + (high - low) * Fraction(int(rng.integers(0 if parts == 2 else 1, parts + (parts == 2))), parts)
    return Rational(value.numerator, value.denominator)


def _solved(claim: Claim, point: Point) -> Point:
    """The point with the inputs that an equation gives computed from it, where their values are rational."""
    for relation in getattr(claim.given, "where", ()):
        for equation in equations(relation):
            for leaf, tree in ((equation.left, equation.right), (equation.right, equation.left)):
                if isinstance(leaf, Symbol) and not tree.has(leaf):
                    point = _with_value(claim, point, str(leaf), tree)
    return point


def _with_value(claim: Claim, point: Point, name: str, tree: Expr) -> Point:
    if name not in point.scalars and name not in point.rows:
        return point
    try:
        value = walk_over(claim.given, frame_of_point(claim.given, point), Balls(), claim)(tree)
    except (Unevaluable, ZeroDivisionError):
        return point
    if value.axes or not all(isinstance(entry, fmpq) for entry in value.data.flat):
        return point
    exact = tuple(Rational(int(entry.p), int(entry.q)) for entry in value.data.flat)
    changed: Mapping[str, Any]
    if value.vector:
        changed = {**point.rows, name: (exact,)}
        return replace(point, rows=changed)
    return replace(point, scalars={**point.scalars, name: exact[0]})
