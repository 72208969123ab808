"""Show a claim: what it says, what is known about it, what it rests on and what rests on it.

The evidence is what the ledger has; `lemmata verify ID` finds it.  Without an id, the vocabulary: the quantities in
which claims are stated.
"""

from __future__ import annotations

from checks.cli.evidence_text import latest, piece_lines, witness_text
from checks.cli.selection import add_ledger, ledger_of, the_claim

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from typing import Any

    from checks.claim import Claim
    from checks.cli.console import Cell, Console
    from checks.statement import Statement
    from checks.storage.ledger import Ledger
    from checks.storage.record import Record
    from checks.verdict import Verdict


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", metavar="ID", help="a claim's id, or PATH.py::name; none for the vocabulary")
    add_ledger(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    return _vocabulary(console) if arguments.id is None else _claim(arguments, console)


def _vocabulary(console: Console) -> int:
    from checks.cli.errors import OK
    from theory.display import to_unicode
    from theory.quantity import vocabulary

    entries = []
    for quantity in vocabulary().values():
        leaf = quantity.symbol[tuple(quantity.axes)] if quantity.axes else quantity.symbol
        entries.append(
            {
                "name": str(leaf).replace(" ", ""),
                "symbol": to_unicode(leaf),
                "latex": quantity.latex,
                "meaning": quantity.meaning,
                "source": quantity.source,
                "vector": quantity.vector,
                "undefined": quantity.undefined,
            }
        )
    console.emit(entries)
    rows: list[list[Cell]] = [
        [f"{entry[name]}" for name in ("name", "symbol", "meaning", "source")] for entry in entries
    ]
    console.table(["quantity", "symbol", "meaning", "source"], rows)
    return OK


def _claim(arguments: argparse.Namespace, console: Console) -> int:
    from checks.catalog import neighbours
    from checks.cli.commands.list import summary
    from checks.cli.errors import OK, value_errors_are_usage
    from checks.dependencies import dependency, dependents
    from checks.reduction.inherited import claims_named
    from checks.statement import stated_witnesses, statement_of
    from checks.witness import describe

    claim, ledger = the_claim(arguments.id), ledger_of(arguments)
    steps = dict.fromkeys((*claim.because, *claims_named(claim.slack_as), *claim.uses))
    with value_errors_are_usage():
        everything = {other.id: other for other in neighbours(claim)}
        records = latest(claim, ledger)
        verdicts = _Verdicts(ledger)
        rests_on = {name: dependency(name, everything.get, verdicts) for name in steps}
    statement = statement_of(claim)
    supports = dependents(claim.id, everything.values())
    witnesses = [
        {**describe(point), **({"note": point.note} if point.note else {})} for point in stated_witnesses(claim)
    ]
    data: dict[str, Any] = {
        **summary(claim),
        "printed": claim.printed,
        "note": claim.note,
        "statement": {"latex": statement.latex, "unicode": statement.unicode},
        "domain": statement.domain,
        "hypotheses": [{"latex": latex, "unicode": line} for latex, line in statement.where],
        "witness": witnesses,
        "erratum": _erratum(claim),
        "assumption": claim.assumption and {"reason": claim.assumption.reason, "forms": claim.assumption.forms},
        "verdict": records[0][0].verdict if records and records[0][1] else None,
        "evidence": [_record(record, current) for record, current in records],
        "rests_on": [{"id": name, "state": state} for name, state in rests_on.items()],
        "supports": [{"id": name, "by": how} for name, how in supports],
    }
    console.emit(data)
    for line in _lines(claim, statement, data, records):
        console.print(line)
    return OK


class _Verdicts:
    """Current verdicts of claims, from the ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def __call__(self, claim: Claim) -> Verdict | None:
        return next((record.verdict for record, current in latest(claim, self._ledger) if current), None)


def _erratum(claim: Claim) -> dict[str, str] | None:
    erratum = claim.erratum
    names = ("weight", "what", "reader", "mend", "charity")
    return None if erratum is None else {name: getattr(erratum, name) for name in names}


def _record(record: Record, current: bool) -> dict[str, Any]:
    return {
        "verdict": record.verdict,
        "budget": record.key.budget,
        "seed": record.key.seed,
        "current": current,
        "capped_by": record.capped_by,
        "pieces": [dict(piece) for piece in record.evidence],
        "versions": record.key.versions,
    }


def _lines(
    claim: Claim, statement: Statement, data: dict[str, Any], records: list[tuple[Record, bool]]
) -> Iterator[str]:
    place = ", ".join(part for part in (claim.label, f"p. {claim.page}" if claim.page else "", claim.kind) if part)
    yield f"{claim.id}: {claim.title}" if claim.title else claim.id
    yield f"  {place}"
    if claim.printed:
        yield from ("", "as printed:", f"  {claim.printed}")
    if statement.unicode:
        yield from (
            "",
            "says:",
            f"  {statement.unicode}",
            f"  {statement.latex}",
            f"  over {statement.domain}",
        )
        yield from (f"  where {line}" for _, line in statement.where)
    if claim.assumption:
        yield from ("", "not checkable as stated:", f"  {claim.assumption.reason}")
        yield from (f"  strongest checkable form: {name}" for name in claim.assumption.forms)
    if claim.note:
        yield from ("", f"note: {claim.note}")
    if claim.erratum:
        yield ""
        yield from erratum_lines(claim, data["witness"])
    yield ""
    yield f"expected: {'–' if claim.expected is None else claim.expected}"
    if not records:
        yield f"no evidence yet; lemmata verify {claim.id}"
    for record, current in records[:1]:
        state = "" if current else ", of another state of the claim or of lemmata"
        yield f"evidence (budget {record.key.budget}, seed {record.key.seed}{state}): {record.verdict}"
        for piece in record.evidence:
            yield from (f"  {line}" for line in piece_lines(piece))
        if record.capped_by:
            yield f"  capped by {', '.join(record.capped_by)}"
    if data["rests_on"]:
        yield from ("", "rests on:")
        yield from (f"  {entry['id']}: {entry['state']}" for entry in data["rests_on"])
    if data["supports"]:
        yield from ("", "rest on it:")
        yield from (f"  {entry['id']} ({entry['by']})" for entry in data["supports"])
    if claim.mutants:
        yield from ("", f"mutants: {', '.join(claim.mutants)}")


def erratum_lines(claim: Claim, witnesses: list[dict[str, Any]]) -> Iterator[str]:
    """An erratum explained to a stranger."""
    erratum = claim.erratum
    assert erratum is not None
    yield f"wrong in print ({erratum.weight}):"
    yield f"  {erratum.what}"
    for witness in witnesses:
        note = witness.get("note")
        shown = {name: value for name, value in witness.items() if name != "note"}
        yield f"  counterexample: {witness_text(shown)}" + (f" ({note})" if note else "")
    if erratum.reader:
        yield f"  check it yourself: {erratum.reader}"
    if erratum.mend:
        yield f"  mend: {erratum.mend}"
    if erratum.charity:
        yield f"  in fairness: {erratum.charity}"
