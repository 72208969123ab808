"""`Network` against high-precision values in degenerate positions, symmetries, derivatives, bad input."""

import json
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mpf
from near_optimal import near_optimal
from reference import reference, relative_error, row_error

from numerics.network import Network
from numerics.stable.compile import compile_kernel
from numerics.stable.generic import KernelLoss

MODELS = ("xu23a", "zhou21b", "wang21a")
SEEDS = st.integers(0, 2**32 - 1)


def check(model, students, teachers, weights=(None, None), *, loss=1e-12, gradient=1e-11, digits=90):
    students, teachers = np.asarray(students, float), np.asarray(teachers, float)
    net = Network(
        model=model,
        students=students,
        teachers=teachers,
        student_weights=weights[0],
        teacher_weights=weights[1],
    )
    exact, rows = reference(model, students, teachers, *weights, digits=digits)
    assert relative_error(net.loss, exact, digits) <= loss
    with mpmath.workdps(digits):
        assert abs(mpf(float(net.loss)) - exact) <= net.loss_error
    for index, row in enumerate(rows):
        assert net.gradient_defined[index] == (row is not None)
        if row is None:
            assert np.isnan(net.gradient[index]).all()
        else:
            assert row_error(net.gradient[index], row, digits) <= gradient
    return net


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("distance", [1e-1, 1e-3, 1e-5, 1e-7, 1e-9, 1e-11])
def test_one_teacher_down_to_tiny_losses(model, distance):
    rng = np.random.default_rng(5)
    for n, d in ((1, 3), (4, 5), (6, 2)):
        check(model, *near_optimal(model, rng, n=n, d=d, distance=distance))


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("distance", [1e-1, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-9])
def test_two_and_three_teachers_down_to_tiny_losses(model, distance):
    rng = np.random.default_rng(6)
    for m, d in ((2, 2), (2, 4), (3, 4)):
        parts = [near_optimal(model, rng, n=3, d=d, distance=distance) for _ in range(m)]
        students, teachers = (np.concatenate(rows) for rows in zip(*parts, strict=True))
        check(model, students, teachers)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("tiny", [1e-3, 1e-6, 1e-9])
def test_small_student_far_from_the_teacher(model, tiny):
    rng = np.random.default_rng(7)
    students, teachers = near_optimal(model, rng, distance=1e-6)
    extra = rng.normal(size=(1, 5)) * tiny
    check(model, np.concatenate([students, extra]), teachers)


DEGENERATE = {
    "one dimension": ([[0.3]], [[1.0]]),
    "one dimension, opposite": ([[-0.3], [0.4]], [[1.0]]),
    "at the optimum": ([[1.0]], [[1.0]]),
    "parallel": ([[0.1, 0.2], [0.3, 0.6], [1.0, 1.0]], [[0.2, 0.4]]),
    "antiparallel": ([[0.5, 1.0], [-1.0, -2.0], [0.3, 0.1]], [[0.5, 1.0]]),
    "orthogonal": ([[1.0, 0.0, 0.0], [0.0, 2.0, 0.0]], [[0.0, 0.0, 1.5]]),
    "scales side by side": ([[1.0, 0.0, 0.0], [0.0, 1e-8, 0.0]], [[0.0, 0.0, 1e8]]),
    "angle 1e-9": ([[1.0, 0.0], [1.0, 1e-9], [-1.0, 1e-9]], [[1.0, 2e-9]]),
    "more students than dimensions": (np.linspace(-1, 1, 14).reshape(7, 2), [[0.3, -0.2]]),
    "zero student": ([[0.0, 0.0], [1.0, 2.0]], [[0.5, 0.5]]),
    "only a zero student": ([[0.0, 0.0]], [[0.5, 0.5]]),
    "zero teacher": ([[1.0, 2.0]], [[0.0, 0.0]]),
    "a zero teacher of two": ([[1.0, 2.0], [1.0, -1.0]], [[0.0, 0.0], [0.5, 0.5]]),
    "same teachers": ([[1.0, 2.0], [1.0, -1.0]], [[0.5, 0.5], [0.5, 0.5]]),
    "opposite teachers": ([[1.0, 2.0], [1.0, -1.0]], [[0.5, 0.5], [-1.0, -1.0]]),
    "optimum and a small opposite": ([[1.0, 0.0], [-1e-9, 1e-20]], [[1.0, 0.0]]),
}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("position", DEGENERATE)
def test_degenerate_positions(model, position):
    check(model, *DEGENERATE[position])


