"""Compiled steps of descents and compiled fields are the same functions as those of NumPy."""

import numpy as np
import pytest
from near_optimal import near_optimal
from reference import reference, row_error

from numerics import Network, gradient_descent, gradient_field

pytest.importorskip("numba")

CASES = [("xu23a", 1), ("zhou21b", 1), ("wang21a", 1), ("xu23a", 3), ("zhou21b", 2), ("wang21a", 2)]


def apart(one, other):
    """Largest difference of a row, relative to it."""
    return float((np.linalg.norm(one - other, axis=-1) / np.linalg.norm(other, axis=-1)).max())


@pytest.mark.parametrize("model, m", CASES)
@pytest.mark.parametrize("batched", [False, True])
def test_a_few_steps_agree(model, m, batched):
    rng = np.random.default_rng(5)
    students = 0.5 * rng.standard_normal((3, 4, 5) if batched else (4, 5))
    net = Network(model=model, students=students, teachers=rng.standard_normal((m, 5)), student_weights=[1, 2, 0.5, 1])
    runs = [
        gradient_descent(net, step=0.005, steps=7, record=[1, 7], backend=backend) for backend in ("numpy", "numba")
    ]
    assert apart(runs[1].states, runs[0].states) < 1e-12
    assert runs[1].loss == pytest.approx(runs[0].loss, rel=1e-12)
    assert apart(runs[1].residual, runs[0].residual) < 1e-12


@pytest.mark.parametrize("model", ["xu23a", "zhou21b"])
def test_late_steps_agree(model):
    """The residual is a variable on both sides; a descent forgets rounding, so that the runs stay together."""
    rng = np.random.default_rng(1)
    net = Network(model=model, students=0.3 * rng.standard_normal((3, 4)), teachers=rng.standard_normal((1, 4)))
    fast, slow = (gradient_descent(net, step=0.1, steps=3000, record=[3000], backend=b) for b in ("numba", "numpy"))
    assert fast.loss[-1] < 1e-6
    assert fast.loss[-1] == pytest.approx(slow.loss[-1], rel=1e-9)


def test_steps_that_cancel_are_taken_in_numpy():
    rng = np.random.default_rng(2)
    teachers = np.eye(2, 4)
    students = teachers.repeat(2, axis=0) / 2 + 1e-4 * rng.standard_normal((4, 4))
    net = Network(model="xu23a", students=students, teachers=teachers)
    fast, slow = (gradient_descent(net, step=0.1, steps=20, record=[20], backend=b) for b in ("numba", "numpy"))
    assert apart(fast.states, slow.states) < 1e-12


@pytest.mark.parametrize("m", [1, 3])
def test_quadratic_fields_agree(m):
    rng = np.random.default_rng(3)
    net = Network(model="wang21a", students=rng.standard_normal((4, 5)), teachers=rng.standard_normal((m, 5)))
    fast, slow = (gradient_field(net, backend=backend) for backend in ("numba", "numpy"))
    for size in (1.0, 0.1, 3.0):
        assert apart(fast(size * net.students), slow(size * net.students)) < 1e-12
    with pytest.raises(ValueError):
        fast([[1.0, 2.0]])


@pytest.mark.parametrize("backend", ["numpy", "numba"])
@pytest.mark.parametrize("model", ["xu23a", "zhou21b", "wang21a"])
@pytest.mark.parametrize("distance", [1e-3, 1e-7, 1e-12, 1e-16])
def test_fields_keep_their_digits_near_the_optimum(backend, model, distance):
    rng = np.random.default_rng(4)
    students, teachers = near_optimal(model, rng, distance=distance)
    weights = rng.choice([1.0, 0.5], size=len(students)) if model == "xu23a" else np.ones(len(students))
    students = students / weights[:, None]
    net = Network(model=model, students=students, teachers=teachers, student_weights=weights)
    _, exact = reference(model, students, teachers, student_weights=weights, digits=80)
    found = gradient_field(net, backend=backend)(students)
    assert max(row_error(row, want) for row, want in zip(found, exact, strict=True)) < 1e-12
