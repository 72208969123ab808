"""Commands about claims, in process: exit codes, JSON, and a ledger that wrong use leaves alone."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from checks.catalog import papers
from checks.cli import main
from checks.cli.discover import command_names, load_command
from checks.cli.selection import BUDGETS, LEDGER
from checks.method import BUDGETS as WORK
from checks.storage.ledger import DEFAULT_FOLDER

ROOT = Path(__file__).parents[3]

FILE = """from sympy import Symbol
from checks import AtMost, Bounded, Box, Claim, Erratum, Mutant, Networks, Point, Verdict
from theory.vocabulary import loss, residual_norm

x = Symbol("x", real=True)
unit = Box(variables={x: (0, 1)})
good = Claim(given=unit, then=AtMost(x**2, 2 * x), contact={x: (0, 1)}, expected=Verdict.CERTIFIED, title="a square",
             mutants={"half": Mutant(then=AtMost(x**2, x / 2))}, uses=("mine.py::wrong",))
wrong = Claim(given=unit, then=AtMost(x, x**2), witness=Point.of(x="1/2", note="one half"), expected=Verdict.REFUTED,
              printed="x \\\\le x^2", label="Lemma 1", page="3",
              erratum=Erratum(weight="theorem", what="false inside", reader="put x = 1/2", mend="x² ≤ x",
                              charity="typo"))
