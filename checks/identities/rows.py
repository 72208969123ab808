"""For how many rows an identity has to be proved, and what that proves."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

from sympy import Expr, Indexed, IndexedBase, Pow, Rational, Sum

from checks.claim import Claim
from checks.given import Networks
from checks.identities.general import Generalisation, generalisations
from checks.identities.generic import Sizes
from checks.identities.hypotheses import Applied
from checks.identities.prove import Attempt, parts_of, prove_at
from checks.relation import Equal
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
    spans = _spans(given)
    lowest = {kind: low if low == high else max(low, 1) for kind, (low, high) in spans.items()}
    first = prove_at(claim, _sizes(lowest))
    proof.attempts.append(first)
    if first.applied is None or not first.zero:
        return proof
    for general in generalisations(claim, _degrees(claim, "student", first.applied)):
        plans = _plans(general, lowest, proof)
        if plans is not None and _carry_out(general, plans, proof):
            return proof
    # No bound on the number of rows: as many as are cheap.
    return _some(claim, spans, lowest, proof)


def _spans(given: Networks) -> dict[str, tuple[int, int]]:
    return dict(zip(_KINDS, (given.students, given.teachers, given.samples), strict=True))  # type: ignore[arg-type]


def _degrees(claim: Claim, kind: str, applied: Applied, free: frozenset[str] = frozenset(), letter: str = "") -> IndexDegree:
    built: dict[str, Expr] = dict(applied.built)
    if isinstance(claim.given, Networks) and claim.given.students_as is not None:
        built["w"] = claim.given.students_as
    return IndexDegree(walk=applied.walk, kind=kind, built=built, generalised=free, letter=letter)


def _plans(general: Generalisation, lowest: dict[str, int], proof: Proof) -> list[_Plan] | None:
    """Numbers of rows that imply all numbers, None where the index degree does not say."""
    claim = general.claim
    assert isinstance(claim.given, Networks)
    attempt = prove_at(claim, _sizes(lowest))
    if not attempt.zero or attempt.applied is None:
        return None
    plans = []
    notes = [f"proved {general.says}"] if general.says else []
    for kind, (low, high) in _spans(claim.given).items():
        letter = _LETTER[kind]
        if low == high:
            plans.append(_Plan(sizes=(low,), says=f"{letter} = {low}" if low else ""))
            continue
        try:
            degree, free = _degree(general, kind, attempt.applied)
        except Unbounded as error:
            if not general.says:
                proof.log.append(f"{letter}: no index degree because of {error}")
            return None
        needed = degree + max(free, 1)
        below = [size for size in range(1, needed + 1) if size < lowest[kind]]
        if needed > _MOST_NEEDED or not all(prove_at(claim, _sizes({**lowest, kind: size})).zero for size in below):
            proof.log.append(f"{letter}: index degree {degree}, but {letter} = 1 … {needed} is out of reach")
            return None
        notes.append(f"{letter}: index degree {degree}, {free} free; {letter} = 1 … {needed} therefore implies every {letter}")
        plans.append(_Plan(sizes=tuple(range(1, needed + 1)), says=f"all {letter}"))
    proof.log += notes
    return plans


def _degree(general: Generalisation, kind: str, applied: Applied) -> tuple[int, int]:
    """(index degree, number of free indices) of the conclusion; Unbounded if the argument does not apply."""
    claim, then = general.claim, general.claim.then
    assert then is not None
    degrees = _degrees(claim, kind, applied, general.free)
    hypotheses = [tree for relation in getattr(claim.given, "where", ()) for tree in relation.trees()]
    if any(degrees.mentions(tree) for tree in hypotheses):
        raise Unbounded("a hypothesis on the gradient")
    highest = max(degrees(part.slack).top for part in parts_of(then))
    spheres = 0
    for equation in applied.used:
        if equation in applied.definitions or degrees(equation.slack).zero:
            continue
        letter = sphere_letter(equation)
        if not letter or spheres:
            raise Unbounded(f"the hypothesis {equation.left} = {equation.right}, which couples all rows")
        if any(letter in map(str, tree.atoms(IndexedBase)) for other in applied.used if other is not equation for tree in other.trees()):
            raise Unbounded(f"several hypotheses on {letter}")
        spheres += 1
        in_letter = _degrees(claim, "", applied, general.free, letter)
        highest += max(in_letter(part.slack).top for part in parts_of(then)) // 2
    return highest, free_axes(then.trees(), kind)


def sphere_letter(equation: Equal) -> str:
    """β for an equation Σ_i β_i² = c > 0, else ""."""
    for total, constant in ((equation.left, equation.right), (equation.right, equation.left)):
        if isinstance(total, Sum) and isinstance(constant, Rational) and constant > 0 and len(total.limits) == 1:
            square = total.function
            if isinstance(square, Pow) and square.exp == 2 and isinstance(square.base, Indexed):
                if square.base.indices == (total.limits[0][0],):
                    return str(square.base.base.label)
    return ""


def _sizes(numbers: dict[str, int]) -> Sizes:
    return Sizes(students=numbers["student"], teachers=numbers["teacher"], samples=numbers["sample"])


def _carry_out(general: Generalisation, plans: list[_Plan], proof: Proof) -> bool:
    attempts = []
    for numbers in product(*(plan.sizes for plan in plans)):
        attempt = prove_at(general.claim, _sizes(dict(zip(_KINDS, numbers, strict=True))))
        attempts.append(attempt)
        if not attempt.zero:
            proof.log.append(f"not reached at {attempt.sizes}: {attempt.reason}")
            return False
    proof.attempts += attempts
    # A statement that is nowhere defined says nothing.
    proof.complete = any(attempt.elements > attempt.undefined for attempt in attempts)
    proof.scope = "all d, " + ", ".join(plan.says for plan in plans if plan.says)
    return True


def _some(claim: Claim, spans: dict[str, tuple[int, int]], lowest: dict[str, int], proof: Proof) -> Proof:
    """Prove the identity for small numbers of rows, one after another until the work limit."""
    ranges = [range(lowest[kind], max(lowest[kind], min(spans[kind][1], _MOST[kind])) + 1) for kind in _KINDS]
    proved: list[Sizes] = []
    complete = True
    for numbers in sorted(product(*ranges), key=lambda numbers: (sum(numbers), numbers)):
        attempt = prove_at(claim, _sizes(dict(zip(_KINDS, numbers, strict=True))))
        proof.attempts.append(attempt)
        if attempt.too_large and proved:
            complete = False
            break
        if not attempt.zero:
            return proof
        proved.append(attempt.sizes)
    proof.complete = any(attempt.elements > attempt.undefined for attempt in proof.attempts if attempt.zero)
    listed = [
        f"{_LETTER[kind]} = {span[0]}" if len(span) == 1 else f"{_LETTER[kind]} = {span[0]} … {span[-1]}"
        for kind, span in zip(_KINDS, ranges, strict=True)
        if span[-1]
    ]
    proof.scope = "all d, " + (", ".join(listed) if complete else " or ".join(f"({sizes})" for sizes in proved))
    return proof
