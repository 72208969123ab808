"""Branch and bound: f ≥ 0 on a closed box, certified, refuted by an exact point, or undecided.

The box is bisected at exact rational cuts until a rule of `numerics.problem` closes every part; zeros are divided out
(faces) or blown up (corners) as described in `numerics.taylor`.  A bound that is not rational (π, √2, …) is handled by the affine
chart x = lo + (hi − lo) u, u in [0, 1], which the certificate records.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Literal

from flint import fmpq
from sympy import Expr, Symbol

from numerics.ball import precision as working_precision
from numerics.certificate import Statement, document
from numerics.enclosure import Box
from numerics.problem import Outcome, Problem
from numerics.sum_of_squares import squares_shown
from numerics.taylor import blow_up, in_chart
from numerics.witness import simplest_witness

__all__ = ["BoxProof", "prove_nonnegative"]

Status = Literal["certified", "refuted", "undecided"]

MAX_CHARTS = 4
STUCK = 256  # a run that leaves more unsplittable boxes than this ends
SMALLEST = fmpq(1, 2**50)


@dataclass(frozen=True, kw_only=True)
class BoxProof:
    """What `prove_nonnegative` found.

    ``lower`` is a lower bound of f over the box when certified (as a float, for display), ``remaining`` the open boxes when
    undecided, ``witness`` an exact point with f < 0 (≤ 0 when strict) inside all side conditions when refuted.
    """

    status: Status
    statement: Statement
    root: list[Any] | None
    boxes: int
    lower: float
    remaining: tuple[dict[str, tuple[str, str]], ...]
    witness: dict[Symbol, Expr] | None
    work: int
    precision: int

    def certificate(self) -> dict[str, Any]:
        """The JSON-able certificate. Raises ValueError unless the status is "certified"."""
        if self.status != "certified" or self.root is None:
            raise ValueError(f"status is {self.status!r}: only a certified inequality has a certificate")
        return document(self.statement, self.root, self.precision)


@dataclass(order=True)
class _Item:
    priority: float
    number: int
    box: Any
    problem: Any
    slot: tuple[list[Any], int]
    depth: int


def prove_nonnegative(
    expression: Expr,
    box: Mapping[Symbol, tuple[Any, Any]],
    *,
    where: Sequence[Expr] = (),
    strict: bool = False,
    contact: Mapping[Symbol, tuple[Any, int]] | None = None,
    work: int = 100_000,
    precision: int = 96,
    seed: int = 0,
) -> BoxProof:
    """expression ≥ 0 (> 0 when strict) at every point of the closed box where every ``where`` expression is ≥ 0.

    ``box`` gives exact bounds per symbol: rationals, or constants such as π.  ``contact`` may name zeros that are known,
    {symbol: (point, order)}; the order is always found again exactly.  ``work`` bounds the number of boxes looked at;
    ``seed`` only breaks ties in the order of work.  Exactness: "certified" and "refuted" rest on enclosures and exact
    arithmetic alone; NaN, a failed rule or an exhausted budget give "undecided".

    Raises NotEnclosable or ValueError for expressions that cannot be enclosed and for boxes that are not exact.
    """
    statement = Statement.of(expression, box, where=where, strict=strict)
    search = _Search(statement, work, precision)
    with working_precision(precision):
        for symbol, (point, _) in (contact or {}).items():
            search.problem.add_face(symbol.name, statement.coordinate(symbol.name, point))
        return search.run()


class _Search:
    def __init__(self, statement: Statement, work: int, precision: int) -> None:
        self.statement = statement
        self.budget = work
        self.precision = precision
        tree, where, names, box = statement.in_unit_coordinates()
        with working_precision(precision):
            self.problem = Problem(tree=tree, where=where, names=names, box=box, strict=statement.strict)
        self.queue: list[_Item] = []
        self.stuck: list[_Item] = []
        self.numbers = count()
        self.boxes = 0
        self.lower = float("inf")

    def push(self, problem: Problem, box: Box, slot: tuple[list[Any], int], depth: int, priority: float) -> None:
        heapq.heappush(self.queue, _Item(priority, next(self.numbers), box, problem, slot, depth))

    def run(self) -> BoxProof:
        holder: list[Any] = [None]
        self._start(holder)
        done = 0
        witness = None
        while self.queue and done < self.budget and len(self.stuck) < STUCK:
            item = heapq.heappop(self.queue)
            done += 1
            outcome = item.problem.attempt(item.box)
            if outcome.refuted_at is not None:
                witness = self._witness(item, outcome.refuted_at)
                if witness is not None:
                    break
            self._place(item, outcome)
        status: Status = "refuted" if witness is not None else "undecided" if self.queue or self.stuck else "certified"
        left = [*self.stuck, *self.queue]
        return BoxProof(
            status=status,
            statement=self.statement,
            root=holder[0] if status == "certified" else None,
            boxes=self.boxes,
            lower=self.lower if status == "certified" else min((i.priority for i in left), default=float("-inf")),
            remaining=tuple(_describe(item) for item in left[:STUCK]) if status == "undecided" else (),
            witness=witness,
            work=done,
            precision=self.precision,
        )

    def _start(self, holder: list[Any]) -> None:
        root = self.problem
        poly = root.f.polynomial
        if poly is not None and self._open(root.attempt(root.box)):
            other = squares_shown(poly, root.names)
            if other is not None:
                node = ["rewrite", other, None]
                holder[0] = node
                again = Problem(
                    tree=other,
                    where=[condition.tree for condition in root.where],
                    names=root.names,
                    box=root.box,
                    strict=root.strict,
                )
                self.push(again, root.box, (node, 2), 0, 0.0)
                return
        self.push(root, root.box, (holder, 0), 0, 0.0)

    @staticmethod
    def _open(outcome: Outcome) -> bool:
        return outcome.refuted_at is None and (outcome.node is None or outcome.face is not None)

    def _place(self, item: _Item, outcome: Outcome) -> None:
        holder, index = item.slot
        if outcome.node is not None:
            holder[index] = outcome.node
            if outcome.face is not None:
                # The face decides the whole box, side conditions or not: they hold on all of it.
                child = item.problem
                self.push(child, outcome.face, (outcome.node, 2), item.depth, outcome.lower)
                return
            self.boxes += 1
            self.lower = min(self.lower, outcome.lower)
            return
        if self._blow_up(item, outcome):
            return
        choice = self._split(item, outcome)
        if choice is None:
            self.stuck.append(item)
            return
        side, cut = choice
        problem: Problem = item.problem
        node = ["split", problem.names[side], str(cut), None, None]
        holder[index] = node
        lo, hi = item.box[side]
        for position, part in ((3, (lo, cut)), (4, (cut, hi))):
            child_box = (*item.box[:side], part, *item.box[side + 1 :])
            self.push(problem, child_box, (node, position), item.depth + 1, outcome.lower)

    def _blow_up(self, item: _Item, outcome: Outcome) -> bool:
        problem: Problem = item.problem
        corner = problem.corner_of(item.box)
        if corner is None or len(problem.charts) >= MAX_CHARTS or item.depth < 2 * len(corner):
            return False
        weights = dict.fromkeys(corner, 1)
        node: list[Any] = ["blow-up", [[name, "lo" if edge > 0 else "hi", 1] for name, (_, edge) in corner.items()]]
        holder, index = item.slot
        holder[index] = node
        unit = tuple(
            (fmpq(0), fmpq(1)) if name in corner else side for name, side in zip(problem.names, item.box, strict=True)
        )
        children: list[Any] = [None] * len(corner)
        node.append(children)
        for position, chart in enumerate(blow_up(problem.names, corner, weights)):
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

    def _split(self, item: _Item, outcome: Outcome) -> tuple[int, fmpq] | None:
        problem: Problem = item.problem
        box: Box = item.box
        if item.depth % 4 == 3:
            problem.look_for_contact(box)
        cut = problem.contact_inside(box)
        if cut is not None:
            return cut
        widths = [
            (hi - lo) / (top - bottom) if top != bottom else fmpq(0)
            for (lo, hi), (bottom, top) in zip(box, problem.box, strict=True)
        ]
        scores: list[Any] = [float(width.p) / float(width.q) for width in widths]
        if outcome.slopes is not None and item.depth % 3 != 2 and all(s.is_finite() for s in outcome.slopes):
            smears = [float(s.abs_upper()) * float((hi - lo).p) / float((hi - lo).q)
                      for s, (lo, hi) in zip(outcome.slopes, box, strict=True)]  # fmt: skip
            if max(smears) > 0:
                scores = [smear * (width > 0) for smear, width in zip(smears, widths, strict=True)]
        side = max(range(len(box)), key=lambda k: scores[k])
        if widths[side] < SMALLEST:
            return None
        lo, hi = box[side]
        return side, (lo + hi) / 2

    def _witness(self, item: _Item, point: tuple[fmpq, ...]) -> dict[Symbol, Expr] | None:
        coordinates = item.problem.to_root(dict(zip(item.problem.names, point, strict=True)))
        return simplest_witness(self.statement, coordinates)


def _describe(item: _Item) -> dict[str, tuple[str, str]]:
    return {name: (str(lo), str(hi)) for name, (lo, hi) in zip(item.problem.names, item.box, strict=True)}
