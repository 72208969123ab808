"""One inequality f ≥ 0 (f > 0) on a box, and the rules that close a sub-box of it.

Every rule is a sufficient condition that `checks.certificate_checker` can verify again:

    ball         the enclosure of f on the box has the right sign
    mean-value   the mean value form has
    sign         the structure of f (squares, signed products and sums, Bernstein ranges) has; not for f > 0
    bernstein    all Bernstein coefficients of the polynomial f have
    taylor       the zeros are divided out, and the quotient has (`numerics.prover.taylor`)
    zero         f is identically 0 on the box, seen in the ring; not for f > 0
    empty        some side condition is certainly negative on the whole box
    face         f is monotone in a variable, so the face where it is smallest decides
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from typing import Any

from flint import arb, fmpq

from numerics.instances.rational import simplest_between
from numerics.prover.bernstein import coefficients
from numerics.prover.enclosure import Box, Enclosure, certain, midpoint, with_room
from numerics.prover.jet import ball_call, evaluate
from numerics.prover.taylor import Contact, Corner, quotient, vanishes, vanishing_order
from numerics.prover.tree import Tree

__all__ = ["UNBOUNDED", "Outcome", "Problem"]

UNBOUNDED = float("-inf")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the rules say about one box: a leaf, a smaller face to prove, or nothing yet."""

    node: list[Any] | None = None
    face: Box | None = None
    refuted_at: tuple[fmpq, ...] | None = None
    lower: float = UNBOUNDED  # of f on the box, for the order of work
    slopes: Sequence[arb] | None = None
    contacts: Sequence[Contact] = ()  # that were divided out in vain


