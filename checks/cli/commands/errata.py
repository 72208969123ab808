"""Errata: what is false or mistyped as printed, with a witness that a reader can check.

Ranked by weight: what breaks a theorem, a proof step, a constant, a typing slip, a slip of wording.
"""

from __future__ import annotations

from checks.cli.evidence_text import latest, witness_text
from checks.cli.selection import add_ledger, ledger_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

    from checks.claim import Claim
    from checks.cli.console import Console
    from checks.ledger import Ledger


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("selectors", nargs="*", metavar="PAPER", help="a paper's key, or any selector of claims")
    add_ledger(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    from checks.catalog import select
    from checks.claim import WEIGHTS
    from checks.cli.errors import OK, value_errors_are_usage
    from checks.cli.selection import selected
    from checks.dependencies import dependents

    claims, ledger = selected(arguments), ledger_of(arguments)
    everything = select([])
    wrong = [claim for claim in claims if claim.erratum is not None]
    wrong.sort(key=lambda claim: WEIGHTS.index(claim.erratum.weight) if claim.erratum else 0)
    entries = []
    with value_errors_are_usage(), console.progress("witnesses", total=len(wrong)) as progress:
        for claim in wrong:
            entries.append(entry(claim, ledger, dependents(claim.id, everything)))
            progress.advance(note=claim.id)
    console.emit(entries)
    for data in entries:
        _print(data, console)
    counts = ", ".join(
        f"{number} {weight}" for weight in WEIGHTS if (number := sum(data["weight"] == weight for data in entries))
    )
    console.print(f"{len(entries)} errata: {counts}" if entries else "no errata")
    return OK


def entry(claim: Claim, ledger: Ledger, supports: list[tuple[str, str]]) -> dict[str, Any]:
    """An erratum in JSON."""
    erratum = claim.erratum
    assert erratum is not None
    verdict, witness, numbers = _found(claim, ledger)
    return {
        "id": claim.id,
        "label": claim.label,
        "page": claim.page,
        "title": claim.title,
        "weight": erratum.weight,
        "printed": claim.printed,
        "what": erratum.what,
        "verdict": verdict,
        "witness": witness,
        "note": next((point.note for point in claim.witness if point.note), ""),
        "numbers": numbers,
        "reader": erratum.reader,
        "mend": erratum.mend,
        "charity": erratum.charity,
        "supports": [name for name, _ in supports],
    }


def _found(claim: Claim, ledger: Ledger) -> tuple[Any, Any, Any]:
    """Verdict, witness and the numbers at it: from the ledger, else from a look at the stated witness; None, None, {}."""
    record = next((record for record, current in latest(claim, ledger) if current), None)
    if record is not None:
        piece = next((piece for piece in record.evidence if piece["witness"]), None)
        return record.verdict, piece and piece["witness"], piece["numbers"] if piece else {}
    from checks.methods.witness import METHOD
    from checks.verdict import Verdict
    from checks.witness import examine

    if METHOD.applies(claim):
        for point in claim.witness:
            finding = examine(claim, point)
            if finding.violated:
                return Verdict.REFUTED, finding.witness, finding.numbers
    return None, None, {}


def _print(data: dict[str, Any], console: Console) -> None:
    from checks.cli.colour import STYLES

    place = ", ".join(part for part in (data["label"], f"p. {data['page']}" if data["page"] else "") if part)
    console.print(f"{data['id']}  [{data['weight']}]  {place}", style="bold")
    if data["printed"]:
        console.print(f"  printed: {data['printed']}")
    console.print(f"  {data['what']}")
    if data["verdict"] is not None:
        sides = "; ".join(f"{name} {value}" for name, value in data["numbers"].items())
        shown = f": {witness_text(data['witness'])}" if data["witness"] else ""
        style = STYLES[data["verdict"].name]
        console.print(f"  {data['verdict']}{shown}" + (f" ({sides})" if sides else ""), style=style)
    elif data["weight"] != "wording":
        console.print(f"  not verified here yet; lemmata verify {data['id']}")
    if data["note"]:
        console.print(f"  witness: {data['note']}")
    for name, word in (("reader", "check it yourself"), ("mend", "mend"), ("charity", "in fairness")):
        if data[name]:
            console.print(f"  {word}: {data[name]}")
    if data["supports"]:
        console.print(f"  rest on it: {', '.join(data['supports'])}")
    console.print()
