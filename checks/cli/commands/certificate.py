"""Re-check certificates of inequalities with the independent checker.

    lemmata certificate check FILE…

The checker shares nothing with the prover. Exit code 1 if it rejects a certificate. With --json: one object
{file, ok, boxes, reason} for one file, an array of them for several.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from checks.cli.console import Cell, Console


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["check"], help="what to do")
    parser.add_argument("files", nargs="+", metavar="FILE", help="a certificate (JSON)")


def run(arguments: argparse.Namespace, console: Console) -> int:
    from checks.certificate_checker import check
    from checks.cli.errors import OFF_EXPECTATION, OK
    from checks.cli.files import read_json

    documents = [(path, read_json(path, "certificate")) for path in arguments.files]
    records: list[dict[str, object]] = []
    rows: list[list[Cell]] = []
    with console.progress("certificates", total=len(documents)) as progress:
        for path, document in documents:
            report = check(document)
            records.append({"file": path, "ok": report.ok, "boxes": report.boxes, "reason": report.reason})
            mark = ("ok", "green") if report.ok else ("REJECTED", "bold red")
            rows.append([path, mark, str(report.boxes), report.reason])
            progress.advance(note=path)
    console.emit(records[0] if len(records) == 1 else records)
    console.table(["certificate", "", "boxes", "reason"], rows)
    return OK if all(record["ok"] for record in records) else OFF_EXPECTATION