class Problem:
    """f and its side conditions in one chart, with the contact points known there."""

    def __init__(
        self,
        *,
        tree: Tree,
        where: Sequence[Tree],
        names: Sequence[str],
        box: Box,
        strict: bool,
        charts: Sequence[Mapping[str, Tree]] = (),
    ) -> None:
        self.names = tuple(names)
        self.box = box
        self.strict = strict
        self.charts = tuple(charts)  # the changes of variables that led here, outermost first
        self.f = Enclosure(tree, names)
        self.where = [Enclosure(condition, names) for condition in where]
        self.faces: dict[str, dict[fmpq, int]] = {name: {} for name in names}
        self.corners: list[Corner] = []
        self.fixed = {name: lo for name, (lo, hi) in zip(names, box, strict=True) if lo == hi}
        self.hints: list[tuple[fmpq, ...]] = []  # interior points where zeros were found
        self._tried: set[tuple[fmpq, ...]] = set()
        if not strict and not self._zero_everywhere:
            for name, side in zip(names, box, strict=True):
                for point in set(side):
                    self.add_face(name, point)
            self._find_corners([sorted(set(side)) for side in box])

    # contacts
    # ---------------------------------------------------------------------------------------------------

    def add_face(self, name: str, point: fmpq) -> bool:
        """Note the order of the zero at the face name = point, if there is one."""
        order = 0 if name in self.fixed else vanishing_order(self.f.tree, self.names, name, point, self.fixed)
        if order:
            self.faces[name][point] = order
        return order > 0

    def _find_corners(self, candidates: Sequence[Sequence[fmpq]]) -> None:
        values = dict(zip(self.names, candidates, strict=True))
        found: list[dict[str, fmpq]] = [dict(corner.point) for corner in self.corners]
        free = [name for name in self.names if name not in self.fixed]
        for size in range(2, len(free) + 1):
            for subset in combinations(free, size):
                for chosen in product(*(values[name] for name in subset)):
                    point = dict(zip(subset, chosen, strict=True))
                    if any(known.items() <= point.items() for known in found):
                        continue
                    orders = {name: self.faces[name].get(value, 0) for name, value in point.items()}
                    if vanishes(self.f.tree, self.names, point, self.fixed, orders):
                        found.append(point)
                        self.corners.append(Corner(point=tuple(point.items())))

    def simple_point(self, box: Box) -> tuple[fmpq, ...] | None:
        """The simplest point near a box that resists, unless it lies outside or was looked at before."""
        point = []
        for (lo, hi), (bottom, top) in zip(box, self.box, strict=True):
            low, high = max(lo - (hi - lo), bottom), min(hi + (hi - lo), top)
            simplest = simplest_between(*(Fraction(int(x.p), int(x.q)) for x in (low, high)))
            point.append(fmpq(simplest.numerator, simplest.denominator))
        if tuple(point) in self._tried:
            return None
        self._tried.add(tuple(point))
        return tuple(point)

    def look_for_contact(self, point: Sequence[fmpq]) -> None:
        """Note the zeros of f, or of its quotient, at an interior point."""
        if self.strict or self._zero_everywhere or tuple(point) in self.hints:
            return
        before = sum(map(len, self.faces.values())) + len(self.corners)
        for name, value, (lo, hi) in zip(self.names, point, self.box, strict=True):
            if lo < value < hi and value not in self.faces[name]:
                self.add_face(name, value)
        self._find_corners([[value] for value in point])
        if sum(map(len, self.faces.values())) + len(self.corners) > before:
            self.hints.append(tuple(point))

    def inside(self, place: Sequence[float]) -> tuple[fmpq, ...] | None:
        """The exact point that binary64 coordinates are, if it lies in the box."""
        point = tuple(fmpq(*float(x).as_integer_ratio()) for x in place)
        return point if all(lo <= x <= hi for x, (lo, hi) in zip(point, self.box, strict=True)) else None

    def contact_inside(self, box: Box) -> tuple[int, fmpq] | None:
        """(side, point) of a known contact that lies strictly inside a side of the box: boxes are cut there
        first.
        """
        for index, name in enumerate(self.names):
            for point in self.faces[name]:
                if box[index][0] < point < box[index][1]:
                    return index, point
        for corner in self.corners:
            sides = [(self.names.index(name), point) for name, point in corner.point]
            if all(box[index][0] <= point <= box[index][1] for index, point in sides):
                for index, point in sides:
                    if box[index][0] < point < box[index][1]:
                        return index, point
        return None

    def corner_of(self, box: Box) -> dict[str, tuple[fmpq, fmpq]] | None:
        """{variable: (point, edge)} of a known corner contact that is a vertex of the box, if any."""
        for corner in self.corners:
            edges: dict[str, tuple[fmpq, fmpq]] = {}
            for name, point in corner.point:
                lo, hi = box[self.names.index(name)]
                if lo != hi and point in (lo, hi):
                    edges[name] = (point, hi - lo if point == lo else lo - hi)
            if len(edges) == len(corner.point):
                return edges
        return None

    def variant(
        self,
        *,
        tree: Tree,
        where: Sequence[Tree] | None = None,
        strict: bool | None = None,
        fixed: Mapping[str, fmpq] | None = None,
    ) -> Problem:
        """Another statement about (a face of) the same box."""
        return Problem(
            tree=tree,
            where=[condition.tree for condition in self.where] if where is None else where,
            names=self.names,
            box=tuple(
                ((fixed[name],) * 2 if fixed and name in fixed else side)
                for name, side in zip(self.names, self.box, strict=True)
            ),
            strict=self.strict if strict is None else strict,
        )

    def has_face(self, box: Box) -> bool:
        """Whether a side has shrunk to a point that is none in the problem's own box."""
        return any(lo == hi for name, (lo, hi) in zip(self.names, box, strict=True) if name not in self.fixed)

    def on_face(self, box: Box) -> Problem:
        """The problem on a face. Side conditions are left behind: they hold on all of the box that the face
        stands for.
        """
        return Problem(tree=self.f.tree, where=(), names=self.names, box=box, strict=self.strict, charts=self.charts)

    def to_root(self, point: Mapping[str, fmpq], root: Problem) -> dict[str, fmpq]:
        """A point of this chart in the coordinates of the problem that it was blown up from. Exact."""
        result = dict(point)
        for chart in reversed(self.charts[len(root.charts) :]):
            result = {name: evaluate(chart[name], result, ball_call) if name in chart else value
                      for name, value in result.items()}  # fmt: skip
        return result

    # rules
    # ------------------------------------------------------------------------------------------------------

    def attempt(self, box: Box) -> Outcome:
        """Try the rules on a box, cheapest first."""
        inside = True
        for number, condition in enumerate(self.where):
            rule = _empty(condition, box)
            if rule is not None:
                return Outcome(node=["empty", number, rule], lower=float("inf"))
            inside = inside and certain(condition.value(box))
        value = self.f.value(box)
        if certain(value, self.strict):
            return Outcome(node=["ball"], lower=_low(value))
        centre = midpoint(box)
        if self.refutes(centre):
            return Outcome(refuted_at=tuple(centre))
        if not self.strict and value.is_finite() and self._is_zero(box):
            return Outcome(node=["zero"], lower=0.0)
        if all(lo == hi for lo, hi in box):
            return Outcome(lower=_low(value))
        if not value.is_finite():  # not seen to be defined everywhere: nothing below may close the box
            return Outcome()
        _, slopes = self.f.gradient(box)
        mean = self.f.mean_value(box, slopes)
        lower = max(_low(value), _low(mean))
        if with_room(mean, self.strict):
            return Outcome(node=["mean-value"], lower=lower)
        if not self.strict and self.f.sign(box) > 0:
            return Outcome(node=["sign"], lower=0.0)
        exact = self._bernstein(box)
        if exact is not None:
            lower = max(lower, float(Fraction(int(exact.p), int(exact.q))))
            if exact > 0 or (exact == 0 and not self.strict):
                return Outcome(node=["bernstein"], lower=lower)
        taylor, contacts = self._taylor(box)
        if taylor is not None:
            return Outcome(node=taylor, lower=0.0)
        sides = self._monotone(box, slopes) if inside else {}
        if sides:
            face = tuple(
                ((side[0],) * 2 if sides[name] == "lo" else (side[1],) * 2) if name in sides else side
                for name, side in zip(self.names, box, strict=True)
            )
            return Outcome(node=["face", [list(item) for item in sides.items()], None], face=face, lower=lower)
        return Outcome(lower=lower, slopes=slopes, contacts=contacts)

    def refutes(self, point: Sequence[fmpq]) -> bool:
        """f < 0 (≤ 0 when strict) certainly at an exact point that certainly meets the side conditions."""
        value = self.f.at(point)
        wrong = bool(value.is_finite() and value < 0)
        if not wrong and self.strict and value.is_finite() and value.contains(0):
            wrong = self._is_zero(tuple((x, x) for x in point))
        return wrong and all(certain(condition.at(point)) for condition in self.where)

    def _is_zero(self, box: Box) -> bool:
        """f is identically 0 on the box (of whatever dimension), seen in the ring."""
        fixed = {name: lo for name, (lo, hi) in zip(self.names, box, strict=True) if lo == hi}
        if len(fixed) < len(box) and len(fixed) == len(self.fixed):
            return self._zero_everywhere
        return vanishes(self.f.tree, self.names, {}, fixed, {})

    @cached_property
    def _zero_everywhere(self) -> bool:
        return vanishes(self.f.tree, self.names, {}, self.fixed, {})

    def _bernstein(self, box: Box) -> fmpq | None:
        if self.f.polynomial is None:
            return None
        values = coefficients(self.f.polynomial, box)
        return None if values is None else min(values)

    def _taylor(self, box: Box) -> tuple[list[Any] | None, list[Contact]]:
        """A Taylor leaf if one holds, and the contacts that were tried."""
        near, every = self._contacts(box, reach=2), self._contacts(box, reach=None)
        attempts: list[tuple[list[Contact], tuple[int, ...]]] = []
        if near:
            attempts.append((near, (0, 2, 4) if len(near) == 1 else (0, 1, 2)))
        if len(every) > len(near) and len(self.names) > 1:
            attempts.append((every, (0,)))
        tried: list[Contact] = []
        for touched, extras in attempts:
            for extra in extras:
                contacts = [replace(contact, degree=contact.order + extra) for contact in touched]
                tried = tried or contacts
                if with_room(self._quotient(box, contacts)):
                    listed = [[c.variable, str(c.point), c.order, c.degree] for c in contacts]
                    return ["taylor", listed], contacts
        return None, tried

    def _contacts(self, box: Box, reach: int | None) -> list[Contact]:
        """The nearest face contact of every side, if it is within ``reach`` widths of it."""
        found = []
        for name, (lo, hi) in zip(self.names, box, strict=True):
            near = [
                (max(point - hi, lo - point, fmpq(0)), point, order)
                for point, order in self.faces[name].items()
                if lo != hi and (reach is None or max(point - hi, lo - point) <= reach * (hi - lo))
            ]
            if near:
                _, point, order = min(near)
                found.append(Contact(variable=name, point=point, order=order, degree=order))
        return found

    def _quotient(self, box: Box, contacts: Sequence[Contact]) -> arb:
        sign, ratio = quotient(self.f.tree, self.names, box, contacts)
        return ratio * sign if sign else arb.nan()

    def quotient_low(self, box: Box, contacts: Sequence[Contact]) -> float:
        """The lower end of the quotient, only to choose where to cut."""
        return _low(self._quotient(box, contacts))

    def _monotone(self, box: Box, slopes: Sequence[arb]) -> dict[str, str]:
        sides: dict[str, str] = {}
        if not all(slope.is_finite() for slope, (lo, hi) in zip(slopes, box, strict=True) if lo != hi):
            return sides
        for name, slope, (lo, hi) in zip(self.names, slopes, box, strict=True):
            if lo != hi and with_room(slope):
                sides[name] = "lo"
            elif lo != hi and with_room(-slope):
                sides[name] = "hi"
        return sides


def _empty(condition: Enclosure, box: Box) -> str | None:
    value = condition.value(box)
    if value.is_finite() and value < 0:
        return "ball"
    if value.is_finite() and not value >= 0:
        mean = condition.mean_value(box, condition.gradient(box)[1])
        if mean.is_finite() and mean < 0:
            return "mean-value"
    return None


def _low(value: arb) -> float:
    return float(value.lower()) if value.is_finite() else UNBOUNDED
