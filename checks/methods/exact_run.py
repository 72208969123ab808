"""Runs of gradient descent from exact starts, in balls: a certain violation refutes, a run that holds
throughout is certified.

A claim about one start (``start=``) is certified over its finite horizon; for a claim about many starts the
stated witnesses are runs that may refute it.
"""

from __future__ import annotations

from checks.claim import Claim
from checks.evidence import Evidence, trust
from checks.given import Descent, Point
from checks.method import Context, Method
from checks.relation import All, AtMost, Below, Equal
from checks.runs.exact_run import examine_run
from checks.verdict import Verdict


def _applies(claim: Claim) -> bool:
    given = claim.given
    if not isinstance(given, Descent) or not isinstance(claim.then, AtMost | Below | Equal | All):
        return False
    return given.start is not None or bool(claim.witness)


def _run(claim: Claim, context: Context) -> Evidence:
    given = claim.given
    assert isinstance(given, Descent)
    witnesses = (claim.witness,) if isinstance(claim.witness, Point) else claim.witness
    points = witnesses if given.start is None else (given.start,)
    tried = []
    for point in points:
        finding = examine_run(claim, point)
        if finding.violated:
            return Evidence(
                method=METHOD.name,
                verdict=Verdict.REFUTED,
                arithmetic="balls",
                quantified_over="one exact run",
                detail=point.note or f"violated for certain at step {finding.numbers.get('t', '?')} of this run",
                numbers=finding.numbers,
                witness=finding.witness,
                trust=trust("python-flint", precision=finding.precision),
            )
        if given.start is not None and finding.certain:
            return Evidence(
                method=METHOD.name,
                verdict=Verdict.CERTIFIED,
                arithmetic="balls",
                quantified_over=f"one trajectory, every step t = 0 … {given.steps}",
                detail=finding.reason,
                numbers={"steps": given.steps},
                trust=trust("python-flint", precision=finding.precision),
            )
        tried.append(finding.reason)
    return Evidence(
        method=METHOD.name,
        verdict=Verdict.UNDECIDED,
        arithmetic="balls",
        quantified_over="the stated starts",
        detail="no stated run settles the claim: " + "; ".join(tried),
        trust=trust("python-flint"),
    )


METHOD = Method(name="exact run", order=10, applies=_applies, run=_run)
