"""A run in parts is the run in one go."""

import numpy as np
import pytest

from numerics import Network, gradient_descent, gradient_flow
from numerics.dynamics.resume import resume_flow
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
