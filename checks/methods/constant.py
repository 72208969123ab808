"""Unspecified constants: the best one is measured, its extremal instance kept exactly, its drift judged."""

from __future__ import annotations

from checks.claim import Claim
from checks.constant import measure_constant
from checks.evidence import Evidence, trust
from checks.given import Networks
from checks.method import Context, Method
from checks.relation import Bounded
from checks.verdict import Verdict


def _applies(claim: Claim) -> bool:
    return isinstance(claim.given, Networks) and isinstance(claim.then, Bounded)


def _run(claim: Claim, context: Context) -> Evidence:
    given = claim.given
    assert isinstance(given, Networks)
    constant = measure_constant(claim, context)
    if constant is None:
        return Evidence(
            method=METHOD.name,
            verdict=Verdict.UNDECIDED,
            arithmetic="binary64",
            quantified_over="nothing",
            detail="no sampled instance met the hypotheses with a ratio that balls confirm; state them constructively",
            trust=trust("numpy", "python-flint"),
        )
    (low, high), (d_low, d_high) = given.students, given.dimension  # type: ignore[misc]
    numbers = constant.as_data()
    del numbers["id"]
    direction = "≥" if constant.side == "above" else "≤"
    implied = "" if constant.lojasiewicz is None else f"; ‖∇L‖ ≥ c·L^α with α = {constant.lojasiewicz}"
    return Evidence(
        method=METHOD.name,
        verdict=Verdict.CONTRADICTED if constant.diverges else Verdict.MEASURED,
        arithmetic="binary64",
        quantified_over=f"{constant.met} networks, {low} ≤ n ≤ {high}, {d_low} ≤ d ≤ {d_high}",
        detail=(
            "the ratio follows a power law without end along an axis: no constant is in sight"
            if constant.diverges
            else f"best constant {direction} {constant.value}, certified at the extremal instance{implied}"
        ),
        numbers=numbers,
        witness=constant.instance,
        trust=trust("numpy", "scipy", "python-flint"),
    )


METHOD = Method(name="best constant", order=40, applies=_applies, run=_run)
