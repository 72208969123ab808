"""The problems that a corner contact is blown up into, one per chart (`numerics.prover.taylor.blow_up`)."""

from __future__ import annotations

from collections.abc import Mapping

from flint import fmpq

from numerics.prover.enclosure import Box
from numerics.prover.problem import Problem
from numerics.prover.taylor import blow_up, in_chart

__all__ = ["corner_charts"]


def corner_charts(problem: Problem, box: Box, corner: Mapping[str, tuple[fmpq, fmpq]]) -> list[Problem]:
    """One problem per variable of the corner, on [0, 1] in these variables; together they are equivalent to the
    problem on the box.

    ``corner`` gives (point, edge) per variable, the edge with its sign.  Exact; charts that are recorded by the
    problems, innermost last.
    """
    unit = tuple((fmpq(0), fmpq(1)) if name in corner else side for name, side in zip(problem.names, box, strict=True))
    return [
        Problem(
            tree=in_chart(problem.f.tree, chart),
            where=[in_chart(condition.tree, chart) for condition in problem.where],
            names=problem.names,
            box=unit,
            strict=problem.strict,
            charts=(*problem.charts, chart),
        )
        for chart in blow_up(problem.names, corner, dict.fromkeys(corner, 1))
    ]
