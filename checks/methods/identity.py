"""Identities: both sides reduced to one normal form over symbolic Gram entries, and attacked at exact
instances.

The difference of the sides is written as an element of a ring in which norms, cosines, angles and roots are
generators with their relations.  If it reduces to 0, the identity is proved wherever both sides are defined,
in every dimension; the index degree says for how many rows that has to be done.  If an exact instance
violates it, it is refuted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.claim import Claim
from checks.evidence import Evidence, trust
from checks.given import Box, Integers, Networks
from checks.method import Context, Method
from checks.verdict import Verdict

if TYPE_CHECKING:
    from checks.identities.attack import Attack
    from checks.identities.rows import Proof

# Instances at which a statement is attacked, and how many that meet the hypotheses are enough once it is
# proved.
_INSTANCES, _TRIPWIRE = 150, 12


def _applies(claim: Claim) -> bool:
    from checks.identities.prove import is_identity

    return isinstance(claim.given, Networks | Box | Integers) and is_identity(claim.then)


def _run(claim: Claim, context: Context) -> Evidence:
    from checks.engine import InternalConflict
    from checks.identities.attack import attack
    from checks.identities.rows import prove

    proof = prove(claim)
    enough = _TRIPWIRE if proof.complete else _INSTANCES
    outcome = attack(claim, context.rng(claim, METHOD.name), _INSTANCES, enough)
    if outcome.finding is not None:
        if proof.complete:
            raise InternalConflict(
                f"{claim.id}: the normal form is 0, but balls exclude equality at {outcome.finding.witness}"
            )
        return Evidence(
            method=METHOD.name,
            verdict=Verdict.REFUTED,
            arithmetic="balls",
            quantified_over="one exact instance",
            detail=f"the sides differ at an exact instance, the {_ordinal(outcome)} that was evaluated",
            numbers=outcome.finding.numbers,
            witness=outcome.finding.witness,
            trust=trust("python-flint", precision=outcome.finding.precision),
        )
    numbers = {"instances": outcome.instances, "instances that met the hypotheses": outcome.met}
    if not proof.complete:
        return Evidence(
            method=METHOD.name,
            verdict=Verdict.UNDECIDED,
            arithmetic="normal form",
            quantified_over="nothing",
            detail=f"{proof.reason or 'not reduced'}; no violation at {outcome.instances} exact instances",
            numbers=numbers,
            trust=trust("python-flint"),
        )
    return Evidence(
        method=METHOD.name,
        verdict=Verdict.PROVED,
        arithmetic="normal form",
        quantified_over=f"{proof.scope}, wherever both sides are defined",
        detail=_log(proof),
        numbers={**numbers, "products of terms": sum(attempt.work for attempt in proof.attempts)},
        trust=trust("python-flint", "sympy", precision=128),
    )


def _ordinal(outcome: Attack) -> str:
    return f"{outcome.instances}." if outcome.instances > 1 else "first"


def _log(proof: Proof) -> str:
    largest = max(proof.attempts, key=lambda attempt: attempt.generators)
    proved = dict.fromkeys(str(attempt.sizes) for attempt in proof.attempts if attempt.zero)
    undefined = f", {largest.undefined} undefined" if largest.undefined else ""
    lines = [
        f"ring of {largest.generators} generators with {largest.relations} relations; "
        f"{largest.elements - largest.undefined} differences reduced to 0{undefined}"
    ]
    if any(proved):
        lines.insert(0, f"proved for {'; '.join(proved)}")
    if largest.applied is not None and largest.applied.rules:
        lines.append("hypotheses used: " + "; ".join(largest.applied.rules))
    return " | ".join([*lines, *proof.log])


METHOD = Method(name="normal form", order=20, applies=_applies, run=_run)
