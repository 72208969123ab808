"""Large flows by the diagonal of the Jacobian alone, and flows that come to rest above their minimum."""

import numpy as np
import pytest

from numerics import Network, gradient_flow
from numerics.dynamics import integrate
from numerics.dynamics.start import flow_system


@pytest.mark.parametrize("model", ["xu23a", "zhou21b"])
@pytest.mark.parametrize("tau", [0.0, 3.0])
def test_the_diagonal_is_that_of_the_jacobian(model, tau):
    rng = np.random.default_rng(7)
    net = Network(
        model=model,
        students=rng.standard_normal((4, 6)),
        teachers=rng.standard_normal((1, 6)),
        student_weights=rng.uniform(0.5, 2.0, 4),
        teacher_weights=[1.3],
    )
    system = flow_system(net)
    variables = system.initial(0.0)
    whole = np.diag(system.jacobian(tau, variables))
    assert system.diagonal(tau, variables) == pytest.approx(whole, rel=1e-11, abs=1e-12 * np.abs(whole).max())


def test_the_diagonal_leads_to_the_same_flow(monkeypatch):
    students = np.random.default_rng(0).standard_normal((6, 8)) / 24
    net = Network(model="xu23a", students=students, teachers=np.eye(1, 8))
    losses = []
    for large in (10_000, 1):
        monkeypatch.setattr(integrate, "LARGE", large)
        run = gradient_flow(net, until=1e5, at=[1e3, 1e5], backend="numpy")
        assert run.status == "finished"
        losses.append(run.loss)
    assert losses[1] == pytest.approx(losses[0], rel=1e-6)


@pytest.mark.soundness
def test_a_flow_at_rest_above_its_minimum_says_so():
    """Two of four teachers lie 0.4° apart on opposite sides, one student takes both, and the loss stays at 6e-9."""
    rng = np.random.default_rng(40)
    net = Network(model="zhou21b", students=0.3 * rng.standard_normal((4, 2)), teachers=rng.standard_normal((4, 2)))
    run = gradient_flow(net, until=1e9, at=[1e9], accuracy=1e-7)
    assert run.status == "stalled"
    assert "critical point" in run.message
    assert run.loss[-1] == pytest.approx(5.979e-9, rel=1e-3)
