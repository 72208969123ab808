"""List the claims, with the verdict that is expected of each."""

from __future__ import annotations

from checks.cli.selection import add_selectors, selected

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from checks.claim import Claim
    from checks.cli.console import Cell, Console


def configure(parser: argparse.ArgumentParser) -> None:
    add_selectors(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    from checks.cli.colour import coloured
    from checks.cli.errors import OK

    claims = selected(arguments)
    console.emit([summary(claim) for claim in claims])
    rows: list[list[Cell]] = [
        [claim.id, claim.label, claim.kind, coloured(claim.expected), claim.title] for claim in claims
    ]
    console.table(["claim", "label", "kind", "expected", "title"], rows)
    return OK


def summary(claim: Claim) -> dict[str, object]:
    """The fields by which a claim is listed."""
    return {
        "id": claim.id,
        "paper": claim.paper,
        "label": claim.label,
        "page": claim.page,
        "kind": claim.kind,
        "title": claim.title,
        "expected": claim.expected,
        "uses": claim.uses,
        "because": claim.because,
        "mutants": list(claim.mutants),
    }
