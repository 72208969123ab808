"""The corpus of upstream defects, the floors, and `lemmata doctor`."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from checks.cli import main
from checks.upstream import corpus
from checks.upstream.corpus import Defect, Observation, examine, load_corpus
from checks.upstream.floors import REQUIRED, installed_versions, within

CORPUS = load_corpus()


@pytest.mark.parametrize("name", CORPUS)
def test_what_lemmata_relies_on_holds(name):
    finding = examine(name, CORPUS[name])
    assert finding.ok, finding.detail


@pytest.mark.parametrize("name", CORPUS)
def test_a_defect_was_observed_and_not_guessed(name):
    finding = examine(name, CORPUS[name])
    assert finding.defect in ("present", "gone"), finding.defect_detail
    assert finding.changed is ((finding.defect == "present") is not CORPUS[name].known_present)


def test_the_corpus_covers_the_known_traps():
    assert {
        "sympy-acos-near-one",
        "flint-negation",
        "flint-power-through-zero",
        "mpmath-interval-exp",
    } <= set(CORPUS)
    assert {
        "scipy-power-law-tail",
        "arccos-of-unit-vectors",
        "sympy-boolean-truth",
        "sympy-integral-zero",
    } <= set(CORPUS)


def probe(*, holds: bool):
    return lambda: Observation(holds=holds, detail="seen")


def broken() -> Observation:
    raise ArithmeticError("no answer")


DEFECT = Defect(
    title="t",
    source="s",
    known_present=True,
    shown=probe(holds=True),
    reliance="r",
    relied_on=probe(holds=True),
)


@pytest.mark.parametrize(
    "defect, ok, status, changed",
    [
        (DEFECT, True, "present", False),
        (replace(DEFECT, shown=probe(holds=False)), True, "gone", True),
        (replace(DEFECT, shown=probe(holds=False), known_present=False), True, "gone", False),
        (replace(DEFECT, shown=broken), True, "undetermined", True),
        (replace(DEFECT, relied_on=probe(holds=False)), False, "present", False),
        (replace(DEFECT, relied_on=broken), False, "present", False),
    ],
)
def test_examination(defect, ok, status, changed):
    finding = examine("x", defect)
    assert (finding.ok, finding.defect, finding.changed) == (ok, status, changed)
    if not ok and defect.relied_on is broken:
        assert finding.detail == "raised ArithmeticError: no answer"


def test_a_defect_file_without_a_record_fails_naming_it(tmp_path, monkeypatch):
    (tmp_path / "hollow.py").write_text("", encoding="utf-8")
    import checks.upstream.defects as package

    monkeypatch.setattr(package, "__path__", [str(tmp_path)])
    monkeypatch.setattr(corpus, "FOLDER", tmp_path)
    with pytest.raises(TypeError, match=r"hollow\.py must define DEFECT"):
        load_corpus()


@pytest.mark.parametrize(
    "version, bounds, expected",
    [
        ("1.14.0", ("1.14", "1.15"), True),
        ("1.14.0rc1", ("1.14", "1.15"), True),
        ("1.13.9", ("1.14", "1.15"), False),
        ("1.15", ("1.14", "1.15"), False),
        ("2", ("2", None), True),
        ("10.0", ("2", None), True),
        ("0.8.0", ("0.9.0", None), False),
        ("0.9", ("0.9.0", None), True),
        ("6.165.3", ("6.165.4", None), False),
        ("2026.6.post1", ("2026.6", None), True),
    ],
)
def test_versions_are_compared_as_numbers(version, bounds, expected):
    assert within(version, bounds) is expected


def test_the_floors_are_met_here():
    versions = {entry.name: entry for entry in installed_versions()}
    assert set(REQUIRED) < set(versions)
    assert [entry for entry in versions.values() if not entry.ok] == []


def test_a_missed_floor_is_off_expectation(monkeypatch, capsys):
    monkeypatch.setitem(REQUIRED, "python-flint", ("99", None))
    monkeypatch.setitem(REQUIRED, "no-such-package", ("1", None))
    assert main(["doctor", "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] is False
    failing = {entry["name"]: entry["installed"] for entry in report["checks"] if not entry["ok"]}
    assert set(failing) == {"python-flint", "no-such-package"}
    assert failing["no-such-package"] is None


def test_doctor_in_json_and_in_words(capsys):
    assert main(["doctor", "--json"]) == 0
    captured = capsys.readouterr()
    report = json.loads(captured.out)
    assert captured.err == ""
    assert report["ok"] is True
    assert {entry["name"] for entry in report["checks"] if entry["kind"] == "upstream"} == set(CORPUS)
    assert main(["doctor"]) == 0
    words = capsys.readouterr().out
    for name in CORPUS:
        assert CORPUS[name].title in words


@pytest.mark.parametrize("ground_types", ["flint", "python"])
def test_doctor_under_both_ground_types(ground_types):
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from checks.cli import main; sys.exit(main())",
            "doctor",
            "--json",
        ],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "SYMPY_GROUND_TYPES": ground_types},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    sympy = next(entry for entry in json.loads(done.stdout)["checks"] if entry["name"] == "sympy")
    assert sympy["ground_types"] == ground_types
