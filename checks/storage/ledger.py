"""The ledger: evidence in a folder, one file of JSON lines per claim.

    DIR/evidence/wang21a/lemma-1.jsonl     a line per state of the claim, budget, seed, versions
    DIR/timings/wang21a/lemma-1.json       seconds, apart, because they differ from run to run
    DIR/lock                               held for the moment of a write

A file is replaced in one step while the lock is held, so that a killed run loses nothing that had finished
and two runs at once keep each other's lines.  Nothing is created before the first write, and a file that is
not understood is never touched.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from checks.storage.lock import locked
from checks.storage.record import Key, Record

__all__ = ["DEFAULT_FOLDER", "Ledger", "LedgerError"]

DEFAULT_FOLDER = ".lemmata"


class LedgerError(ValueError):
    """A ledger that can't be used as it is: which file and line, what is wrong, and the remedy."""


class Ledger:
    """Evidence kept in ``folder``; only `add` writes."""

    def __init__(self, folder: str | Path = DEFAULT_FOLDER) -> None:
        self.folder = Path(folder)

    def records(self, claim: str) -> tuple[Record, ...]:
        """Everything recorded about a claim.  Raises LedgerError for a file that is not a ledger's."""
        return tuple(self._read(self._path("evidence", claim), claim).values())

    def find(self, key: Key) -> Record | None:
        """The record of exactly that key."""
        return self._read(self._path("evidence", key.claim), key.claim).get(key)

    def add(self, record: Record, seconds: float | None = None) -> None:
        """Keep a record, replacing the one of the same key.

        Raises LedgerError if the file there is damaged (it is left as it is) or the folder can't be written.
        """
        claim = record.key.claim
        path, timing = self._path("evidence", claim), self._path("timings", claim, ".json")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            timing.parent.mkdir(parents=True, exist_ok=True)
            with locked(self.folder / "lock"):
                known = {**self._read(path, claim), record.key: record}
                # The order of lines must not tell which run came first.
                _replace(path, "".join(known[key].line() + "\n" for key in sorted(known)))
                if seconds is not None:
                    times = {**self._timings(timing), _label(record.key): round(seconds, 3)}
                    _replace(timing, json.dumps(times, indent=1) + "\n")
        except OSError as error:
            place = error.filename or self.folder
            reason = error.strerror or error
            raise LedgerError(
                f"the ledger can't be written: {place}: {reason}; choose another folder with --ledger"
            ) from error

    def seconds(self, key: Key) -> float | None:
        """How long the run behind a record took, if that is known."""
        value = self._timings(self._path("timings", key.claim, ".json")).get(_label(key))
        return value if isinstance(value, float | int) else None

    def check_usable(self) -> None:
        """Raises LedgerError if the place can't be a ledger's, before any work is done.  Creates nothing."""
        place = next(folder for folder in (self.folder, *self.folder.absolute().parents) if folder.exists())
        if not place.is_dir():
            raise LedgerError(f"{place} is a file, not the folder of a ledger; choose another place with --ledger")
        if not os.access(place, os.W_OK | os.X_OK):
            raise LedgerError(f"{place} may not be written; choose another place for the ledger with --ledger")

    def _path(self, kind: str, claim: str, ending: str = ".jsonl") -> Path:
        if not claim:
            raise ValueError("evidence of a claim without id can't be kept; give Claim(id=…)")
        # Ids become paths; what a file system may not like, and dots alone, are written as %XX.
        parts = [quote(part, safe="#,()+ =") for part in claim.split("/")]
        parts = [part.replace(".", "%2E") if set(part) <= {"."} else part for part in parts]
        return self.folder.joinpath(kind, *(part or "%" for part in parts[:-1]), parts[-1] + ending)

    @staticmethod
    def _read(path: Path, claim: str) -> dict[Key, Record]:
        found: dict[Key, Record] = {}
        for number, line in enumerate(_lines(path), start=1):
            try:
                record = Record.parse(line)
                if record.key.claim != claim:
                    raise ValueError(f"it is about the claim {record.key.claim!r}, not {claim!r}")
            except (ValueError, TypeError, RecursionError) as error:
                what = f"{error.msg} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else error
                raise LedgerError(
                    f"{path}, line {number}: not a record of evidence ({what}); "
                    "delete that line or move the file away, the claim is then run again"
                ) from error
            found[record.key] = record
        return found

    @staticmethod
    def _timings(path: Path) -> Mapping[str, object]:
        # Timings carry no verdict: a damaged file is as good as none.
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return data if isinstance(data, dict) else {}


def _label(key: Key) -> str:
    return f"{key.fingerprint} {key.budget} {key.seed} {key.versions[-1] if key.versions else ''}"


def _lines(path: Path) -> Iterator[str]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise LedgerError(f"{path}: can't be read: {error.strerror}; choose another folder with --ledger") from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        number = data[: error.start].count(b"\n") + 1
        raise LedgerError(
            f"{path}, line {number}: not text (byte {error.start}); a ledger holds only JSON lines: "
            "move the file away, the claim is then run again"
        ) from error
    yield from text.removesuffix("\n").split("\n") if text else ()


def _replace(path: Path, text: str) -> None:
    """The file holds the old or the new text at every moment, whatever happens."""
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with new.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
