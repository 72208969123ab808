"""What can go wrong on the command line, and the exit code of each.

0    as expected
1    some verdict is off its expectation
2    wrong use: one line on stderr says what, where and the remedy
3    our fault: one line on stderr, the traceback with LEMMATA_DEBUG=1
130  interrupted
141  whoever read our output has gone (as a shell reports it for any program)
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # `typing`, like `contextlib`, costs a third of a bare interpreter's start
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

OK = 0
OFF_EXPECTATION = 1
WRONG_USE = 2
OUR_FAULT = 3
INTERRUPTED = 130
READER_GONE = 141


class UsageError(Exception):
    """The user has to change something: what is wrong, where it stands, and how to mend it."""

    def __init__(self, what: str, where: str | None = None, remedy: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        text = self.what if self.where is None else f"{self.where}: {self.what}"
        return text if self.remedy is None else f"{text}; {self.remedy}"


class value_errors_are_usage:
    """Context: the library's ValueError, which names argument, value and remedy, is the user's to mend.

    Only around what reads the user's input; elsewhere a ValueError is our fault. `where` names the file.
    """

    def __init__(self, where: str | None = None) -> None:
        self._where = where

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, ValueError):
            raise UsageError(str(error), where=self._where) from error


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy: the known word that `word` is most likely a slip of, or else `otherwise`."""
    import difflib

    matches = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean {matches[0]}?" if matches else otherwise


def guarded(body: Callable[[], int]) -> int:
    """The exit code of `body`; every exception becomes one line on stderr and a code of the table above."""
    try:
        code = body()
        # Here and not at interpreter exit, where a reader that has gone can no longer be handled.
        sys.stdout.flush()
        return code
    except UsageError as error:
        return _report(error, f"error: {error}", WRONG_USE)
    except KeyboardInterrupt as error:
        return _report(error, "interrupted", INTERRUPTED)
    except BrokenPipeError:
        _silence_stdout()
        return READER_GONE
    except Exception as error:  # whatever else escapes is a defect of lemmata
        what = f"internal error: {type(error).__name__}: {error} ({_place(error)})"
        return _report(error, f"{what}; set LEMMATA_DEBUG=1 for the traceback", OUR_FAULT)


def _report(error: BaseException, message: str, code: int) -> int:
    if os.environ.get("LEMMATA_DEBUG", "") not in ("", "0"):
        import traceback

        traceback.print_exception(error)
    print("lemmata:", " ".join(message.split()), file=sys.stderr)
    return code


def _place(error: BaseException) -> str:
    """Package file and line of the innermost frame that is our own code."""
    place = "outside lemmata"
    trace = error.__traceback__
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        if module.partition(".")[0] in ("theory", "numerics", "checks"):
            place = f"{module}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _silence_stdout() -> None:
    """Point the standard output at the null device, so that the flush at interpreter exit stays quiet."""
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError):  # stdout is not a file
        return
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, descriptor)
    os.close(null)
