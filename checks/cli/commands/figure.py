"""Rerun a paper's figure, draw it, and assert its features.

The exit code is 1 if a feature does not hold.
"""

from __future__ import annotations

from checks.cli.errors import OFF_EXPECTATION, OK, value_errors_are_usage
from checks.cli.files import output_path
from checks.cli.selection import BUDGETS, seed, the_claim

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from checks.claim import Claim
    from checks.cli.console import Cell, Console


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="a claim of kind figure, or PATH.py::name")
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="picture to write: .png, .pdf, .svg, …")
    parser.add_argument("--budget", choices=BUDGETS, default="quick", help="how many seeds (quick)")
    parser.add_argument("--seed", type=seed, default=0, metavar="N", help="same seed, same figure (0)")


def run(arguments: argparse.Namespace, console: Console) -> int:
    from checks.method import BUDGETS as WORK
    from checks.method import Context
    from checks.runs.figures import draw_figure

    claim = the_claim(arguments.id)
    target = output_path(arguments.output)
    with value_errors_are_usage(), console.progress(f"drawing {claim.id}"):
        data = draw_figure(claim, Context(budget=WORK[arguments.budget], seed=arguments.seed), target)
    console.emit(data)
    rows: list[list[Cell]] = []
    texts = _texts(claim)
    for feature, text in zip(data["features"], texts, strict=True):
        holds = ("holds", "green") if feature["holds"] else ("FAILS", "bold red")
        rows.append([text, f"{feature['left']}", f"{feature['right']}", holds])
    console.table(["feature", "left", "right", ""], rows)
    console.say(f"saved {data['file']}")
    return OK if all(feature["holds"] for feature in data["features"]) else OFF_EXPECTATION


def _texts(claim: Claim) -> list[str]:
    """The features as a reader would write them."""
    from checks.relation import All
    from checks.statement import unicode_of
    from theory.display import to_unicode

    then = claim.then
    parts = then.parts if isinstance(then, All) else (then,)
    return [unicode_of(part, to_unicode) for part in parts]
