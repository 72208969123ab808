"""Progress of long work: a bar on the error stream, after a second, and only on a terminal."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

PATIENCE: Final = 1.0
"""Seconds of work before a bar appears."""


class Progress:
    """A context manager; `advance` may be called from any thread.

    `total=None` stands for an unknown amount of work: the bar then only shows that something is under way.
    """

    def __init__(self, title: str, *, total: float | None, stream: TextIO, patience: float = PATIENCE) -> None:
        self._title = title
        self._total = total
        self._stream = stream
        self._done = 0.0
        self._note = ""
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._started = 0.0
        self._timer = threading.Timer(patience, self._appear) if stream.isatty() else None
        if self._timer is not None:
            self._timer.daemon = True

    def advance(self, amount: float = 1.0, note: str = "") -> None:
        """Count `amount` of work as done; `note` says what is being worked on."""
        with self._lock:
            self._done += amount
            self._note = note
            self._refresh()

    def above(self, text: str) -> bool:
        """Print `text` above the bar; False if no bar is showing."""
        with self._lock:
            if self._bar is None:
                return False
            from rich.text import Text

            self._bar.console.print(Text.from_ansi(text), soft_wrap=True)
            return True

    def __enter__(self) -> Progress:
        self._started = time.monotonic()
        if self._timer is not None:
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
        with self._lock:
            self._closed = True
            if self._bar is not None:
                self._bar.stop()
                self._bar = None

    def _appear(self) -> None:
        from rich.console import Console as RichConsole
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        from checks.cli.console import colours

        with self._lock:
            if self._closed:
                return
            self._bar = RichProgress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                *([] if self._total is None else [MofNCompleteColumn()]),
                TimeElapsedColumn(),
                TextColumn("{task.fields[note]}", markup=False),
                console=RichConsole(file=self._stream, color_system=colours(self._stream)),
                transient=True,
            )
            self._task = self._bar.add_task(self._title, total=self._total, note=self._note)
            self._bar.tasks[0].start_time = self._started  # of the work, not of the bar
            self._refresh()
            self._bar.start()

    def _refresh(self) -> None:
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self._done, note=self._note)
