"""The Numba backend against NumPy, in degenerate positions too; left out where Numba is not installed."""

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from near_optimal import near_optimal

pytest.importorskip("numba", reason="the extra `fast` is not installed")

from numerics import Network, gradient_field, gradient_flow
from numerics.dynamics.flow_systems import FlowSystem
from numerics.dynamics.residual_system import ResidualSystem
from numerics.dynamics.start import flow_system
from numerics.fast import arccosine
from numerics.fast.direct import direct
from numerics.fast.systems import compiled
from numerics.fast.tiles import TILE
from numerics.stable import direct as plain
from numerics.stable import special

MODELS = ("xu23a", "zhou21b", "wang21a")
SEEDS = st.integers(0, 2**32 - 1)


def row_gap(found, expected):
    """Largest ‖difference‖ / ‖row‖."""
    size = np.linalg.norm(expected, axis=-1)
    return float(np.max(np.linalg.norm(found - expected, axis=-1) / np.where(size > 0, size, 1.0)))


def check(model, students, teachers, **more):
    nets = [
        Network(model=model, students=students, teachers=teachers, backend=name, **more) for name in ("numpy", "numba")
    ]
    slow, fast = nets
    assert np.array_equal(np.isnan(fast.gradient), np.isnan(slow.gradient))
    assert row_gap(np.nan_to_num(fast.gradient), np.nan_to_num(slow.gradient)) <= 1e-12
    assert fast.loss == pytest.approx(slow.loss, rel=1e-12, abs=0)
    if not slow.batch_shape:
        field = gradient_field(slow, backend="numba")(students)
        assert row_gap(np.nan_to_num(field), np.nan_to_num(slow.gradient)) <= 1e-12
    return slow


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=40)
@given(
    seed=SEEDS,
    n=st.integers(1, 6),
    m=st.integers(1, 3),
    d=st.integers(1, 7),
    angle=st.sampled_from([1.0, 1e-3, 1e-9, 1e-16, 0.0]),
    spread=st.sampled_from([0, 8]),
)
def test_random_and_degenerate_networks(model, seed, n, m, d, angle, spread):
    """Tiny angles, either side, norms from 1e-8 to 1e8, and output weights of either sign."""
    rng = np.random.default_rng(seed)
    students = rng.normal(size=d) + angle * rng.normal(size=(n, d))
    students *= rng.choice([-1.0, 1.0], size=(n, 1)) * 10.0 ** rng.uniform(-spread, spread, size=(n, 1))
    weights = {"student_weights": rng.normal(size=n), "teacher_weights": rng.normal(size=m)}
    check(model, students, rng.normal(size=(m, d)), **weights)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("distance", [1e-2, 1e-4, 1e-6, 1e-8, 1e-10])
def test_near_an_optimum(model, distance):
    students, teachers = near_optimal(model, np.random.default_rng(1), distance=distance)
    slow = check(model, students, teachers)
    if distance == 1e-8 and model != "wang21a":
        assert slow.loss < 1e-22


@pytest.mark.parametrize("model", MODELS)
def test_zero_parallel_and_huge_rows(model):
    positions = (
        [[0.0, 0.0], [1.0, 2.0]],
        [[1.0, 2.0], [2.0, 4.0]],
        [[-1.0, -2.0], [0.5, 1.0]],
        [[1e-150, 0.0], [1.0, 2.0]],
    )
    for students in positions:
        check(model, students, [[0.5, 0.5]])


def test_a_batch_of_any_length_and_layout():
    rng = np.random.default_rng(2)
    for count in (1, TILE - 1, TILE, 2 * TILE + 3):
        check("xu23a", rng.normal(size=(count, 3, 4)), rng.normal(size=(count, 2, 4)))
    close, teachers = near_optimal("xu23a", rng, distance=1e-7)
    check("xu23a", np.stack([rng.normal(size=close.shape), close, np.zeros_like(close)]), teachers)
    net = Network(model="xu23a", students=rng.normal(size=(9, 4, 3)), teachers=rng.normal(size=(9, 1, 3)))
    slow, fast = (gradient_field(net, backend=name) for name in ("numpy", "numba"))
    wide = rng.normal(size=(9, 3, 8)).swapaxes(1, 2)[:, ::2]
    read_only = wide.copy()
    read_only.setflags(write=False)
    for students in (wide, read_only, np.arange(108).reshape(9, 4, 3) % 7 - 3):
        assert fast(students) == pytest.approx(slow(students), rel=1e-12, abs=1e-13)