@pytest.mark.parametrize("model", MODELS)
def test_near_parallel_rows_of_very_different_norms(model):
    rng = np.random.default_rng(8)
    students = rng.normal(size=(4, 3))
    students[1] = 1e-8 * students[0] + 1e-17 * rng.normal(size=3)
    students[2] = -1e8 * students[0] + 0.1 * rng.normal(size=3)
    net = Network(model=model, students=students, teachers=rng.normal(size=(2, 3)))
    exact, _ = reference(model, students, net.teachers)
    assert relative_error(net.loss, exact) < 1e-14


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=15)
@given(seed=SEEDS, n=st.integers(1, 4), m=st.integers(1, 3), d=st.integers(1, 4))
def test_random_networks_with_output_weights(model, seed, n, m, d):
    rng = np.random.default_rng(seed)
    weights = (rng.normal(size=n), rng.normal(size=m))
    students, teachers = rng.normal(size=(n, d)), rng.normal(size=(m, d))
    net = Network(
        model=model,
        students=students,
        teachers=teachers,
        student_weights=weights[0],
        teacher_weights=weights[1],
    )
    exact, rows = reference(model, students, teachers, *weights, digits=40)
    with mpmath.workdps(40):
        assert abs(mpf(float(net.loss)) - exact) <= net.loss_error
    size = max(float(mpmath.norm(row)) for row in rows) + float(np.abs(net._rows.strengths).max())
    for row, truth in zip(net.gradient, rows, strict=True):
        assert np.abs(row - np.array(truth, dtype=float)).max() <= 1e-12 * size


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=25)
@given(seed=SEEDS, n=st.integers(1, 4), m=st.integers(1, 2), d=st.integers(2, 4))
def test_symmetries(model, seed, n, m, d):
    rng = np.random.default_rng(seed)
    students, teachers = rng.normal(size=(n, d)), rng.normal(size=(m, d))
    net = Network(model=model, students=students, teachers=teachers)
    rotation, _ = np.linalg.qr(rng.normal(size=(d, d)))
    turned = Network(model=model, students=students @ rotation, teachers=teachers @ rotation)
    assert turned.loss == pytest.approx(net.loss, rel=1e-11)
    assert turned.gradient == pytest.approx(net.gradient @ rotation, rel=1e-9, abs=1e-11)
    order = rng.permutation(n)
    assert net.replace_students(students[order]).gradient == pytest.approx(net.gradient[order], rel=1e-10, abs=1e-12)
    degree = {"xu23a": 1, "zhou21b": 2, "wang21a": 2}[model]
    scaled_teachers = teachers * (4.0 if model == "zhou21b" else 2.0)
    scaled = Network(model=model, students=2.0 * students, teachers=scaled_teachers)
    assert scaled.loss == pytest.approx(4.0**degree * net.loss, rel=1e-12)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("m", [1, 2])
def test_derivatives_agree_with_differences(model, m):
    rng = np.random.default_rng(9)
    n, d, step = 3, 4, 1e-6
    students, teachers = rng.normal(size=(n, d)), rng.normal(size=(m, d))
    weights = {"student_weights": rng.normal(size=n), "teacher_weights": rng.normal(size=m)}
    net = Network(model=model, students=students, teachers=teachers, **weights)
    shifts = np.eye(n * d).reshape(n * d, n, d) * step
    ahead = Network(model=model, students=students + shifts, teachers=teachers, **weights)
    behind = Network(model=model, students=students - shifts, teachers=teachers, **weights)
    slope = (ahead.loss - behind.loss) / (2 * step)
    assert slope.reshape(n, d) == pytest.approx(net.gradient, rel=1e-7, abs=1e-7)
    bend = (ahead.gradient - behind.gradient).reshape(n * d, n * d) / (2 * step)
    hessian = net.hessian()
    assert bend == pytest.approx(hessian, rel=1e-6, abs=1e-6)
    assert hessian == pytest.approx(hessian.T, rel=1e-12, abs=1e-12)
    direction = rng.normal(size=(n, d))
    form = direction.ravel() @ hessian @ direction.ravel()
    assert net.hessian_form(direction) == pytest.approx(form, rel=1e-11)


