"""Examination of one exact point against a claim, in balls at rising precision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flint import arb
from sympy import Expr, oo, pi

from checks.admissible import input_names, is_known
from checks.claim import Claim
from checks.given import Box, Integers, Networks, Point
from checks.instances import exact_rows, frame_of_point, walk_over
from checks.relation import All, AtMost, Below, Equal, Relation
from checks.truth import Answer, elements, holds, premise_met
from numerics.arithmetic.ball import Balls
from numerics.arithmetic.base import Unevaluable
from numerics.ball import ball, precision
from numerics.evaluation.walk import Entry, Frame, Walk
from theory.heads import Distinct, line_angle, norm
from theory.symbols import a, b, teachers

__all__ = ["Finding", "decimals", "describe", "examine", "outside_domain"]

_PRECISIONS = (64, 256, 1024, 2048)
_CONTACT_DIGITS = 300


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What balls say about one point: violated for certain, or why not."""

    violated: bool
    # Whether balls decided the matter: violated, or certainly not.
    settled: bool = True
    reason: str = ""
    numbers: Mapping[str, Any] = field(default_factory=dict)
    witness: Mapping[str, Any] = field(default_factory=dict)
    precision: int = 64


def examine(claim: Claim, point: Point) -> Finding:
    """Whether ``point`` meets every hypothesis of the claim and violates its conclusion, with certainty."""
    assert claim.then is not None
    where = tuple(getattr(claim.given, "where", ()))
    if getattr(claim.given, "near_optimum", False) and not where:
        reason = "no single network refutes a claim about all that are near enough to the optimum"
        return Finding(violated=False, settled=False, reason=reason)
    for bits in _PRECISIONS:
        with precision(bits):
            outside = outside_domain(claim, point)
            if outside:
                return Finding(violated=False, reason=outside)
            try:
                walk = walk_over(claim.given, frame_of_point(claim.given, point), Balls(), claim)
                answer = holds(walk, where, claim.then)
                if answer is Answer.NO:
                    return Finding(
                        violated=True,
                        numbers=sides(walk, claim.then),
                        witness=describe(point),
                        precision=bits,
                    )
                if answer is Answer.YES:
                    met = premise_met(walk, where)
                    why = "the conclusion holds there" if met is Answer.YES else "its hypotheses fail there"
                    return Finding(violated=False, reason=f"{why} ({describe(point)})")
            except (Unevaluable, ZeroDivisionError) as error:
                return Finding(violated=False, settled=False, reason=f"not evaluable there: {error}")
    if _touches(claim, point):
        return Finding(violated=False, reason=f"both sides agree to {_CONTACT_DIGITS} digits ({describe(point)})")
    return Finding(violated=False, settled=False, reason=f"undecided at {_PRECISIONS[-1]} bits ({describe(point)})")


def _touches(claim: Claim, point: Point) -> bool:
    """Whether the slack of the conclusion is 0 to very many digits: a contact that no precision can decide."""
    assert claim.then is not None
    bound = arb(10) ** -_CONTACT_DIGITS
    with precision(_PRECISIONS[-1]):
        walk = walk_over(claim.given, frame_of_point(claim.given, point), Balls(), claim)
        parts = claim.then.parts if isinstance(claim.then, All) else (claim.then,)
        slacks = [ball(entry) for part in parts for entry in walk(part.slack).data.reshape(-1)]
        return all(slack > 0 or abs(slack) < bound for slack in slacks)


def outside_domain(claim: Claim, point: Point) -> str:
    """Why the point is no instance of the claim's domain, "" if it is one."""
    given = claim.given
    bounds: Mapping[Any, Any] = {}
    if isinstance(given, Box | Integers):
        bounds = given.variables
        missing = [str(symbol) for symbol in bounds if str(symbol) not in point.scalars]
        if missing:
            return f"the point gives no value for {', '.join(missing)}"
    else:
        bounds = getattr(given, "scalars", {})
    walk = walk_over(given, Frame(entries={}), Balls()) if bounds else None
    for symbol, (low, high) in bounds.items():
        value = point.scalars.get(str(symbol))
        if value is None or walk is None:
            continue
        # An infinite end bounds nothing.
        inside = AtMost(low, value) if high == oo else All(AtMost(low, value), AtMost(value, high))
        if elements(walk, inside).data.min() < 0:
            return f"{symbol} = {value} lies outside [{low}, {high}]"
        # Balls can't decide whether an irrational end is met; the end itself is.
        if value not in (low, high) and elements(walk, inside).data.min() < 1:
            return f"{symbol} = {value} is not certainly in [{low}, {high}]"
    if isinstance(given, Networks):
        return _no_network(given, point)
    sizes = {"students": ("w", 0), "teachers": ("v", 0), "dimension": ("w", 1)}
    for argument, (name, place) in sizes.items():
        span = getattr(given, argument, None)
        rows = point.rows.get(name)
        if isinstance(span, tuple) and rows:
            size = len(rows) if place == 0 else len(rows[0])
            if not span[0] <= size <= span[1]:
                return f"{argument} = {size} lies outside {span}"
    return ""


