"""Inequalities in few scalars on a closed box: branch and bound in balls, contact points divided out.

Claims with ``options={"along": …}`` belong to the method "monotone" instead (infinite ends, arguments by derivatives),
which brings what it can't decide by form to the same prover.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sympy import Expr, Rational

from checks.claim import Claim
from checks.evidence import Evidence, trust
from checks.given import Box, Point
from checks.method import Context, Method
from checks.relation import All, AtMost, Below
from checks.verdict import Verdict
from checks.witness import examine

if TYPE_CHECKING:
    from numerics.prover.boxes import BoxProof


def _parts(claim: Claim) -> tuple[AtMost | Below, ...]:
    then = claim.then
    return tuple(then.parts) if isinstance(then, All) else (then,)  # type: ignore[return-value]


def _applies(claim: Claim) -> bool:
    return (
        claim.kind == "box"
        and isinstance(claim.given, Box)
        and "along" not in claim.options
        and all(isinstance(p, AtMost | Below) for p in _parts(claim))
    )


def inequalities(claim: Claim) -> tuple[AtMost | Below, ...]:
    """The inequalities of a box claim that branch and bound is for. Raises ValueError for any other claim."""
    if not _applies(claim):
        raise ValueError(f"{claim.id} is no inequality on a box; `lemmata list` shows the kinds")
    return _parts(claim)


def certificates(claim: Claim, work: int) -> list[dict[str, Any]]:
    """One certificate for each inequality of a box claim; ValueError if one is not certified within ``work`` boxes."""
    return [prove(claim, part, work).certificate() for part in inequalities(claim)]


def prove(
    claim: Claim, part: AtMost | Below, work: int, *, jobs: int = 1, resume: Mapping[str, Any] | None = None
) -> BoxProof:
    """The prover's answer for one inequality of a box claim, found by ``jobs`` processes; ``resume`` goes on with
    the saved search of an earlier answer.

    A strict hypothesis is relaxed to its closure, which only enlarges what is proved.
    """
    from numerics.prover.boxes import prove_nonnegative

    given = claim.given
    assert isinstance(given, Box)
    where: list[Expr] = []
    for relation in given.where:
        if not isinstance(relation, AtMost | Below):
            raise ValueError(
                f"{claim.id}: a box hypothesis must be an inequality; solve an equality for a variable instead"
            )
        where.append(relation.slack)
    return prove_nonnegative(
        part.slack,
        dict(given.variables),
        where=tuple(where),
        contact=dict(claim.contact) or None,
        work=work,
        strict=isinstance(part, Below),
        jobs=jobs,
        resume=resume,
    )


def _run(claim: Claim, context: Context) -> Evidence:
    if not _inhabited(claim, context):
        return Evidence(
            method=METHOD.name,
            verdict=Verdict.UNDECIDED,
            arithmetic="balls",
            quantified_over="nothing",
            detail="no point of the box was seen to meet the hypotheses: the statement may be vacuous",
            trust=trust("numpy", "python-flint"),
        )
    boxes, digests = 0, []
    for part in _parts(claim):
        proof = prove(claim, part, context.budget.boxes)
        boxes += proof.boxes
        if proof.status == "certified":
            mark, rejected = seal(proof)
            if not rejected:
                digests.append(mark)
                continue
            return Evidence(
                method=METHOD.name,
                verdict=Verdict.UNDECIDED,
                arithmetic="balls",
                quantified_over="nothing",
                detail=f"the prover is done, but the independent checker rejects its certificate: {rejected}",
                numbers={"boxes": boxes},
                trust=trust("python-flint"),
            )
        if proof.status == "refuted":
            finding = examine(claim, _point(proof))
            if finding.violated:
                return Evidence(
                    method=METHOD.name,
                    verdict=Verdict.REFUTED,
                    arithmetic="balls",
                    quantified_over="one exact point",
                    detail="found by branch and bound, rechecked at the exact point",
                    numbers=finding.numbers,
                    witness=finding.witness,
                    trust=trust("python-flint", precision=finding.precision),
                )
        return Evidence(
            method=METHOD.name,
            verdict=Verdict.UNDECIDED,
            arithmetic="balls",
            quantified_over=_scope(claim),
            detail=f"undecided after {boxes} boxes: {len(proof.remaining)} remain; raise the budget or state the contact point",
            numbers={"boxes": boxes},
            trust=trust("python-flint"),
        )
    return Evidence(
        method=METHOD.name,
        verdict=Verdict.CERTIFIED,
        arithmetic="balls",
        quantified_over=_scope(claim),
        detail="every leaf of a cover of the closed box has the right sign, and the independent checker accepts the certificate",
        numbers={"boxes": boxes, "certificates": digests},
        trust=trust("python-flint"),
    )


# Points tried in floats before a box with hypotheses is called possibly empty.
_TRIALS = 20_000


def _inhabited(claim: Claim, context: Context) -> bool:
    """Whether some point of the box certainly meets all hypotheses: floats look for it, balls decide."""
    import numpy as np

    from checks.instances import frame_of_point, scalar_frame, walk_over
    from checks.truth import Answer, float_margin, premise_met
    from numerics.arithmetic.ball import Balls
    from numerics.arithmetic.floating import Floating
    from numerics.ball import precision

    given = claim.given
    assert isinstance(given, Box)
    if not given.where:
        return True
    rng, floats = context.rng(claim, "inhabited"), Floating()
    ends = {symbol: [float(end.evalf(20)) for end in span] for symbol, span in given.variables.items()}
    # Spread over orders of magnitude towards the lower end as well, because boxes may be much longer than their hypotheses.
    shares = {symbol: rng.random(_TRIALS) ** rng.choice([1, 4, 16], _TRIALS) for symbol in ends}
    points = {symbol: low + (high - low) * shares[symbol] for symbol, (low, high) in ends.items()}
    walk = walk_over(given, scalar_frame(points, floats), floats, claim)
    margins = [np.broadcast_to(float_margin(walk, (), relation), (_TRIALS,)) for relation in given.where]
    smallest = np.nan_to_num(np.minimum.reduce(margins), nan=-np.inf)
    for place in np.argsort(-smallest)[:8]:
        scalars = {str(symbol): _rational(float(values[place])) for symbol, values in points.items()}
        with precision(128):
            exact = walk_over(given, frame_of_point(given, Point(scalars=scalars)), Balls(), claim)
            if premise_met(exact, given.where) is Answer.YES:
                return True
    return False


def seal(proof: BoxProof) -> tuple[str, str]:
    """(seal of the proof's certificate, why the checker rejects it or ""); the checker shares no code with the prover."""
    from checks.certificate_checker import check
    from numerics.prover.certificate import digest

    document = proof.certificate()
    report = check(document)
    return str(digest(document)), "" if report.ok else str(report.reason)


def _point(proof: BoxProof) -> Point:
    assert proof.witness is not None
    return Point(scalars={str(symbol): value for symbol, value in proof.witness.items()})


def _rational(number: float) -> Rational:
    """The rational that a binary64 number is."""
    top, bottom = number.as_integer_ratio()
    return Rational(top, bottom)


def _scope(claim: Claim) -> str:
    given: Any = claim.given
    ranges = ", ".join(f"{symbol} ∈ [{low}, {high}]" for symbol, (low, high) in given.variables.items())
    return f"all {ranges}" + (" under the hypotheses" if given.where else "")


METHOD = Method(name="branch and bound", order=30, applies=_applies, run=_run)
