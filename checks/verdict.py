"""Verdicts: how strongly the answer to a claim is known.

The words can't be confused with booleans (a verdict has no truth value), and no method may issue a word that it has not
the means for; `checks.evidence` enforces that.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NoReturn

__all__ = ["Verdict", "weakest"]


class Verdict(Enum):
    """One word per claim."""

    PROVED = "reduced to a literal truth by a decision procedure"
    CERTIFIED = "enclosures have the right sign on a cover of what is quantified over"
    MEASURED = "an unspecified constant or a limit was estimated"
    SUPPORTED = "no violation found in the instances and searches stated"
    UNDECIDED = "the work ended first, or floats and balls disagree"
    CONTRADICTED = "violated beyond error in floats or statistics, but not enclosed"
    REFUTED = "an exact witness, or a proved family, violates it"
    ASSUMED = "cited or not checkable as stated"

    def __bool__(self) -> NoReturn:
        raise TypeError(f"the verdict {self.name} has no truth value; compare it with Verdict.PROVED etc.")

    def __str__(self) -> str:
        return self.name

    @property
    def fatal(self) -> bool:
        """Whether a mutant that gets this verdict counts as killed."""
        return self in (Verdict.REFUTED, Verdict.CONTRADICTED)


# From strongest to weakest, for the cap that `because` puts on an argument.
_STRENGTH = (
    Verdict.PROVED,
    Verdict.CERTIFIED,
    Verdict.MEASURED,
    Verdict.SUPPORTED,
    Verdict.ASSUMED,
    Verdict.UNDECIDED,
    Verdict.CONTRADICTED,
    Verdict.REFUTED,
)


def weakest(verdicts: Iterable[Verdict]) -> Verdict:
    """The weakest of the verdicts; PROVED for none."""
    return max(verdicts, key=_STRENGTH.index, default=Verdict.PROVED)
