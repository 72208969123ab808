"""The record of an upstream defect, its discovery, and its examination against the installed versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

FOLDER = Path(__file__).parent / "defects"


@dataclass(frozen=True, kw_only=True)
class Observation:
    """What one probe saw: whether its statement holds, and the numbers behind it."""

    holds: bool
    detail: str


@dataclass(frozen=True, kw_only=True)
class Defect:
    """A defect of a library, and the statement lemmata relies on in its place.

    `shown` observes whether the installed version has the defect. It is information only, compared with
    `known_present`, which was seen with the versions of constraints.txt. `relied_on` must hold in any case.
    """

    title: str
    source: str
    known_present: bool
    shown: Callable[[], Observation]
    reliance: str
    relied_on: Callable[[], Observation]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A defect as examined here. `ok` says that what lemmata relies on holds."""

    name: str
    title: str
    source: str
    ok: bool
    reliance: str
    detail: str
    defect: str
    defect_detail: str
    changed: bool


def load_corpus() -> dict[str, Defect]:
    """All defects by name. Raises TypeError naming the file that holds no `DEFECT`."""
    corpus: dict[str, Defect] = {}
    for path in sorted(FOLDER.glob("[!_]*.py")):
        defect = getattr(import_module(f"checks.upstream.defects.{path.stem}"), "DEFECT", None)
        if not isinstance(defect, Defect):
            raise TypeError(f"{path} must define DEFECT, a {Defect.__module__}.Defect")
        corpus[path.stem.replace("_", "-")] = defect
    return corpus


def examine(name: str, defect: Defect) -> Finding:
    """Run both probes. Where a probe raises, the reliance fails, or the defect is undetermined."""
    relied_on = _observe(defect.relied_on)
    shown = _observe(defect.shown)
    if isinstance(shown, Observation):
        status = "present" if shown.holds else "gone"
        changed = shown.holds is not defect.known_present
    else:
        status, changed = "undetermined", True
    return Finding(
        name=name,
        title=defect.title,
        source=defect.source,
        ok=isinstance(relied_on, Observation) and relied_on.holds,
        reliance=defect.reliance,
        detail=_detail(relied_on),
        defect=status,
        defect_detail=_detail(shown),
        changed=changed,
    )


def _observe(probe: Callable[[], Observation]) -> Observation | Exception:
    try:
        return probe()
    except Exception as error:  # foreign code, and the point is to report what it does
        return error


def _detail(seen: Observation | Exception) -> str:
    return seen.detail if isinstance(seen, Observation) else f"raised {type(seen).__name__}: {seen}"
