"""A run in parts is the run in one go."""

import numpy as np
import pytest

from numerics import Network, gradient_descent, gradient_flow
from numerics.dynamics.resume import resume_flow
from numerics.dynamics.resume_descent import resume_descent
from numerics.dynamics.trajectory import Trajectory


def network(model, m=1, seed=3):
    rng = np.random.default_rng(seed)
    return Network(model=model, students=0.3 * rng.normal(size=(4, 5)), teachers=rng.normal(size=(m, 5)))


@pytest.mark.parametrize(
    "model, m, until", [("xu23a", 1, 1e9), ("xu23a", 2, 1e8), ("zhou21b", 2, 1e8), ("wang21a", 1, 1e4)]
)
def test_parts_and_whole(model, m, until, tmp_path):
    net = network(model, m)
    once = gradient_flow(net, until=until, quantities=["gradient_norm"])
    half = gradient_flow(net, until=until / 1e3, quantities=["gradient_norm"], events={"low": "loss <= 0.01"})
    half.save(tmp_path / "half.npz")
    rest = resume_flow(Trajectory.load(tmp_path / "half.npz"), until=until, quantities=["gradient_norm"])
    assert rest.status == "finished"
    assert rest.loss[-1] == pytest.approx(once.loss[-1], rel=1e-6)
    assert rest.quantities["gradient_norm"][-1] == pytest.approx(once.quantities["gradient_norm"][-1], rel=1e-6)
    assert rest.students() == pytest.approx(once.students(), abs=1e-8)
    assert (np.diff(rest.t) > 0).all()
    assert rest.t[0] == 0
    assert len(rest.steps["t"]) > len(half.steps["t"])
    assert rest.events[:1] == half.events[:1]


def test_what_is_carried_matters():
    """From the rounded weights alone the loss at t = 1e9 is lost: 1e-16 in r is more than r itself."""
    net = network("xu23a")
    half = gradient_flow(net, until=1e9)
    forgetful = gradient_flow(half.final(), until=1.0, at=[0.0])
    assert np.linalg.norm(forgetful.residual[0]) > 100 * np.linalg.norm(half.residual[-1])
    rest = resume_flow(half, until=1.001e9, at=[1.0001e9])
    assert np.linalg.norm(rest.residual[-1]) < 2 * np.linalg.norm(half.residual[-1])


@pytest.mark.parametrize(
    "run, message",
    [
        (lambda: gradient_descent(network("xu23a"), step=0.1, steps=3), "is a descent"),
        (lambda: gradient_flow(network("xu23a"), until=20.0), "already reached"),
    ],
)
def test_what_can_not_be_resumed(run, message):
    with pytest.raises(ValueError, match=message):
        resume_flow(run(), until=10.0)


@pytest.mark.parametrize("model, m", [("xu23a", 1), ("zhou21b", 1), ("zhou21b", 2), ("wang21a", 1)])
@pytest.mark.parametrize("batched", [False, True])
def test_descent_in_parts_and_in_one_go(model, m, batched, tmp_path):
    net = network(model, m)
    if batched:
        net = Network(model=model, students=np.stack([net.students, 0.5 * net.students]), teachers=net.teachers)
    step = 0.02 if model == "wang21a" else 0.1
    once = gradient_descent(net, step=step, steps=500, record=[0, 100, 500], quantities=["gradient_norm"])
    half = gradient_descent(net, step=step, steps=200, record=[0, 100, 200], quantities=["gradient_norm"])
    half.save(tmp_path / "half.npz")
    rest = resume_descent(
        Trajectory.load(tmp_path / "half.npz"), step=step, steps=500, record=[500], quantities=["gradient_norm"]
    )
    assert rest.t.tolist() == [0, 100, 200, 500]
    assert rest.message == "500 steps"
    keep = [0, 1, 3]
    assert rest.loss[keep] == pytest.approx(once.loss, rel=1e-9, abs=1e-25)
    assert rest.states[keep] == pytest.approx(once.states, abs=1e-10)
    assert rest.residual[keep] == pytest.approx(once.residual, abs=1e-10)
    assert rest.quantities["gradient_norm"].shape == rest.loss.shape


def test_late_descent_goes_on_with_its_digits():
    net = network("xu23a")
    once = gradient_descent(net, step=0.1, steps=8000, record=[4000, 8000])
    half = gradient_descent(net, step=0.1, steps=4000, record=[4000])
    rest = resume_descent(half, step=0.1, steps=8000, record=[8000])
    assert rest.loss[-1] == pytest.approx(once.loss[-1], rel=1e-9)


@pytest.mark.parametrize(
    "run, steps, message",
    [
        (lambda: gradient_flow(network("xu23a"), until=1.0), 10, "is a flow"),
        (lambda: gradient_descent(network("xu23a"), step=0.1, steps=3), 3, "already reached"),
        (lambda: gradient_descent(network("wang21a"), step=10.0, steps=600), 700, "diverged"),
    ],
)
def test_descents_that_can_not_be_resumed(run, steps, message):
    with pytest.raises(ValueError, match=message):
        resume_descent(run(), step=0.1, steps=steps)
