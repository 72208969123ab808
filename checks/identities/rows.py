"""For how many rows an identity has to be proved, and what that proves."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

from sympy import Expr, Indexed, IndexedBase, Pow, Rational, Sum

from checks.claim import Claim
from checks.given import Networks
from checks.identities.general import Generalisation, generalisations
from checks.identities.generic import Sizes, nonnegative_coefficients, span_of
from checks.identities.hypotheses import Applied, equations
from checks.identities.prove import Attempt, parts_of, prove_at
from checks.relation import Equal
from numerics.evaluation.index_degree import IndexDegree, Unbounded, free_axes, names_rows

__all__ = ["Proof", "prove"]

_KINDS = ("student", "teacher", "sample")
_LETTER = {"student": "n", "teacher": "m", "sample": "N"}
# Largest numbers that are tried where nothing says that finitely many suffice, and where something does.
_MOST = {"student": 6, "teacher": 3, "sample": 3}
_MOST_NEEDED = 8
_MOST_COORDINATES = 3


@dataclass(kw_only=True)
class Proof:
    """``complete`` if the identity is proved for everything that ``scope`` names; ``log`` says how."""

    complete: bool = False
    scope: str = ""
    log: list[str] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    # What was proved, where that is less than the claim says.
    partial: str = ""

    @property
    def reason(self) -> str:
        """Why the last attempt failed, or for what alone it succeeded."""
        if self.partial:
            return f"proved for {self.partial} only, which need not be enough; narrow the sizes of the claim"
        return next((attempt.reason for attempt in reversed(self.attempts) if attempt.reason), "")


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """Numbers of rows of one kind to be proved, and what that amounts to."""

    sizes: tuple[int, ...]
    says: str


def prove(claim: Claim) -> Proof:
    """Prove the identity for all numbers of rows, or for as many as the work limit allows.

    "PROVED" holds wherever both sides are defined, in every dimension: the generic instance has independent
    Gram entries. Where that fails and the statement is about few dimensions only, the rows are taken in
    coordinates of each of these.
    """
    given = claim.given
    if not isinstance(given, Networks):
        attempt = prove_at(claim, Sizes())
        complete = attempt.zero and attempt.elements > attempt.undefined
        return Proof(complete=complete, scope="all values of the variables", attempts=[attempt])
    proof = _prove_in(claim, 0)
    low, high = span_of(given.dimension)
    if proof.complete or high > _MOST_COORDINATES:
        return proof
    singly = [_prove_in(claim, dimension) for dimension in range(low, high + 1)]
    if not all(one.complete for one in singly):
        return proof
    return Proof(
        complete=True,
        scope=" and ".join(one.scope for one in singly),
        log=[line for one in singly for line in one.log],
        attempts=[attempt for one in singly for attempt in one.attempts],
    )


def _prove_in(claim: Claim, dimension: int) -> Proof:
    """Proof in one dimension, or in all of them at once (0)."""
    proof = Proof()
    assert isinstance(claim.given, Networks)
    spans = _spans(claim.given)
    lowest = {kind: low if low == high else max(low, 1) for kind, (low, high) in spans.items()}
    first = prove_at(claim, _sizes(lowest, dimension))
    proof.attempts.append(first)
    if first.applied is None or not first.zero:
        return proof
    for general in generalisations(claim, _degrees(Generalisation(claim=claim), "student", first.applied)):
        plans = _plans(general, lowest, proof, dimension)
        if plans is not None and _carry_out(general, plans, proof, dimension):
            return proof
    # No bound on the number of rows: as many as are cheap.
    return _some(claim, spans, lowest, proof, dimension)


def _spans(given: Networks) -> dict[str, tuple[int, int]]:
    return dict(zip(_KINDS, map(span_of, (given.students, given.teachers, given.samples)), strict=True))


def _degrees(general: Generalisation, kind: str, applied: Applied, letter: str = "") -> IndexDegree:
    claim = general.claim
    built: dict[str, Expr] = dict(applied.built)
    if isinstance(claim.given, Networks) and claim.given.students_as is not None:
        built["w"] = claim.given.students_as
    return IndexDegree(
        walk=applied.walk,
        kind=kind,
        built=built,
        generalised=general.free,
        letter=letter,
        roots=general.roots,
    )


def _plans(general: Generalisation, lowest: dict[str, int], proof: Proof, dimension: int) -> list[_Plan] | None:
    """Numbers of rows that imply all numbers, None where the index degree does not say."""
    claim = general.claim
    assert isinstance(claim.given, Networks)
    attempt = prove_at(claim, _sizes(lowest, dimension))
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
        below = [_sizes({**lowest, kind: size}, dimension) for size in range(1, min(needed + 1, lowest[kind]))]
        if needed > _MOST_NEEDED or not all(prove_at(claim, sizes).zero for sizes in below):
            proof.log.append(f"{letter}: index degree {degree}, but {letter} = 1 … {needed} is out of reach")
            return None
        notes.append(f"{letter}: index degree {degree}, {free} free, so {letter} = 1 … {needed} implies every {letter}")
        plans.append(_Plan(sizes=tuple(range(1, needed + 1)), says=f"all {letter}"))
    proof.log += notes
    return plans


def _degree(general: Generalisation, kind: str, applied: Applied) -> tuple[int, int]:
    """(index degree, number of free indices) of the conclusion; Unbounded if the argument does not apply."""
    claim, then = general.claim, general.claim.then
    assert then is not None
    assert isinstance(claim.given, Networks)
    degrees = _degrees(general, kind, applied)
    where = tuple(getattr(claim.given, "where", ()))
    hypotheses = [tree for relation in where for tree in relation.trees()]
    if any(map(degrees.mentions, hypotheses)):
        raise Unbounded("a hypothesis on the gradient")
    if any(map(names_rows, hypotheses)):
        raise Unbounded("a hypothesis on rows named by number")
    highest = max(degrees(part.slack).top for part in parts_of(then))
    sphere = _sphere(claim.given)
    if sphere:
        in_letter = _degrees(general, "", applied, sphere)
        highest += max(in_letter(part.slack).top for part in parts_of(then)) // 2
    return int(highest // 1), free_axes(then.trees(), kind)


def _keeps_the_argument(general: Generalisation, attempt: Attempt, kinds: list[str]) -> bool:
    """Whether the rules that a proof used couple no more rows than the index degree allows for."""
    assert attempt.applied is not None
    if not kinds:
        return True
    assert isinstance(general.claim.given, Networks)
    sphere = _sphere(general.claim.given)
    for equation in attempt.used:
        if sphere_letter(equation) == sphere != "" or equation in general.relations:
            continue
        if sphere and any(sphere in map(str, tree.atoms(IndexedBase)) for tree in equation.trees()):
            return False
        for kind in kinds:
            try:
                if not _degrees(general, kind, attempt.applied)(equation.slack).zero:
                    return False
            except Unbounded:
                return False
    return True


def _sphere(given: Networks) -> str:
    """The letter of the one hypothesis Σ_i β_i² = c > 0, "" if there is none.

    β is free of sign, as a coefficient is and a length is not: the argument needs that −β meets the hypotheses too.
    """
    free = {*given.coefficients} - nonnegative_coefficients(given)
    letters = [
        letter
        for relation in given.where
        for equation in equations(relation)
        if (letter := sphere_letter(equation)) in free
    ]
    if len(letters) > 1:
        raise Unbounded("several hypotheses on sums of squares")
    return letters[0] if letters else ""


def sphere_letter(equation: Equal) -> str:
    """β for an equation Σ_i β_i² = c > 0, else ""."""
    for total, constant in ((equation.left, equation.right), (equation.right, equation.left)):
        if isinstance(total, Sum) and isinstance(constant, Rational) and constant > 0 and len(total.limits) == 1:
            square = total.function
            if isinstance(square, Pow) and square.exp == 2 and isinstance(square.base, Indexed):
                if square.base.indices == (total.limits[0][0],):
                    return str(square.base.base.label)
    return ""


def _sizes(numbers: dict[str, int], dimension: int) -> Sizes:
    return Sizes(
        students=numbers["student"],
        teachers=numbers["teacher"],
        samples=numbers["sample"],
        dimension=dimension,
    )


def _carry_out(general: Generalisation, plans: list[_Plan], proof: Proof, dimension: int) -> bool:
    attempts = []
    open_kinds = [kind for kind, plan in zip(_KINDS, plans, strict=True) if plan.says.startswith("all")]
    for numbers in product(*(plan.sizes for plan in plans)):
        attempt = prove_at(general.claim, _sizes(dict(zip(_KINDS, numbers, strict=True)), dimension))
        attempts.append(attempt)
        if not attempt.zero:
            proof.log.append(f"not reached at {attempt.sizes}: {attempt.reason}")
            return False
        if not _keeps_the_argument(general, attempt, open_kinds):
            proof.log.append("a hypothesis couples all rows, so that small numbers of them say nothing of larger ones")
            return False
    proof.attempts += attempts
    # A statement that is nowhere defined says nothing.
    proof.complete = any(attempt.elements > attempt.undefined for attempt in attempts)
    proof.scope = ", ".join([_in_dimension(dimension), *(plan.says for plan in plans if plan.says)])
    return True


def _in_dimension(dimension: int) -> str:
    return f"d = {dimension}" if dimension else "all d"


def _some(
    claim: Claim, spans: dict[str, tuple[int, int]], lowest: dict[str, int], proof: Proof, dimension: int
) -> Proof:
    """Prove the identity for small numbers of rows, one after another until the work limit."""
    ranges = [range(lowest[kind], max(lowest[kind], min(spans[kind][1], _MOST[kind])) + 1) for kind in _KINDS]
    proved: list[Sizes] = []
    everything = True
    for numbers in sorted(product(*ranges), key=lambda numbers: (sum(numbers), numbers)):
        attempt = prove_at(claim, _sizes(dict(zip(_KINDS, numbers, strict=True)), dimension))
        proof.attempts.append(attempt)
        if attempt.too_large and proved:
            everything = False
            break
        if not attempt.zero:
            return proof
        proved.append(attempt.sizes)
    listed = [
        f"{_LETTER[kind]} = {span[0]}" if len(span) == 1 else f"{_LETTER[kind]} = {span[0]} … {span[-1]}"
        for kind, span in zip(_KINDS, ranges, strict=True)
        if span[-1]
    ]
    sizes = ", ".join(listed) if everything else " or ".join(f"({sizes})" for sizes in proved)
    proof.scope = f"{_in_dimension(dimension)}, {sizes}"
    said = any(attempt.elements > attempt.undefined for attempt in proof.attempts if attempt.zero)
    # Small numbers of rows say nothing of larger ones: the proof counts only if these are all that the claim has.
    covered = everything and all(
        span[0] <= spans[kind][0] and spans[kind][1] <= span[-1] for kind, span in zip(_KINDS, ranges, strict=True)
    )
    proof.complete = said and covered
    proof.partial = "" if covered or not said else proof.scope
    return proof