def _no_network(given: Networks, point: Point) -> str:
    """Why the rows and scalars of a point are no network of the claim, "" if they certainly are one."""
    inputs = {name for name, _ in input_names(given)}
    weights = {"alpha": "student", "omega": "teacher"} if given.weighted else {}
    # Scalars that runs use, such as the step, need no range; but none may stand in for a known quantity.
    foreign = {*point.rows} - inputs - weights.keys() - {"w", "v", "x"}
    foreign |= {name for name in point.scalars if name not in inputs and is_known(name)}
    if foreign:
        return f"the claim has no input {min(foreign)}"
    spans: Any = {"students": given.students, "teachers": given.teachers, "samples": given.samples}
    families = (*given.directions, *given.coefficients)
    built = given.students_as is not None
    first = next((name for name in (families if built else ("w", *families)) if name in point.rows), "w")
    counts = {"students": first, "teachers": "v", "samples": "x"}
    found = {argument: len(point.rows.get(name, ())) for argument, name in counts.items()}
    if built and first == "w":
        found["students"] = 1
    for argument, count in found.items():
        if not spans[argument][0] <= count <= spans[argument][1]:
            return f"{argument} = {count} lies outside {spans[argument]}"
    kinds = {
        **dict.fromkeys(families if built else ("w", *families), found["students"]),
        **{name: found[f"{kind}s"] for name, kind in weights.items()},
        **dict.fromkeys(given.vectors, 1),
    }
    wrong = [name for name, rows in point.rows.items() if name in kinds and len(rows) != kinds[name]]
    if wrong:
        return f"{wrong[0]} has {len(point.rows[wrong[0]])} rows, not {kinds[wrong[0]]}"
    numbers = {*given.coefficients, *weights}
    widths = {len(row) for name, rows in point.rows.items() if name not in numbers for row in rows}
    if len(widths) != 1 or not given.dimension[0] <= min(widths) <= given.dimension[1]:  # type: ignore[index]
        return f"dimension = {', '.join(map(str, sorted(widths)))} lies outside {given.dimension}"
    return _bad_teachers(given, point)


def _bad_teachers(given: Networks, point: Point) -> str:
    """Why the teachers are not certainly nonzero and as far apart as the claim wants them."""
    if not point.rows.get("v"):
        return ""
    data = exact_rows(point.rows["v"], Balls())
    walk = walk_over(given, Frame(entries={"v": Entry(data=data, axis="teacher", vector=True)}), Balls())
    if not all(ball(entry) > 0 for entry in walk(norm(teachers[a])).data.flat):
        return "a teacher row vanishes"
    if given.separation is None or len(point.rows["v"]) < 2:
        return ""
    apart = All(AtMost(given.separation, line_angle(teachers[a], teachers[b]) + pi * (1 - Distinct(a, b))))
    return "" if elements(walk, apart).data.min() == 1 else "the teachers are not certainly separated"


def sides(walk: Walk, then: Relation) -> dict[str, str]:
    """Decimal values of left and right where the relation fails first."""
    if isinstance(then, All):
        for part in then.parts:
            if (elements(walk, part).data == -1).any():
                return sides(walk, part)
        return {}
    assert isinstance(then, AtMost | Below | Equal)
    failing = elements(walk, then)
    place = next(iter(zip(*(failing.data == -1).nonzero(), strict=True)))
    report: dict[str, str] = {}
    for side in ("left", "right"):
        value = walk(getattr(then, side))
        # The sides may lack axes of the relation: pick the failing index along those that they have.
        index = tuple(place[failing.axes.index(axis) + 1] if axis in failing.axes else 0 for axis in value.axes)
        entry = value.data[(0, *index)]
        report[side] = decimals(entry) if not value.vector else "(" + ", ".join(map(decimals, entry)) + ")"
    if failing.axes:
        report["index"] = ", ".join(f"{axis} = {int(at) + 1}" for axis, at in zip(failing.axes, place[1:], strict=True))
    return report


def decimals(element: Any, digits: int = 15) -> str:
    """A ball as a decimal string with an explicit radius where it is not exact."""
    return str(ball(element).str(digits))


def describe(point: Point) -> dict[str, Any]:
    """The point as exact text, ready for JSON."""

    def text(value: Expr) -> str:
        return str(value)

    rows = {name: [[text(entry) for entry in row] for row in family] for name, family in point.rows.items()}
    return {**rows, **{name: text(value) for name, value in point.scalars.items()}}
