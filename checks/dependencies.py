"""What a claim's proof in print rests on, and whether that stands: intact, broken at X, or mended by Y."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from checks.claim import Claim
from checks.reduction.inherited import claims_named
from checks.verdict import Verdict

__all__ = ["dependency", "dependents", "mend_of"]

Find = Callable[[str], "Claim | None"]
Known = Callable[[Claim], "Verdict | None"]


def dependency(name: str, find: Find, known: Known) -> str:
    """How the used claim of that id stands, by its verdict in the ledger, or by its expectation where there
    is none.

    ``find(id)`` returns a claim or None; ``known(claim)`` its recorded verdict or None.
    """
    claim = find(name)
    if claim is None:
        return "unknown"
    return _state(claim, find, known, ())


def _state(claim: Claim, find: Find, known: Known, above: tuple[str, ...]) -> str:
    if _false(claim, known):
        mend = mend_of(claim, find)
        if mend is not None and not _false(mend, known):
            return f"mended by {mend.id}"
        return f"broken at {claim.id}"
    for name in claim.uses:
        below = find(name)
        if below is None or name in above:
            continue
        state = _state(below, find, known, (*above, claim.id))
        if state.startswith("broken"):
            return state
    return "intact"


def _false(claim: Claim, known: Known) -> bool:
    verdict = known(claim)
    verdict = claim.expected if verdict is None else verdict
    return verdict is not None and verdict.fatal


def mend_of(claim: Claim, find: Find) -> Claim | None:
    """The claim that states what is true instead: the one named by the erratum, or the one called
    …/corrected.
    """
    named = claim.erratum.mend if claim.erratum else ""
    for name in (named, f"{claim.id}/corrected"):
        mend = find(name) if "/" in name and " " not in name else None
        if mend is not None:
            return mend
    return None


def dependents(name: str, claims: Iterable[Claim]) -> list[tuple[str, str]]:
    """(id, how) of the claims that rest on this one: by our argument ("because", or "inherits" for a
    slack of which this one is a part) or by the paper's ("uses").
    """
    found = []
    for claim in claims:
        if name in claim.because:
            found.append((claim.id, "because"))
        elif name in claims_named(claim.slack_as):
            found.append((claim.id, "inherits"))
        elif name in claim.uses:
            found.append((claim.id, "uses"))
    return found