@pytest.mark.parametrize("model", MODELS)
def test_the_compiled_kernel_alone_agrees(model):
    """Second route: the textbook sums over the compiled partials, without any rewriting."""
    rng = np.random.default_rng(10)
    net = Network(model=model, students=rng.normal(size=(7, 3, 4)), teachers=rng.normal(size=(2, 4)))
    kernel = compile_kernel(net.activation)
    plain = KernelLoss(rows=net._rows, scale=float(net.scale), kernel=kernel, smooth=True)
    assert plain.loss == pytest.approx(net.loss, rel=1e-12)
    assert plain.gradient == pytest.approx(net._form.gradient, rel=1e-11, abs=1e-11)
    assert plain.hessian() == pytest.approx(net._form.hessian(), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("model", ["xu23a", "zhou21b"])
def test_hessian_at_parallel_rows_is_continuous(model):
    students = np.array([[1.0, 0.0, 0.0], [2.0, 0.0, 0.0], [-1.0, 0.0, 0.0]])
    moved = students + 1e-9 * np.random.default_rng(0).normal(size=(3, 3))
    at, near = (Network(model=model, students=w, teachers=[[0.5, 0, 0]]).hessian() for w in (students, moved))
    assert np.isfinite(at).all()
    assert at == pytest.approx(near, abs=1e-7)


def test_undefined_entries_are_nan_with_a_mask():
    net = Network(model="xu23a", students=[[0.0, 0.0], [1.0, 1.0]], teachers=[[1.0, 0.0]])
    assert net.gradient_defined.tolist() == [False, True]
    assert np.isnan(net.gradient[0]).all()
    assert np.isfinite(net.gradient[1]).all()
    assert np.isnan(net.angles[0, 1])
    assert np.isnan(net.hessian_form(np.ones((2, 2))))
    smooth = Network(model="wang21a", students=[[0.0, 0.0]], teachers=[[1.0, 0.0]])
    assert smooth.gradient.tolist() == [[0.0, 0.0]]
    assert smooth.gradient_defined.all()


def test_batches_equal_single_instances():
    rng = np.random.default_rng(11)
    for model in MODELS:
        net = Network(model=model, students=rng.normal(size=(3, 2, 4, 5)), teachers=rng.normal(size=(2, 2, 5)))
        assert net.batch_shape == (3, 2)
        assert net.loss.shape == (3, 2)
        assert net.angles.shape == (3, 2, 4, 4)
        assert net.teacher_angles.shape == (3, 2, 4, 2)
        assert net.residual.shape == (3, 2, 5)
        assert net.gram.shape == (3, 2, 6, 6)
        single = Network(model=model, students=net.students[2, 1], teachers=net.teachers[1])
        assert net.loss[2, 1] == pytest.approx(single.loss, rel=1e-14)
        assert net.gradient[2, 1] == pytest.approx(single.gradient, rel=1e-12, abs=1e-13)
        assert net.gradient_norm[2, 1] == pytest.approx(np.linalg.norm(single.gradient), rel=1e-12)


def test_parts_instead_of_a_model():
    rows = {"students": [[1.0, 2.0]], "teachers": [[0.5, 0.5]]}
    named = Network(model="wang21a", **rows)
    built = Network(activation="quadratic", scale="1/4", **rows)
    assert built.loss == named.loss
    assert repr(built) == "Network(custom, n=1, m=1, d=2)"


GOOD = {"model": "xu23a", "students": [["0.5", "1e-9"]], "teachers": [[1, 0]]}


def test_network_file_is_read_exactly(tmp_path):
    path = tmp_path / "network.json"
    path.write_text(json.dumps({**GOOD, "students": [["0.1", "1e-9"]], "student_weights": ["2/3"]}))
    net = Network.from_json(path)
    assert net.exact_students == ((Fraction(1, 10), Fraction(1, 10**9)),)
    assert net.exact_student_weights == (Fraction(2, 3),)
    assert net.students[0, 0] == 0.1
    path.write_text('{"model": "xu23a", "students": [[0.1]], "teachers": [[1.00000000000000000001]]}')
    assert Network.from_json(str(path)).exact_teachers[0][0] == 1 + Fraction(1, 10**20)


@pytest.mark.parametrize(
    "change, message",
    [
        ({"students": [[1, 2], [3]]}, r"students\[1\] has 1 entries"),
        ({"students": []}, "students is \\[\\]"),
        ({"students": [["nan", 1]]}, r"students\[0\]\[0\]"),
        ({"students": [["1e999999999", 1]]}, "beyond"),
        ({"students": [[True, 1]]}, "not a number"),
        ({"students": [[None, 1]]}, "not a number"),
        ({"students": 3}, "list of rows"),
        ({"teachers": [[1, 0, 0]]}, "make them equal"),
        ({"model": "xu23"}, "did you mean xu23a"),
        ({"model": 3}, "name as a string"),
        ({"studnts": []}, "did you mean 'students'"),
        ({"scale": "1/2"}, "already fixes scale"),
        ({"student_weights": [1, 2]}, "one weight per neuron"),
        ({"student_weights": "1"}, "list of numbers"),
    ],
)
def test_malformed_network_files(change, message):
    with pytest.raises(ValueError, match=message) as caught:
        Network.from_json({**GOOD, **change})
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text, message",
    [
        ("{", "is not JSON at line 1"),
        ("[1]", "holds one JSON object"),
        ('{"model": "xu23a"}', "'students' is missing"),
        ('{"students": [[NaN]], "teachers": [[1]], "model": "xu23a"}', "not a finite number"),
        ('{"model": "xu23a", "model": "xu23a"}', "occurs twice"),
        ("[" * 100000, "cannot be used"),
    ],
)
def test_malformed_json(tmp_path, text, message):
    path = tmp_path / "bad.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=message) as caught:
        Network.from_json(path)
    assert "\n" not in str(caught.value)


