"""Run every mutant of the claims: the machinery has to kill each of them.

A mutant is a false variant of a claim.  One that survives shows that the check of its claim can't fail; the
exit code is then 1.
"""

from __future__ import annotations

from checks.cli.selection import add_selectors, add_work, plan_of, processes, selected

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from checks.cli.console import Cell, Console
    from checks.storage.verification import Result


def configure(parser: argparse.ArgumentParser) -> None:
    add_selectors(parser)
    add_work(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    from checks.cli.colour import coloured
    from checks.cli.errors import OFF_EXPECTATION, OK, OUR_FAULT, value_errors_are_usage
    from checks.storage.ledger import LedgerError
    from checks.storage.verification import verify

    claims = selected(arguments)
    plan = plan_of(arguments)
    mutants = {(claim.id, name): claim.mutated(name) for claim in claims for name in claim.mutants}
    origin = {mutant.id: claim for (claim, _), mutant in mutants.items()}
    results: dict[str, Result] = {}
    try:
        with console.progress("killing mutants", total=len(mutants)) as progress:
            for result in verify(list(mutants.values()), plan, jobs=processes(arguments), selectors=origin):
                results[result.claim.id] = result
                progress.advance(note=result.claim.id)
    except LedgerError as error:
        with value_errors_are_usage():
            raise error
    entries = []
    rows: list[list[Cell]] = []
    for (claim, name), mutant in mutants.items():
        outcome = results[mutant.id].outcome
        entries.append({"claim": claim, "mutant": name, "verdict": outcome.verdict, "killed": outcome.verdict.fatal})
        killed = ("killed", "green") if outcome.verdict.fatal else ("ALIVE", "bold red")
        rows.append([claim, name, coloured(outcome.verdict), killed])
    dead = sum(result.outcome.verdict.fatal for result in results.values())
    without = [claim.id for claim in claims if not claim.mutants and claim.kind != "text"]
    console.emit({"mutants": entries, "killed": dead, "total": len(entries), "without": without})
    console.table(["claim", "mutant", "verdict", ""], rows)
    console.print()
    console.print(f"{dead} of {len(entries)} mutants killed")
    if without:
        console.say(f"{len(without)} claims have no mutant: {', '.join(without[:5])}{', …' if without[5:] else ''}")
    failed = [result for result in results.values() if result.error]
    for result in failed:
        console.say(f"lemmata: failed on {result.claim.id}: {' '.join(result.error.split())}")
    if failed:
        return OUR_FAULT
    return OK if dead == len(entries) else OFF_EXPECTATION
