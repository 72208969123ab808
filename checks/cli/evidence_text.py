"""Evidence and witnesses as lines of text."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from checks.claim import Claim
    from checks.storage.ledger import Ledger
    from checks.storage.record import Record

_ROWS = {"w": "students", "v": "teachers", "V": "direction V", "H": "direction H", "x": "inputs"}


def witness_text(witness: Mapping[str, Any]) -> str:
    """students (−1, 0), (1, 0); teachers (1, 0); eta = 1/10"""
    parts = []
    for name, value in witness.items():
        if isinstance(value, list | tuple):
            rows = ", ".join("(" + ", ".join(map(str, row)) + ")" for row in value)
            parts.append(f"{_ROWS.get(name, name)} {rows}")
        else:
            parts.append(f"{name} = {value}")
    return "; ".join(parts)


def piece_lines(piece: Mapping[str, Any]) -> Iterator[str]:
    """The lines of one piece of evidence."""
    yield f"{piece['verdict']} by {piece['method']} in {piece['arithmetic']}: {piece['quantified_over']}"
    if piece["detail"]:
        yield f"  {piece['detail']}"
    for name, value in piece["numbers"].items():
        yield from _number_lines(name, value)
    if piece["witness"]:
        yield f"  witness: {witness_text(piece['witness'])}"
    if piece["trust"]:
        yield f"  trusts: {', '.join(piece['trust'])}"


def _number_lines(name: str, value: Any) -> Iterator[str]:
    """One line for a number, one line each for the members of a list of texts."""
    if not isinstance(value, list | tuple) or not value:
        yield f"  {name}: {value}"
        return
    yield f"  {name}:"
    for member in value:
        if isinstance(member, dict):
            member = ", ".join(f"{key} {_joined(entry)}" for key, entry in member.items())
        yield f"    {_joined(member, ' + ')}"


def _joined(value: Any, by: str = ", ") -> str:
    return by.join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def latest(claim: Claim, ledger: Ledger) -> list[tuple[Record, bool]]:
    """The ledger's records of a claim with whether each is current, current ones first, larger budgets
    first.
    """
    from checks.catalog import find_claim
    from checks.method import BUDGETS
    from checks.storage.record import fingerprint, versions

    own = fingerprint(claim, find_claim)
    order = {name: place for place, name in enumerate(BUDGETS)}
    records = [
        (record, record.key.fingerprint == own and record.key.versions == versions())
        for record in ledger.records(claim.id)
    ]
    return sorted(records, key=lambda pair: (not pair[1], -order.get(pair[0].key.budget, -1), pair[0].key.seed))
