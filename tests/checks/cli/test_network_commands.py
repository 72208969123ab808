"""Commands about networks and formulas, in process: evaluate, derive, flow."""

import json

import numpy as np
import pytest

from checks.cli import main
from numerics.dynamics.trajectory import Trajectory

NET = {"model": "xu23a", "students": [["0.5", "0.3"], ["0.5", "-0.1"]], "teachers": [["1", "0"]]}


@pytest.fixture
def call(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "net.json").write_text(json.dumps(NET))
    (tmp_path / "zero.json").write_text(json.dumps({**NET, "students": [["0", "0"], ["1", "0"]]}))
    (tmp_path / "direction.json").write_text(json.dumps({"direction": [["1", "0"], [0, 0.5]]}))

    def run(*words):
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def data_of(call, *words):
    code, out, err = call(*words, "--json")
    assert code == 0, err
    return json.loads(out)


def test_evaluate(call):
    data = data_of(call, "evaluate", "net.json")
    assert set(data) == {"loss", "gradient"}
    assert len(data["loss"].lstrip("0.")) == 17
    assert [len(row) for row in data["gradient"]] == [2, 2]
    longer = data_of(call, "evaluate", "net.json", "--digits", 30)
    assert len(longer["loss"].lstrip("0.")) == 30
    assert longer["loss"].startswith(data["loss"][:-2])
    code, out, _ = call("evaluate", "net.json")
    assert code == 0
    assert f"loss = {data['loss']}" in out


def test_evaluate_names_and_direction(call):
    names = ("theta[i, j],gradient_norm", "--quantity", "h")
    data = data_of(call, "evaluate", "net.json", "--quantity", *names, "--direction", "direction.json")
    assert set(data) == {"theta[i,j]", "gradient_norm", "h", "hessian_form"}
    assert data["h"] == ["0.5", "0.5"]
    assert data["theta[i,j]"][0][0] == "0"


def test_evaluate_undefined_is_null_with_a_reason(call):
    data = data_of(call, "evaluate", "zero.json")
    assert data["loss"] == "0"
    assert data["gradient"][0] is None
    assert "vanishes" in data["reasons"]["gradient[0]"]
    _, out, _ = call("evaluate", "zero.json")
    assert "gradient[0] = undefined" in out


BAD_FILES = {
    "malformed": ('{"model": "xu23a", ', "line 1"),
    "not an object": ("[1]", "JSON object"),
    "unknown model": (json.dumps({**NET, "model": "xu23b"}), "xu23a"),
    "ragged": (json.dumps({**NET, "students": [["1", "0"], ["1"]]}), "students[1]"),
    "nan": (json.dumps({**NET, "students": [[float("nan"), 0]]}), "NaN"),
    "infinity": (json.dumps({**NET, "students": [["inf", 0]]}), "finite"),
    "empty": (json.dumps({**NET, "students": []}), "students"),
    "widths": (json.dumps({**NET, "teachers": [["1", "0", "0"]]}), "length"),
    "a word": (json.dumps({**NET, "students": [["one", "0"]]}), "students[0][0]"),
    "unknown key": (json.dumps({**NET, "student": 1}), "students"),
    "missing key": (json.dumps({"model": "xu23a", "students": [["1"]]}), "teachers"),
    "twice": ('{"model": "xu23a", "model": "xu23a", "students": [[1]], "teachers": [[1]]}', "twice"),
}


@pytest.mark.parametrize("command", [("evaluate",), ("flow", "--until", "1")])
@pytest.mark.parametrize("case", BAD_FILES)
def test_bad_network_files(call, tmp_path, command, case):
    text, remedy = BAD_FILES[case]
    (tmp_path / "bad.json").write_text(text)
    code, out, err = call(command[0], "bad.json", *command[1:])
    assert (code, out) == (2, ""), err
    assert err.startswith("lemmata: error: ")
    assert "bad.json" in err
    assert remedy in err
    assert err.count("\n") == 1


