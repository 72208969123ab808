"""`lemmata flow --backend`, in process."""

import json

import pytest

from checks.cli import main
from numerics.fast.backend import numba_works

NET = {"model": "xu23a", "students": [["0.5", "0.3"], ["0.5", "-0.1"]], "teachers": [["1", "0"]]}


@pytest.fixture
def call(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "net.json").write_text(json.dumps(NET))

    def run(*words):
        code = main(["flow", "net.json", "--until", "100", *words])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.mark.parametrize("name", ["numpy", "auto", *(["numba"] if numba_works() else [])])
def test_backends_agree(call, name):
    code, out, _ = call("--json", "--backend", name)
    assert code == 0
    loss = json.loads(out)["loss"][-1]
    assert loss == pytest.approx(json.loads(call("--json", "--backend", "numpy")[1])["loss"][-1], rel=1e-7)


def test_wrong_backends(call):
    code, _, err = call("--backend", "fortran")
    assert code == 2
    assert "choose auto, numpy, numba" in err
    code, _, err = call("--descent", "0.1", "--backend", "fortran")
    assert code == 2
    assert "choose auto, numpy, numba" in err


def test_descents_agree(call):
    loss = [json.loads(call("--json", "--descent", "0.1", "--backend", name)[1])["loss"] for name in ("auto", "numpy")]
    assert loss[0] == pytest.approx(loss[1], rel=1e-10)
