"""Write a file of claims to start from: commented, running, one claim of each common kind.

An existing file is left alone.  Verify the new one with `lemmata verify PATH.py`, then put your own claims in place of
the examples.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from checks.cli.console import Console

JSON = False


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH.py", help="the file to write; it must not exist yet")


def run(arguments: argparse.Namespace, console: Console) -> int:
    from importlib.resources import files
    from pathlib import Path

    from checks.cli.errors import OK, UsageError

    path = Path(arguments.path)
    if path.suffix != ".py":
        raise UsageError("a file of claims is Python", where=str(path), remedy=f"call it {path.name}.py")
    text = files("checks.scaffold").joinpath("claims.py").read_text(encoding="utf-8")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text.replace("PATH.py", path.as_posix()))
    except FileExistsError as error:
        raise UsageError("exists already", where=str(path), remedy="choose another name") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"can't be written ({reason})", where=str(path), remedy="choose another place") from error
    console.say(f"{path} is written; next: lemmata verify {path}")
    return OK
