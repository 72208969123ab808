"""Monitors and evidence of flows: what they say of a right run, and that they see a wrong one."""

import numpy as np
import pytest

from numerics import Network, gradient_flow
from numerics.dynamics.follow import Beginning, Plan, follow
from numerics.dynamics.integrate import Limits
from numerics.dynamics.monitors import energy_error, loss_increase, span_error, torque
from numerics.dynamics.path import Leg, Path
from numerics.dynamics.reduce import reduce_dimension
from numerics.dynamics.refine import differences, tighter
from numerics.dynamics.start import flow_system, reduced_start


def network(n=3, d=5, seed=0):
    rng = np.random.default_rng(seed)
    return Network(model="xu23a", students=0.3 * rng.normal(size=(n, d)), teachers=rng.normal(size=(1, d)))


def test_monitors_of_a_right_run():
    run = gradient_flow(network(), until=1e5)
    assert run.monitors["energy_error"] < 1e-5
    assert run.monitors["torque"] < 1e-10
    assert run.monitors["span_error"] < 1e-14
    assert run.monitors["largest_relative_loss_increase"] == 0.0
    assert run.steps["t"][0] == 0
    assert (np.diff(run.steps["t"]) > 0).all()
    assert run.loss_rate == pytest.approx(-(run.networks.gradient_norm**2), rel=1e-5)


def test_monitors_see_what_is_wrong():
    net = network()
    reduction, carried = reduced_start(net)
    plan = Plan(method="LSODA", accuracy=1e-9, freeze=False, limits=Limits(max_steps=20_000))
    followed = follow(Beginning(network=net, reduction=reduction, carried=carried), np.array([0.0, 10.0, 100.0]), plan)
    run = gradient_flow(net, until=100.0)
    right = energy_error(followed, dict(run.steps))
    assert energy_error(followed, {**run.steps, "loss_rate": 1.001 * run.steps["loss_rate"]}) > 100 * right
    moved = Network(model="xu23a", students=net.students + 1e-6, teachers=net.teachers)
    assert span_error(moved, reduction) > 1e-7
    assert loss_increase(np.array([1.0, 0.5, 0.6]), np.zeros(3)) == pytest.approx(0.2)

    class Twisted:
        """States whose 'gradient' is turned across the teacher."""

        students = run.states
        gradient = np.roll(run.networks.gradient, 1, axis=-1)

    assert torque(Twisted(), reduction) > 1e-3


def test_differences_between_runs():
    one = {"loss": np.array([1.0, 2.0]), "theta": np.array([[1.0, 1e-9], [1.0, np.nan]])}
    other = {"loss": np.array([1.0, 2.002]), "theta": np.array([[1.0, 2e-9], [1.0, np.nan]])}
    found = differences(one, other, "method")
    assert found["loss_difference_method"] == pytest.approx(0.002 / 2.002)
    assert found["theta_difference_method"] == pytest.approx(1e-9)
    assert all(np.isnan(value) for value in differences(one, None, "x").values())
    assert tighter(1e-9) == pytest.approx(1e-9 / 30)
    assert tighter(1e-13) == 1e-13


def test_refined_run_reports_all_quantities_at_all_times():
    run = gradient_flow(network(), until=1e4, quantities=["Z", "theta"], refine=True)
    names = {f"{name}_difference_{kind}" for name in ("loss", "Z", "theta") for kind in ("tolerance", "method")}
    assert names <= set(run.error_evidence)
    assert all(run.error_evidence[name] < 1e-5 for name in names)
    rough = gradient_flow(network(), until=1e4, accuracy=1e-4, refine=True)
    assert rough.error_evidence["loss_difference_tolerance"] > run.error_evidence["loss_difference_tolerance"]
    stopped = gradient_flow(network(), until=1e4, refine=True, max_steps=20)
    assert stopped.status == "stalled"
    assert np.isnan(stopped.error_evidence["loss_difference_tolerance"])  # 20 finer steps do not get as far


def test_path_is_thinned_but_keeps_its_ends():
    system = flow_system(network())
    path = Path(most=8)
    start = system.initial(0.0)
    for number in range(501):
        path.add(system, number / 100, start)
    path.close(system)
    (leg,) = path
    assert 8 <= len(leg.tau) <= 18
    assert (leg.tau[0], leg.tau[-1]) == (0.0, 5.0)
    assert leg.t[-1] == pytest.approx(system.clock * np.expm1(5.0))
    assert isinstance(leg, Leg)


def test_rows_without_a_basis():
    reduction = reduce_dimension(np.eye(2), np.eye(1, 2))
    bare = type(reduction)(students=reduction.students, teachers=reduction.teachers, basis=None, original=9)
    assert span_error(network(), bare) == 0.0
