"""For how many rows an identity has to be proved, and what that proves."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

from sympy import Expr

from checks.claim import Claim
from checks.given import Networks
from checks.identities.generic import Sizes
from checks.identities.hypotheses import Applied
from checks.identities.prove import Attempt, parts_of, prove_at
from numerics.index_degree import IndexDegree, Unbounded, free_axes

__all__ = ["Proof", "prove"]

_KINDS = ("student", "teacher", "sample")
_LETTER = {"student": "n", "teacher": "m", "sample": "N"}
# Largest numbers that are tried where nothing says that finitely many suffice, and where something does.
_MOST = {"student": 4, "teacher": 2, "sample": 2}
_MOST_NEEDED = 8


@dataclass(kw_only=True)
class Proof:
    """``complete`` if the identity is proved for everything that ``scope`` names; ``log`` says how."""

    complete: bool = False
    scope: str = ""
    log: list[str] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def reason(self) -> str:
        """Why the last attempt failed."""
        return next((attempt.reason for attempt in reversed(self.attempts) if attempt.reason), "")


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """Numbers of rows of one kind to be proved, and what that amounts to."""

    sizes: tuple[int, ...]
    says: str


def prove(claim: Claim) -> Proof:
    """Prove the identity for all numbers of rows, or for as many as the work limit allows.

    "PROVED" holds wherever both sides are defined, in every dimension: the generic instance has independent Gram entries.
    """
    proof = Proof()
    given = claim.given
    if not isinstance(given, Networks):
        attempt = prove_at(claim, Sizes())
        proof.attempts.append(attempt)
        proof.complete = attempt.zero and attempt.elements > attempt.undefined
        proof.scope = "all values of the variables"
        return proof
    spans: dict[str, tuple[int, int]] = {
        kind: span  # type: ignore[misc]
        for kind, span in zip(_KINDS, (given.students, given.teachers, given.samples), strict=True)
    }
    lowest = {kind: low if low == high else max(low, 1) for kind, (low, high) in spans.items()}
    first = prove_at(claim, _sizes(lowest))
    proof.attempts.append(first)
    if first.applied is None or not first.zero:
        return proof
    return _carry_out(claim, [_plan(claim, kind, spans[kind], lowest, first.applied, proof) for kind in _KINDS], proof)


def _plan(
    claim: Claim, kind: str, span: tuple[int, int], lowest: dict[str, int], applied: Applied, proof: Proof
) -> _Plan:
    low, high = span
    letter = _LETTER[kind]
    if low == high:
        return _Plan(sizes=(low,), says=f"{letter} = {low}" if low else "")
    most = max(lowest[kind], min(high, _MOST[kind]))
    some = _Plan(sizes=tuple(range(lowest[kind], most + 1)), says=f"{letter} = {lowest[kind]} … {most}")
    try:
        degree, free = _degree(claim, kind, applied)
    except Unbounded as error:
        proof.log.append(f"{letter}: {error} has no index degree")
        return some
    needed = degree + max(free, 1)
    sizes = range(1, needed + 1)
    below = [size for size in sizes if size < lowest[kind]]
    if needed > _MOST_NEEDED or not all(prove_at(claim, _sizes({**lowest, kind: size})).zero for size in below):
        proof.log.append(f"{letter}: index degree {degree}, but {letter} = 1 … {needed} is out of reach")
        return some
    proof.log.append(
        f"{letter}: index degree {degree}, {free} free; {letter} = 1 … {needed} therefore implies every {letter}"
    )
    return _Plan(sizes=tuple(sizes), says=f"all {letter}")


def _degree(claim: Claim, kind: str, applied: Applied) -> tuple[int, int]:
    """(index degree, number of free indices) of the conclusion; Unbounded if the argument does not apply."""
    assert claim.then is not None
    built: dict[str, Expr] = dict(applied.built)
    if isinstance(claim.given, Networks) and claim.given.students_as is not None:
        built["w"] = claim.given.students_as
    degree = IndexDegree(walk=applied.walk, kind=kind, built=built)
    for equation in applied.used:
        if equation not in applied.definitions and not degree(equation.slack).zero:
            raise Unbounded(f"the hypothesis {equation.left} = {equation.right}, which couples all rows,")
    highest = max(degree(part.slack).top for part in parts_of(claim.then))
    return highest, free_axes(claim.then.trees(), kind)


def _sizes(numbers: dict[str, int]) -> Sizes:
    return Sizes(students=numbers["student"], teachers=numbers["teacher"], samples=numbers["sample"])


def _carry_out(claim: Claim, plans: list[_Plan], proof: Proof) -> Proof:
    grid = sorted(product(*(plan.sizes for plan in plans)), key=lambda numbers: (sum(numbers), numbers))
    proved: list[str] = []
    for numbers in grid:
        attempt = prove_at(claim, _sizes(dict(zip(_KINDS, numbers, strict=True))))
        proof.attempts.append(attempt)
        if attempt.too_large and proved:
            break
        if not attempt.zero:
            return proof
        proved.append(f"({attempt.sizes})")
    # A statement that is nowhere defined says nothing.
    proof.complete = any(attempt.elements > attempt.undefined for attempt in proof.attempts)
    reached = ", ".join(plan.says for plan in plans if plan.says) if len(proved) == len(grid) else " or ".join(proved)
    proof.scope = f"all d, {reached}"
    return proof
