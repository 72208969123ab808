"""Commands that measure: the best constant of a claim, and a figure with its features."""

import json

import pytest

from checks.cli import main

FILE = """from checks import All, AtMost, Bounded, Claim, Experiment, Networks, Run
from theory.observables import final, initial, median, run
from theory.vocabulary import loss, residual_norm

small = Networks(model="xu23a", students=(1, 2), dimension=(1, 2))
ratio = Claim(given=small, then=Bounded(ratio=residual_norm**2 / loss))
endless = Claim(given=small, then=Bounded(ratio=residual_norm / loss))
runs = {"one": Run(students=1, step="1/10", steps=40, deviation="1/10")}
given = Experiment(model="xu23a", dimension=2, runs=runs, curves=(loss,), logarithmic=(loss,), seeds=(2, 2))
start, end = median(run("one", initial(loss))), median(run("one", final(loss)))
figure = Claim(given=given, then=All(AtMost(end, start), AtMost(start, 100)))
broken = Claim(given=given, then=All(AtMost(start, end), AtMost(start, 100)))
"""


@pytest.fixture
def call(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.py").write_text(FILE)

    def run(*words):
        code = main(list(words))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_constant(call):
    code, out, _ = call("constant", "mine.py::ratio", "--json")
    data = json.loads(out)
    assert code == 0
    assert set(data) == {"id", "constant", "side", "instance", "drift", "table"}
    assert float(data["constant"].strip("[").split()[0]) == pytest.approx(8, rel=1e-3)
    code, out, _ = call("constant", "mine.py::ratio")
    assert code == 0
    assert "best constant ≥" in out
    assert "along dimension" in out


def test_a_constant_that_does_not_exist(call):
    code, out, _ = call("constant", "mine.py::endless")
    assert code == 1
    assert "diverges" in out


def test_figure(call, tmp_path):
    code, out, err = call("figure", "mine.py::figure", "-o", "f.png", "--json")
    data = json.loads(out)
    assert code == 0
    assert set(data) == {"id", "features", "file"}
    assert [feature["holds"] for feature in data["features"]] == [True, True]
    assert (tmp_path / "f.png").stat().st_size > 1000
    assert "saved f.png" in err


def test_a_figure_whose_features_fail(call):
    code, out, _ = call("figure", "mine.py::broken", "-o", "f.svg")
    assert code == 1
    assert "FAILS" in out
    assert "≤" in out


def test_a_format_that_is_unknown(call, tmp_path):
    code, _, err = call("figure", "mine.py::figure", "-o", "f.doc")
    assert code == 2
    assert "png" in err
    assert not (tmp_path / "f.doc").exists()
