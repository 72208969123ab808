"""The direct form says where it is accurate, and is; `gradient_field` is the gradient of `Network`."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from near_optimal import near_optimal
from reference import reference, relative_error, row_error

from numerics import Network, gradient_field
from numerics.stable.direct import CACHE, Constants, direct, direct_apart
from numerics.stable.effective import constants_of
from numerics.stable.forms import stable_form
from numerics.stable.homogeneous import HomogeneousLoss
from numerics.stable.small import SmallDirect
from theory.activation import find_activation

MODELS = ("xu23a", "zhou21b", "wang21a")
SEEDS = st.integers(0, 2**32 - 1)
RELU = constants_of(stable_form(find_activation("relu")), 0.5)


def rows_of(net):
    return np.concatenate([net.students, net.teachers], axis=-2), net.signed_weights


def careful(net):
    rows = net._rows
    return HomogeneousLoss(rows=rows, scale=float(net.scale), odd=0.25, even=0.25, gamma=RELU.gamma)


@settings(max_examples=60)
@given(
    seed=SEEDS,
    n=st.integers(1, 5),
    m=st.integers(1, 3),
    d=st.integers(1, 6),
    angle=st.sampled_from([1.0, 1e-3, 1e-8, 1e-9, 1e-15, 0.0]),
    spread=st.sampled_from([0, 3, 8]),
)
def test_what_is_marked_good_has_its_digits(seed, n, m, d, angle, spread):
    rng = np.random.default_rng(seed)
    base = rng.normal(size=d)
    students = base + angle * rng.normal(size=(n, d))
    students *= rng.choice([-1.0, 1.0], size=(n, 1)) * 10.0 ** rng.uniform(-spread, spread, size=(n, 1))
    net = Network(model="xu23a", students=students, teachers=rng.normal(size=(m, d)))
    found = direct(*rows_of(net), n, RELU, with_loss=True)
    small = SmallDirect(n, net.teachers, net.signed_weights, RELU)(net.students)
    loss, truth = reference("xu23a", students, net.teachers)
    if found.loss_good:
        assert relative_error(found.loss, loss) <= 1e-13
    for gradient in (found.gradient if found.gradient_good else None, small):
        if gradient is not None:
            assert max(row_error(row, exact) for row, exact in zip(gradient, truth, strict=True)) <= 1e-13


def test_ordinary_networks_are_good():
    """Not vacuous: random networks of every size pass the test of the direct form."""
    rng = np.random.default_rng(0)
    for n, d in ((1, 2), (5, 10), (20, 3), (100, 50)):
        net = Network(model="xu23a", students=rng.normal(size=(50, n, d)), teachers=rng.normal(size=(50, 1, d)))
        found = direct(*rows_of(net), n, RELU, with_loss=True)
        assert found.gradient_good.mean() > 0.9
        assert found.loss_good.mean() > 0.9


@pytest.mark.parametrize("distance", [1e-4, 1e-8])
def test_near_an_optimum_it_refuses(distance):
    students, teachers = near_optimal("xu23a", np.random.default_rng(1), distance=distance)
    net = Network(model="xu23a", students=students, teachers=teachers)
    found = direct(*rows_of(net), net.n, RELU, with_loss=True)
    assert not found.gradient_good
    assert not found.loss_good
    assert SmallDirect(net.n, net.teachers, net.signed_weights, RELU)(net.students) is None


@pytest.mark.parametrize("bad", [0.0, np.nan, np.inf, 1e-200, 1e200])
def test_rows_out_of_range_are_refused(bad):
    rows = np.array([[1.0, 2.0], [bad, 0.0], [0.5, -1.0]])
    found = direct(rows, np.array([1.0, 1.0, -1.0]), 2, RELU, with_loss=True)
    assert not found.gradient_good
    assert not found.loss_good
    assert SmallDirect(2, rows[2:], np.array([1.0, 1.0, -1.0]), RELU)(rows[:2]) is None


def test_pieces_and_blocks_give_the_same():
    """Batches longer than a piece, and matrices larger than a block, against one instance at a time."""
    rng = np.random.default_rng(2)
    students, teachers = rng.normal(size=(2000, 3, 4)), rng.normal(size=(2000, 2, 4))
    weights = rng.normal(size=(2000, 5))
    found = direct(np.concatenate([students, teachers], axis=1), weights, 3, RELU, with_loss=True)
    apart = direct_apart(students, teachers, weights, RELU)
    assert apart.gradient == pytest.approx(found.gradient, rel=1e-12, abs=1e-14)
    for index in (0, 1, 777, 1999):
        one = direct(np.concatenate([students[index], teachers[index]]), weights[index], 3, RELU, with_loss=True)
        assert found.gradient[index] == pytest.approx(one.gradient, rel=1e-12, abs=1e-13)
        assert found.loss[index] == pytest.approx(one.loss, rel=1e-12)
    large = Network(model="xu23a", students=rng.normal(size=(150, 3)), teachers=rng.normal(size=(1, 3)))
    assert large.n * (large.n + 1) > CACHE
    gradient = direct(*rows_of(large), 150, RELU).gradient
    assert gradient == pytest.approx(careful(large).gradient[0], rel=1e-11)
    two = direct_apart(np.stack([large.students] * 2), large.teachers[None], large.signed_weights[None], RELU)
    assert two.gradient[1] == pytest.approx(gradient, rel=1e-12)


def test_a_batch_mixes_direct_and_careful_instances():
    rng = np.random.default_rng(3)
    close, teachers = near_optimal("xu23a", rng, distance=1e-7)
    students = np.stack([rng.normal(size=close.shape), close, np.zeros_like(close)])
    net = Network(model="xu23a", students=students, teachers=teachers)
    singles = [Network(model="xu23a", students=rows, teachers=teachers) for rows in students]
    for index, single in enumerate(singles):
        assert net.loss[index] == pytest.approx(single.loss, rel=1e-13)
        assert net.loss_error[index] == pytest.approx(single.loss_error, rel=1e-6)
        assert net.gradient[index] == pytest.approx(single.gradient, rel=1e-11, nan_ok=True)
    assert net.loss_error[1] < 1e-10 * net.loss_error[0]


@pytest.mark.parametrize("model", MODELS)
def test_the_order_of_asking_does_not_matter(model):
    rng = np.random.default_rng(4)
    arguments = {"model": model, "students": rng.normal(size=(9, 3, 4)), "teachers": rng.normal(size=(1, 4))}
    first, second = Network(**arguments), Network(**arguments)
    loss, gradient = first.loss, first.gradient
    assert np.allclose(second.gradient, gradient, rtol=1e-14, atol=0)
    assert np.array_equal(second.loss, loss)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("m", [1, 2])
def test_gradient_field_is_the_gradient(model, m):
    rng = np.random.default_rng(5)
    net = Network(
        model=model,
        students=rng.normal(size=(4, 3)),
        teachers=rng.normal(size=(m, 3)),
        student_weights=rng.normal(size=4),
    )
    field = gradient_field(net, backend="numpy")
    for shape in ((4, 3), (7, 4, 3), (2, 3, 4, 3), (5, 3)):
        students = rng.normal(size=shape)
        if shape[-2] != net.n:
            with pytest.raises(ValueError, match="one weight per neuron"):
                field(students)
            continue
        expected = net.replace_students(students).gradient
        assert field(students) == pytest.approx(expected, rel=1e-12, abs=1e-14)
        assert field(students.tolist()) == pytest.approx(expected, rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("model", MODELS)
def test_gradient_field_next_to_an_optimum_and_at_zero(model):
    students, teachers = near_optimal(model, np.random.default_rng(6), distance=1e-6)
    net = Network(model=model, students=students, teachers=teachers)
    field = gradient_field(net, backend="numpy")
    error = np.linalg.norm(field(students) - net.gradient, axis=-1)
    assert (error <= 1e-12 * np.linalg.norm(net.gradient, axis=-1)).all()
    at_zero = students.copy()
    at_zero[1] = 0.0
    assert np.array_equal(field(at_zero), net.replace_students(at_zero).gradient, equal_nan=True)


def test_gradient_field_of_a_batch_of_networks():
    rng = np.random.default_rng(7)
    net = Network(model="xu23a", students=rng.normal(size=(2, 3, 4, 5)), teachers=rng.normal(size=(3, 1, 5)))
    field = gradient_field(net, backend="numpy")
    assert field(net.students) == pytest.approx(net.gradient, rel=1e-12, abs=1e-14)
    assert field(net.students[0, 0]) == pytest.approx(net.replace_students(net.students[0, 0]).gradient, rel=1e-12)


def test_gradient_field_refuses_what_network_refuses():
    field = gradient_field(Network(model="xu23a", students=np.ones((2, 3)), teachers=np.ones((1, 3))), backend="numpy")
    with pytest.raises(ValueError, match="must be finite"):
        field([[1.0, np.nan, 0.0], [1.0, 2.0, 3.0]])
    with pytest.raises(ValueError, match="make them equal"):
        field(np.ones((2, 4)))


def test_constants_are_those_of_the_derived_split():
    assert Constants(scale=0.5, kappa=0.5, gamma=1 / (2 * np.pi)) == RELU