def test_fields_take_any_layout_and_leave_their_argument_alone():
    rng = np.random.default_rng(3)
    net = Network(model="xu23a", students=rng.normal(size=(4, 3)), teachers=rng.normal(size=(1, 3)))
    slow, fast = (gradient_field(net, backend=name) for name in ("numpy", "numba"))
    students = rng.normal(size=(3, 8)).T[::2]
    before = students.copy()
    for given_as in (students, students.tolist(), net.students, np.array([[1, 2, 0], [0, 1, 1], [3, 0, 1], [1, 1, 0]])):
        assert fast(given_as) == pytest.approx(slow(given_as), rel=1e-12, abs=1e-14)
    assert np.array_equal(students, before)
    with pytest.raises(ValueError, match="must be finite"):
        fast([[np.nan] * 3] * 4)


def test_large_networks_are_left_to_matrix_products():
    rng = np.random.default_rng(4)
    check("xu23a", rng.normal(size=(60, 40)), rng.normal(size=(1, 40)))


def test_the_same_instances_are_marked_good():
    rng = np.random.default_rng(5)
    rows = rng.normal(size=(300, 4, 2))
    rows[:100, :3] = rows[:100, 3:] / 3 + 10.0 ** rng.uniform(-9, 0, size=(100, 1, 1)) * rows[:100, :3]
    weights = np.array([1.0, 1.0, 1.0, -1.0])
    constants = plain.Constants(scale=0.5, kappa=0.5, gamma=1 / (2 * np.pi))
    found = direct(rows, weights, 3, constants, with_loss=True)
    expected = plain.direct(rows, np.broadcast_to(weights, (300, 4)), 3, constants, with_loss=True)
    assert np.array_equal(found.gradient_good, expected.gradient_good)
    assert np.array_equal(found.loss_good, expected.loss_good)
    assert 0 < found.loss_good.sum() < 300
    assert 0 < found.gradient_good.sum() < 300


def test_arccosine_to_a_few_ulp():
    values = np.concatenate([np.linspace(-1, 1, 401), 1 - np.geomspace(1e-16, 0.5, 100), [0.5, -0.5, 0.0]])
    with mpmath.workdps(40):
        for value in values.tolist():
            exact, found = mpmath.acos(mpmath.mpf(value)), arccosine.angle_of_cosine(value)
            assert abs(found - exact) <= 1e-15 * (exact if value > 0.5 else 1.0)
    assert arccosine.angle_of_cosine(1.0 + 1e-15) == 0.0
    assert arccosine.angle_of_cosine(-1.0 - 1e-15) == np.pi


def test_functions_of_an_angle_are_those_of_numpy():
    for angle in np.concatenate([np.geomspace(1e-100, 1.6, 100), np.linspace(1.6, np.pi, 50)]).tolist():
        expected = special.angle_minus_sine(np.array([angle]))[0]
        assert arccosine.angle_minus_sine(angle) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize("model", ["xu23a", "zhou21b"])
@pytest.mark.parametrize("tau", [0.0, 2.0, 20.0])
@pytest.mark.parametrize("n, d", [(1, 3), (5, 10), (3, 1)])
def test_flow_systems_agree(model, tau, n, d):
    rng = np.random.default_rng(6)
    net = Network(
        model=model,
        students=rng.normal(size=(n, d)),
        teachers=rng.normal(size=(1, d)),
        student_weights=rng.uniform(0.5, 1.5, size=n),
    )
    slow = flow_system(net)
    fast: FlowSystem = compiled(slow, "numba")
    assert isinstance(slow, ResidualSystem)
    assert type(fast) is not type(slow)
    start = slow.initial(0.0)
    variables = start + 0.1 * rng.normal(size=start.shape)
    for name in ("rate", "jacobian", "sizes"):
        found, expected = (getattr(system, name)(tau, variables) for system in (fast, slow))
        scale = np.abs(expected).max(axis=-1, keepdims=True)
        assert np.abs(found - expected).max(axis=-1, keepdims=True) == pytest.approx(0, abs=1e-11 * scale.max())


@pytest.mark.parametrize("model", ["xu23a", "zhou21b"])
def test_flows_agree(model):
    rng = np.random.default_rng(7)
    net = Network(model=model, students=rng.normal(size=(4, 6)) / 8, teachers=np.eye(1, 6))
    runs = [gradient_flow(net, until=1e6, backend=name) for name in ("numpy", "numba")]
    assert [run.status for run in runs] == ["finished", "finished"]
    assert runs[1].loss == pytest.approx(runs[0].loss, rel=1e-7)


def test_flows_that_are_not_compiled_still_run():
    net = Network(model="wang21a", students=[[0.3, 0.2]], teachers=[[1.0, 0.0]])
    several = Network(model="zhou21b", students=[[0.3, 0.2], [0.1, 0.9]], teachers=[[1.0, 0.0], [0.0, 1.0]])
    for case in (net, several):
        runs = [gradient_flow(case, until=10.0, backend=name) for name in ("numpy", "numba")]
        assert np.array_equal(runs[0].loss, runs[1].loss)
