"""Find the best constant behind an O(·) or Ω(·): its value, the instance that attains it, and its drift.

The value is certified at an exact instance, which bounds the constant from one side.  A ratio that goes on
growing along an axis (a size, a decade of the loss) has no constant in sight; the exit code is then 1.
"""

from __future__ import annotations

from checks.cli.errors import OFF_EXPECTATION, OK, UsageError
from checks.cli.selection import BUDGETS, seed, the_claim

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from checks.cli.console import Console


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="a claim of kind constant, or PATH.py::name")
    parser.add_argument("--budget", choices=BUDGETS, default="quick", help="an amount of work, not of time (quick)")
    parser.add_argument("--seed", type=seed, default=0, metavar="N", help="same seed, same search (0)")


def run(arguments: argparse.Namespace, console: Console) -> int:
    from checks.cli.evidence_text import witness_text
    from checks.constant import measure_constant
    from checks.given import Networks
    from checks.method import BUDGETS as WORK
    from checks.method import Context
    from checks.relation import Bounded

    claim = the_claim(arguments.id)
    if not isinstance(claim.given, Networks) or not isinstance(claim.then, Bounded):
        remedy = "`lemmata list` shows the claims of kind constant"
        raise UsageError(f"{claim.id} is of kind {claim.kind} and has no constant to find", remedy=remedy)
    with console.progress("searching the best constant"):
        found = measure_constant(claim, Context(budget=WORK[arguments.budget], seed=arguments.seed))
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
    console.print(f"attained at {witness_text(data['instance'])}")
    for axis, rows in data["table"].items():
        drift = data["drift"][axis]
        power = "" if drift["exponent"] is None else f", like {axis}^{drift['exponent']:.3g}"
        console.print()
        console.print(f"along {axis}{power}{': diverges' if drift['diverges'] else ''}")
        console.table([axis, "best ratio"], [[f"{at:g}", f"{value:.8g}"] for at, value in rows])
    return OFF_EXPECTATION if found.diverges else OK
