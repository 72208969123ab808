"""Branch and bound over the sub-boxes of one problem: rules first, then blow-ups at corners, then an exact
cut.

A search that goes on for long asks `numerics.prover.presearch` from time to time for a cover of what is open.  Every
leaf of it is verified in balls; whatever does not hold stays open, so that a useless proposal costs a little time.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, product
from typing import Any, Literal

from flint import fmpq

from numerics.prover.charts import corner_charts
from numerics.prover.enclosure import Box
from numerics.prover.intervals import NoIntervals
from numerics.prover.leaves import lower_bounds
from numerics.prover.presearch import propose
from numerics.prover.problem import UNBOUNDED, Outcome, Problem
from numerics.prover.proposals import halves, leaves_of, pruned, side_ends
from numerics.prover.search_state import opened, replay

__all__ = ["Result", "branch_and_bound"]

MAX_CHARTS = 5
STUCK = 64  # a run that leaves more unsplittable boxes than this ends
SMALLEST = fmpq(1, 2**50)
PATIENCE = 256  # boxes in balls before intervals are asked, and again whenever that many times two are done
PROPOSED = 32  # boxes in intervals for one in balls


@dataclass(frozen=True, kw_only=True)
class Result:
    """The answer for one problem; ``node`` proves it, ``point`` (in the problem's coordinates) refutes it.

    ``partial`` is the tree of an undecided search, as `numerics.prover.search_state` keeps it.
    """

    status: Literal["certified", "refuted", "undecided"]
    node: list[Any] | None = None
    point: Mapping[str, fmpq] | None = None
    boxes: int = 0
    work: int = 0
    lower: float = float("-inf")
    remaining: tuple[dict[str, tuple[str, str]], ...] = ()
    partial: list[Any] | None = None


@dataclass(order=True)
class _Item:
    priority: float
    number: int
    box: Any
    problem: Any
    slot: tuple[list[Any], int]  # where the node of this box belongs
    depth: int


def branch_and_bound(problem: Problem, budget: int, *, jobs: int = 1, partial: Sequence[Any] | None = None) -> Result:
    """Close every sub-box, worst bound first, within ``budget`` boxes; an exhausted budget is undecided.

    ``jobs`` processes verify proposed leaves.  ``partial`` is where an earlier search stopped; it is verified anew, not
    trusted.  The answer depends on neither the number of processes nor the time.  Raises ValueError for a
    ``partial`` that is no tree of this problem.
    """
    return _Search(problem, budget, jobs).run(partial)


class _Search:
    def __init__(self, problem: Problem, budget: int, jobs: int) -> None:
        self.problem = problem
        self.budget = budget
        self.jobs = jobs
        self.next_proposal = PATIENCE
        self.queue: list[_Item] = []
        self.stuck: list[_Item] = []
        self.numbers = count()
        self.boxes = 0
        self.lower = float("inf")

    def push(self, problem: Problem, box: Box, slot: tuple[list[Any], int], depth: int, priority: float) -> None:
        heapq.heappush(self.queue, _Item(priority, next(self.numbers), box, problem, slot, depth))

    def run(self, partial: Sequence[Any] | None) -> Result:
        holder: list[Any] = [None]
        work = 0
        if partial is None:
            self.push(self.problem, self.problem.box, (holder, 0), 0, 0.0)
        else:
            holder, self.boxes, places = replay(self.problem, partial)
            for place in places:
                self.push(place.problem, place.box, place.slot, place.depth, UNBOUNDED)
        for vertex in product(*(sorted(set(side)) for side in self.problem.box)):
            if self.problem.refutes(vertex):
                return self._refuted(self.problem, vertex, work)
        while self.queue and work < self.budget and len(self.stuck) < STUCK:
            if work >= self.next_proposal:
                self.next_proposal *= 2
                verified, refuted = self._take_proposals(work)
                work += verified
                if refuted is not None:
                    return self._refuted(*refuted, work)
                continue
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
                partial=opened(holder, left),
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

    def _take_proposals(self, work: int) -> tuple[int, tuple[Problem, tuple[fmpq, ...]] | None]:
        """Ask for a cover of the open boxes and verify it: (leaves verified, (problem, point) that refutes)."""
        items, verified = sorted(self.queue), 0
        self.queue = []
        groups: dict[int, list[_Item]] = {}
        for item in items:
            if item.problem.contact_inside(item.box) is None:
                groups.setdefault(id(item.problem), []).append(item)
            else:  # to be cut there
                self.queue.append(item)
        for group in groups.values():
            problem: Problem = group[0].problem
            cap = min(PROPOSED * work * len(group) // len(items), self.budget - work - verified)
            try:
                found = propose(problem, [item.box for item in group], cap)
            except NoIntervals:
                self.queue.extend(group)
                continue
            point = None if found.worst is None else problem.inside(found.worst)
            if point is not None and problem.refutes(point):
                return verified, (problem, point)
            leaves = [
                list(leaves_of(node, item.box, problem.names)) for item, node in zip(group, found.nodes, strict=True)
            ]
            bounds = iter(lower_bounds(problem, [leaf for part in leaves for leaf in part], self.jobs))
            verified += sum(map(len, leaves))
            for item, node, part in zip(group, found.nodes, leaves, strict=True):
                seen = [next(bounds) for _ in part]
                kept = pruned(node, iter([bound is not None for bound in seen]))
                self.boxes += kept.leaves
                # Of more leaves than are kept: a lower bound all the same.
                self.lower = min(
                    [
                        self.lower,
                        *(
                            bound
                            for bound, (_, leaf) in zip(seen, part, strict=True)
                            if bound is not None and leaf[0] != "face"
                        ),
                    ]
                )
                self._graft(item, kept.proposal)
        heapq.heapify(self.queue)
        return verified, None

    def _graft(self, item: _Item, proposal: Any) -> None:
        """Write a verified proposal into the proof; its open boxes go back to the queue."""
        holder, index = item.slot
        if proposal is None:
            # What intervals can't close may be a contact: depth 3 modulo 4 has the box looked at for one.
            self.queue.append(replace(item, depth=item.depth | 3, number=next(self.numbers)))
            return
        rule, names = proposal[0], item.problem.names
        if rule == "split":
            side = proposal[1]
            cut = sum(item.box[side], fmpq(0)) / 2
            node: list[Any] = ["split", names[side], str(cut), None, None]
            for position, half, part in zip((3, 4), halves(item.box, side, cut), proposal[2:], strict=True):
                self._graft(replace(item, box=half, slot=(node, position), depth=item.depth + 1), part)
        elif rule == "face":
            node = ["face", [[names[side], end] for side, end in proposal[1].items()], None]
            self._graft(replace(item, box=side_ends(item.box, proposal[1]), slot=(node, 2)), proposal[2])
        else:
            node = list(proposal)
        holder[index] = node

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
        charts = corner_charts(problem, item.box, corner)
        children: list[Any] = [None] * len(charts)
        node.append(children)
        for position, child in enumerate(charts):
            self.push(child, child.box, (children, position), 0, outcome.lower)
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


def _float(value: fmpq) -> float:
    return float(value.p) / float(value.q)


def _describe(item: _Item) -> dict[str, tuple[str, str]]:
    return {name: (str(lo), str(hi)) for name, (lo, hi) in zip(item.problem.names, item.box, strict=True)}