WRONG = [
    (("evaluate", "none.json"), "check the path"),
    (("evaluate", "net.json", "--quantity", "los"), "did you mean loss"),
    (("evaluate", "net.json", "--quantity", "loss,"), "empty name"),
    (("evaluate", "net.json", "--quantity", "hessian_form"), "--direction"),
    (("evaluate", "net.json", "--quantity", "empirical_loss"), "sample"),
    (("evaluate", "net.json", "--digits", "0"), "digits"),
    (("evaluate", "net.json", "--direction", "net.json"), "direction"),
    (("flow", "net.json"), "--until"),
    (("flow", "net.json", "--until", "soon"), "finite number"),
    (("flow", "net.json", "--until", "-1"), "positive"),
    (("flow", "net.json", "--until", "9", "--at", "1,x"), "--at"),
    (("flow", "net.json", "--until", "9", "--at", "1,10"), "at"),
    (("flow", "net.json", "--until", "9", "--quantity", "zz"), "zz"),
    (("flow", "net.json", "--until", "9", "--quantity", "residual"), "vector"),
    (("flow", "net.json", "--until", "9.5", "--descent", "0.1"), "integer"),
    (("flow", "net.json", "--until", "9", "--descent", "-1"), "step"),
    (("flow", "net.json", "--until", "9", "--plot", "x.doc"), "png"),
    (("flow", "net.json", "--until", "9", "--out", "no/x.npz"), "create it"),
    (("flow", "zero.json", "--until", "9"), "student 0"),
    (("flow", "--until", "9"), "--resume"),
    (("flow", "net.json", "--resume", "run.npz", "--until", "9"), "leave out the network"),
    (("flow", "--resume", "none.npz", "--until", "9"), "not a saved trajectory"),
    (("flow", "net.json", "--until", "9", "--event", "Z < 1"), "Z <= 0.01"),
    (("flow", "net.json", "--until", "9", "--epsilon", "3"), "epsilon"),
    (("flow", "net.json", "--until", "9", "--samples", "5"), "--descent"),
    (("flow", "net.json", "--until", "9", "--descent", "0.1", "--check"), "leave out --descent"),
    (("flow", "xu23a", "--dimension", "0", "--until", "9"), "need n >= 1"),
    (("flow", "xu", "--dimension", "9", "--until", "9"), "xu23a"),
    (("derive", "xu23"), "xu23a"),
    (("derive", "xu23a", "--object", "grad"), "gradient"),
    (("derive", "xu23a", "--object", "flow:Y"), "Y"),
    (("derive", "xu23a", "--students", "0"), "students"),
    (("derive", "xu23a", "--format", "word"), "latex"),
]


