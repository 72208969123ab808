"""The command line `lemmata`: reads the first word, hands the rest to the command of that name.

Nothing here imports NumPy, SymPy or rich: commands do so once they run.
"""

from __future__ import annotations

import sys

from checks.cli.discover import command_names, load_command, summary
from checks.cli.errors import OK, WRONG_USE, UsageError, did_you_mean, guarded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_ABOUT = """\
Derives the population objects of teacher–student networks in closed form,
and gives every lemma about them an honest verdict.
"""

_EPILOGUE = """\
`lemmata COMMAND --help` tells a command's arguments, `lemmata --version` the version.
exit codes: 0 as expected, 1 some verdict off its expectation, 2 wrong use, 3 our fault, 130 interrupted
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (default: this process's own) and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        # θ on a terminal that only knows ASCII is no reason to fail
        reconfigure(errors="backslashreplace")
    return guarded(lambda: _dispatch(words))


def _dispatch(words: list[str]) -> int:
    if not words:
        sys.stderr.write(_help())
        return WRONG_USE
    first, rest = words[0], words[1:]
    if first in ("-h", "--help"):
        sys.stdout.write(_help())
        return OK
    if first == "--version":
        from checks import __version__

        sys.stdout.write(f"lemmata {__version__}\n")
        return OK
    names = command_names()
    if first.startswith("-"):
        if first == "--json":
            remedy = "options of a command follow its name"
        else:
            remedy = did_you_mean(first, ("--help", "--version"), "see lemmata --help")
        raise UsageError(f"no option {first} before the command", remedy=remedy)
    if first not in names:
        remedy = did_you_mean(first, names, "see lemmata --help")
        raise UsageError(f"no command {first!r}", remedy=remedy)
    return _run(first, rest)


def _run(name: str, words: list[str]) -> int:
    from contextlib import redirect_stdout

    from checks.cli.parser import Parser

    command = load_command(name)
    parser = Parser(prog=f"lemmata {name}", description=command.__doc__ or "")
    if getattr(command, "JSON", True):
        parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    command.configure(parser)
    try:
        arguments = parser.read(words)
    except SystemExit:  # argparse has printed the command's help
        return OK

    from checks.cli.console import Console

    console = Console(json_mode=getattr(arguments, "json", False))
    # Whatever a library or a user's file prints is talk: only the console writes data.
    with redirect_stdout(sys.stderr):
        return command.run(arguments, console)


def _help() -> str:
    names = command_names()
    width = max(map(len, names), default=0)
    commands = "".join(f"  {name:<{width}}  {summary(name)}\n" for name in names)
    return f"usage: lemmata COMMAND [ARGUMENT…]\n\n{_ABOUT}\ncommands:\n{commands}\n{_EPILOGUE}"
