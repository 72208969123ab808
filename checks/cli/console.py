"""Where a command's words go: data to the standard output, talk to the error stream.

With `--json` the standard output carries one JSON document and nothing else: text and tables are dropped
there, so a command states both forms one after the other and never asks which is wanted.
"""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum
from fractions import Fraction
from io import StringIO
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal, TextIO, TypeAlias

if TYPE_CHECKING:
    from checks.cli.progress import Progress

Cell: TypeAlias = str | tuple[str, str]
"""Text of a table's cell, or the text and its style in the words of rich ("bold red")."""

# Wider than any table: whatever reads from a pipe gets one line per row.
_UNBOUNDED = 100_000


class Console:
    """The two streams of a command. In JSON mode only `emit` writes to the standard output."""

    def __init__(self, *, json_mode: bool = False, output: TextIO | None = None, talk: TextIO | None = None) -> None:
        self.json_mode = json_mode
        self._output = sys.stdout if output is None else output
        self._talk = sys.stderr if talk is None else talk
        self._emitted = False
        self._progress: Progress | None = None

    def emit(self, data: object) -> None:
        """Print `data` as the JSON document of this run; nothing outside JSON mode.

        Exact rationals become "p/q", non-finite floats their names as strings, enumerations their names.
        Raises TypeError for what has no JSON form and RuntimeError for a second document.
        """
        if not self.json_mode:
            return
        if self._emitted:
            raise RuntimeError("a command emits one JSON document, this is the second")
        self._emitted = True
        self._write(self._output, json.dumps(plain(data), indent=2, allow_nan=False))

    def print(self, text: str = "", style: str | None = None) -> None:
        """Data for a reader, on the standard output; `style` in the words of rich."""
        if self.json_mode:
            return
        if style is not None and colours(self._output) is not None:
            from rich.text import Text

            text = self._rendered(Text(text, style=style)).rstrip("\n")
        self._write(self._output, text)

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[Cell]], title: str | None = None) -> None:
        """A table on the standard output: framed and wrapped on a terminal, one line per row elsewhere."""
        if self.json_mode:
            return
        from rich import box
        from rich.table import Table
        from rich.text import Text

        framed = self._output.isatty()
        table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD if framed else None, pad_edge=False)
        for column in columns:
            table.add_column(column, overflow="fold")
        for row in rows:
            if len(row) != len(columns):
                raise ValueError(f"a row of {len(row)} cells under {len(columns)} columns: {row!r}")
            table.add_row(*(Text(cell) if isinstance(cell, str) else Text(*cell) for cell in row))
        lines = self._rendered(table).rstrip("\n").split("\n")
        self._write(self._output, "\n".join(line.rstrip() for line in lines))

    def say(self, text: str) -> None:
        """Talk: what is being done or was saved where, on the error stream in every mode."""
        self._write(self._talk, text)

    @contextmanager
    def progress(self, title: str, total: float | None = None) -> Iterator[Progress]:
        """Show the progress of a block that calls `advance`, if it takes over a second on a terminal."""
        from checks.cli.progress import Progress

        with Progress(title, total=total, stream=self._talk) as progress:
            self._progress = progress
            try:
                yield progress
            finally:
                self._progress = None

    def _write(self, stream: TextIO, text: str) -> None:
        if self._progress is not None and stream.isatty() and self._progress.above(text):
            return
        stream.write(text + "\n")
        stream.flush()

    def _rendered(self, renderable: object) -> str:
        from rich.console import Console as RichConsole

        terminal = self._output.isatty()
        console = RichConsole(
            file=StringIO(),
            force_terminal=terminal,
            color_system=colours(self._output),
            width=None if terminal else _UNBOUNDED,
            markup=False,
            highlight=False,
            emoji=False,
        )
        with console.capture() as capture:
            console.print(renderable)
        return capture.get()


def colours(stream: TextIO) -> Literal["auto"] | None:
    """What rich is told about colour: none off a terminal, on a dumb one, or where NO_COLOR is set."""
    wanted = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return "auto" if wanted else None


def plain(data: object) -> object:
    """`data` in the types of JSON, exact numbers as strings. Raises TypeError for what has no such form."""
    match data:
        case Enum():
            return data.name
        case None | bool() | int() | str():
            return data
        case float():
            return data if math.isfinite(data) else str(data)
        case Fraction() | PurePath():
            return str(data)
        case Mapping():
            return {_key(key): plain(value) for key, value in data.items()}
        case list() | tuple():
            return [plain(item) for item in data]
        case set() | frozenset():
            return sorted((plain(item) for item in data), key=str)
    if hasattr(data, "tolist"):  # NumPy's scalars and arrays, without importing NumPy
        return plain(data.tolist())
    raise TypeError(f"no JSON form for {type(data).__name__}: {data!r}")


def _key(key: object) -> str:
    if isinstance(key, str):
        return key
    if isinstance(key, Enum):
        return key.name
    raise TypeError(f"JSON keys are strings, not {type(key).__name__}: {key!r}")
