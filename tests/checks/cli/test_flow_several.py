"""`lemmata flow` on several starts, and descents that go on, in process."""

import json

import pytest

from checks.cli import main
from numerics.dynamics.trajectory import Trajectory

NETS = [
    {"model": "xu23a", "students": [["0.5", "0.3"], ["0.5", "-0.1"]], "teachers": [["1", "0"]]},
    {"model": "wang21a", "students": [["0.5", "0.1"]], "teachers": [["1", "0"]]},
]


@pytest.fixture
def call(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nets.json").write_text(json.dumps(NETS))
    (tmp_path / "net.json").write_text(json.dumps(NETS[0]))

    def run(*words):
        code = main(["flow", *words])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_a_list_of_networks(call, tmp_path):
    code, out, err = call("nets.json", "--until", "10", "--out", "run.npz", "--json")
    assert code == 0, err
    runs = json.loads(out)["runs"]
    assert [run["status"] for run in runs] == ["finished", "finished"]
    assert [run["file"] for run in runs] == ["run-0.npz", "run-1.npz"]
    alone = json.loads(call("net.json", "--until", "10", "--json")[1])
    assert runs[0]["loss"] == alone["loss"]
    assert Trajectory.load(tmp_path / "run-1.npz").model.name == "wang21a"


def test_drawn_starts_over_processes(call):
    words = ("xu23a", "--dimension", "50", "--seed", "3", "--until", "10", "--json")
    code, out, err = call(*words, "--seeds", "2", "--jobs", "2")
    assert code == 0, err
    runs = json.loads(out)["runs"]
    assert len(runs) == 2
    assert runs[0]["loss"] == pytest.approx(json.loads(call(*words)[1])["loss"], rel=1e-12)
    assert runs[0]["loss"] != runs[1]["loss"]


def test_a_descent_goes_on(call):
    assert call("net.json", "--until", "20", "--descent", "0.1", "--out", "part.npz")[0] == 0
    code, out, err = call("--resume", "part.npz", "--until", "50", "--at", "50", "--descent", "0.1", "--json")
    assert code == 0, err
    whole = json.loads(call("net.json", "--until", "50", "--at", "50", "--descent", "0.1", "--json")[1])
    assert json.loads(out)["t"][-1] == 50
    assert json.loads(out)["loss"][-1] == pytest.approx(whole["loss"][-1], rel=1e-10)


@pytest.mark.parametrize(
    "words, message",
    [
        (("net.json", "--seeds", "2"), "need --dimension"),
        (("xu23a", "--dimension", "9", "--seeds", "0"), "at least one"),
        (("net.json", "--jobs", "0"), "no number of processes"),
        (("nets.json", "--plot", "a.png"), "draws one run"),
    ],
)
def test_wrong_use(call, words, message):
    code, out, err = call(*words, "--until", "1")
    assert code == 2
    assert message in err
    assert out == ""


def test_kinds_of_saved_runs(call, tmp_path):
    assert call("net.json", "--until", "5", "--out", "flow.npz")[0] == 0
    code, _, err = call("--resume", "flow.npz", "--until", "9", "--descent", "0.1")
    assert (code, "is a flow" in err) == (2, True)
    (tmp_path / "bad.json").write_text("[1]")
    code, _, err = call("bad.json", "--until", "1")
    assert (code, "no list of JSON objects" in err) == (2, True)
