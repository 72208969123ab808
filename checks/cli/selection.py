"""The arguments that several commands share: which claims, how much work, where the ledger is."""

from __future__ import annotations

from checks.cli.errors import UsageError, value_errors_are_usage

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from checks.claim import Claim
    from checks.storage.ledger import Ledger
    from checks.storage.verification import Plan

BUDGETS = ("quick", "full", "deep")
# Written out, because importing checks.storage.ledger for it would make `--help` slow; a test compares.
LEDGER = ".lemmata"


def add_selectors(parser: argparse.ArgumentParser) -> None:
    """`SELECTOR…`: which claims."""
    parser.add_argument(
        "selectors",
        nargs="*",
        metavar="SELECTOR",
        help="a claim's id, a paper's key, a pattern with *, or PATH.py[::name] for your own claims; "
        "all claims without one",
    )


def add_work(parser: argparse.ArgumentParser) -> None:
    """What `add_processes` and `add_ledger` add, and `--budget`, `--seed`, `--fresh`."""
    parser.add_argument("--budget", choices=BUDGETS, default="quick", help="an amount of work, not of time (quick)")
    parser.add_argument("--seed", type=seed, default=0, metavar="N", help="same seed and versions, same evidence (0)")
    parser.add_argument("--jobs", type=jobs, default=0, metavar="N", help="processes (as many as there are cores)")
    add_ledger(parser)
    parser.add_argument("--fresh", action="store_true", help="run also what the ledger has the answer to")


def add_processes(parser: argparse.ArgumentParser) -> None:
    """`--jobs N`."""
    parser.add_argument("--jobs", type=jobs, default=0, metavar="N", help="processes (as many as there are cores)")


def add_ledger(parser: argparse.ArgumentParser) -> None:
    """`--ledger DIR`."""
    parser.add_argument("--ledger", default=LEDGER, metavar="DIR", help=f"folder of the evidence ({LEDGER})")


def seed(text: str) -> int:
    """A seed. Raises ArgumentTypeError for anything but an integer ≥ 0."""
    return _integer(text, 0)


def jobs(text: str) -> int:
    """A number of processes, 0 for as many as there are cores."""
    return _integer(text, 0)


def _integer(text: str, least: int) -> int:
    import argparse

    try:
        value = int(text)
    except ValueError:
        value = least - 1
    if value < least:
        raise argparse.ArgumentTypeError(f"{text!r} is not an integer ≥ {least}")
    return value


def selected(arguments: argparse.Namespace) -> list[Claim]:
    """The claims that the selectors name. Raises UsageError."""
    from checks.catalog import select

    with value_errors_are_usage():
        return select(arguments.selectors)


def the_claim(name: str) -> Claim:
    """The one claim that a selector names. Raises UsageError if it names none or several."""
    from checks.catalog import select

    with value_errors_are_usage():
        claims = select([name])
    if len(claims) != 1:
        some = ", ".join(claim.id for claim in claims[:3])
        raise UsageError(f"{name!r} names {len(claims)} claims ({some}, …)", remedy="name one of them")
    return claims[0]


def ledger_of(arguments: argparse.Namespace) -> Ledger:
    """The ledger, usable. Raises UsageError."""
    from checks.storage.ledger import Ledger

    ledger = Ledger(arguments.ledger)
    with value_errors_are_usage():
        ledger.check_usable()
    return ledger


def plan_of(arguments: argparse.Namespace) -> Plan:
    """Budget, seed and ledger of the arguments of `add_work`."""
    from checks.storage.verification import Plan

    return Plan(budget=arguments.budget, seed=arguments.seed, ledger=ledger_of(arguments), fresh=arguments.fresh)


def processes(arguments: argparse.Namespace) -> int:
    """How many processes: what was asked for, or one per core that this process may use."""
    import os

    if arguments.jobs:
        return int(arguments.jobs)
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
