"""Evaluate population quantities of a network, with certified digits.

The weights are taken exactly as written in the file.  Every digit printed is right: values are enclosed at
rising precision until their digits are settled, exact zeros and short decimals are recognised.  An undefined
value is null, with the reason.
"""

from __future__ import annotations

from checks.cli.errors import OK, UsageError, value_errors_are_usage
from checks.cli.network_input import read_network_file, read_rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from checks.cli.console import Console


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "network", metavar="NETWORK.json", help='{"model": …, "students": [[…], …], "teachers": [[…], …]}'
    )
    parser.add_argument(
        "--quantity",
        action="append",
        metavar="NAME,…",
        help="names of the vocabulary, such as loss,gradient,theta[i] (loss,gradient)",
    )
    parser.add_argument("--direction", metavar="FILE", help="rows V of JSON, one per student; adds hessian_form")
    parser.add_argument("--digits", type=_digits, default=17, metavar="N", help="significant digits (17)")


def run(arguments: argparse.Namespace, console: Console) -> int:
    from numerics.evaluation.certified import Certified, describe, quantities_named

    network = read_network_file(arguments.network)
    direction = None if arguments.direction is None else read_rows(arguments.direction, "direction")
    names = _names(arguments.quantity, direction is not None)
    with value_errors_are_usage():
        for name in names:
            quantities_named(name)
    with value_errors_are_usage(where=arguments.network if direction is None else None):
        certified = Certified(network=network, direction=direction, digits=arguments.digits)
        with console.progress("evaluating"):
            values, reasons = certified.evaluate(names)
    console.emit({**values, "reasons": reasons} if reasons else values)
    for line in describe(values):
        console.print(line)
    for place, reason in reasons.items():
        console.print(f"{place}: {reason}")
    return OK


def _names(given: list[str] | None, with_direction: bool) -> list[str]:
    """Names asked for, split at the commas outside brackets. Raises UsageError."""
    import re

    if given is None:
        names = ["loss", "gradient"]
    else:
        names = [name.strip() for text in given for name in re.split(r",(?![^\[]*\])", text)]
    if not all(names):
        raise UsageError("--quantity has an empty name", remedy="write for example --quantity loss,gradient")
    if with_direction and "hessian_form" not in names:
        names.append("hessian_form")
    if "hessian_form" in names and not with_direction:
        raise UsageError("hessian_form needs a direction", remedy="give its rows with --direction FILE")
    return names


def _digits(text: str) -> int:
    import argparse

    if not text.isdigit() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of digits from 1 to 1000")
    return int(text)
