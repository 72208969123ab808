"""Find the best constant behind an O(·) or Ω(·): its value, the instance that attains it, and its drift.

The value is certified at an exact instance, which bounds the constant from one side.  A ratio that goes on
growing along an axis (a size, a decade of the loss) has no constant in sight; the exit code is then 1.  For an
inequality left ≤ right, the best constant in front of its right side, and what verifying it with that one finds.
"""

from __future__ import annotations

from checks.cli.errors import OFF_EXPECTATION, OK, UsageError, value_errors_are_usage
from checks.cli.files import output_path
from checks.cli.selection import BUDGETS, seed, the_claim

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from pathlib import Path
    from typing import Any

    from checks.claim import Claim
    from checks.cli.console import Console
    from checks.method import Context


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="a claim of kind constant, or PATH.py::name")
    parser.add_argument("--budget", choices=BUDGETS, default="quick", help="an amount of work, not of time (quick)")
    parser.add_argument("--plot", metavar="FILE", help="draw the best ratio along every axis")
    parser.add_argument("--seed", type=seed, default=0, metavar="N", help="same seed, same search (0)")


def run(arguments: argparse.Namespace, console: Console) -> int:
    from checks.constant import measure_constant, searches
    from checks.given import Networks
    from checks.method import BUDGETS as WORK
    from checks.method import Context
    from checks.relation import AtMost, Bounded
    from checks.runs.figures import check_format

    claim = the_claim(arguments.id)
    if not isinstance(claim.given, Networks) or not isinstance(claim.then, AtMost | Bounded):
        remedy = "`lemmata verify` measures a constant along runs; `lemmata list` shows the claims of kind constant"
        raise UsageError(f"{claim.id} is of kind {claim.kind} and has no constant over networks to find", remedy=remedy)
    target = output_path(arguments.plot) if arguments.plot else None
    if target is not None:
        with value_errors_are_usage():
            check_format(target)
    context = Context(budget=WORK[arguments.budget], seed=arguments.seed)
    if isinstance(claim.then, AtMost):
        return _suggest(claim, context, target, console)
    with console.progress("searching the best constant", total=searches(claim)) as progress:
        found = measure_constant(claim, context, table=True, advance=lambda note: progress.advance(note=note))
    if found is None:
        console.emit(
            {
                "id": claim.id,
                "constant": None,
                "side": claim.then.side,
                "instance": None,
                "drift": {},
                "table": {},
            }
        )
        console.print("no sampled instance met the hypotheses with a ratio that balls confirm")
        return OFF_EXPECTATION
    data = found.as_data()
    console.emit(data)
    sign = "≥" if found.side == "above" else "≤"
    console.print(f"{claim.id}: best constant {sign} {data['constant']}")
    if found.lojasiewicz is not None:
        console.print(f"‖∇L‖ ≥ c L^α with α = {found.lojasiewicz}, as estimated from the drift along the loss")
    _print_measured(data, target, console)
    return OFF_EXPECTATION if found.diverges else OK


def _suggest(claim: Claim, context: Context, target: Path | None, console: Console) -> int:
    """The constant that holds in front of the right side of an inequality."""
    from checks.statement import statement_of
    from checks.suggestion import suggest

    with value_errors_are_usage(), console.progress("searching a constant that holds", total=None):
        found = suggest(claim, context)
    if found is None:
        console.emit({"id": claim.id, "constant": None, "side": "above", "instance": None, "drift": {}, "table": {}})
        console.print(f"{claim.id}: no constant in front of the right side is in sight")
        return OFF_EXPECTATION
    said, data = statement_of(found.claim), found.measured.as_data()
    holds = {"constant": str(found.constant), "latex": said.latex, "verdict": found.outcome.verdict}
    console.emit({**data, "id": claim.id, "holds": holds})
    console.print(f"{claim.id}: with the constant {found.constant} in front of the right side")
    console.print(f"  {said.unicode}")
    console.print(f"is {found.outcome.verdict}; the best constant is ≥ {data['constant']}")
    _print_measured(data, target, console)
    return OK


def _print_measured(data: dict[str, Any], target: Path | None, console: Console) -> None:
    """Where the constant is attained, and how it changes along sizes and scales."""
    from checks.cli.evidence_text import witness_text

    if target is not None:
        _draw(data, target)
        console.say(f"saved {target}")
    diverges = any(drift["diverges"] for drift in data["drift"].values())
    console.print(f"attained at {witness_text(data['instance'])}")
    console.print("no constant is in sight: see below" if diverges else "it does not drift along any axis below")
    for axis, rows in data["table"].items():
        drift = data["drift"][axis]
        power = "" if drift["exponent"] is None else f", like {axis}^{drift['exponent']:.3g}"
        console.print()
        console.print(f"along {axis}{power}{': diverges' if drift['diverges'] else ''}")
        console.table([axis, "best ratio"], [[f"{at:g}", f"{value:.8g}"] for at, value in rows])


def _draw(data: dict[str, Any], path: Path) -> None:
    """One panel per axis, both scales logarithmic."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    drawn = {axis: rows for axis, rows in data["table"].items() if len(rows) > 1 and all(y > 0 for _, y in rows)}
    count = max(1, len(drawn))
    figure, panels = pyplot.subplots(1, count, figsize=(3.6 * count, 3.2), squeeze=False, constrained_layout=True)
    for panel, (axis, rows) in zip(panels[0], drawn.items(), strict=False):
        panel.loglog(*zip(*rows, strict=True), marker="o", markersize=3, linewidth=1.2)
        panel.set_xlabel(axis)
    panels[0][0].set_ylabel("best ratio")
    figure.savefig(path, dpi=150)
    pyplot.close(figure)
