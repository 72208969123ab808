"""Statements about all integers of finite ranges: every point is decided in balls."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Any

import numpy as np
from sympy import Integer

from checks.claim import Claim
from checks.evidence import Evidence, trust
from checks.given import Integers, Point
from checks.instances import scalar_frame, walk_over
from checks.method import Context, Method
from checks.relation import All, AtMost, Below, Equal
from checks.truth import implication
from checks.verdict import Verdict
from checks.witness import examine
from numerics.arithmetic.ball import Balls
from numerics.ball import precision

_PRECISIONS = (128, 256, 512, 1024, 4096)
_BLOCK = 256
Points = list[tuple[int, ...]]


def _applies(claim: Claim) -> bool:
    return isinstance(claim.given, Integers) and isinstance(claim.then, AtMost | Below | Equal | All)


def _blocks(given: Integers) -> Iterator[Points]:
    spans = [range(low, high + 1) for low, high in given.variables.values()]
    points = product(*spans)
    while block := list(islice(points, _BLOCK)):
        yield block


def _truth(claim: Claim, points: Points) -> np.ndarray[Any, Any]:
    given, then = claim.given, claim.then
    assert isinstance(given, Integers)
    assert then is not None
    columns = np.asarray(points, dtype=object).reshape(len(points), -1)
    frame = scalar_frame({symbol: columns[:, place] for place, symbol in enumerate(given.variables)}, Balls())
    return np.broadcast_to(implication(walk_over(given, frame, Balls(), claim), (), then), (len(points),))


def _run(claim: Claim, context: Context) -> Evidence:
    given = claim.given
    assert isinstance(given, Integers)
    ranges = ", ".join(f"{symbol} = {low} … {high}" for symbol, (low, high) in given.variables.items())
    count, bits_used = 0, _PRECISIONS[0]
    for block in _blocks(given):
        open_points = block
        for bits in _PRECISIONS:
            with precision(bits):
                truth = _truth(claim, open_points)
            failing = [point for point, sign in zip(open_points, truth, strict=True) if sign == -1]
            if failing:
                return _refuted(claim, given, failing[0], bits)
            open_points = [point for point, sign in zip(open_points, truth, strict=True) if sign == 0]
            bits_used = max(bits_used, bits)
            if not open_points:
                break
        if open_points:
            return Evidence(
                method=METHOD.name,
                verdict=Verdict.UNDECIDED,
                arithmetic="balls",
                quantified_over=ranges,
                detail=f"undecided at {_named(given, open_points[0])} with {_PRECISIONS[-1]} bits",
                numbers={"points": count},
                trust=trust("python-flint", precision=_PRECISIONS[-1]),
            )
        count += len(block)
    return Evidence(
        method=METHOD.name,
        verdict=Verdict.CERTIFIED,
        arithmetic="balls",
        quantified_over=f"all {ranges}",
        detail="every point decided in balls",
        numbers={"points": count},
        trust=trust("python-flint", precision=bits_used),
    )


def _named(given: Integers, point: tuple[int, ...]) -> str:
    return ", ".join(f"{symbol} = {value}" for symbol, value in zip(given.variables, point, strict=True))


def _refuted(claim: Claim, given: Integers, point: tuple[int, ...], bits: int) -> Evidence:
    values = dict(zip(map(str, given.variables), map(Integer, point), strict=True))
    finding = examine(claim, Point(scalars=values))
    return Evidence(
        method=METHOD.name,
        verdict=Verdict.REFUTED,
        arithmetic="balls",
        quantified_over="one exact point",
        detail=f"fails first at {_named(given, point)}",
        numbers=finding.numbers,
        witness={name: int(value) for name, value in values.items()},
        trust=trust("python-flint", precision=bits),
    )


METHOD = Method(name="all integers", order=20, applies=_applies, run=_run)
