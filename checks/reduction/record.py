"""The record of an argument: its steps, and the certificates of the boxes that it rests on.

The record is written by ``lemmata certificate write`` for a claim that inherits its verdict.  The independent
checker re-checks every certificate in it; the equation of slack and tree and the steps are recorded only, and a
run of ``lemmata verify`` proves them again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

from checks.claim import Claim
from checks.given import Box
from checks.reduction.inherited import claims_named, resolved

__all__ = ["FORMAT", "argument_record", "check_record", "is_record"]

FORMAT = "lemmata-argument-1"
_RECORDED = (
    "recorded only, not re-checked here: that right − left of the claim equals the slack (by the normal form), the steps, "
    "and that the values put in lie in the boxes; `lemmata verify` proves these"
)

Find = Callable[[str], Claim]


def argument_record(claim: Claim, find: Find, certificates: Callable[[Claim], list[dict[str, Any]]]) -> dict[str, Any]:
    """The record of a claim with an argument; ``certificates`` proves an inequality on a box.

    Raises ValueError for a claim without one.
    """
    from checks.certificate_checker import digest
    from checks.reduction.wording import terms
    from checks.statement import statement_of

    if not claim.slack_as:
        raise ValueError(f"{claim.id} has no argument: slack_as=… writes its slack as a tree that is ≥ 0 by its form")
    statement = statement_of(claim)
    record = {
        "format": FORMAT,
        "claim": claim.id,
        "claim_digest": claim.digest,
        "says": statement.unicode,
        "over": statement.domain,
        "where": [line for _, line in statement.where],
        "slack": [terms(claim, resolved(tree, find)) for tree in claim.slack_as],
        "inherited": _inherited(claim, find, certificates, {}),
        "scope": _RECORDED,
    }
    return {**record, "seal": digest(record)}


def _inherited(
    claim: Claim,
    find: Find,
    certificates: Callable[[Claim], list[dict[str, Any]]],
    seen: dict[str, dict[str, Any]],
) -> list[dict[str, Any]]:
    from checks.reduction.wording import terms

    for name in claims_named(claim.slack_as):
        if name in seen:
            continue
        simple = find(name)
        entry: dict[str, Any] = {"claim": name, "claim_digest": simple.digest}
        seen[name] = entry
        if simple.slack_as:
            entry["slack"] = [terms(simple, resolved(tree, find)) for tree in simple.slack_as]
            _inherited(simple, find, certificates, seen)
        elif isinstance(simple.given, Box):
            try:
                entry["certificates"] = certificates(simple)
            except ValueError as reason:  # proved by another method, which writes none
                entry["note"] = str(reason)
    return list(seen.values())


def is_record(document: Any) -> TypeGuard[Mapping[str, Any]]:
    """Whether a parsed JSON document says that it is the record of an argument."""
    return isinstance(document, Mapping) and document.get("format") == FORMAT


def check_record(document: Mapping[str, Any]) -> Any:
    """The checker's report on all certificates of a record; never raises."""
    from checks.certificate_checker import Report, check, digest

    rest = {key: value for key, value in document.items() if key != "seal"}
    if digest(rest) != document.get("seal"):
        return Report(ok=False, boxes=0, reason="the seal is broken: the record was changed")
    boxes = count = 0
    for entry in document.get("inherited") or ():
        if not isinstance(entry, Mapping):
            return Report(ok=False, boxes=boxes, reason="malformed: an inherited claim is no object")
        for certificate in entry.get("certificates") or ():
            report = check(certificate)
            boxes, count = boxes + report.boxes, count + 1
            if not report.ok:
                return Report(ok=False, boxes=boxes, reason=f"{entry.get('claim')}: {report.reason}")
    if not count:
        return Report(ok=False, boxes=0, reason="nothing in it can be re-checked: it holds no certificate")
    return Report(ok=True, boxes=boxes, reason=f"{count} certificates re-checked; the argument itself is recorded only")