def test_unreadable_file(tmp_path):
    with pytest.raises(ValueError, match="cannot be read"):
        Network.from_json(tmp_path / "missing.json")
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match="not UTF-8"):
        Network.from_json(tmp_path / "binary.json")


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"students": [[1.0, np.nan]]}, r"students\[0, 1\] is nan"),
        ({"students": [[1.0, np.inf]]}, "must be finite"),
        ({"students": [[1.0, 2.0], [3.0]]}, "row 1 has 1 entries"),
        ({"students": np.zeros((0, 2))}, "no rows"),
        ({"students": np.zeros((2, 0))}, "length 0"),
        ({"students": [1.0, 2.0]}, "give rows"),
        ({"students": [["a", "b"]]}, "only numbers"),
        ({"teachers": [[1.0]]}, "make them equal"),
        ({"teachers": np.ones((3, 1, 2)), "students": np.ones((2, 1, 2))}, "do not broadcast"),
        ({"model": "nope"}, "unknown model"),
        ({"model": 7}, "neither a name nor a Model"),
        ({"model": None}, "neither model nor activation"),
        ({"model": None, "activation": "relu", "scale": "x"}, "is not a number"),
        ({"model": None, "activation": "relu", "scale": -1}, "must be positive"),
        ({"model": None, "activation": "tanhh"}, "unknown activation"),
        ({"student_weights": [1.0, 2.0]}, "one weight per neuron"),
    ],
)
def test_bad_arguments(arguments, message):
    with pytest.raises(ValueError, match=message):
        Network(**{"model": "xu23a", "students": [[1.0, 2.0]], "teachers": [[1.0, 0.0]], **arguments})


def test_bad_direction():
    net = Network(model="xu23a", students=[[1.0, 2.0]], teachers=[[1.0, 0.0]])
    with pytest.raises(ValueError, match="one row per student"):
        net.hessian_form(np.ones((3, 2)))


def test_weights_cannot_be_changed():
    net = Network(model="xu23a", students=[[1.0, 2.0]], teachers=[[1.0, 0.0]])
    with pytest.raises(ValueError, match="read-only"):
        net.students[0, 0] = 3.0