@pytest.mark.parametrize("words, remedy", WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_wrong_use(call, words, remedy):
    code, out, err = call(*words)
    assert (code, out) == (2, ""), err
    assert remedy in err
    assert err.count("\n") == 1


def test_derive(call):
    data = data_of(call, "derive", "xu23a", "--object", "gradient")
    assert {"object", "expression", "latex", "steps"} <= set(data)
    assert data["latex"].startswith(r"\nabla_{w_{i}}L = \frac{1}{2 \pi} \sum_{j=1}^{n}")
    assert data["steps"]
    _, out, _ = call("derive", "xu23a", "--object", "gradient", "--format", "latex")
    assert out.splitlines()[0] == data["latex"]
    _, out, _ = call("derive", "relu")
    assert out.startswith("k(ρ₁, ρ₂, θ) = ρ₁ ρ₂/(2 π) ((π − θ) cos θ + sin θ)")
    assert "derivation" in out
    _, out, _ = call("derive", "xu23a", "--object", "rhs")
    assert out.startswith("ẇᵢ = ")
    _, out, _ = call("derive", "xu23a", "--object", "flow:Z", "--students", "2")
    assert out.startswith("d/dt Z = ")
    assert "Σ" not in out.split("derivation")[0]


def test_derived_python_runs(call):
    _, out, _ = call("derive", "zhou21b", "--object", "hessian", "--format", "python")
    names = {}
    exec(compile(out, "derived", "exec"), names)  # the code is ours
    rows = np.eye(2)
    assert np.isfinite(names["hessian_form"](np.array([[1.0, 0.2], [0.3, 1]]), rows, rows))


def test_flow(call, tmp_path):
    data = data_of(call, "flow", "net.json", "--until", "1e4", "--out", "run.npz", "--plot", "run.png")
    assert {"status", "t", "loss", "potentials", "rate", "events"} <= set(data)
    assert data["status"] == "finished"
    assert data["t"][-1] == 1e4
    assert set(data["potentials"]) >= {"gradient_norm", "residual_norm", "H", "Z"}
    assert -3.5 < data["rate"]["exponent"] < -2.5
    assert data["rate"]["loss_derivative"] == pytest.approx(-(data["potentials"]["gradient_norm"][-1] ** 2))
    assert Trajectory.load(tmp_path / "run.npz").t[-1] == 1e4
    assert (tmp_path / "run.png").stat().st_size > 1000
    code, out, _ = call("flow", "net.json", "--until", "10", "--at", "1,10", "--quantity", "Z")
    assert code == 0
    assert out.splitlines()[1].split() == ["t", "loss", "Z"]


def test_descent(call):
    data = data_of(call, "flow", "net.json", "--until", "50", "--descent", "0.1", "--at", "0,25,50")
    assert data["t"] == [0, 25, 50]
    assert data["loss"][0] > data["loss"][1] > data["loss"][2]
    assert data["rate"]["loss_derivative"] is None


def test_a_collapse_is_an_event(call, tmp_path):
    rng = np.random.default_rng(4)
    students = (rng.normal(size=(10, 20)) / np.sqrt(20)).tolist()
    teacher = [1.0, *[0.0] * 19]
    (tmp_path / "hit.json").write_text(json.dumps({"model": "xu23a", "students": students, "teachers": [teacher]}))
    data = data_of(call, "flow", "hit.json", "--until", "1e3")
    assert data["status"] == "collapse"
    (event,) = data["events"]
    assert (event["name"], event["neuron"]) == ("collapse", 7)
    assert event["t"] == pytest.approx(0.815491, abs=1e-5)
    frozen = data_of(call, "flow", "hit.json", "--until", "30", "--freeze")
    assert frozen["status"] == "finished"
    assert frozen["monitors"]["frozen_subgradient_distance"] < 1e-7


def test_what_a_flow_reports(call):
    words = ("flow", "net.json", "--until", "1e6", "--event", "Z <= 0.01", "--check")
    data = data_of(call, *words)
    names = [event["name"] for event in data["events"]]
    assert "Z <= 0.01 entered" in names
    assert {"phase 2 entered", "phase 3 entered"} <= set(names)
    rate = data["rate"]
    assert rate["law"] == -3.0
    assert rate["exponent_interval"][0] <= -3 <= rate["exponent_interval"][1]
    assert rate["constant_interval"][0] <= rate["constant"] <= rate["constant_interval"][1]
    assert rate["bounds"]["lower"] <= data["loss"][-1] * (1 + 1e-9)
    assert data["evidence"]["loss_difference_method"] < 1e-5
    assert {"energy_error", "span_error", "torque"} <= set(data["monitors"])
    _, out, _ = call(*words)
    assert "falls like t^p, p = -3" in out
    assert "the loss lies between" in out
    assert "loss difference method" in out


def test_resuming_a_saved_flow(call):
    once = data_of(call, "flow", "net.json", "--until", "1e8")
    data_of(call, "flow", "net.json", "--until", "1e4", "--out", "half.npz")
    rest = data_of(call, "flow", "--resume", "half.npz", "--until", "1e8")
    assert rest["loss"][-1] == pytest.approx(once["loss"][-1], rel=1e-6)
    assert rest["t"][0] == 0
    data_of(call, "flow", "net.json", "--until", "9", "--descent", "0.1", "--out", "steps.npz")
    code, _, err = call("flow", "--resume", "steps.npz", "--until", "20")
    assert code == 2
    assert "is a descent" in err


def test_a_start_in_a_billion_dimensions(call):
    words = ("flow", "xu23a", "--dimension", "1000000000", "--students", "3", "--sigma", "1e-6", "--until", "1e4")
    data = data_of(call, *words)
    assert (data["dimension"], data["reduced_dimension"]) == (10**9, 4)
    assert data["status"] == "finished"


def test_stochastic_descent(call):
    words = ("flow", "net.json", "--until", "60", "--descent", "0.1", "--samples", "100", "--fresh")
    first, second = data_of(call, *words, "--seed", "1"), data_of(call, *words, "--seed", "1")
    assert first["loss"] == second["loss"]
    assert first["loss"] != data_of(call, *words, "--seed", "2")["loss"]
