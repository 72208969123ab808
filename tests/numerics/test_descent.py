"""Gradient descent: exact steps, batches, samples, bad input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.dynamics.descent import gradient_descent
from numerics.dynamics.descent_steppers import PopulationStepper, choose_stepper
from numerics.dynamics.residual_stepper import ResidualStepper
from numerics.network import Network
from numerics.stable.samples import SampleLoss, activation_values
from theory.activation import Activation, Homogeneous, find_activation

MODELS = ("xu23a", "zhou21b", "wang21a")


def network(model, seed=0, n=3, d=4, m=1, batch=()):
    rng = np.random.default_rng(seed)
    teachers = rng.normal(size=(m, d))
    return Network(model=model, students=0.3 * rng.normal(size=(*batch, n, d)), teachers=teachers)


def plain_steps(net, step, steps):
    students = np.array(net.students)
    for _ in range(steps):
        students = students - step * net.replace_students(students).gradient
    return net.replace_students(students)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("m", [1, 2])
def test_exactly_the_steps_of_the_definition(model, m):
    net = network(model, m=m)
    run = gradient_descent(net, step=0.02, steps=40, record=[0, 40])
    plain = plain_steps(net, 0.02, 40)
    assert run.t.tolist() == [0, 40]
    assert run.status == "finished"
    assert run.students(0) == pytest.approx(net.students, abs=1e-14)
    assert run.students() == pytest.approx(plain.students, rel=1e-12, abs=1e-13)
    assert run.loss[-1] == pytest.approx(plain.loss, rel=1e-11)


@settings(max_examples=8)
@given(
    seed=st.integers(0, 2**32 - 1),
    d=st.integers(1, 9),
    n=st.integers(1, 3),
    model=st.sampled_from(["xu23a", "zhou21b"]),
)
def test_variables_of_the_run_do_not_matter(seed, d, n, model):
    net = network(model, seed=seed, n=n, d=d)
    eta = np.asarray(0.05)
    residual, plain = choose_stepper(net, eta, None), PopulationStepper(net, eta)
    assert isinstance(residual, ResidualStepper)
    for _ in range(30):
        residual.advance()
        plain.advance()
    first, second = (run.decode([run.snapshot()]) for run in (residual, plain))
    assert first[2] == pytest.approx(second[2], rel=1e-10)


@pytest.mark.parametrize("model", MODELS)
def test_batches_with_their_own_steps(model):
    net = network(model, batch=(2, 3))
    steps = np.array([[0.01, 0.02, 0.03], [0.04, 0.05, 0.06]])
    run = gradient_descent(net, step=steps, steps=25, record=3)
    assert run.states.shape == (len(run.t), 2, 3, 3, 4)
    assert run.loss.shape == (len(run.t), 2, 3)
    single = Network(model=model, students=net.students[1, 2], teachers=net.teachers)
    alone = gradient_descent(single, step=0.06, steps=25)
    assert run.states[-1, 1, 2] == pytest.approx(alone.students(), rel=1e-11, abs=1e-13)
    assert run.loss[-1, 1, 2] == pytest.approx(alone.loss[-1], rel=1e-12)


def test_output_weights_and_a_long_teacher():
    rng = np.random.default_rng(1)
    net = Network(
        model="xu23a",
        students=rng.normal(size=(3, 4)),
        teachers=37.0 * rng.normal(size=(1, 4)),
        student_weights=[0.5, -1.0, 2.0],
        teacher_weights=[1.5],
    )
    run = gradient_descent(net, step=0.01, steps=20)
    assert run.students() == pytest.approx(plain_steps(net, 0.01, 20).students, rel=1e-11)


def test_late_descent_keeps_its_digits():
    """Many steps of the residual variables against the law of the loss, L t³ → const."""
    net = Network(model="xu23a", students=[[0.55, 0.02], [0.45, -0.02]], teachers=[[1.0, 0.0]])
    run = gradient_descent(net, step=1.0, steps=20_000, record=[10_000, 20_000])
    h = run.states[-1, 0, 0]
    law = 8 * np.pi**2 / 3 * h**2 * (1 - h) ** 2
    assert run.loss[-1] * 20_000**3 == pytest.approx(law, rel=0.06)
    assert run.loss[0] / run.loss[1] == pytest.approx(8, rel=0.02)


def test_divergence_is_a_status():
    run = gradient_descent(network("wang21a"), step=5.0, steps=2000, record=4)
    assert run.status == "diverged"
    assert "smaller step" in run.message


@pytest.mark.parametrize("model", MODELS)
def test_sample_gradient_is_the_derivative_of_the_sample_loss(model):
    net = network(model, m=2)
    rng = np.random.default_rng(2)
    samples = rng.standard_normal((50, 4))
    loss = SampleLoss(model=net.model, teachers=net._rows.raw[:, 3:], weights=net._rows.weights)
    students = np.array(net.students)[None]
    value, gradient = loss.gradient(students, samples)
    step = 1e-6
    for i in range(3):
        for k in range(4):
            shift = np.zeros_like(students)
            shift[0, i, k] = step
            ahead, behind = (loss.gradient(students + sign * shift, samples)[0] for sign in (1, -1))
            assert (ahead - behind)[0] / (2 * step) == pytest.approx(gradient[0, i, k], rel=1e-5, abs=1e-6)
    target = sum(activation_values(net.activation)(samples @ v)[0] for v in net.teachers)
    scale = np.linalg.norm(net.students, axis=1)[:, None] if model == "zhou21b" else 1.0
    output = sum(activation_values(net.activation)(samples @ u)[0] for u in net.students * scale)
    assert value[0] == pytest.approx(float(net.scale) * np.mean((output - target) ** 2), rel=1e-12)


@pytest.mark.parametrize("model", MODELS)
def test_sample_gradient_tends_to_the_population_gradient(model):
    net = network(model)
    loss = SampleLoss(model=net.model, teachers=net._rows.raw[:, 3:], weights=net._rows.weights)
    samples = np.random.default_rng(3).standard_normal((400_000, 4))
    value, gradient = loss.gradient(np.array(net.students)[None], samples)
    assert value[0] == pytest.approx(net.loss, rel=0.02)
    assert gradient[0] == pytest.approx(net.gradient, abs=0.03 * net.gradient_norm)


def test_declared_slope_at_the_kink():
    relu, absolute = (activation_values(find_activation(name)) for name in ("relu", "absolute_value"))
    assert relu(np.array([-1.0, 0.0, 2.0]))[0].tolist() == [0.0, 0.0, 2.0]
    assert relu(np.array([-1.0, 0.0, 2.0]))[1].tolist() == [0.0, 1.0, 1.0]
    assert absolute(np.array([-1.0, 0.0, 2.0]))[0].tolist() == [1.0, 0.0, 2.0]
    assert absolute(np.array([-1.0, 0.0, 2.0]))[1].tolist() == [-1.0, 0.0, 1.0]
    cubic = Activation(name="c", title="", latex="", shape=Homogeneous(degree=2, right=1, left=3))
    assert activation_values(cubic)(np.array([-2.0, 3.0]))[0].tolist() == [12.0, 9.0]
    assert activation_values(cubic)(np.array([-2.0, 3.0]))[1].tolist() == [-12.0, 6.0]


def test_fixed_and_fresh_samples():
    net = network("xu23a")
    fixed = gradient_descent(net, step=0.1, steps=300, samples=300, rng=np.random.default_rng(4), record=4)
    again = gradient_descent(net, step=0.1, steps=300, samples=300, rng=np.random.default_rng(4), record=4)
    fresh = gradient_descent(net, step=0.1, steps=300, samples=50, fresh=True, rng=np.random.default_rng(4), record=4)
    assert (fixed.states == again.states).all()
    assert (np.diff(fixed.quantities["sample_loss"]) < 0).all()
    assert fresh.loss[-1] < 0.2 * fresh.loss[0]
    given_samples = gradient_descent(net, step=0.1, steps=5, samples=np.eye(4), record=1)
    assert given_samples.status == "finished"


def test_recording():
    net = network("xu23a")
    run = gradient_descent(net, step=0.1, steps=100, record=5, quantities=["gradient_norm", "teacher_angles"])
    assert run.t[0] == 0
    assert run.t[-1] == 100
    assert run.quantities["gradient_norm"].shape == run.t.shape
    assert run.quantities["teacher_angles"].shape == (len(run.t), 3, 1)
    assert gradient_descent(net, step=0.1, steps=0).t.tolist() == [0]
    named = gradient_descent(net, step=0.1, steps=3, quantities={"twice": lambda networks: 2 * networks.loss})
    assert named.quantities["twice"] == pytest.approx(2 * named.loss, rel=1e-10)
    assert gradient_descent(net, step=0.1, steps=1000, record=[7]).t.tolist() == [7]


@pytest.mark.parametrize(
    "change, message",
    [
        ({"step": 0.0}, "positive"),
        ({"step": np.nan}, "positive and finite"),
        ({"step": [0.1, 0.2]}, "one step or one per instance"),
        ({"steps": -1}, "non-negative integer"),
        ({"steps": True}, "non-negative integer"),
        ({"steps": 1.5}, "non-negative integer"),
        ({"record": 0}, "at least 1"),
        ({"record": [3, 2]}, "increasing"),
        ({"record": [50]}, "within 0"),
        ({"samples": 10}, "pass rng"),
        ({"samples": 0, "rng": np.random.default_rng(0)}, "at least 1"),
        ({"samples": np.ones((2, 3))}, "finite inputs"),
        ({"fresh": True}, "needs samples"),
        ({"quantities": ["los"]}, "did you mean 'loss'"),
        ({"quantities": "loss"}, "list of names"),
        ({"net": 3}, "is not a Network"),
    ],
)
def test_bad_arguments(change, message):
    with pytest.raises(ValueError, match=message):
        gradient_descent(**{"net": network("xu23a"), "step": 0.1, "steps": 10, **change})
