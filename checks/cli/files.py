"""Reading what the user names and checking where output will go, with errors that say what to mend."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

from checks.cli.errors import UsageError


def read_text(path: str | Path, what: str = "file") -> str:
    """The text of a UTF-8 file. Raises UsageError if it can't be read; `what` names its role."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UsageError(f"there is no such {what}", where=str(path), remedy="check the path") from error
    except IsADirectoryError as error:
        raise UsageError(f"is a folder, not a {what}", where=str(path), remedy="name a file in it") from error
    except UnicodeDecodeError as error:
        raise UsageError(
            f"is not UTF-8 text (byte {error.start})", where=str(path), remedy="save it as UTF-8"
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a null byte in the path
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UsageError(f"the {what} can't be read: {reason}", where=str(path)) from error


def read_json(path: str | Path, what: str = "file") -> object:
    """The JSON document in a file, non-integers exactly as written (Decimal). Raises UsageError."""
    text = read_text(path, what)
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise UsageError(
            f"is not JSON: {error.msg} at line {error.lineno}, column {error.colno}",
            where=str(path),
            remedy="mend that place",
        ) from error
    except RecursionError as error:
        raise UsageError("is nested too deeply to be read", where=str(path)) from error
    except ValueError as error:
        raise UsageError(str(error), where=str(path), remedy="write a finite number") from error


def output_path(path: str | Path) -> Path:
    """`path`, checked before the work begins to be a place where a file can be written. Raises UsageError."""
    target = Path(path)
    folder = target.parent
    if target.is_dir():
        raise UsageError("is a folder", where=str(path), remedy="name a file in it")
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}", where=str(path), remedy="create it first")
    if not os.access(target if target.exists() else folder, os.W_OK):
        raise UsageError("may not be written", where=str(path), remedy="choose another place")
    return target


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number of JSON")
