"""Branch and bound over the sub-boxes of one problem: rules first, then blow-ups at corners, then an exact
cut.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count, product
from typing import Any, Literal

from flint import fmpq

from numerics.prover.enclosure import Box
from numerics.prover.problem import Outcome, Problem
from numerics.prover.taylor import blow_up, in_chart

__all__ = ["Result", "branch_and_bound"]

MAX_CHARTS = 5
STUCK = 64  # a run that leaves more unsplittable boxes than this ends
SMALLEST = fmpq(1, 2**50)


@dataclass(frozen=True, kw_only=True)
class Result:
    """The answer for one problem; ``node`` proves it, ``point`` (in the problem's coordinates) refutes it."""

    status: Literal["certified", "refuted", "undecided"]
    node: list[Any] | None = None
    point: Mapping[str, fmpq] | None = None
    boxes: int = 0
    work: int = 0
    lower: float = float("-inf")
    remaining: tuple[dict[str, tuple[str, str]], ...] = ()


@dataclass(order=True)
class _Item:
    priority: float
    number: int
    box: Any
    problem: Any
    slot: tuple[list[Any], int]  # where the node of this box belongs
    depth: int


def branch_and_bound(problem: Problem, budget: int) -> Result:
    """Close every sub-box, worst bound first, within ``budget`` boxes. Raises nothing; an exhausted budget
    is undecided.
    """
    return _Search(problem, budget).run()


class _Search:
    def __init__(self, problem: Problem, budget: int) -> None:
        self.problem = problem
        self.budget = budget
        self.queue: list[_Item] = []
        self.stuck: list[_Item] = []
        self.numbers = count()
        self.boxes = 0
        self.lower = float("inf")

    def push(self, problem: Problem, box: Box, slot: tuple[list[Any], int], depth: int, priority: float) -> None:
        heapq.heappush(self.queue, _Item(priority, next(self.numbers), box, problem, slot, depth))

    def run(self) -> Result:
        holder: list[Any] = [None]
        self.push(self.problem, self.problem.box, (holder, 0), 0, 0.0)
        work = 0
        for vertex in product(*(sorted(set(side)) for side in self.problem.box)):
            if self.problem.refutes(vertex):
                return self._refuted(self.problem, vertex, work)
        while self.queue and work < self.budget and len(self.stuck) < STUCK:
            item = heapq.heappop(self.queue)
            work += 1
            outcome = item.problem.attempt(item.box)
            if outcome.node is None and outcome.refuted_at is None and item.problem.has_face(item.box):
                # On a face that monotonicity led to, zeros may show that were not there before.
                item.problem = item.problem.on_face(item.box)
                outcome = item.problem.attempt(item.box)
            if outcome.refuted_at is not None:
                return self._refuted(item.problem, outcome.refuted_at, work)
            if outcome.node is None and item.depth % 4 == 3:
                point = item.problem.simple_point(item.box)
                if point is not None and item.problem.refutes(point):
                    return self._refuted(item.problem, point, work)
                if point is not None:
                    item.problem.look_for_contact(point)
            self._place(item, outcome)
        left = [*self.stuck, *self.queue]
        if left:
            return Result(
                status="undecided",
                boxes=self.boxes,
                work=work,
                lower=min(item.priority for item in left),
                remaining=tuple(_describe(item) for item in left[:STUCK]),
            )
        return Result(status="certified", node=holder[0], boxes=self.boxes, work=work, lower=self.lower)

    def _refuted(self, problem: Problem, point: Sequence[fmpq], work: int) -> Result:
        coordinates = problem.to_root(dict(zip(problem.names, point, strict=True)), self.problem)
        return Result(status="refuted", point=coordinates, boxes=self.boxes, work=work)

    def _place(self, item: _Item, outcome: Outcome) -> None:
        holder, index = item.slot
        if outcome.node is not None:
            holder[index] = outcome.node
            if outcome.face is not None:
                self.push(item.problem, outcome.face, (outcome.node, 2), item.depth, outcome.lower)
                return
            self.boxes += 1
            self.lower = min(self.lower, outcome.lower)
            return
        if self._blow_up(item, outcome):
            return
        choice = self._cut(item, outcome)
        if choice is None:
            self.stuck.append(item)
            return
        side, cut = choice
        problem: Problem = item.problem
        node = ["split", problem.names[side], str(cut), None, None]
        holder[index] = node
        for position, half in enumerate(halves(item.box, side, cut), start=3):
            self.push(problem, half, (node, position), item.depth + 1, outcome.lower)

    def _blow_up(self, item: _Item, outcome: Outcome) -> bool:
        problem: Problem = item.problem
        corner = problem.corner_of(item.box)
        if corner is None or len(problem.charts) >= MAX_CHARTS or item.depth < 2 * len(corner):
            return False
        node: list[Any] = [
            "blow-up",
            [[name, "lo" if edge > 0 else "hi", 1] for name, (_, edge) in corner.items()],
        ]
        holder, index = item.slot
        holder[index] = node
        unit = tuple(
            (fmpq(0), fmpq(1)) if name in corner else side for name, side in zip(problem.names, item.box, strict=True)
        )
        children: list[Any] = [None] * len(corner)
        node.append(children)
        for position, chart in enumerate(blow_up(problem.names, corner, dict.fromkeys(corner, 1))):
            child = Problem(
                tree=in_chart(problem.f.tree, chart),
                where=[in_chart(condition.tree, chart) for condition in problem.where],
                names=problem.names,
                box=unit,
                strict=problem.strict,
                charts=(*problem.charts, chart),
            )
            self.push(child, unit, (children, position), 0, outcome.lower)
        return True

    def _cut(self, item: _Item, outcome: Outcome) -> tuple[int, fmpq] | None:
        problem: Problem = item.problem
        box: Box = item.box
        contact = problem.contact_inside(box)
        if contact is not None:
            return contact
        widths = [
            (hi - lo) / (top - bottom) if top != bottom else fmpq(0)
            for (lo, hi), (bottom, top) in zip(box, problem.box, strict=True)
        ]
        scores: list[float] = [_float(width) for width in widths]
        if outcome.contacts and item.depth % 3 != 2 and sum(width > 0 for width in widths) > 1:
            probes = [self._probe(item, outcome, k) if widths[k] > 0 else float("-inf") for k in range(len(box))]
            if max(probes) > float("-inf"):
                scores = probes
        elif outcome.slopes is not None and item.depth % 3 != 2 and all(s.is_finite() for s in outcome.slopes):
            smears = [float(s.abs_upper()) * _float(hi - lo) for s, (lo, hi) in zip(outcome.slopes, box, strict=True)]
            if max(smears) > 0:
                scores = smears
        side = max((k for k in range(len(box)) if widths[k] > 0), key=lambda k: scores[k], default=None)
        if side is None or widths[side] < SMALLEST:
            return None
        lo, hi = box[side]
        return side, (lo + hi) / 2

    def _probe(self, item: _Item, outcome: Outcome, side: int) -> float:
        """How much the quotient's bound gains from a cut: the sum of the bounds of both halves."""
        lo, hi = item.box[side]
        return sum(item.problem.quotient_low(half, outcome.contacts) for half in halves(item.box, side, (lo + hi) / 2))


def halves(box: Box, side: int, cut: fmpq) -> tuple[Box, Box]:
    lo, hi = box[side]
    return (*box[:side], (lo, cut), *box[side + 1 :]), (*box[:side], (cut, hi), *box[side + 1 :])


def _float(value: fmpq) -> float:
    return float(value.p) / float(value.q)


def _describe(item: _Item) -> dict[str, tuple[str, str]]:
    return {name: (str(lo), str(hi)) for name, (lo, hi) in zip(item.problem.names, item.box, strict=True)}
