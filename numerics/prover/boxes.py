"""Branch and bound: f ≥ 0 on a closed box, certified, refuted by an exact point, or undecided.

The box is bisected at exact rational cuts until a rule of `numerics.prover.problem` closes every part; zeros are
divided out (faces) or blown up (corners) as described in `numerics.prover.taylor`.  A bound that is not rational
(π, √2, …) is handled by the affine chart x = lo + (hi − lo) u, u in [0, 1], which the certificate records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from flint import fmpq
from sympy import Expr, Symbol

from numerics.ball import precision as working_precision
from numerics.prover.certificate import Statement, digest, document
from numerics.prover.problem import Problem
from numerics.prover.search_state import saved, tree_of
from numerics.prover.strategy import solve
from numerics.prover.witness import simplest_witness

__all__ = ["BoxProof", "prove_nonnegative", "prove_statement"]

Status = Literal["certified", "refuted", "undecided"]


@dataclass(frozen=True, kw_only=True)
class BoxProof:
    """What `prove_nonnegative` found.

    ``lower`` is a lower bound of f over the box when certified (as a float, for display), ``remaining`` the
    open boxes when undecided, ``witness`` an exact point with f < 0 (≤ 0 when strict) inside all side
    conditions when refuted.
    """

    status: Status
    statement: Statement
    root: list[Any] | None
    boxes: int
    lower: float
    remaining: tuple[dict[str, tuple[str, str]], ...]
    witness: dict[Symbol, Expr] | None
    work: int
    precision: int
    partial: list[Any] | None = None

    def certificate(self) -> dict[str, Any]:
        """The JSON-able certificate. Raises ValueError unless the status is "certified"."""
        if self.status != "certified" or self.root is None:
            raise ValueError(f"status is {self.status!r}: only a certified inequality has a certificate")
        return document(self.statement, self.root, self.precision)

    def search(self) -> dict[str, Any]:
        """The unfinished search as JSON values, for ``resume``. Raises ValueError unless the status is "undecided"."""
        if self.status != "undecided" or self.partial is None:
            raise ValueError(f"status is {self.status!r}: only an undecided inequality has a search to go on with")
        stated = self.statement.as_json()
        return saved(stated, digest(stated), self.precision, self.partial)


def prove_nonnegative(
    expression: Expr,
    box: Mapping[Symbol, tuple[Any, Any]],
    *,
    where: Sequence[Expr] = (),
    strict: bool = False,
    contact: Mapping[Symbol, tuple[Any, int]] | None = None,
    work: int = 100_000,
    precision: int = 96,
    jobs: int = 1,
    resume: Mapping[str, Any] | None = None,
) -> BoxProof:
    """expression ≥ 0 (> 0 when strict) at every point of the closed box where every ``where`` expression is
    ≥ 0.

    ``box`` gives exact bounds per symbol: rationals, or constants such as π.  ``contact`` may name zeros
    that are known, {symbol: (point, order)}; whether f vanishes there, and to which order, is always found
    again exactly. ``work`` bounds the number of boxes looked at in balls; where they become many, intervals in
    binary64 propose which (32 of them for one in balls), and ``jobs`` processes verify the proposals.  ``resume`` takes
    the `BoxProof.search` of an earlier, undecided answer further.  Deterministic, whatever the number of processes.

    Exactness: "certified" and "refuted" rest on enclosures and exact arithmetic alone, and a certified
    expression is defined on the whole box; NaN, a failed rule or an exhausted budget give "undecided".

    Raises NotEnclosable or ValueError for expressions that cannot be enclosed, for boxes that are not exact, and for
    a saved search of another statement.
    """
    statement = Statement.of(expression, box, where=where, strict=strict)
    contacts = [
        (symbol.name, statement.coordinate(symbol.name, point)) for symbol, (point, _) in (contact or {}).items()
    ]
    return prove_statement(statement, contacts=contacts, work=work, precision=precision, jobs=jobs, resume=resume)


def prove_statement(
    statement: Statement,
    *,
    contacts: Sequence[tuple[str, fmpq]] = (),
    work: int = 100_000,
    precision: int = 96,
    jobs: int = 1,
    resume: Mapping[str, Any] | None = None,
) -> BoxProof:
    """As `prove_nonnegative`, for a statement; ``contacts`` are (name, coordinate) on the sides of its unit
    box.
    """
    partial = None if resume is None else tree_of(resume, digest(statement.as_json()))
    tree, conditions, names, sides = statement.in_unit_coordinates()
    with working_precision(precision):
        problem = Problem(tree=tree, where=conditions, names=names, box=sides, strict=statement.strict)
        for name, coordinate in contacts:
            problem.add_face(name, coordinate)
        result = solve(problem, work, jobs=jobs, partial=partial)
    status: Status = result.status
    witness = None
    if status == "refuted" and result.point is not None:
        witness = simplest_witness(statement, result.point)
    if status == "refuted" and witness is None:
        status = "undecided"
    return BoxProof(
        status=status,
        statement=statement,
        root=result.node if status == "certified" else None,
        boxes=result.boxes,
        lower=result.lower,
        remaining=result.remaining,
        witness=witness,
        work=result.work,
        precision=precision,
        partial=result.partial,
    )
