"""Files of claims as tests: ``pytest mine.py`` verifies every claim of the file and kills every mutant.

The plugin is found by pytest where lemmata is installed.  It collects

    claims_*.py, *_claims.py      by their names (the setting ``lemmata_files`` has other patterns), and
    any file named on pytest's command line that imports the records of `checks`.

Each claim is a test that fails when its verdict is off its expectation, or without one when something was found
against it; each mutant is a test that fails when it survives.  ``--lemmata-budget`` and ``--lemmata-seed`` say how
much is sampled and from which seed.  Nothing of lemmata is imported in a test run that has no such file.
"""

from __future__ import annotations

import ast
import fnmatch
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from checks.claim import Claim
    from checks.engine import Engine
    from checks.evidence import Outcome

__all__ = ["ClaimFile", "ClaimTest"]

PATTERNS = ("claims_*.py", "*_claims.py")
BUDGETS = ("quick", "full", "deep")  # written out, so that a run without claims imports nothing; a test compares


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("lemmata", "claims about teacher-student networks")
    group.addoption("--lemmata-budget", choices=BUDGETS, default="quick", help="work per claim (quick)")
    group.addoption("--lemmata-seed", type=int, default=0, metavar="N", help="seed of the samples (0)")
    parser.addini("lemmata_files", "patterns of the files of claims", type="args", default=list(PATTERNS))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ClaimFile | None:
    if file_path.suffix != ".py" or _is_test_module(file_path):
        return None
    named = any(fnmatch.fnmatch(file_path.name, pattern) for pattern in parent.config.getini("lemmata_files"))
    if named or (parent.session.isinitpath(file_path) and _imports_claims(file_path)):
        return ClaimFile.from_parent(parent, path=file_path)
    return None


def _is_test_module(path: Path) -> bool:
    """Whether a file belongs to pytest alone by its name, such as test_claims.py."""
    return path.name.startswith("test_") or path.name.endswith("_test.py")


def _imports_claims(path: Path) -> bool:
    """Whether a file imports ``Claim`` from `checks`."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError):
        return False
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module in ("checks", "checks.api", "checks.claim")
        and any(alias.name == "Claim" for alias in node.names)
        for node in tree.body
    )


class ClaimFile(pytest.File):
    """The claims of one file and their mutants."""

    def collect(self) -> Iterator[ClaimTest]:
        from checks.user_file import UserFileError, load_user_claims

        try:
            claims = load_user_claims(str(self.path))
        except UserFileError as error:
            raise self.CollectError(str(error)) from error
        engine = _engine(self.config)
        engine.claims = {**engine.claims, **{claim.id: claim for claim in claims}}  # they may rest on each other
        for claim in claims:
            name = claim.id.rpartition("::")[2]
            yield ClaimTest.from_parent(self, name=name, claim=claim, mutant=False)
            for mutant in claim.mutants:
                yield ClaimTest.from_parent(self, name=f"{name}#{mutant}", claim=claim.mutated(mutant), mutant=True)


class OffExpectation(Exception):
    """A claim whose verdict is not the expected one, or a mutant that survived."""


class ClaimTest(pytest.Item):
    """One claim, or one of its mutants."""

    def __init__(self, *, claim: Claim, mutant: bool, **rest: Any) -> None:
        super().__init__(**rest)
        self.claim, self.mutant = claim, mutant

    def runtest(self) -> None:
        outcome = _engine(self.config).outcome(self.claim)
        if not (outcome.verdict.fatal if self.mutant else outcome.ok):
            raise OffExpectation(self._message(outcome))

    def _message(self, outcome: Outcome) -> str:
        from checks.cli.evidence_text import piece_lines
        from checks.statement import statement_of

        if self.mutant:
            said = f"this mutant survived with {outcome.verdict}: the check of its claim can't fail"
        elif outcome.expected is None:
            said = f"found {outcome.verdict}"
        else:
            said = f"found {outcome.verdict}, expected {outcome.expected}"
        lines = [said, f"  {statement_of(self.claim).unicode}"]
        for piece in outcome.evidence:
            lines.extend(f"  {line}" for line in piece_lines(piece.as_data()))
        return "\n".join(lines)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, OffExpectation):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, f"claim {self.name}"


_ENGINE = pytest.StashKey["Engine"]()


def _engine(config: pytest.Config) -> Engine:
    """One engine per run, so that what several claims rest on is computed once."""
    if _ENGINE not in config.stash:
        from checks.engine import Engine
        from checks.method import BUDGETS as WORK
        from checks.method import Context

        work, seed = WORK[config.getoption("--lemmata-budget")], config.getoption("--lemmata-seed")
        config.stash[_ENGINE] = Engine(context=Context(budget=work, seed=seed))
    return config.stash[_ENGINE]
