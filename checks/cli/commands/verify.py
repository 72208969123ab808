"""Verify claims, keep the evidence in the ledger, and print the verdicts.

What the ledger has for the same claim, budget, seed and versions is not run again, so that an interrupted run
goes on where it stopped.  The exit code is 1 if some verdict is off its expectation.
"""

from __future__ import annotations

from checks.cli.selection import add_selectors, add_work, plan_of, processes, selected

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from checks.cli.console import Cell, Console
    from checks.storage.verification import Result


def configure(parser: argparse.ArgumentParser) -> None:
    add_selectors(parser)
    add_work(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    from checks.cli.errors import OFF_EXPECTATION, OK, OUR_FAULT, value_errors_are_usage
    from checks.storage.ledger import LedgerError
    from checks.storage.verification import verify

    claims = selected(arguments)
    plan = plan_of(arguments)
    results: dict[str, Result] = {}
    try:
        with console.progress("verifying", total=len(claims)) as progress:
            for result in verify(claims, plan, jobs=processes(arguments)):
                results[result.claim.id] = result
                progress.advance(note=result.claim.id)
    except LedgerError as error:
        with value_errors_are_usage():
            raise error
    except KeyboardInterrupt:
        where = arguments.ledger
        console.say(f"{len(results)} of {len(claims)} claims are in the ledger {where}; the same command goes on")
        raise
    ordered = [results[claim.id] for claim in claims]
    summary = summarised(ordered)
    console.emit({"claims": list(map(entry, ordered)), "summary": summary, "seed": plan.seed, "budget": plan.budget})
    _print(ordered, summary, console)
    for result in ordered:
        if "::" in result.claim.id and result.claim.kind == "inequality" and result.outcome.verdict.fatal:
            console.say(f"`lemmata constant {result.claim.id}` looks for the constant that does hold")
        if result.error:
            console.say(f"lemmata: failed on {result.claim.id}: {' '.join(result.error.split())}")
    if any(result.error for result in ordered):
        return OUR_FAULT
    return OK if not summary["off"] else OFF_EXPECTATION


def entry(result: Result) -> dict[str, object]:
    """A result in JSON."""
    outcome = result.outcome
    leading = outcome.leading
    return {
        "id": result.claim.id,
        "verdict": outcome.verdict,
        "expected": outcome.expected,
        "ok": outcome.ok,
        "quantified_over": leading.quantified_over if leading else "",
        "margin": margin(result),
        "witness": next((piece.witness for piece in outcome.evidence if piece.witness), None),
        "capped_by": outcome.capped_by,
        "evidence": [dict(piece) for piece in result.record.evidence],
    }


def margin(result: Result) -> object:
    """The smallest margin that the leading evidence reports, None if it reports none."""
    leading = result.outcome.leading
    numbers = leading.numbers if leading else {}
    return next((value for name, value in numbers.items() if "margin" in name), None)


def summarised(results: Sequence[Result]) -> dict[str, object]:
    """How many claims got which verdict, and which of them are off their expectation."""
    verdicts: dict[str, int] = {}
    for result in results:
        word = result.outcome.verdict.name
        verdicts[word] = verdicts.get(word, 0) + 1
    return {
        "total": len(results),
        "ok": sum(result.outcome.ok for result in results),
        "off": [result.claim.id for result in results if not result.outcome.ok or result.error],
        "verdicts": verdicts,
        "from_ledger": sum(result.seconds is None and not result.error for result in results),
    }


def _print(results: Sequence[Result], summary: dict[str, object], console: Console) -> None:
    from checks.cli.colour import coloured, mark

    rows: list[list[Cell]] = []
    for result in results:
        outcome, leading = result.outcome, result.outcome.leading
        expected = "no violation" if outcome.expected is None else outcome.expected
        word, style = mark(outcome.ok and not result.error)
        rows.append(
            [
                result.claim.id,
                coloured(outcome.verdict),
                (word if outcome.ok else f"{word}, expected {expected}", style),
                leading.quantified_over if leading else "",
                str(margin(result) or ""),
            ]
        )
    console.table(["claim", "verdict", "as expected", "quantified over", "margin"], rows)
    words = ", ".join(f"{number} {word}" for word, number in summary["verdicts"].items())  # type: ignore[attr-defined]
    console.print()
    console.print(f"{summary['ok']} of {summary['total']} as expected: {words or 'nothing to verify'}")
