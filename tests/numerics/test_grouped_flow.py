"""Flows among several teachers whose students end on both sides of them, and on plateaus."""

from dataclasses import replace

import numpy as np
import pytest

from numerics import Network, gradient_flow
from numerics.dynamics.flow_systems import weight_system
from numerics.dynamics.follow import Beginning, Plan, follow
from numerics.dynamics.grouped_system import GroupedSystem
from numerics.dynamics.integrate import Limits, integrate
from numerics.dynamics.start import flow_system, reduced_start, system_of


def crowded(seed=46):
    """More teachers than dimensions: minima of ReLU with students opposite to teachers."""
    rng = np.random.default_rng(seed)
    n, m, d = (int(rng.integers(*span)) for span in ((5, 9), (2, 5), (2, 11)))
    students = rng.normal(size=(n, d)) * 0.1
    return Network(model="xu23a", students=students, teachers=rng.normal(size=(m, d)) / np.sqrt(d))


@pytest.fixture(scope="module")
def late():
    reduction, carried = reduced_start(crowded())
    plan = Plan(method="LSODA", accuracy=1e-9, freeze=False, limits=Limits(max_steps=20_000))
    found = follow(Beginning(network=crowded(), reduction=reduction, carried=carried), np.array([1e5, 1e7]), plan)
    return reduction, found


def test_students_on_both_sides_do_not_stall_the_flow(late):
    _, found = late
    assert found.status == "finished"
    assert found.counts["steps"] < 6000
    system = found.legs[-1][0].system
    assert isinstance(system, GroupedSystem)
    assert (system.field.flips < 0).sum() >= 3
    assert len(system.pivots) == 3
    assert found.found.loss[1] < 1e-3 * found.found.loss[0]


def test_variables_and_states_determine_each_other(late):
    _, found = late
    leg, _ = found.legs[-1]
    system, tau, variables = leg.system, float(leg.tau[-1]), leg.variables[-1]
    state = leg.decode().weights[-1]
    again = system.rebuild(state, system.carried(tau, variables), True)
    assert again.pivots.tolist() == system.pivots.tolist()
    assert again.initial(tau) == pytest.approx(variables, rel=1e-9, abs=1e-9 * np.abs(variables).max())


def test_velocity_is_minus_the_gradient_of_the_weights(late):
    """d(states)/dτ through the scaled variables against −e^τ ∇L in plain weights, at t where these resolve it."""
    reduction, found = late
    for leg, _ in found.legs[-2:]:
        place = 0
        tau, variables, system = float(leg.tau[place]), leg.variables[place], leg.system
        step = 1e-6
        ahead, behind = (
            system.decode(np.array([tau + sign * step]), (variables + sign * step * system.rate(tau, variables))[None])
            for sign in (1, -1)
        )
        moved = (ahead.weights[0] - behind.weights[0]) / (2 * step)
        now = system.decode(np.array([tau]), variables[None])
        network = crowded()
        plain = Network(model="xu23a", students=now.weights[0], teachers=reduction.teachers)
        expected = -np.exp(tau) * system.clock * plain.gradient
        assert moved == pytest.approx(expected, abs=1e-6 * np.abs(expected).max() + 1e-9)
        assert now.loss[0] == pytest.approx(plain.loss, rel=1e-6)
        assert now.slope[0] == pytest.approx(-(plain.gradient_norm**2), rel=1e-4)
        assert network.n == plain.n


def test_plain_weights_agree_while_they_resolve_the_loss():
    reduction, _ = reduced_start(crowded())
    times = np.array([1.0, 30.0])
    options = {"method": "LSODA", "accuracy": 1e-9, "collapses": False, "limits": Limits(max_steps=20_000)}
    plain = Network(model="xu23a", students=reduction.students, teachers=reduction.teachers)
    one, other = (
        integrate(system, times, **options)
        for system in (system_of(crowded(), reduction, None), weight_system(plain, reduction))
    )
    assert one.found.loss == pytest.approx(other.found.loss, rel=1e-6)
    assert one.found.weights == pytest.approx(other.found.weights, abs=1e-7)


@pytest.mark.soundness
@pytest.mark.parametrize("model", ["xu23a", "zhou21b"])
def test_random_starts_reach_a_billion_or_say_why(model):
    statuses = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        n, m, d = (int(rng.integers(*span)) for span in ((5, 9), (2, 5), (5, 11)))
        students, teachers = (rng.normal(size=(rows, d)) / np.sqrt(d) for rows in (n, m))
        run = gradient_flow(Network(model=model, students=students, teachers=teachers), until=1e9)
        statuses.append(run.status)
        assert run.monitors["largest_relative_loss_increase"] < 1e-7
    assert set(statuses) <= {"finished", "collapse"}


def test_plateau_variables_are_the_same_flow():
    """Entered by hand in the middle of a run: same velocity, same collapse clock, and left for residuals again."""
    net = Network(model="zhou21b", students=crowded().students, teachers=3.0 * crowded().teachers)
    system = flow_system(net)
    tau, variables = 0.7, system.initial(0.7)
    plateau = system.plateau(tau, variables)
    start = plateau.initial(tau)
    assert plateau.clock == system.clock
    here, there = (part.decode(np.array([tau]), at[None]) for part, at in ((system, variables), (plateau, start)))
    assert there.weights == pytest.approx(here.weights, abs=1e-14)
    assert there.loss == pytest.approx(here.loss, rel=1e-10)
    assert there.slope == pytest.approx(here.slope, rel=1e-9)
    step = 1e-6
    ahead = system.decode(np.array([tau + step]), (variables + step * system.rate(tau, variables))[None]).weights
    behind = system.decode(np.array([tau - step]), (variables - step * system.rate(tau, variables))[None]).weights
    assert plateau.rate(tau, start) == pytest.approx((ahead - behind).ravel() / (2 * step), rel=1e-6, abs=1e-7)
    columns = [
        plateau.rate(tau, start + step * row) - plateau.rate(tau, start - step * row) for row in np.eye(len(start))
    ]
    jacobian = plateau.jacobian(tau, start)
    assert np.array(columns).T / (2 * step) == pytest.approx(jacobian, abs=1e-5 * np.abs(jacobian).max())
    relu = flow_system(crowded())
    at = relu.initial(tau)
    other = relu.plateau(tau, at)
    one, two = relu.heading(tau, at), other.heading(tau, other.initial(tau))
    assert two[1] / two[0] == pytest.approx(one[1] / one[0], rel=1e-6)
    assert plateau.regroup(tau, start) is None
    assert isinstance(replace(plateau, loss=1e6).regroup(tau, start), GroupedSystem)
    assert plateau.plateau(tau, start) is None
