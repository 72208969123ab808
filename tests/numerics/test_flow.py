"""Gradient flow against exact solutions, laws of the late time, other integrators, and its own tolerances."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mpf
from reference import reference, relative_error
from scipy.integrate import solve_ivp

from numerics.dynamics.flow import flow_system, gradient_flow
from numerics.dynamics.flow_systems import weight_system
from numerics.dynamics.integrate import Limits, integrate
from numerics.dynamics.reduce import reduce_dimension
from numerics.dynamics.residual_system import ResidualSystem
from numerics.dynamics.trajectory import Trajectory
from numerics.network import Network
from theory.model import custom_model

MODELS = ("xu23a", "zhou21b", "wang21a")


def network(model, seed=0, n=3, d=4, m=1, size=0.3):
    rng = np.random.default_rng(seed)
    return Network(model=model, students=size * rng.normal(size=(n, d)), teachers=rng.normal(size=(m, d)))


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("m", [1, 2])
def test_short_flows_agree_with_an_explicit_method(model, m):
    net = network(model, m=m)
    shape = net.students.shape

    def slope(t, w):
        return -net.replace_students(w.reshape(shape)).gradient.ravel()

    plain = solve_ivp(slope, (0, 3.0), net.students.ravel(), method="DOP853", rtol=1e-11, atol=1e-12)
    run = gradient_flow(net, until=3.0, at=[0.0, 3.0])
    assert run.status == "finished"
    assert run.students(0) == pytest.approx(net.students, abs=1e-14)
    assert run.students() == pytest.approx(plain.y[:, -1].reshape(shape), rel=1e-6, abs=1e-7)
    assert run.loss[-1] == pytest.approx(net.replace_students(plain.y[:, -1].reshape(shape)).loss, rel=1e-6)


def test_sharp_late_law_of_two_students():
    """L t³ → (8π²/3) h² (1 − h)² ‖v‖² and Z t → 4π h (1 − h) ‖v‖ with h the limit of h₁/‖v‖."""
    for seed, size in ((0, 1.0), (1, 3.0)):
        rng = np.random.default_rng(seed)
        net = Network(model="xu23a", students=0.3 * size * rng.normal(size=(2, 3)), teachers=[[0.0, 0.0, size]])
        run = gradient_flow(net, until=1e10, at=[1e8, 1e10])
        h = run.states[-1, 0, 0] / size
        law = 8 * np.pi**2 / 3 * h**2 * (1 - h) ** 2 * size**2
        assert run.loss[-1] * 1e30 == pytest.approx(law, rel=1e-7)
        assert run.loss[0] * 1e24 == pytest.approx(law, rel=1e-5)
        spread = np.linalg.norm(run.states[-1, 0, 1:] - run.states[-1, 1, 1:])
        assert spread * 1e10 == pytest.approx(4 * np.pi * h * (1 - h) * size, rel=1e-6)


def test_known_value_at_a_given_limit():
    """h = 0.6026708 gives L t³ → 1.50914."""
    h = 0.6026708
    assert 8 * np.pi**2 / 3 * h**2 * (1 - h) ** 2 == pytest.approx(1.50914, abs=1e-5)


@pytest.mark.parametrize("n, d, seed", [(2, 3, 0), (3, 6, 1), (5, 10, 1)])
def test_loss_at_a_billion_by_two_methods_and_two_tolerances(n, d, seed):
    rng = np.random.default_rng(seed)
    start = rng.normal(size=(n, d)) * 0.5 / (n * np.sqrt(d))
    net = Network(model="xu23a", students=start, teachers=np.eye(1, d))
    run = gradient_flow(net, until=1e9, at=[1e9], refine=True)
    assert run.status == "finished"
    assert 1e-29 < run.loss[-1] < 1e-26
    assert run.error_evidence["loss_difference_tolerance"] < 1e-6
    assert run.error_evidence["loss_difference_method"] < 1e-6
    assert run.loss[-1] > 1e6 * run.error_evidence["loss_floor"]


def test_quadratic_flow_of_one_student_is_the_exact_solution():
    """r(t)⁻² = 3 + κ₀² e^{4t} + C e^{−2t} and |a| = κ₀ e^{2t} r for ‖v‖ = 1."""
    a, r = 0.02, 0.3
    net = Network(model="wang21a", students=[[a, r, 0.0]], teachers=[[1.0, 0.0, 0.0]])
    times = np.array([0.1, 0.5, 1.0, 2.0, 3.0])
    run = gradient_flow(net, until=3.0, at=times)
    ratio = a / r
    exact = (3 + ratio**2 * np.exp(4 * times) + (r**-2 - 3 - ratio**2) * np.exp(-2 * times)) ** -0.5
    states = np.array([run.students(k)[0] for k in range(5)])
    assert states[:, 1] == pytest.approx(exact, rel=1e-7)
    assert states[:, 0] == pytest.approx(ratio * np.exp(2 * times) * exact, rel=1e-7)


def test_quadratic_flow_of_many_students_to_late_times():
    net = network("wang21a", n=4, d=6)
    run = gradient_flow(net, until=1e6, at=[1e5, 1e6])
    assert run.status == "finished"
    assert run.loss[0] / run.loss[1] == pytest.approx(100, rel=1e-2)


def test_absolute_value_with_norms_to_a_billion():
    net = network("zhou21b", n=3, d=4)
    run = gradient_flow(net, until=1e9, at=[1e8, 1e9], refine=True)
    assert run.status == "finished"
    assert run.loss[0] / run.loss[1] == pytest.approx(1000, rel=1e-3)
    assert run.error_evidence["loss_difference_tolerance"] < 1e-6
    assert run.error_evidence["loss_difference_method"] < 1e-6


@pytest.mark.parametrize("model, seed", [("zhou21b", 0), ("xu23a", 1)])
def test_two_teachers_to_a_billion(model, seed):
    """L t³ settles, and a second method agrees at t = 1e5."""
    rng = np.random.default_rng(seed)
    teachers = rng.normal(size=(2, 4))
    net = Network(model=model, students=0.5 * rng.normal(size=(6, 4)), teachers=teachers)
    run = gradient_flow(net, until=1e9, at=[1e5, 1e8, 1e9])
    assert run.status == "finished"
    assert run.loss[1] / run.loss[2] == pytest.approx(1000, rel=1e-2)
    again = gradient_flow(net, until=1e5, at=[1e5], method="Radau")
    assert again.loss[-1] == pytest.approx(run.loss[0], rel=1e-6)
    exact, _ = reference(model, run.states[0], run.teachers)
    assert relative_error(run.loss[0], exact) < 1e-5


@pytest.mark.parametrize("model", ["zhou21b", "xu23a"])
def test_regrouping_keeps_the_flow(model):
    """Students that start beside the wrong teacher, or behind it, against the flow in plain weights."""
    teachers = np.array([[2.0, 0.0, 0.0], [0.3, 0.4, 0.0]])
    students = np.array([[0.1, 0.4, 0.2], [0.3, 0.1, -0.3], [-0.2, 0.1, 0.3]])
    net = Network(model=model, students=students, teachers=teachers)
    better, plain = flow_system(net), weight_system(net, reduce_dimension(students, teachers))
    limits = Limits(max_steps=10_000)
    times = np.array([1.0, 10.0])
    runs = [
        integrate(system, times, method="LSODA", accuracy=1e-10, collapses=False, limits=limits)
        for system in (better, plain)
    ]
    assert runs[0].status == runs[1].status == "finished"
    assert runs[0].found.loss == pytest.approx(runs[1].found.loss, rel=1e-6)
    assert runs[0].found.slope == pytest.approx(runs[1].found.slope, rel=1e-6)
    gram = [run.found.weights @ run.found.weights.swapaxes(1, 2) for run in runs]
    assert gram[0] == pytest.approx(gram[1], rel=1e-6, abs=1e-8)


def test_recorded_loss_is_the_loss_of_the_recorded_state():
    """While the residual is still resolved by the rounded weights, 60-digit values of the states agree."""
    run = gradient_flow(network("xu23a"), until=1e3, at=[0.0, 1.0, 30.0, 1e3])
    for state, loss in zip(run.states, run.loss, strict=True):
        exact, _ = reference("xu23a", state, run.teachers)
        assert relative_error(loss, exact) < 1e-9
    assert isinstance(exact, mpf)


@settings(max_examples=6)
@given(seed=st.integers(0, 2**32 - 1), model=st.sampled_from(["xu23a", "zhou21b"]))
def test_jacobian_of_the_scaled_system(seed, model):
    rng = np.random.default_rng(seed)
    net = Network(
        model=model,
        students=rng.normal(size=(3, 4)),
        teachers=rng.normal(size=(1, 4)),
        student_weights=rng.uniform(0.5, 2, 3),
        teacher_weights=[1.7],
    )
    system = flow_system(net)
    assert isinstance(system, ResidualSystem)
    tau, start = 0.4, system.initial(0.4)
    columns = []
    for index in range(len(start)):
        shift = np.zeros_like(start)
        shift[index] = 1e-6
        columns.append((system.rate(tau, start + shift) - system.rate(tau, start - shift)) / 2e-6)
    jacobian = system.jacobian(tau, start)
    assert np.array(columns).T == pytest.approx(jacobian, rel=1e-5, abs=1e-5 * np.abs(jacobian).max())


@pytest.mark.parametrize("model", ["xu23a", "zhou21b"])
def test_flow_of_a_scaled_network_is_the_scaled_flow(model):
    net = network(model, n=2)
    base = gradient_flow(net, until=50.0, at=[50.0])
    scaled = Network(model=model, students=2 * net.students, teachers=net.teachers * (4 if model == "zhou21b" else 2))
    clock = 4.0 if model == "zhou21b" else 1.0
    again = gradient_flow(scaled, until=50.0 / clock, at=[50.0 / clock])
    assert again.loss[-1] == pytest.approx(base.loss[-1] * (16 if model == "zhou21b" else 4), rel=1e-7)
    assert again.students() == pytest.approx(2 * base.students(), rel=1e-7, abs=1e-9)


def test_collapse_is_an_event_with_its_time():
    rng = np.random.default_rng(2)
    net = Network(model="xu23a", students=rng.normal(size=(10, 20)) / np.sqrt(20), teachers=np.eye(1, 20))
    run = gradient_flow(net, until=1e6)
    assert run.status == "collapse"
    (event,) = run.events
    assert (event.name, event.neuron) == ("collapse", 4)
    assert event.t == pytest.approx(2.17433, abs=1e-5)
    assert np.linalg.norm(run.states[-1, 4]) < 1e-8
    finer = gradient_flow(net, until=1e6, accuracy=1e-11)
    assert finer.events[0].t == pytest.approx(event.t, abs=1e-7)


def test_collapse_where_the_direction_is_lost_is_not_a_hang():
    rng = np.random.default_rng(10)
    net = Network(model="xu23a", students=rng.normal(size=(10, 20)) / np.sqrt(20), teachers=np.eye(1, 20))
    run = gradient_flow(net, until=1e6, max_steps=3000)
    assert run.status == "collapse"


def test_limits_end_a_run_with_a_status():
    run = gradient_flow(network("xu23a"), until=1e6, max_steps=20)
    assert run.status == "stalled"
    assert "20 steps" in run.message
    assert run.t[-1] < 1e6
    assert len(run.t) == len(run.states) == len(run.loss)
    quick = gradient_flow(network("xu23a"), until=1e6, max_seconds=0.0)
    assert quick.status == "stalled"


def test_exponential_convergence_below_the_floor_is_not_an_increase():
    run = gradient_flow(network("xu23a", n=1), until=1e6)
    assert run.status == "finished"
    assert run.monitors["largest_relative_loss_increase"] == 0.0


def test_dimension_is_reduced_and_lifted():
    rng = np.random.default_rng(5)
    net = Network(model="xu23a", students=rng.normal(size=(2, 500)) * 0.02, teachers=rng.normal(size=(1, 500)))
    run = gradient_flow(net, until=100.0, quantities=["gradient_norm", "teacher_angles"])
    assert (run.reduced_dimension, run.dimension) == (3, 500)
    assert run.students().shape == (2, 500)
    lifted = net.replace_students(run.students(40))
    assert run.loss[40] == pytest.approx(lifted.loss, rel=1e-9)
    assert run.quantities["gradient_norm"][40] == pytest.approx(lifted.gradient_norm, rel=1e-6)
    assert run.monitors["largest_relative_loss_increase"] == 0.0


def test_going_on_from_the_last_state():
    net = network("xu23a")
    once = gradient_flow(net, until=20.0, at=[20.0])
    half = gradient_flow(net, until=8.0, at=[8.0])
    rest = gradient_flow(half.final(), until=12.0, at=[12.0])
    assert rest.loss[-1] == pytest.approx(once.loss[-1], rel=1e-7)


def test_saved_and_loaded(tmp_path):
    net = Network(model="xu23a", students=[[0.3, 0.1]], teachers=[[1.0, 0.0]], student_weights=[2.0])
    run = gradient_flow(net, until=10.0, quantities=["norms"])
    run.save(tmp_path / "run.npz")
    again = Trajectory.load(tmp_path / "run.npz")
    for name in ("t", "states", "loss", "residual", "student_weights", "basis"):
        assert np.array_equal(getattr(run, name), getattr(again, name))
    assert (again.status, again.message, again.model) == (run.status, run.message, run.model)
    assert dict(again.monitors) == dict(run.monitors)
    assert np.array_equal(again.quantities["norms"], run.quantities["norms"])
    own = custom_model(activation="quadratic", scale=3, name="mine")
    other = gradient_flow(Network(model=own, students=[[0.3]], teachers=[[1.0]]), until=1.0)
    other.save(tmp_path / "other.npz")
    assert Trajectory.load(tmp_path / "other.npz").model.scale == 3


def test_nothing_is_unpickled(tmp_path):
    path = tmp_path / "bad.npz"
    np.savez(path, meta=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ValueError, match="not a saved trajectory"):
        Trajectory.load(path)
    with pytest.raises(ValueError, match="not a saved trajectory"):
        Trajectory.load(tmp_path / "missing.npz")


@pytest.mark.parametrize(
    "change, message",
    [
        ({"until": 0.0}, "positive finite time"),
        ({"until": np.inf}, "positive finite time"),
        ({"at": [2.0, 1.0]}, "increase strictly"),
        ({"at": [20.0]}, "within"),
        ({"at": []}, "list of times"),
        ({"at": [np.nan]}, "list of times"),
        ({"method": "RK45"}, "LSODA or Radau"),
        ({"accuracy": 1.0}, "out of range"),
        ({"max_steps": 0}, "at least 1"),
        ({"net": 3}, "is not a Network"),
        ({"after_collapse": "leave"}, "choose stop or freeze"),
        ({"jobs": 0}, "positive number of processes"),
        ({"dimension": 3}, "at least 4"),
        ({"events": {"a": "Z < 3"}}, "is no comparison"),
        ({"quantities": ["gradien_norm"]}, "did you mean 'gradient_norm'"),
        ({"quantities": ["hessian_form"]}, "hessian_form"),
        ({"net": Network(model="xu23a", students=[[0.0]], teachers=[[1.0]])}, "student 0 is 0"),
        ({"quantities": ["los"]}, "did you mean 'loss'"),
    ],
)
def test_bad_arguments(change, message):
    with pytest.raises(ValueError, match=message):
        gradient_flow(**{"net": network("xu23a"), "until": 10.0, **change})
