"""Conditions as text, and when a flow enters and leaves them."""

import numpy as np
import pytest
from scipy.optimize import brentq

from numerics import Network, gradient_flow
from numerics.dynamics.conditions import read_condition
from numerics.dynamics.phases import phases


def test_reading_conditions():
    condition = read_condition("max(theta) <= 0.1 and 2 * min(h) >= max(h) and Z<=1e-3")
    assert condition.keys == (("theta", 1), ("h", 1), ("Z", 0))
    values = {
        ("theta", 1): np.array([[0.05, 0.02], [0.2, 0.0]]),
        ("h", 1): np.array([[1.0, 1.5], [1.0, 1.0]]),
        ("Z", 0): np.array([0.0, 0.0]),
    }
    assert condition.margin(values) == pytest.approx([1e-3, -0.1])


@pytest.mark.parametrize(
    "text, message",
    [
        ("Z < 1", "is no comparison"),
        ("Z <= 1 <= 2", "is no comparison"),
        ("1 <= 2", "names no quantity"),
        ("Z <= inf", "not a finite number"),
        ("theta <= 1", "takes"),
        ("max(Z) <= 1", "takes"),
        ("zz <= 1", "unknown quantity"),
        ("residual <= 1", "vector"),
        ("__import__('os') <= 1", "is no term"),
    ],
)
def test_conditions_that_can_not_be_read(text, message):
    with pytest.raises(ValueError, match=message):
        read_condition(text)


def test_exact_times_of_a_known_flow():
    """wang21a, n = 1 along the teacher: d(a²)/dt = 6 a² (1 − a²) for λ = 1/4, so that times are logarithms."""
    net = Network(model="wang21a", students=[[0.1, 0.0]], teachers=[[1.0, 0.0]])
    run = gradient_flow(net, until=5.0, events={"half": "trace_gap >= -0.5", "start": "loss <= 10"})
    slope = -net.gradient[0, 0]
    speed = 2 * 0.1 * slope / (0.01 * (1 - 0.01))
    exact = np.log((0.5 / 0.5) / (0.01 / 0.99)) / speed
    start, half = run.events
    assert (start.name, start.t) == ("start entered", 0.0)
    assert "from the start" in start.message
    assert half.name == "half entered"
    assert half.t == pytest.approx(exact, rel=1e-7)


def test_entry_and_exit_where_a_fine_record_has_them():
    net = Network(model="xu23a", students=[[0.01, 0.002], [0.0, 0.03]], teachers=[[1.0, 0.0]])
    run = gradient_flow(net, until=100.0, events={"band": "H <= 0.5 and H >= 0.1"})
    names = [event.name for event in run.events]
    assert names == ["band entered", "band left"]

    def gap(t, level):
        return gradient_flow(net, until=t, at=[t], quantities=["H"]).quantities["H"][-1] - level

    for event, level in zip(run.events, (0.5, 0.1), strict=True):
        assert event.t == pytest.approx(brentq(gap, 0.5, 20, args=(level,), xtol=1e-9), rel=1e-7)


def test_phases_of_the_paper():
    rng = np.random.default_rng(0)
    net = Network(model="xu23a", students=1e-7 * rng.normal(size=(3, 5)), teachers=np.eye(1, 5))
    assert list(phases(net)) == ["phase 2", "phase 3"]
    run = gradient_flow(net, until=1e3, events=phases(net))
    times = {event.name: event.t for event in run.events}
    assert 0 < times["phase 2 entered"] < times["phase 3 entered"] < 1e3
    assert phases(Network(model="zhou21b", students=net.students, teachers=net.teachers)) == {}
    with pytest.raises(ValueError, match="between 0 and 1"):
        phases(net, epsilon=2.0)


def test_quantities_that_a_network_does_not_have():
    net = Network(model="xu23a", students=np.eye(3), teachers=np.eye(3)[:2] + 0.1)
    with pytest.raises(ValueError, match="events"):
        gradient_flow(net, until=1.0, events={"a": "Z <= 1"})
    with pytest.raises(ValueError, match="'Z' is not defined"):
        gradient_flow(net, until=1.0, quantities=["Z"])
