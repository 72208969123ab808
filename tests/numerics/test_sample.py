"""Constructive samplers: shapes, hypotheses respected, rare sets built."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from spaces import angles, box, network_space

import numerics.instances.strata
from numerics.instances.layout import Layout, draw_layout
from numerics.instances.minima import nearest_minimum, optimal_students
from numerics.instances.sample import sample_batches
from numerics.instances.space import Family, Scalar, Space
from numerics.instances.stratum import all_strata, strata_of
from numerics.network import Network

MODELS = ("wang21a", "xu23a", "zhou21b")


def draw(space, total=4000, seed=0, **options):
    return list(sample_batches(space, np.random.default_rng(seed), total, **options))


def test_every_stratum_file_is_found():
    files = {path.stem for path in Path(numerics.instances.strata.__file__).parent.glob("*.py")} - {"__init__"}
    assert set(all_strata()) == files
    assert all(stratum.title and stratum.name == name for name, stratum in all_strata().items())


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("near", [False, True])
def test_shapes_totals_and_finiteness(model, near):
    space = Space(
        model=model,
        families=(
            Family(name="W", kind="student", rows=(1, 5)),
            Family(name="v", kind="teacher", rows=(1, 3)),
            Family(name="U", kind="direction", like="W"),
            Family(name="x", kind="sample", rows=(2, 2)),
        ),
        scalars=(Scalar(name="eta", low=Fraction(0), high=Fraction(1, 3)),),
        dimension=(1, 5),
        near_optimum=near,
    )
    batches = draw(space, 5003, batch=97)
    assert sum(drawn.size for drawn in batches) == 5003
    assert {drawn.stratum for drawn in batches} == {stratum.name for stratum in strata_of(space)}
    for drawn in batches:
        assert set(drawn.batch) == {"W", "v", "U", "x", "eta"}
        assert drawn.batch["eta"].shape == (drawn.size,)
        for name in ("W", "v", "U", "x"):
            rows, d = drawn.layout.shape(name)
            assert drawn.batch[name].shape == (drawn.size, rows, d)
            assert np.isfinite(drawn.batch[name]).all(), (drawn.stratum, name)
        assert drawn.layout.shape("U") == drawn.layout.shape("W")
        assert 1 <= drawn.layout.dimension <= 5
        assert (np.linalg.norm(drawn.batch["v"], axis=2) > 0).all()
    assert {1, 5} <= {drawn.layout.dimension for drawn in batches} <= {1, 2, 3, 4, 5}


def test_same_seed_same_instances():
    first, second = draw(network_space("xu23a"), 600), draw(network_space("xu23a"), 600)
    assert all(np.array_equal(a.batch[k], b.batch[k]) for a, b in zip(first, second, strict=True) for k in a.batch)


def test_small_totals_still_meet_every_stratum():
    space = network_space("xu23a")
    assert len({drawn.stratum for drawn in draw(space, 1000)}) == len(strata_of(space))


def _ratio(length):
    return length.max(axis=1) / np.maximum(length.min(axis=1), 1e-300)


def _pair(w, rows):
    return angles(w[:, :, None], rows[:, None])


def _equal(w, rows):
    """(B, n, m) whether rows are equal entry by entry."""
    return (w[:, :, None] == rows[:, None]).all(axis=3)


def _residual(w, v):
    total = v.sum(axis=1)
    return np.linalg.norm(w.sum(axis=1) - total, axis=1) / np.linalg.norm(total, axis=1)


def _near(theta, angle, within):
    return (np.abs(theta - angle) < within).any(axis=(1, 2))


def _alive(w):
    return (np.abs(w).max(axis=2) > 0)[:, None]


# Sets of measure zero or nearly so, each with the fraction of all instances that must lie in it.
RARE = {
    "zero neuron": (lambda w, v: (np.abs(w).max(axis=2) == 0).any(axis=1), 0.02),
    "two students coincide": (lambda w, v: _equal(w, w).sum(axis=(1, 2)) > w.shape[1], 0.02),
    "student is a teacher": (lambda w, v: _equal(w, v).any(axis=(1, 2)), 0.01),
    "exactly antiparallel": (lambda w, v: (_pair(w, v) == np.pi).any(axis=(1, 2)), 0.01),
    "angle below 1e-6, not 0": (lambda w, v: _near(_pair(w, v), 5e-7, 4.9e-7), 0.02),
    "all angles below 1e-3": (lambda w, v: (_pair(w, v) < 1e-3).all(axis=(1, 2)), 0.05),
    "within 1e-8 of orthogonal": (lambda w, v: _near(_pair(w, v), np.pi / 2, 1e-8), 0.02),
    "norms 1e6 apart": (lambda w, v: _ratio(np.linalg.norm(w, axis=2)) > 1e6, 0.02),
    "residual below 1e-6": (lambda w, v: _residual(w, v) < 1e-6, 0.03),
    "residual below 1e-6, some angle above 1e-3": (
        lambda w, v: (_residual(w, v) < 1e-6) & (_pair(w, v) > 1e-3).any(axis=(1, 2)), 0.003,
    ),
    "cancelling pair": (lambda w, v: (_equal(w, -w) & _alive(w)).any(axis=(1, 2)), 0.01),
    "integers": (lambda w, v: ((w == np.round(w)) & (np.abs(w) <= 3)).all(axis=(1, 2)), 0.01),
}  # fmt: skip


@pytest.mark.parametrize("name", RARE)
def test_rare_sets_are_built(name):
    member, least = RARE[name]
    batches = draw(network_space("xu23a", students=(1, 5), dimension=(1, 5)), 20000)
    found = sum(int(np.count_nonzero(member(drawn.batch["W"], drawn.batch["v"]))) for drawn in batches)
    assert found / 20000 > least


def test_gaussian_draws_alone_miss_the_rare_sets():
    rng = np.random.default_rng(0)
    w, v = rng.standard_normal((20000, 3, 5)), rng.standard_normal((20000, 1, 5))
    assert not any(np.any(member(w, v)) for member, _ in RARE.values())


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("m", [1, 3])
def test_optimal_students_have_zero_loss(model, m):
    rng = np.random.default_rng(3)
    space = network_space(model)
    for count in (m, m + 1, m + 4):
        teachers = rng.standard_normal((50, m, 4)) * 10.0 ** rng.uniform(-3, 3, (50, 1, 1))
        students, owner = optimal_students(space.minima, teachers, count, rng)
        assert set(owner) == set(range(m))
        start = Network(model=model, students=np.zeros_like(students), teachers=teachers).loss
        assert np.all(np.abs(Network(model=model, students=students, teachers=teachers).loss) < 1e-13 * start)
        moved = students * (1 + 1e-5 * rng.standard_normal(students.shape))
        near = nearest_minimum(space.minima, teachers, moved)
        assert np.all(np.abs(Network(model=model, students=near, teachers=teachers).loss) < 1e-13 * start)
        assert np.all(np.abs(near - moved) < 0.02 * np.abs(moved).max(axis=(1, 2), keepdims=True))


@pytest.mark.parametrize("model", MODELS)
def test_near_optimum_keeps_to_the_minima(model):
    ratios = []
    for drawn in draw(network_space(model, near_optimum=True, students=(2, 5)), 4000):
        assert all_strata()[drawn.stratum].near_optimum
        net = Network(model=model, students=drawn.batch["W"], teachers=drawn.batch["v"])
        ratios.append(np.abs(net.loss) / net.replace_students(np.zeros_like(drawn.batch["W"])).loss)
    spread = np.concatenate(ratios)
    assert np.mean(spread < 1) > 0.8
    assert all(np.any((10.0**-k < spread) & (spread < 10.0 ** (3 - k))) for k in (3, 6, 9, 12, 15))


@pytest.mark.parametrize("stratum, flat", [("flat_errors", True), ("near_optimum", False)])
def test_flat_errors_are_orthogonal_to_q(stratum, flat):
    """‖U q‖ = O(error²) with U the part across the teacher; other errors near the minima have ‖U q‖ ~
    error.
    """
    space = network_space("wang21a", students=(2, 4), dimension=(2, 4))
    layout = Layout(space=space, rows=(("W", 3), ("v", 1)), dimension=3)
    rng = np.random.default_rng(0)
    parts = [all_strata()[stratum].draw(layout, rng, 20) for _ in range(50)]
    w, v = (np.concatenate([part[name] for part in parts]) for name in ("W", "v"))
    error = np.linalg.norm(w - nearest_minimum(space.minima, v, w), axis=(1, 2)) / np.linalg.norm(v, axis=(1, 2))
    v = v / np.linalg.norm(v, axis=2, keepdims=True)
    along = np.einsum("bnd,bkd->bn", w, v)
    q = along / np.linalg.norm(along, axis=1, keepdims=True)
    uq = np.linalg.norm(np.einsum("bn,bnd->bd", q, w - along[..., None] * v), axis=1)
    assert np.median(error) > 1e-6
    assert (np.mean(uq < 3 * error**2 + 1e-13) > 0.85) == flat


@pytest.mark.parametrize("separation", [Fraction(1, 4), Fraction(1)])
def test_teachers_keep_their_separation(separation):
    space = network_space("zhou21b", teachers=(1, 4), dimension=(1, 4), separation=separation)
    kept, tight, several = [], 0, 0
    for drawn in draw(space, 20000):
        v = drawn.batch["v"] / np.linalg.norm(drawn.batch["v"], axis=2, keepdims=True)
        if v.shape[1] > 1:
            pair = angles(v[:, :, None], v[:, None])
            pair = np.minimum(pair, np.pi - pair) + np.pi * np.eye(v.shape[1])
            smallest = pair.min(axis=(1, 2))
            kept.append(smallest >= float(separation))
            tight += np.count_nonzero(smallest < float(separation) + 0.05)
            several += drawn.size
    assert several > 5000
    assert np.mean(np.concatenate(kept)) > 0.97
    assert tight > 100  # not only as far apart as possible


def test_scalars_fill_their_interval_and_meet_both_ends():
    third = Scalar(name="a", low=Fraction(1, 3), high=Fraction(2, 3))
    wide = Scalar(name="t", low=Fraction(1), high=Fraction(10**9), scale="log")
    batches = draw(Space(scalars=(third, wide)), 20000)
    a = np.concatenate([drawn.batch["a"] for drawn in batches])
    t = np.concatenate([drawn.batch["t"] for drawn in batches])
    assert all(third.low <= Fraction(float(x)) <= third.high for x in (a.min(), a.max()))
    assert np.count_nonzero(a == a.min()) > 100
    assert np.count_nonzero(a == a.max()) > 100
    assert np.any((0 < a - a.min()) & (a - a.min() < 1e-9))
    assert np.histogram(np.log10(t), bins=9, range=(0, 9))[0].min() > 200
    assert t.min() == 1
    assert t.max() == 1e9


def test_layouts_reach_both_ends_of_every_range():
    rng = np.random.default_rng(0)
    layouts = [draw_layout(network_space(teachers=(1, 3)), rng) for _ in range(400)]
    assert {layout.shape("W")[0] for layout in layouts} == set(range(1, 7))
    assert {layout.shape("v")[0] for layout in layouts} == {1, 2, 3}


STUDENT = Family(name="W", kind="student")
BAD = {
    "dimension": lambda: Space(dimension=(0, 3)),
    "swap them": lambda: Scalar(name="a", low=Fraction(2), high=Fraction(1)),
    "log scale needs": lambda: Scalar(name="a", low=Fraction(-1), high=Fraction(1), scale="log"),
    "choose one of student": lambda: Family(name="W", kind="neuron"),  # type: ignore[arg-type]
    "rows of family": lambda: Family(name="W", kind="student", rows=(3, 2)),
    "occur twice": lambda: Space(families=(STUDENT, Family(name="W", kind="teacher"))),
    "names no family": lambda: Space(families=(Family(name="U", kind="direction", like="W"),)),
    "angle up to sign": lambda: Space(separation=Fraction(2)),
    "no stratum applies": lambda: strata_of(Space(families=(STUDENT,), near_optimum=True)),
    "unknown model": lambda: network_space("xu23b"),
    "batch >= 1": lambda: draw(box(a=(0, 1)), 10, batch=0),
}  # fmt: skip


@pytest.mark.parametrize("message", BAD)
def test_bad_input_is_named(message):
    with pytest.raises(ValueError, match=message):
        BAD[message]()
