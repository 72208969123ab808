"""`lemmata new-claim`: the file it writes runs as it stands, and nothing is overwritten."""

import pytest

from checks.catalog import select
from checks.cli import main
from checks.engine import Engine
from checks.method import BUDGETS, Context
from checks.verdict import Verdict

EXPECTED = {
    "residual_bound": Verdict.SUPPORTED,
    "away": Verdict.SUPPORTED,
    "bend_bound": Verdict.SUPPORTED,
    "energy": Verdict.PROVED,
    "sine": Verdict.CERTIFIED,
    "residual_constant": Verdict.MEASURED,
    "decrease": Verdict.SUPPORTED,
    "wave_bound": Verdict.SUPPORTED,
}


@pytest.fixture
def scaffold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["new-claim", "mine.py"]) == 0
    return tmp_path / "mine.py"


def test_every_claim_holds_and_every_mutant_dies(scaffold):
    engine = Engine(context=Context(budget=BUDGETS["quick"]))
    claims = select(["mine.py"])
    assert {claim.id.rpartition("::")[2]: engine.outcome(claim).verdict for claim in claims} == EXPECTED
    for claim in claims:
        for name in claim.mutants:
            assert engine.outcome(claim.mutated(name)).verdict.fatal, f"{claim.id}#{name}"


def test_the_commands_in_the_file_name_the_file(scaffold):
    text = scaffold.read_text()
    assert "lemmata verify mine.py" in text
    assert "PATH.py" not in text


@pytest.mark.parametrize(
    "path, remedy", [("mine.py", "choose another name"), ("mine", "mine.py"), ("no/where.py", "another place")]
)
def test_what_exists_is_kept_and_mistakes_are_named(scaffold, capsys, path, remedy):
    before = scaffold.read_text()
    assert main(["new-claim", path]) == 2
    assert remedy in capsys.readouterr().err
    assert scaffold.read_text() == before
