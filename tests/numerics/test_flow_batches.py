"""Batches of flows, and starts drawn in reduced coordinates."""

import numpy as np
import pytest

from numerics import Network, gradient_descent, gradient_flow
from numerics.dynamics.reduce import gaussian_start
from numerics.dynamics.trajectory import Trajectory


def batch(seed=0):
    rng = np.random.default_rng(seed)
    return Network(model="xu23a", students=0.3 * rng.normal(size=(2, 3, 3, 6)), teachers=rng.normal(size=(3, 1, 6)))


def test_every_instance_is_its_own_flow(tmp_path):
    net = batch()
    run = gradient_flow(net, until=1e4, quantities=["Z", "theta"], events={"low": "loss <= 1e-6"})
    assert run.status == "finished"
    assert run.states.shape == (len(run.t), 2, 3, 3, run.reduced_dimension)
    assert run.loss.shape == (len(run.t), 2, 3)
    assert run.quantities["theta"].shape == (len(run.t), 2, 3, 3)
    alone = gradient_flow(Network(model="xu23a", students=net.students[1, 2], teachers=net.teachers[2]), until=1e4)
    one = run.instance(1, 2)
    assert one.loss == pytest.approx(alone.loss, rel=1e-10)
    assert one.students() == pytest.approx(alone.students(), abs=1e-12)
    assert run.students()[1, 2] == pytest.approx(alone.students(), abs=1e-12)
    assert {event.instance for event in run.events} == {(i, j) for i in range(2) for j in range(3)}
    assert len(one.events) == 1
    run.save(tmp_path / "batch.npz")
    again = Trajectory.load(tmp_path / "batch.npz")
    assert again.events == run.events
    assert (again.statuses == run.statuses).all()
    with pytest.raises(ValueError, match="one number per axis"):
        run.instance(1)


def test_processes_give_the_same():
    net = batch()
    small = Network(model="xu23a", students=net.students[0], teachers=net.teachers)
    first, second = (gradient_flow(small, until=1e3, jobs=jobs) for jobs in (1, 2))
    assert np.array_equal(first.states, second.states)


def test_an_instance_that_ends_early():
    rng = np.random.default_rng(1)
    hit = rng.normal(size=(5, 10)) / np.sqrt(10)
    net = Network(model="xu23a", students=np.stack([0.1 * hit, hit]), teachers=np.eye(1, 10))
    run = gradient_flow(net, until=1e3)
    assert run.status == "mixed"
    assert run.statuses.tolist() == ["finished", "collapse"]
    assert "1 of 2" in run.message
    assert np.isfinite(run.loss[:, 0]).all()
    assert np.isnan(run.loss[-1, 1])
    assert run.events[0].instance == (1,)
    assert run.instance(1).t[-1] < run.events[0].t
    assert "mixed" in repr(run)


def test_a_billion_dimensions():
    rng = np.random.default_rng(0)
    drawn = gaussian_start(n=5, d=10**9, sigma=1e-6, teachers=np.eye(1), rng=rng)
    net = Network(model="xu23a", students=drawn.students, teachers=drawn.teachers)
    run = gradient_flow(net, until=1e6, dimension=10**9)
    assert (run.status, run.dimension, run.reduced_dimension) == ("finished", 10**9, 6)
    assert run.basis is None
    assert run.rate().law == -3.0


def test_stochastic_descent_draws_for_every_instance():
    net = batch()
    run = gradient_descent(
        net, step=0.05, steps=400, samples=200, fresh=True, rng=np.random.default_rng(0), record=[0, 400]
    )
    assert run.statuses.shape == (2, 3)
    assert (run.loss[1] < 0.5 * run.loss[0]).all()
    same = Network(model="xu23a", students=np.stack([net.students[0, 0]] * 2), teachers=net.teachers[0])
    twins = gradient_descent(same, step=0.05, steps=5, samples=50, fresh=True, rng=np.random.default_rng(0), record=[5])
    assert not np.array_equal(twins.states[-1, 0], twins.states[-1, 1])


def test_a_batch_in_which_one_diverges():
    rng = np.random.default_rng(0)
    net = Network(model="wang21a", students=rng.normal(size=(2, 2, 3)), teachers=[[1.0, 0.0, 0.0]])
    run = gradient_descent(net, step=[0.01, 9.0], steps=300, quantities=["gradient_norm", "trace_gap"])
    assert run.status == "mixed"
    assert run.statuses.tolist() == ["finished", "diverged"]
    assert np.isfinite(run.quantities["gradient_norm"][:, 0]).all()
    assert np.isnan(run.quantities["trace_gap"][-1, 1])
    assert np.isfinite(run.instance(1).states).all()


def test_a_student_at_the_kink_is_refused_by_a_population_descent():
    net = Network(model="xu23a", students=[[0.0, 0.0], [1.0, 0.0]], teachers=[[1.0, 0.0]])
    with pytest.raises(ValueError, match="student 0 is 0"):
        gradient_descent(net, step=0.1, steps=3)
    with pytest.raises(ValueError, match="students"):
        Network(model="xu23a", students=[[np.nan, 0.0]], teachers=[[1.0, 0.0]])
