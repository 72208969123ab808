"""Check versions, their floors, and the corpus of upstream defects.

A missed floor, or a statement lemmata relies on that fails, gives exit code 1.
That a known defect of a library is present or gone is information; what differs
from the versions of constraints.txt is marked as changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from checks.cli.console import Cell, Console
    from checks.upstream.corpus import Finding
    from checks.upstream.floors import Version


def configure(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(arguments: argparse.Namespace, console: Console) -> int:
    from checks.cli.errors import OFF_EXPECTATION, OK
    from checks.upstream.corpus import examine, load_corpus
    from checks.upstream.floors import installed_versions

    versions = installed_versions()
    findings: list[Finding] = []
    corpus = load_corpus()
    with console.progress("upstream defects", total=len(corpus)) as progress:
        for name, defect in corpus.items():
            findings.append(examine(name, defect))
            progress.advance(note=name)
    ok = all(entry.ok for entry in versions) and all(entry.ok for entry in findings)

    console.emit({"ok": ok, "checks": [*map(_version_record, versions), *map(_finding_record, findings)]})
    _print_versions(versions, console)
    _print_findings(findings, console)
    return OK if ok else OFF_EXPECTATION


def _version_record(entry: Version) -> dict[str, object]:
    record: dict[str, object] = {
        "kind": "version",
        "name": entry.name,
        "ok": entry.ok,
        "installed": entry.installed,
        "needed": entry.needed,
        "required": entry.required,
    }
    if entry.name == "sympy":
        record["ground_types"] = _ground_types()
    return record


def _finding_record(entry: Finding) -> dict[str, object]:
    return {
        "kind": "upstream",
        "name": entry.name,
        "ok": entry.ok,
        "title": entry.title,
        "source": entry.source,
        "relies_on": entry.reliance,
        "detail": entry.detail,
        "defect": entry.defect,
        "defect_detail": entry.defect_detail,
        "changed": entry.changed,
    }


def _ground_types() -> str | None:
    """The arithmetic under SymPy's rationals: flint, gmpy or python (SYMPY_GROUND_TYPES chooses)."""
    try:
        from sympy.external.gmpy import GROUND_TYPES
    except ImportError:  # no SymPy: its version already tells
        return None
    return str(GROUND_TYPES)


def _print_versions(versions: list[Version], console: Console) -> None:
    rows: list[list[Cell]] = []
    for entry in versions:
        installed = entry.installed or "absent"
        if entry.name == "sympy":
            installed += f" (ground types: {_ground_types()})"
        rows.append(
            [
                entry.name,
                installed,
                entry.needed if entry.required else f"{entry.needed} (optional)",
                _mark(entry.ok),
            ]
        )
    console.table(["package", "installed", "needed", ""], rows)
    console.print()


def _print_findings(findings: list[Finding], console: Console) -> None:
    rows: list[list[Cell]] = []
    for entry in findings:
        status = entry.defect + (" (changed)" if entry.changed else "")
        rows.append([entry.title, status, f"{entry.reliance}: {entry.detail}", _mark(entry.ok)])
    console.table(["upstream defect", "here", "lemmata relies on", ""], rows)


def _mark(ok: bool) -> tuple[str, str]:
    return ("ok", "green") if ok else ("FAILS", "bold red")
