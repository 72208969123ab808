"""An unfinished search as JSON, and the search taken up again.

    the proof tree of `numerics.prover.certificate`, with ["open", [[coordinate, …], …]] for every box that is not yet
    closed; the points are those of its chart where zeros were found that no cut shows

A saved search is data from a file: every leaf is verified again when it is read, what does not hold becomes open.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flint import fmpq

from numerics.prover.charts import corner_charts
from numerics.prover.enclosure import Box
from numerics.prover.leaves import lower_bound
from numerics.prover.problem import Problem
from numerics.prover.tree import as_fmpq

__all__ = ["FORMAT", "Open", "opened", "replay", "saved", "tree_of"]

FORMAT = "lemmata-search-1"
DIRECT = ("ball", "mean-value", "empty")
Slot = tuple[list[Any], int]


@dataclass(frozen=True, kw_only=True)
class Open:
    """A box to be closed, and where its node belongs."""

    problem: Problem
    box: Box
    slot: Slot
    depth: int


def opened(holder: list[Any], left: Sequence[Any]) -> list[Any]:
    """The tree under ``holder`` with an "open" node for each item that is left. Exact."""
    for item in left:
        within, index = item.slot
        within[index] = ["open", [[str(x) for x in point] for point in item.problem.hints]]
    tree: list[Any] = json.loads(json.dumps(holder[0]))
    return tree


def replay(problem: Problem, tree: Sequence[Any]) -> tuple[list[Any], int, list[Open]]:
    """(holder of the tree, leaves that hold, boxes that are open). Raises ValueError for what is no tree of the
    problem.
    """
    replayed = _Replay()
    holder: list[Any] = [None]
    try:
        replayed.node(tree, Open(problem=problem, box=problem.box, slot=(holder, 0), depth=0))
    except (AttributeError, KeyError, IndexError, TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"the saved search is malformed ({error}); start it afresh") from error
    return holder, replayed.leaves, replayed.open


class _Replay:
    def __init__(self) -> None:
        self.leaves = 0
        self.open: list[Open] = []

    def node(self, node: Sequence[Any], place: Open) -> None:
        rule = node[0]
        within, index = place.slot
        if rule == "open":
            for point in node[1]:
                place.problem.look_for_contact(tuple(map(as_fmpq, point)))
            self.open.append(place)
        elif rule == "split":
            self._split(node, place)
        elif rule == "blow-up":
            self._blow_up(node, place)
        elif rule in DIRECT:
            problem = place.problem
            if lower_bound(problem.f, problem.where, problem.strict, place.box, node) is None:
                self.open.append(place)
            else:
                within[index] = list(node)
                self.leaves += 1
        else:
            self._by_rule(node, place)

    def _split(self, node: Sequence[Any], place: Open) -> None:
        _, name, text, *parts = node
        side, cut = place.problem.names.index(name), as_fmpq(text)
        lo, hi = place.box[side]
        if not (lo < cut < hi and len(parts) == 2):
            raise ValueError(f"{name} is cut at {text}, outside of ({lo}, {hi})")
        problem = place.problem.on_face(place.box) if place.problem.has_face(place.box) else place.problem
        within, index = place.slot
        written: list[Any] = ["split", name, str(cut), None, None]
        within[index] = written
        for position, ends, part in zip((3, 4), ((lo, cut), (cut, hi)), parts, strict=True):
            box = (*place.box[:side], ends, *place.box[side + 1 :])
            self.node(part, Open(problem=problem, box=box, slot=(written, position), depth=place.depth + 1))

    def _blow_up(self, node: Sequence[Any], place: Open) -> None:
        _, listed, parts = node
        corner: dict[str, tuple[fmpq, fmpq]] = {}
        for name, end, weight in listed:
            lo, hi = place.box[place.problem.names.index(name)]
            if end not in ("lo", "hi") or weight != 1 or name in corner or lo == hi:
                raise ValueError(f"no corner of the box to blow up at {name}")
            corner[name] = (lo, hi - lo) if end == "lo" else (hi, lo - hi)
        charts = corner_charts(place.problem, place.box, corner)
        within, index = place.slot
        children: list[Any] = [None] * len(charts)
        within[index] = ["blow-up", [list(entry) for entry in listed], children]
        for position, (child, part) in enumerate(zip(charts, parts, strict=True)):
            self.node(part, Open(problem=child, box=child.box, slot=(children, position), depth=0))

    def _by_rule(self, node: Sequence[Any], place: Open) -> None:
        """A leaf or face that the rules find again, or an open box."""
        problem, box = place.problem, place.box
        outcome = problem.attempt(box)
        if outcome.node is None and problem.has_face(box):
            problem = problem.on_face(box)
            outcome = problem.attempt(box)
        same = outcome.face is None or (node[0] == "face" and outcome.node is not None and outcome.node[1] == node[1])
        if outcome.node is None or not same:
            self.open.append(place)
            return
        within, index = place.slot
        within[index] = outcome.node
        if outcome.face is None:
            self.leaves += 1
        else:
            self.node(node[2], Open(problem=problem, box=outcome.face, slot=(outcome.node, 2), depth=place.depth))


def saved(statement: Mapping[str, Any], digest: str, precision: int, partial: Sequence[Any]) -> dict[str, Any]:
    """The unfinished search of a statement, as JSON values."""
    whole = {
        "format": FORMAT,
        "digest": digest,
        "statement": statement,
        "precision": precision,
        "proof": partial,
    }
    detached: dict[str, Any] = json.loads(json.dumps(whole))
    return detached


def tree_of(search: Any, digest: str) -> list[Any]:
    """The tree of a saved search. Raises ValueError if it is none, or one of another statement."""
    if not isinstance(search, Mapping) or search.get("format") != FORMAT or not isinstance(search.get("proof"), list):
        raise ValueError(f"not a saved search ({FORMAT}); start it afresh")
    if search.get("digest") != digest:
        raise ValueError("the saved search is one of another statement; start this one afresh")
    tree: list[Any] = search["proof"]
    return tree
