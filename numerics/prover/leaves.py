"""Proposed leaves and faces, verified in balls, one process or many.

What goes to another process is text: the prefix trees of the statement, the ends of the sides as rationals, and the
name of the rule.  The same leaf gets the same answer in every process.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import ctx

from numerics.ball import precision
from numerics.prover.enclosure import Box, Enclosure, certain, with_room
from numerics.prover.problem import Problem
from numerics.prover.tree import Tree, as_fmpq

__all__ = ["lower_bound", "lower_bounds"]

SHARE = 2048  # leaves that are worth a process


def lower_bound(f: Enclosure, where: Sequence[Enclosure], strict: bool, box: Box, node: Sequence[Any]) -> float | None:
    """A lower bound of f on the box if the node's rule holds there ("face": if f is monotone as stated), else None.

    The rules are those of `numerics.prover.problem`, of which only "ball", "mean-value", "empty" and "face" are
    known here.  Raises ValueError for another one.
    """
    rule = node[0]
    if rule == "empty":
        condition = where[node[1]] if 0 <= node[1] < len(where) else None
        if condition is None:
            return None
        value = condition.value(box)
        if node[2] == "mean-value" and value.is_finite():
            value = condition.mean_value(box, condition.gradient(box)[1])
        return float("inf") if value.is_finite() and value < 0 else None
    if rule not in ("ball", "mean-value", "face"):
        raise ValueError(f"no rule {rule!r} is verified here; give a ball, mean-value, empty or face node")
    value = f.value(box)
    if rule == "ball":
        return float(value.lower()) if certain(value, strict) else None
    if not value.is_finite():  # not seen to be defined everywhere
        return None
    slopes = f.gradient(box)[1]
    if rule == "mean-value":
        mean = f.mean_value(box, slopes)
        return float(mean.lower()) if with_room(mean, strict) else None
    if where or not all(slope.is_finite() for slope, (lo, hi) in zip(slopes, box, strict=True) if lo != hi):
        return None
    ends = dict(node[1])
    for name, slope, (lo, hi) in zip(f.names, slopes, box, strict=True):
        if name in ends and not (lo < hi and with_room(slope if ends[name] == "lo" else -slope)):
            return None
    return float(value.lower())


def lower_bounds(problem: Problem, leaves: Sequence[tuple[Box, Sequence[Any]]], jobs: int = 1) -> list[float | None]:
    """`lower_bound` of many leaves of one problem, over up to ``jobs`` processes. Deterministic."""
    if jobs == 1 or len(leaves) < 2 * SHARE:
        return [lower_bound(problem.f, problem.where, problem.strict, box, node) for box, node in leaves]
    from joblib import Parallel, delayed

    texts = [([(str(lo), str(hi)) for lo, hi in box], list(node)) for box, node in leaves]
    shared = (
        problem.f.tree,
        [condition.tree for condition in problem.where],
        problem.names,
        problem.strict,
        ctx.prec,
    )
    parts = Parallel(n_jobs=jobs)(
        delayed(_part)(*shared, texts[start : start + SHARE]) for start in range(0, len(texts), SHARE)
    )
    return [bound for part in parts for bound in part]


def _part(
    tree: Tree, where: Sequence[Tree], names: Sequence[str], strict: bool, bits: int, texts: Sequence[Any]
) -> list[float | None]:
    f, conditions = Enclosure(tree, names), [Enclosure(condition, names) for condition in where]
    with precision(bits):
        return [
            lower_bound(f, conditions, strict, tuple((as_fmpq(lo), as_fmpq(hi)) for lo, hi in sides), node)
            for sides, node in texts
        ]
