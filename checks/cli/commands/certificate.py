"""Write the certificate of an inequality, or re-check certificates with the independent checker.

    lemmata certificate write ID -o FILE      (FILE-2, … for further inequalities of the claim)
    lemmata certificate check FILE…

An inequality that is not decided within the budget leaves its search beside FILE, as FILE.search; with --resume it
goes on from there (every leaf of it is verified again), with --jobs N over N processes.

For a claim that inherits its verdict one file holds its steps and the certificates of the boxes that it rests on;
the checker re-checks the certificates, the steps are recorded.

The checker shares nothing with the prover. Exit code 1 if it rejects a certificate, or if there is none to write. With
--json: check gives one object {file, ok, boxes, reason} for one file, an array of them for several; write gives
{id, files, open}, where open are the searches that were left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from pathlib import Path
    from typing import Any

    from checks.claim import Claim
    from checks.cli.console import Cell, Console


def configure(parser: argparse.ArgumentParser) -> None:
    from checks.cli.selection import add_processes

    parser.add_argument("action", choices=["check", "write"], help="what to do")
    parser.add_argument(
        "files", nargs="+", metavar="FILE|ID", help="certificates (JSON), or the id of a claim on a box"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write the certificate")
    parser.add_argument("--budget", choices=["quick", "full", "deep"], default="full", help="work of the prover (full)")
    parser.add_argument("--resume", action="store_true", help="go on with the search that an earlier run left")
    add_processes(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    return _write(arguments, console) if arguments.action == "write" else _check(arguments, console)


def _write(arguments: argparse.Namespace, console: Console) -> int:
    from pathlib import Path

    from checks.catalog import find_claim, select
    from checks.cli.errors import OFF_EXPECTATION, OK, UsageError, value_errors_are_usage
    from checks.cli.files import output_path
    from checks.method import BUDGETS
    from checks.methods.box import certificates
    from checks.reduction.record import argument_record
    from numerics.prover.certificate import write

    if len(arguments.files) != 1 or not arguments.output:
        raise UsageError("certificate write takes one claim and a file", remedy="lemmata certificate write ID -o FILE")
    first = Path(output_path(arguments.output))
    paths: list[Path] = [first]
    left: list[Path] = []
    with value_errors_are_usage(arguments.files[0]):
        (claim,) = select(arguments.files)
        work = BUDGETS[arguments.budget].boxes
        if not claim.slack_as:
            paths, left = _prove(claim, first, work, arguments)
        elif arguments.resume:
            raise ValueError("its argument has no search to go on with; resume the claims on boxes that it rests on")
        else:
            write(argument_record(claim, find_claim, lambda simple: certificates(simple, work)), first)
    console.emit({"id": claim.id, "files": [str(path) for path in paths], "open": [str(path) for path in left]})
    for path in paths:
        console.print(f"{claim.id}: {path}")
    for path in left:
        console.print(f"{claim.id}: not decided yet; {path} holds the search, --resume goes on with it")
    return OFF_EXPECTATION if left else OK


def _prove(claim: Claim, first: Path, work: int, arguments: argparse.Namespace) -> tuple[list[Path], list[Path]]:
    """(certificates written, searches written), one of them for each inequality. Raises ValueError for a false one."""
    from checks.cli.files import read_json
    from checks.cli.selection import processes
    from checks.methods.box import inequalities, prove
    from numerics.prover.certificate import write

    paths: list[Path] = []
    left: list[Path] = []
    for number, part in enumerate(inequalities(claim)):
        path = first.with_stem(f"{first.stem}-{number + 1}") if number else first
        open_path = path.with_name(path.name + ".search")
        search: Any = read_json(open_path, "search") if arguments.resume and open_path.exists() else None
        proof = prove(claim, part, work, jobs=processes(arguments), resume=search)
        if proof.status == "undecided":
            write(proof.search(), open_path)
            left.append(open_path)
        else:
            write(proof.certificate(), path)
            open_path.unlink(missing_ok=True)
            paths.append(path)
    return paths, left


def _check(arguments: argparse.Namespace, console: Console) -> int:
    from checks.certificate_checker import check
    from checks.cli.errors import OFF_EXPECTATION, OK
    from checks.cli.files import read_json
    from checks.reduction.record import check_record, is_record

    documents = [(path, read_json(path, "certificate")) for path in arguments.files]
    records: list[dict[str, object]] = []
    rows: list[list[Cell]] = []
    with console.progress("certificates", total=len(documents)) as progress:
        for path, document in documents:
            report = check_record(document) if is_record(document) else check(document)
            records.append({"file": path, "ok": report.ok, "boxes": report.boxes, "reason": report.reason})
            mark = ("ok", "green") if report.ok else ("REJECTED", "bold red")
            rows.append([path, mark, str(report.boxes), report.reason])
            progress.advance(note=path)
    console.emit(records[0] if len(records) == 1 else records)
    console.table(["certificate", "", "boxes", "reason"], rows)
    return OK if all(record["ok"] for record in records) else OFF_EXPECTATION
