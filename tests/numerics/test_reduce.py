"""Exact reduction of the dimension, and Gaussian starts drawn in reduced coordinates."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from numerics.dynamics.reduce import gaussian_start, reduce_dimension
from numerics.network import Network


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32 - 1), n=st.integers(1, 4), m=st.integers(1, 3), d=st.integers(1, 12))
def test_reduction_is_an_isometry(seed, n, m, d):
    rng = np.random.default_rng(seed)
    students, teachers = rng.normal(size=(n, d)), rng.normal(size=(m, d))
    reduced = reduce_dimension(students, teachers)
    assert reduced.dimension <= min(d, n + m)
    assert reduced.original == d
    rows, small = (np.concatenate(pair) for pair in ((students, teachers), (reduced.students, reduced.teachers)))
    assert small @ small.T == pytest.approx(rows @ rows.T, rel=1e-12, abs=1e-12)
    assert reduced.basis @ reduced.basis.T == pytest.approx(np.eye(reduced.dimension), abs=1e-14)
    assert reduced.lift(reduced.students) == pytest.approx(students, abs=1e-13)


@pytest.mark.parametrize("model", ["xu23a", "zhou21b", "wang21a"])
def test_loss_and_gradient_survive_the_reduction(model):
    rng = np.random.default_rng(1)
    students, teachers = rng.normal(size=(3, 50)), rng.normal(size=(2, 50))
    reduced = reduce_dimension(students, teachers)
    full = Network(model=model, students=students, teachers=teachers)
    small = Network(model=model, students=reduced.students, teachers=reduced.teachers)
    assert small.loss == pytest.approx(full.loss, rel=1e-13)
    assert reduced.lift(small.gradient) == pytest.approx(full.gradient, rel=1e-11, abs=1e-12)


def test_single_teacher_lies_on_the_first_axis():
    rng = np.random.default_rng(2)
    reduced = reduce_dimension(rng.normal(size=(3, 7)), rng.normal(size=(1, 7)))
    assert (reduced.teachers[0, 1:] == 0).all()
    assert reduced.teachers[0, 0] > 0


def test_tiny_components_across_the_teacher_keep_their_digits():
    teacher = np.array([[3.0, 0.0, 4.0, 0.0]])
    across = np.array([[4.0, 1.0, -3.0, 2.0], [0.0, -1.0, 0.0, 5.0]]) * 1e-12
    reduced = reduce_dimension(0.5 * teacher + across, teacher)
    sizes = np.linalg.norm(reduced.students[:, 1:], axis=1)
    assert sizes == pytest.approx(np.linalg.norm(across, axis=1), rel=2e-3)


def test_degenerate_starts():
    assert reduce_dimension(np.zeros((2, 4)), np.zeros((1, 4))).dimension == 1
    assert reduce_dimension(np.array([[2.0, 2.0]]), np.array([[1.0, 1.0]])).dimension == 1
    assert reduce_dimension(np.array([[1e200, 0.0]]), np.array([[0.0, 1e200]])).dimension == 2
    alone = reduce_dimension(np.array([[0.0, 1.0]]), np.array([[0.0, 0.0]]))
    assert np.abs(alone.students).tolist() == [[1.0]]


def test_bartlett_has_the_law_of_a_gaussian_start():
    """Gram entries of 4 000 reduced draws against 4 000 full draws: Kolmogorov–Smirnov, fixed seed."""
    rng = np.random.default_rng(3)
    n, d, count = 3, 6, 4000
    drawn = gaussian_start(n=n, d=d, sigma=0.7, teachers=[[2.0]], rng=rng, size=count)
    assert drawn.students.shape == (count, n, 1 + n)
    full = 0.7 * rng.standard_normal((count, n, d))
    grams = [rows @ rows.swapaxes(1, 2) for rows in (drawn.students, full)]
    for i, j in ((0, 0), (1, 1), (2, 2), (0, 1), (1, 2)):
        assert stats.ks_2samp(grams[0][:, i, j], grams[1][:, i, j]).pvalue > 1e-3
    for first, second in (
        (drawn.students[:, 2, 0], full[:, 2, 0]),
        (np.linalg.det(grams[0]), np.linalg.det(grams[1])),
    ):
        assert stats.ks_2samp(first, second).pvalue > 1e-3
    # A wrong degree of freedom would be seen.
    assert stats.ks_2samp(np.linalg.det(grams[0]) * (d + 1) / d, np.linalg.det(grams[1])).pvalue < 1e-2


def test_bartlett_in_a_billion_dimensions():
    drawn = gaussian_start(n=5, d=10**9, sigma=1e-4, teachers=[[1.0]], rng=np.random.default_rng(4))
    assert drawn.students.shape == (5, 6)
    assert np.linalg.norm(drawn.students, axis=1) == pytest.approx(1e-4 * np.sqrt(1e9), rel=1e-3)
    with pytest.raises(ValueError, match="no basis"):
        drawn.lift(drawn.students)


def test_dimension_equal_to_the_number_of_teachers():
    drawn = gaussian_start(n=2, d=1, sigma=1.0, teachers=[[1.0]], rng=np.random.default_rng(5))
    assert drawn.students.shape == (2, 1)


@pytest.mark.parametrize(
    "change, message",
    [
        ({"n": 0}, "n >= 1"),
        ({"d": 0}, "d >= 1"),
        ({"sigma": -1.0}, "positive"),
        ({"sigma": np.nan}, "positive"),
        ({"teachers": [[1.0, 0.0]]}, "coordinates in a basis"),
    ],
)
def test_bad_arguments(change, message):
    good = {"n": 2, "d": 3, "sigma": 1.0, "teachers": [[1.0]], "rng": np.random.default_rng(0)}
    with pytest.raises(ValueError, match=message):
        gaussian_start(**{**good, **change})
