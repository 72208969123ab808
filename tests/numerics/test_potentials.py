"""Quantities along trajectories."""

import numpy as np
import pytest

from numerics import Network, gradient_descent, gradient_flow
from numerics.dynamics.potentials import DEFAULT_POTENTIALS, decay_exponent, potentials_along

NET = Network(model="xu23a", students=[[0.5, 0.3], [0.5, -0.1]], teachers=[[1, 0]])


def test_values_are_those_of_the_recorded_states():
    run = gradient_flow(NET, until=100.0)
    found = potentials_along(run)
    assert set(found) == set(DEFAULT_POTENTIALS)
    networks = run.networks
    assert np.allclose(found["gradient_norm"], networks.gradient_norm)
    across = run.states - (run.states @ run.teachers[0])[..., None] * run.teachers[0]
    distance = np.linalg.norm(across[:, :, None] - across[:, None], axis=-1).sum(axis=(1, 2)) / 2
    assert np.allclose(found["Z"], distance, rtol=1e-10)
    assert all(len(values) == len(run.t) for values in found.values())


def test_only_what_a_model_has():
    net = Network(model="zhou21b", students=[[0.5, 0.3]], teachers=[[1, 0], [0, 1]])
    run = gradient_descent(net, step=0.01, steps=10)
    assert set(potentials_along(run)) == {"gradient_norm", "residual_norm"}
    with pytest.raises(ValueError, match="single teacher"):
        potentials_along(run, ["Z"])


@pytest.mark.parametrize("name", ["los", "theta"])
def test_unknown_names(name):
    with pytest.raises(ValueError, match=name):
        potentials_along(gradient_descent(NET, step=0.1, steps=3), [name])


def test_decay_exponent():
    t = np.geomspace(1, 1e6, 61)
    assert decay_exponent(t, 7 * t**-3.0) == pytest.approx(-3)
    assert np.isnan(decay_exponent(np.array([0.0, 1.0]), np.array([1.0, 0.0])))
