"""Hypothesis strategies: degenerate positions are reachable, failures shrink to the smallest."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from spaces import angles, box, network_space

from numerics import Network, networks
from numerics.instances.space import Family, Space
from numerics.instances.strategies import instances

MODELS = ("wang21a", "xu23a", "zhou21b")
SMALL = settings(max_examples=30, database=None, derandomize=True)
HUNT = settings(
    max_examples=30_000,
    database=None,
    derandomize=True,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
SEEK = settings(HUNT, phases=[Phase.generate])


@pytest.mark.parametrize("model", MODELS)
def test_networks_keep_their_ranges(model):
    @given(networks(model, students=(2, 4), dimension=(3, 5), teachers=(1, 2)))
    @SMALL
    def check(net):
        assert isinstance(net, Network)
        assert net.model.name == model
        assert 2 <= net.n <= 4
        assert 3 <= net.d <= 5
        assert 1 <= net.m <= 2
        assert net.batch_shape == ()
        assert np.isfinite(net.students).all()
        assert (np.linalg.norm(net.teachers, axis=1) > 0).all()
        assert np.isfinite(net.loss)

    check()


def pairs(net):
    rows = np.concatenate([net.students, net.teachers])
    theta = angles(rows[:, None], rows[None])
    alive = np.linalg.norm(rows, axis=1) > 0
    return theta[: net.n][:, alive], alive[: net.n]


def distance(net):
    """Relative distance of the sum of the students from the sum of the teachers."""
    return np.linalg.norm(net.students.sum(axis=0) - net.teachers.sum(axis=0)) / np.linalg.norm(net.teachers)


DEGENERATE = {
    "zero student": lambda net: not net.students.any(axis=1).all(),
    "students coincide": lambda net: net.n > 1 and net.students.any() and not np.ptp(net.students, 0).any(),
    "student is the teacher": lambda net: any(np.array_equal(w, net.teachers[0]) for w in net.students),
    "antiparallel": lambda net: net.d >= 2 and np.any(pairs(net)[0] == np.pi),
    "tiny angle": lambda net: np.any((pairs(net)[0] > 0) & (pairs(net)[0] < 1e-6)),
    "tiny norm": lambda net: np.any((np.linalg.norm(net.students, axis=1) < 1e-6) & net.students.any(axis=1)),
    "huge norm": lambda net: np.any(np.linalg.norm(net.students, axis=1) > 1e6),
    "optimal": lambda net: net.n >= 2 and net.students.any(axis=1).all() and distance(net) < 1e-15,
    "near-optimal": lambda net: net.n >= 2 and 1e-12 < distance(net) < 1e-6,
    "several teachers": lambda net: net.m == 3 and net.n == 6,
    "one of everything": lambda net: net.m == net.n == net.d == 1,
    "largest": lambda net: net.n == 6 and net.d == 6,
}  # fmt: skip


@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_positions_are_built_in(name):
    assert DEGENERATE[name](find(networks("xu23a"), DEGENERATE[name], settings=SEEK))


@pytest.mark.parametrize("model", MODELS)
def test_optimal_networks_have_zero_loss(model):
    def optimal(net):
        null = net.replace_students(np.zeros_like(net.students)).loss
        return net.n > net.m >= 2 and net.d >= 2 and abs(net.loss) < 1e-14 * null

    assert optimal(find(networks(model), optimal, settings=SEEK))


def test_where_filters():
    net = find(networks("xu23a", where=lambda net: net.n == 3), lambda net: True, settings=HUNT)
    assert net.n == 3


def planted(violated, **ranges):
    """The smallest network that Hypothesis shrinks the violation to, starting from 8 students in 10
    dimensions.
    """
    grown = networks("xu23a", **{"students": (1, 8), "dimension": (1, 10), **ranges})
    start = find(grown, lambda net: net.n == 8 and net.d == 10 and violated(net), settings=SEEK)
    assert (start.n, start.d) == (8, 10)
    met = []

    def failing(net):
        # Only once it has been met large does a small one count, so that shrinking has all the way to go.
        if violated(net) and (met or (net.n == 8 and net.d == 10)):
            met.append(net)
            return True
        return False

    return find(grown, failing, settings=HUNT)


def test_a_planted_violation_shrinks_to_one_student_in_one_dimension():
    def violated(net):
        return any(w @ v < 0 and (w @ v) ** 2 > 0.98 * (w @ w) * (v @ v) for w in net.students for v in net.teachers)

    net = planted(violated)
    assert (net.n, net.d, net.m) == (1, 1, 1)
    assert sorted([net.students[0, 0], net.teachers[0, 0]]) == [-1.0, 1.0]


@pytest.mark.parametrize("teachers", [1, 3])
def test_a_violation_that_needs_two_students_and_two_dimensions_shrinks_to_them(teachers):
    def violated(net):
        return any(
            a.any() and b.any() and (a @ b) ** 2 < 1e-24 * (a @ a) * (b @ b) and (a + b) @ net.teachers[0]
            for a in net.students
            for b in net.students
        )

    net = planted(violated, teachers=(1, teachers))
    assert (net.n, net.d) == (2, 2)
    assert net.m <= 2  # optimal students of two teachers shrink within their kind
    assert np.abs(net.students).max() == 1
    assert np.abs(net.teachers).max() == 1
    assert np.count_nonzero(net.students) <= 3


def test_a_violation_of_a_false_lemma_shrinks():
    """|w_i|² θ_i³ <= 30π L is false; one of the smallest witnesses is w = (−1, 1), v = 1."""

    def violated(net):
        theta = angles(net.students, net.teachers)
        left = (np.linalg.norm(net.students, axis=1) ** 2 * theta**3).max()
        return net.m == 1 and left > 30 * np.pi * net.loss + 1e-6

    net = planted(violated, teachers=(1, 1))
    assert net.d == 1
    assert net.n <= 2
    assert np.all(net.students == np.round(net.students))
    assert np.abs(net.teachers).max() == 1


@given(
    instances(
        Space(
            model="zhou21b",
            families=(
                Family(name="W", kind="student", rows=(1, 4)),
                Family(name="v", kind="teacher", rows=(1, 3)),
                Family(name="U", kind="direction", like="W"),
            ),
            scalars=box(eta=("1/3", "2/3")).scalars,
            dimension=(2, 4),
            separation=Fraction(1, 3),
        )
    )
)
@settings(SMALL, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_instances_keep_the_space(batch):
    assert list(batch) == ["W", "v", "U", "eta"]
    assert batch["W"].shape == batch["U"].shape
    assert batch["v"].shape[1] == batch["W"].shape[1]
    assert Fraction(1, 3) <= Fraction(float(batch["eta"])) <= Fraction(2, 3)
    unit = batch["v"] / np.linalg.norm(batch["v"], axis=1, keepdims=True)
    theta = angles(unit[:, None], unit[None]) + np.pi * np.eye(len(unit)) / 2
    assert (np.minimum(theta, np.pi - theta) > 1 / 3 - 1e-12).all()


@given(instances(network_space("xu23a", near_optimum=True, students=(1, 4), dimension=(1, 3))))
@SMALL
def test_near_optimal_instances_come_from_the_minima(batch):
    residual = np.linalg.norm(batch["W"].sum(axis=0) - batch["v"][0])
    assert residual < 60 * (1 + np.linalg.norm(batch["v"]))


def test_rare_instances_of_a_box_are_met():
    edge = find(instances(box(x=(0, 1))), lambda batch: 0 < 1 - batch["x"] < 1e-6, settings=SEEK)
    assert edge["x"] < 1


@pytest.mark.parametrize("options", [{"students": (3, 2)}, {"dimension": (0, 2)}, {"teachers": (2, 1)}])
def test_empty_ranges_are_named(options):
    with pytest.raises(ValueError, match="need"):
        networks("xu23a", **options)
    with pytest.raises(ValueError, match="unknown model"):
        networks("xu23")
