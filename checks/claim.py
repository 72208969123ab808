"""The claim record: what is said, about which instances, and what is expected of it.

A claim is data.  Its kind follows from the types of ``given`` and ``then``; its verdict is computed from evidence and
only compared with ``expected``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from sympy import Expr, Symbol

from checks.given import Box, Descent, Draws, Experiment, Flow, Given, Integers, Networks, Point
from checks.relation import All, Bounded, Equal, Relation, Tends, plain
from checks.verdict import Verdict
from theory.symmetric_family import SymmetricFamily

__all__ = ["Assumption", "Claim", "Erratum", "Family", "Mutant"]


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A false variant that the same machinery must kill: fields that differ from the claim."""

    then: Relation | None = None
    given: Given | None = None
    witness: Point | None = None


@dataclass(frozen=True, kw_only=True)
class Erratum:
    """What is wrong in print.  ``weight``: "theorem" | "proof step" | "constant" | "typo" | "wording".

    ``reader`` is the check that a reader can redo with pencil or five lines of Python; ``mend`` the corrected statement
    or the id of the claim that states it.
    """

    weight: str
    what: str
    reader: str = ""
    mend: str = ""
    charity: str = ""

    def __post_init__(self) -> None:
        if self.weight not in WEIGHTS:
            raise ValueError(f"weight={self.weight!r} of an erratum: choose one of {', '.join(WEIGHTS)}")


WEIGHTS = ("theorem", "proof step", "constant", "typo", "wording")


@dataclass(frozen=True, kw_only=True)
class Family:
    """An exact family of networks along which a ratio leaves every bound: proves that no constant bounds it.

    ``ratio`` is its closed form c · x^α on ``members``, with c > 0 a number and x = ``grows``: the number of copies, which tends
    to infinity, or a parameter, which tends to 0.  ``small`` is a parameter that tends to 0 with the loss, for claims near
    the optimum; ``at`` are exact values of the parameters at which balls confirm the closed form.
    """

    members: SymmetricFamily
    ratio: Expr
    grows: Symbol
    small: Symbol | None = None
    at: tuple[Mapping[Symbol, Any], ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Assumption:
    """Why a printed sentence can't be checked as stated, and the ids of its strongest checkable forms."""

    reason: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One statement with everything that is needed to check it.

    ``printed`` is the statement as the source prints it; ``because`` lists the steps of our argument, which cap the
    verdict; ``uses`` what the source's proof rests on, which is only reported.  ``slack_as`` writes the slack of each ≤
    of the conclusion as a tree that is ≥ 0 by its form, which turns an inequality into an identity.
    """

    given: Given | None = None
    then: Relation | None = None
    id: str = ""
    title: str = ""
    label: str = ""
    page: str = ""
    printed: str = ""
    note: str = ""
    expected: Verdict | None = None
    witness: Point | tuple[Point, ...] = ()
    mutants: Mapping[str, Mutant] = field(default_factory=dict)
    because: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    erratum: Erratum | None = None
    assumption: Assumption | None = None
    slack_as: tuple[Expr, ...] = ()
    family: Family | None = None
    contact: Mapping[Symbol, tuple[Any, int]] = field(default_factory=dict)
    quantities: tuple[Any, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        where = f"claim {self.id!r}" if self.id else "a claim"
        if self.assumption is None:
            missing = [name for name in ("given", "then") if getattr(self, name) is None]
            if missing:
                raise ValueError(
                    f"{where} lacks {' and '.join(missing)}: Claim(given=Networks('xu23a'), then=AtMost(a, b))"
                )
        if isinstance(self.witness, Point):
            object.__setattr__(self, "witness", (self.witness,))
        object.__setattr__(self, "kind", self._kind())

    kind: str = field(init=False, default="")

    def _kind(self) -> str:
        given, then = self.given, self.then
        if then is None or given is None:
            return "text"
        if isinstance(given, Experiment):
            return "figure"
        if isinstance(given, Draws):
            return "probability"
        if isinstance(then, Bounded):
            return "constant"
        if isinstance(given, Box | Integers):
            return "identity" if _only_equalities(then) else "box"
        if isinstance(given, Flow | Descent):
            return "asymptotic" if isinstance(then, Tends) else "dynamics"
        if isinstance(given, Networks):
            return "identity" if _only_equalities(then) else "inequality"
        return "text"

    @property
    def witnesses(self) -> tuple[Point, ...]:
        """The stated witnesses, however many."""
        return (self.witness,) if isinstance(self.witness, Point) else self.witness

    @property
    def paper(self) -> str:
        """Paper key of the id, "" for a user's claim."""
        return self.id.partition("/")[0] if "/" in self.id and "::" not in self.id else ""

    @cached_property
    def digest(self) -> str:
        """Hash of what is said (not of its title or expectation): evidence belongs to exactly this statement."""
        statement = f"{self.given!r}|{plain(self.then) if self.then is not None else ''}"
        return hashlib.sha256(statement.encode()).hexdigest()[:16]

    def mutated(self, name: str) -> Claim:
        """The claim with the fields of a mutant in place of its own."""
        mutant = self.mutants[name]
        changes = {key: getattr(mutant, key) for key in ("then", "given") if getattr(mutant, key) is not None}
        witness = (mutant.witness,) if mutant.witness is not None else ()
        return replace(
            self,
            id=f"{self.id}#{name}",
            witness=witness,
            mutants={},
            expected=None,
            slack_as=(),
            family=None,
            because=(),
            **changes,
        )


def _only_equalities(then: Relation) -> bool:
    parts = then.parts if isinstance(then, All) else (then,)
    return all(isinstance(part, Equal) for part in parts)
