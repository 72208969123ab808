"""Errata: what is false or mistyped as printed, with a witness that a reader can check.

Ranked by weight: what breaks a theorem, a proof step, a constant, a typing slip, a slip of wording.
"""

from __future__ import annotations

from checks.cli.evidence_text import latest, witness_text
from checks.cli.selection import add_ledger, add_processes, ledger_of, processes, selected

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

    from checks.claim import Claim
    from checks.cli.console import Console
    from checks.storage.record import Record


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("selectors", nargs="*", metavar="PAPER", help="a paper's key, or any selector of claims")
    add_processes(parser)
    add_ledger(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    from checks.catalog import select
    from checks.claim import WEIGHTS
    from checks.cli.errors import OK, value_errors_are_usage
    from checks.dependencies import dependents
    from checks.storage.verification import Plan, verify

    claims, ledger = selected(arguments), ledger_of(arguments)
    everything = select([])
    wrong = [claim for claim in claims if claim.erratum is not None]
    wrong.sort(key=lambda claim: WEIGHTS.index(claim.erratum.weight) if claim.erratum else 0)
    found: dict[str, Record] = {}
    with value_errors_are_usage(), console.progress("witnesses", total=len(wrong)) as progress:
        # A slip of wording has no verdict; what the ledger has no verdict of is looked at now, with the quick
        # budget.
        known = {claim.id: latest(claim, ledger) for claim in wrong if claim.then is not None}
        found |= {name: records[0][0] for name, records in known.items() if records and records[0][1]}
        missing = [claim for claim in wrong if claim.id in known and claim.id not in found]
        progress.advance(len(wrong) - len(missing))
        for result in verify(missing, Plan(ledger=ledger), jobs=processes(arguments)):
            found[result.claim.id] = result.record
            progress.advance(note=result.claim.id)
    entries = [entry(claim, found.get(claim.id), dependents(claim.id, everything)) for claim in wrong]
    console.emit(entries)
    for data in entries:
        _print(data, console)
    counts = ", ".join(
        f"{number} {weight}" for weight in WEIGHTS if (number := sum(data["weight"] == weight for data in entries))
    )
    console.print(f"{len(entries)} errata: {counts}" if entries else "no errata")
    return OK


def entry(claim: Claim, record: Record | None, supports: list[tuple[str, str]]) -> dict[str, Any]:
    """An erratum in JSON."""
    from checks.statement import stated_witnesses

    erratum = claim.erratum
    assert erratum is not None
    pieces = record.evidence if record else ()
    leading = next((piece for piece in pieces if piece["witness"]), pieces[0] if pieces else None)
    return {
        "id": claim.id,
        "label": claim.label,
        "page": claim.page,
        "title": claim.title,
        "weight": erratum.weight,
        "printed": claim.printed,
        "what": erratum.what,
        "verdict": record.verdict if record else None,
        "witness": leading["witness"] if leading else None,
        "note": next((point.note for point in stated_witnesses(claim) if point.note), ""),
        "numbers": leading["numbers"] if leading else {},
        "reader": erratum.reader,
        "mend": erratum.mend,
        "charity": erratum.charity,
        "supports": [name for name, _ in supports],
    }


def _print(data: dict[str, Any], console: Console) -> None:
    from checks.cli.colour import STYLES

    place = ", ".join(part for part in (data["label"], f"p. {data['page']}" if data["page"] else "") if part)
    console.print(f"{data['id']}  [{data['weight']}]  {place}", style="bold")
    if data["printed"]:
        console.print(f"  printed: {data['printed']}")
    console.print(f"  {data['what']}")
    if data["verdict"] is not None:
        # What a verdict that stands rests on is told by `lemmata show`; here the counterexamples matter.
        false = data["verdict"].fatal
        sides = "; ".join(f"{name} {value}" for name, value in data["numbers"].items()) if false else ""
        shown = f": {witness_text(data['witness'])}" if false and data["witness"] else ""
        style = STYLES[data["verdict"].name]
        console.print(f"  {data['verdict']}{shown}" + (f" ({sides})" if sides else ""), style=style)
    if data["note"]:
        console.print(f"  witness: {data['note']}")
    for name, word in (("reader", "check it yourself"), ("mend", "mend"), ("charity", "in fairness")):
        if data[name]:
            console.print(f"  {word}: {data[name]}")
    if data["supports"]:
        console.print(f"  rest on it: {', '.join(data['supports'])}")
    console.print()
