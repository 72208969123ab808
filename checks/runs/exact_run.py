"""Examination of one exact run of gradient descent against a claim, in balls at rising precision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from flint import arb

from checks.claim import Claim
from checks.given import Descent, Point
from checks.instances import frame_of_point, walk_over
from checks.relation import All, AtMost, Below, Equal, Relation
from checks.runs.trajectories import exact_descent_frame, exact_start, exact_step, starts_of
from checks.truth import Answer, elements, implication, premise_met
from checks.witness import decimals, describe, outside_domain
from numerics.arithmetic.ball import Balls
from numerics.arithmetic.base import Unevaluable
from numerics.ball import ball, precision
from numerics.evaluation.walk import Value, Walk

__all__ = ["RunFinding", "examine_run"]

_PRECISIONS = (128, 256, 512, 1024)
# A slack that is smaller than this at 256 bits can't be told from 0 in binary64 either.
_CONTACT = arb("1e-40")


@dataclass(frozen=True, kw_only=True)
class RunFinding:
    """What balls say about one run.

    ``violated``: at some recorded step the hypotheses certainly hold and the conclusion certainly fails.
    ``certain``: at every step the conclusion certainly holds or a hypothesis certainly fails, and at some
    step the hypotheses hold.
    """

    violated: bool = False
    certain: bool = False
    # Whether the hypotheses certainly hold nowhere along the run.
    vacuous: bool = False
    # Whether the start was admissible, so that the run was made.
    ran: bool = True
    # Steps at which balls could neither decide the matter nor see both sides agree to 40 digits.
    open_steps: tuple[int, ...] = ()
    reason: str = ""
    numbers: Mapping[str, Any] = field(default_factory=dict)
    witness: Mapping[str, Any] = field(default_factory=dict)
    precision: int = _PRECISIONS[0]


def examine_run(
    claim: Claim, point: Point, *, precisions: tuple[int, ...] = _PRECISIONS, any_start: bool = False
) -> RunFinding:
    """Run descent from the exact start ``point`` for the claim's steps and decide every one of them, where
    balls can.  ``any_start`` leaves out whether the start is one that the claim is about.
    """
    given, then = claim.given, claim.then
    assert isinstance(given, Descent)
    assert then is not None
    reason = ""
    undecided: tuple[int, ...] = ()
    for bits in precisions:
        with precision(bits):
            try:
                outside = "" if any_start else _outside(claim, given, point)
                if outside:
                    return RunFinding(ran=False, reason=outside)
                walk = exact_descent_frame(given, point, claim)
                truth = implication(walk, given.where, then)
                if (truth == -1).any():
                    return RunFinding(
                        violated=True,
                        numbers=_failure(walk, given.where, then),
                        precision=bits,
                        witness={"eta": _eta(given, point), **describe(point)},
                    )
                if (truth == 1).all():
                    return _all_hold(walk, given.where, truth.size - 1, bits)
                undecided = tuple(int(step) for step in ((truth == 0) & ~_touching(walk, then)).nonzero()[0])
                reason = f"undecided from step {int((truth == 0).argmax())} on at {bits} bits"
            except (Unevaluable, ZeroDivisionError) as error:
                return RunFinding(reason=f"not evaluable: {error}", open_steps=tuple(range(given.steps + 1)))
    return RunFinding(reason=reason, open_steps=undecided)


def _touching(walk: Walk, then: Relation) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """(T,) steps at which both sides agree to very many digits, or the conclusion certainly holds."""
    close = np.ones(walk.frame.times, dtype=bool)
    for part in then.parts if isinstance(then, All) else (then,):
        slack = walk(part.slack).data
        near = np.frompyfunc(lambda x: bool(ball(x) > 0 or abs(ball(x)) < _CONTACT), 1, 1)(slack).astype(bool)
        close &= np.broadcast_to(near.reshape(near.shape[0], -1).all(axis=1), close.shape)
    return close


def _outside(claim: Claim, given: Descent, point: Point) -> str:
    """Why the point is no admissible start, "" if it certainly is one."""
    starts = starts_of(given)
    outside = outside_domain(replace(claim, given=starts, family=None), point)
    if outside or not starts.where:
        return outside
    walk = walk_over(starts, frame_of_point(starts, point), Balls(), claim)
    answers = [int(elements(walk, relation).data.min()) for relation in starts.where]
    if min(answers) == 1:
        return ""
    return "a hypothesis on the start fails" if min(answers) == -1 else "a hypothesis on the start is undecided"


def _all_hold(walk: Walk, where: tuple[Relation, ...], steps: int, bits: int) -> RunFinding:
    if premise_met(walk, where) is not Answer.YES:
        return RunFinding(
            vacuous=True,
            reason="the hypotheses hold at no step of this run, so that it says nothing",
            precision=bits,
        )
    return RunFinding(certain=True, reason=f"holds at every step t = 0 … {steps}", precision=bits)


def _eta(given: Descent, point: Point) -> str:
    if given.step is not None and not given.step.free_symbols:
        return str(given.step)
    return decimals(exact_step(given, exact_start(given, point)), 17)


def _failure(walk: Walk, where: tuple[Relation, ...], then: Relation) -> dict[str, str]:
    """Step and sides of the first certain violation."""
    parts = then.parts if isinstance(then, All) else (then,)
    for part in parts:
        truth = implication(walk, where, part)
        if (truth == -1).any():
            place = int((truth == -1).argmax())
            numbers = {"t": str(walk.frame.entries["t"].data[place])}
            # One state alone shows which index fails; whole-run observables were evaluated before it was cut
            # out.
            return numbers | _sides(walk, part, place)
    return {}


def _sides(walk: Walk, part: AtMost | Below | Equal, place: int) -> dict[str, str]:
    failing = elements(walk, part)
    row = 0 if failing.data.shape[0] == 1 else place
    index = tuple(int(at[0]) for at in (failing.data[row] == -1).nonzero()) if failing.axes else ()
    report = {}
    for side in ("left", "right"):
        value = walk(getattr(part, side))
        report[side] = _entry(value, place, dict(zip(failing.axes, index, strict=True)))
    if index:
        report["index"] = ", ".join(f"{axis} = {at + 1}" for axis, at in zip(failing.axes, index, strict=True))
    return report


def _entry(value: Value, place: int, index: Mapping[Any, int]) -> str:
    row = 0 if value.data.shape[0] == 1 else place
    entry = value.data[(row, *(index.get(axis, 0) for axis in value.axes))]
    return "(" + ", ".join(map(decimals, entry)) + ")" if value.vector else decimals(entry)