word = Erratum(weight="wording", what="a word")
slip = Claim(given=unit, then=AtMost(x, 1), expected=Verdict.CERTIFIED, erratum=word)
"""

OFF = FILE + "off = Claim(given=unit, then=AtMost(x, x**2), witness=Point.of(x='1/2'), expected=Verdict.CERTIFIED)\n"
ALIVE = FILE.replace("x / 2", "3 * x")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.py").write_text(FILE)
    (tmp_path / "off.py").write_text(OFF)
    (tmp_path / "alive.py").write_text(ALIVE)
    return tmp_path


@pytest.fixture
def call(here, capsys):
    def run(*words):
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def data_of(call, *words, code=0):
    found, out, err = call(*words, "--json")
    assert found == code, err
    return json.loads(out)


def test_list(call):
    entries = data_of(call, "list", "mine.py")
    assert [entry["id"] for entry in entries] == ["mine.py::good", "mine.py::wrong", "mine.py::slip"]
    assert set(entries[0]) == {
        "id", "paper", "label", "page", "kind", "title", "expected", "uses", "because", "mutants",
    }  # fmt: skip
    assert entries[0]["mutants"] == ["half"]
    assert entries[0]["expected"] == "CERTIFIED"
    code, out, _ = call("list", "mine.py")
    assert (code, "a square" in out, len(out.splitlines())) == (0, True, 4)


def test_list_has_every_paper(call):
    found = {entry["paper"] for entry in data_of(call, "list")}
    assert found == {key for key in papers() if data_of(call, "list", key)}


def test_verify(call, here):
    data = data_of(call, "verify", "mine.py", "--jobs", 1, "--seed", 3)
    assert [entry["verdict"] for entry in data["claims"]] == ["CERTIFIED", "REFUTED", "CERTIFIED"]
    for entry in data["claims"]:
        assert {
            "id", "verdict", "expected", "ok", "quantified_over", "margin", "witness", "evidence",
        } <= set(entry)  # fmt: skip
    assert data["claims"][1]["witness"] == {"x": "1/2"}
    assert data["summary"]["off"] == []
    assert (data["seed"], data["budget"]) == (3, "quick")
    again = data_of(call, "verify", "mine.py", "--jobs", 1, "--seed", 3)
    assert again["summary"].pop("from_ledger") == 3
    assert data["summary"].pop("from_ledger") == 0
    assert again == data
    code, out, _ = call("verify", "mine.py", "--jobs", 1)
    assert code == 0
    assert "3 of 3 as expected" in out


def test_verify_off_its_expectation(call):
    code, out, _ = call("verify", "off.py", "--jobs", 1)
    assert code == 1
    assert "OFF, expected CERTIFIED" in out
    assert data_of(call, "verify", "off.py", "--jobs", 1, code=1)["summary"]["off"] == ["off.py::off"]


def test_verify_one_claim_elsewhere(call, here):
    assert call("verify", "mine.py::good", "--ledger", here / "there")[0] == 0
    assert (here / "there").is_dir()
    assert not (here / ".lemmata").exists()


def test_a_defect_of_a_method_is_our_fault(call, monkeypatch):
    def fail(self, claim):
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("checks.engine.Engine.outcome", fail)
    code, out, err = call("verify", "mine.py::good")
    assert code == 3
    assert "failed on mine.py::good: ZeroDivisionError: oh" in err
    assert "UNDECIDED" in out


def test_mutants(call):
    data = data_of(call, "mutants", "mine.py", "--jobs", 1)
    assert data["mutants"] == [{"claim": "mine.py::good", "mutant": "half", "verdict": "REFUTED", "killed": True}]
    assert (data["killed"], data["total"]) == (1, 1)
    assert data_of(call, "mutants", "alive.py", "--jobs", 1, code=1)["killed"] == 0
    code, out, _ = call("mutants", "alive.py", "--jobs", 1)
    assert code == 1
    assert "ALIVE" in out


def test_show(call):
    before = data_of(call, "show", "mine.py::wrong")
    assert before["verdict"] is None
    assert before["evidence"] == []
    call("verify", "mine.py", "--jobs", 1)
    data = data_of(call, "show", "mine.py::wrong")
    assert data["verdict"] == "REFUTED"
    assert data["evidence"][0]["current"] is True
    assert data["evidence"][0]["pieces"][0]["witness"] == {"x": "1/2"}
    assert data["statement"]["unicode"] == "x ≤ x²"
    assert data["erratum"]["weight"] == "theorem"
    assert data["witness"] == [{"x": "1/2", "note": "one half"}]
    code, out, _ = call("show", "mine.py::wrong")
    assert code == 0
    for word in (
        "Lemma 1",
        "as printed",
        "x \\le x^2",
        "counterexample",
        "one half",
        "put x = 1/2",
        "mend",
        "in fairness",
    ):
        assert word in out


def test_show_without_an_id_is_the_vocabulary(call):
    entries = {entry["name"]: entry for entry in data_of(call, "show")}
    assert {"loss", "theta[i]", "theta[i,j]", "gradient[i]", "Z"} <= set(entries)
    assert entries["gradient[i]"]["vector"] is True
    code, out, _ = call("show")
    assert code == 0
    assert "θᵢⱼ" in out


def test_show_tells_what_rests_on_what(call):
    data = data_of(call, "show", "xu23a/lemma-20/corrected")
    assert isinstance(data["rests_on"], list)
    printed = data_of(call, "show", "xu23a/lemma-20")
    assert printed["domain"].startswith("all networks of xu23a")
    assert printed["statement"]["latex"] == r"\theta_{i}^{3} \lVert w_{i}\rVert^{2} \leq 30 \pi L"
    states = {entry["state"].split()[0] for entry in printed["rests_on"]}
    assert states <= {"intact", "broken", "mended", "unknown"}


def test_errata(call):
    entries = data_of(call, "errata", "mine.py", "--jobs", 1)
    assert [entry["weight"] for entry in entries] == ["theorem", "wording"]
    first = entries[0]
    assert (first["verdict"], first["witness"], first["reader"]) == ("REFUTED", {"x": "1/2"}, "put x = 1/2")
    code, out, _ = call("errata", "mine.py", "--jobs", 1)
    assert code == 0
    assert "2 errata: 1 theorem, 1 wording" in out
    assert data_of(call, "errata", "off.py::good") == []


WRONG = {
    "unknown claim": (("verify", "xu23a/lemma-2"), "did you mean"),
    "unknown paper": (("list", "xu23"), "xu23a"),
    "no match": (("list", "xu23a/nothing*"), "matches no claim"),
    "several": (("show", "mine.py"), "names 3 claims"),
    "no file": (("verify", "none.py"), "check the path"),
    "no name": (("verify", "mine.py::god"), "did you mean good"),
    "broken file": (("verify", "broken.py"), "broken.py:1: "),
    "budget": (("verify", "mine.py", "--budget", "huge"), "quick"),
    "seed": (("verify", "mine.py", "--seed", "-1"), "integer"),
    "jobs": (("verify", "mine.py", "--jobs", "many"), "integer"),
    "ledger": (("verify", "mine.py", "--ledger", "mine.py"), "--ledger"),
    "option": (("verify", "mine.py", "--sed", "1"), "--seed"),
    "not a constant": (("constant", "mine.py::good"), "no constant"),
    "not a figure": (("figure", "mine.py::good", "-o", "x.png"), "no figure"),
    "no folder": (("figure", "mine.py::good", "-o", "no/x.png"), "create it"),
    "damaged": (("verify", "mine.py::good", "--ledger", "damaged", "--jobs", "1"), "line 1"),
    "damaged show": (("show", "mine.py::good", "--ledger", "damaged"), "line 1"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_use_is_one_line_and_leaves_the_ledger_alone(call, here, case):
    (here / "broken.py").write_text("1 / 0\n")
    damaged = here / "damaged" / "evidence" / "mine.py%3A%3Agood.jsonl"
    damaged.parent.mkdir(parents=True)
    damaged.write_text("not json\n")
    words, remedy = WRONG[case]
    code, out, err = call(*words)
    assert code == 2, err
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("lemmata: error: ")
    assert remedy in err
    assert not (here / ".lemmata").exists()
    assert damaged.read_text() == "not json\n"
    assert [path.name for path in damaged.parent.iterdir()] == [damaged.name]


def test_shared_words_agree_with_the_library():
    assert tuple(WORK) == BUDGETS
    assert LEDGER == DEFAULT_FOLDER


@pytest.mark.parametrize("name", command_names())
def test_every_command_has_help_and_starts_light(name, capsys):
    assert main([name, "--help"]) == 0
    assert f"lemmata {name}" in capsys.readouterr().out
    assert load_command(name)


def heed_interrupts():
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(*words, cwd):
    program = "import sys; from checks.cli import main; sys.exit(main())"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", program, *words],
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A parent that was started in the background ignores the interrupt, and its children would inherit that.
        preexec_fn=heed_interrupts,
    )


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupted_run_keeps_what_was_done(here, jobs):
    slow = FILE + "".join(
        f"slow{k} = Claim(given=Networks(model='xu23a', students={k + 1}), then=AtMost(residual_norm**2, 8 * loss))\n"
        for k in range(40)
    )
    (here / "slow.py").write_text(slow)
    process = start("verify", "slow.py", "--budget", "full", "--jobs", jobs, cwd=here)
    folder = here / ".lemmata" / "evidence"
    deadline = time.monotonic() + 60
    while not list(folder.glob("*.jsonl")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    try:
        _, err = process.communicate(timeout=60)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    kept = list(folder.glob("*.jsonl"))
    assert kept
    for file in kept:
        assert json.loads(file.read_text())["claim"].startswith("slow.py::")


def test_help_imports_no_library(here):
    program = (
        "import sys; from checks.cli import main; code = main(['verify', '--help']);"
        "sys.exit(code or bool({'numpy', 'sympy', 'scipy', 'rich'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    found = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=False)
    assert found.returncode == 0
