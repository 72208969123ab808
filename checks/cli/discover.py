"""The commands: one file each in `checks/cli/commands/`, found by its name.

A command file opens with its docstring, whose first line is the summary shown by `lemmata --help` and whose
whole is shown by `lemmata COMMAND --help`. It holds

    configure(parser) -> None         adds the command's arguments; `--json` is added for it
    run(arguments, console) -> int    does the work and returns the exit code; heavy imports stand inside
    JSON = False                      only if the command prints no JSON

`lemmata --help` reads the first lines and imports none of the files: it costs the same whatever they need.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Protocol

    from checks.cli.console import Console

    class Command(Protocol):
        """What a command file offers."""

        def configure(self, parser: argparse.ArgumentParser) -> None: ...

        def run(self, arguments: argparse.Namespace, console: Console) -> int: ...


# Not pathlib, here and below: importing it takes longer than everything else that `lemmata --help` does.
FOLDER = os.path.join(os.path.dirname(__file__), "commands")  # noqa: PTH118, PTH120


def command_names() -> list[str]:
    """Names of all commands, as typed: `new_claim.py` is `new-claim`."""
    with os.scandir(FOLDER) as entries:
        files = [entry.name for entry in entries if entry.name.endswith(".py")]
    return sorted(file[:-3].replace("_", "-") for file in files if not file.startswith("_"))


def summary(name: str) -> str:
    """The first line of the command's docstring. Raises TypeError naming the file if it opens with none."""
    path = os.path.join(FOLDER, _module(name) + ".py")  # noqa: PTH118
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        line = file.readline()
    text = line.removeprefix('"""').strip().removesuffix('"""')
    if not line.startswith('"""') or not text:
        raise TypeError(f"{path} must open with a docstring whose first line is the command's summary")
    return text


def load_command(name: str) -> Command:
    """The command of that name. Raises TypeError naming the file if it lacks a part."""
    from importlib import import_module

    module = import_module(f"checks.cli.commands.{_module(name)}")
    for part in ("configure", "run"):
        if not callable(getattr(module, part, None)):
            raise TypeError(f"{module.__file__} must define {part}")
    summary(name)
    return module


def _module(name: str) -> str:
    return name.replace("-", "_")
