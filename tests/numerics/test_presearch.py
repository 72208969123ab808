"""What intervals propose is verified in balls: it saves time where it is right, and proves nothing where it is wrong."""

from itertools import product

import numpy as np
import pytest
import random_expressions
from false_inequalities import HAND_MADE, STRICT, SUNK
from flint import fmpq
from random_expressions import NAMES
from sympy import Rational, cos, exp, pi, sin, symbols
from true_inequalities import SLACK, TIGHT

from checks.certificate_checker import check
from numerics.ball import precision
from numerics.prover import branch, leaves
from numerics.prover.boxes import prove_nonnegative
from numerics.prover.enclosure import Enclosure
from numerics.prover.intervals import Intervals, NoIntervals
from numerics.prover.leaves import lower_bound, lower_bounds
from numerics.prover.presearch import Proposals, propose
from numerics.prover.problem import Problem
from numerics.prover.proposals import leaves_of
from numerics.prover.tree import as_fmpq, encode
from theory.heads import magnitude
from theory.owen import owens_t

x, y, z = symbols("x y z")
Q = Rational


def kernel(angle):
    return (sin(angle) + (pi - angle) * cos(angle)) / pi


def determinant():
    """Of the arc-cosine kernel's matrix at three unit vectors, by their angles."""
    a, b, c = kernel(x), kernel(y), kernel(z)
    return 1 + 2 * a * b * c - a**2 - b**2 - c**2


SPHERE = [x + y - z, y + z - x, z + x - y]
ANGLES = {symbol: (Q(1, 2), Q(11, 10)) for symbol in (x, y, z)}
MANY = (determinant(), ANGLES, {"where": SPHERE})
# sin(6x + 6y) + 1.01, in a form whose terms don't know of each other
RUGGED = (sin(6 * x) * cos(6 * y) + cos(6 * x) * sin(6 * y) + Q(101, 100), {x: (0, 2), y: (0, 2)}, {})


def problem_of(f, box, where=(), strict=False):
    sides = tuple((as_fmpq(str(lo)), as_fmpq(str(hi))) for lo, hi in box.values())
    return Problem(
        tree=encode(f), where=[encode(g) for g in where], names=[s.name for s in box], box=sides, strict=strict
    )


def ends(boxes):
    return (np.array([[float(side[end].p) / float(side[end].q) for side in box] for box in boxes]) for end in (0, 1))


def test_intervals_agree_with_balls():
    rng, compared = np.random.default_rng(5), 0
    for _ in range(300):
        tree = random_expressions.tree(rng, int(rng.integers(1, 4)))
        boxes = [random_expressions.box(rng) for _ in range(4)]
        enclosure = Enclosure(tree, NAMES)
        low, high = ends(boxes)
        with np.errstate(all="ignore"):
            memory = Intervals(enclosure).values(low, high)
            slopes = Intervals(enclosure).gradient(memory)
        for place, box in enumerate(boxes):
            value, gradient = enclosure.gradient(box)
            at = enclosure.at(random_expressions.point(rng, box))
            pairs = [(memory[-1], enclosure.value(box)), (memory[-1], at), *zip(slopes, gradient, strict=True)]
            for interval, found in pairs:
                if interval is None or not value.is_finite() or not found.is_finite():
                    continue
                bottom, top = (float(np.broadcast_to(end, 4)[place]) for end in interval)
                if not np.isfinite(bottom + top):
                    continue
                room = 1e-6 * (1 + abs(bottom) + abs(top))
                assert float(found.upper()) >= bottom - room, (tree, box)
                assert float(found.lower()) <= top + room, (tree, box)
                compared += 1
    assert compared > 1500


def test_intervals_hold_sampled_values():
    f = Enclosure(encode(sin(7 * x) * cos(x * y) + exp(-x * y) + x**3 * y**2 - magnitude(x - y) / 3), ["x", "y"])
    rng = np.random.default_rng(2)
    low = rng.uniform(-2, 2, (400, 2))
    high = low + rng.uniform(0, 1, (400, 2))
    bottom, top = Intervals(f).values(low, high)[-1]
    for share in rng.random((20, 400, 2)):
        at = low + share * (high - low)
        value, _ = Intervals(f).values(at, at)[-1]
        assert np.all(value >= bottom - 1e-12)
        assert np.all(value <= top + 1e-12)


def test_some_functions_have_no_intervals():
    with pytest.raises(NoIntervals, match="owen"):
        Intervals(Enclosure(encode(owens_t(x, y)), ["x", "y"]))


def test_a_cover_of_many_boxes_is_proposed_and_holds():
    f, box, _ = RUGGED
    with precision(96):
        problem = problem_of(f, box)
        edges = [(fmpq(i, 8), fmpq(i + 1, 8)) for i in range(16)]
        boxes = list(product(edges, edges))
        found = propose(problem, boxes, 20_000)
        assert found == propose(problem, boxes, 20_000)
        assert found.looked_at <= 20_000
        parts = [
            leaf for node, box in zip(found.nodes, boxes, strict=True) for leaf in leaves_of(node, box, problem.names)
        ]
        bounds = lower_bounds(problem, parts)
    assert len(bounds) > 100
    assert sum(bound is None for bound in bounds) <= len(bounds) // 20


@pytest.mark.parametrize("name", ["many", "rugged"])
def test_a_long_search_ends_sooner_with_proposals(name, monkeypatch):
    f, box, options = {"many": MANY, "rugged": RUGGED}[name]
    proof = prove_nonnegative(f, box, **options)
    assert proof.status == "certified"
    report = check(proof.certificate())
    assert report.ok, report.reason
    assert report.boxes == proof.boxes
    monkeypatch.setattr(branch, "PATIENCE", 10**9)
    assert proof.work < prove_nonnegative(f, box, **options).work


def test_the_number_of_processes_changes_nothing(monkeypatch):
    monkeypatch.setattr(leaves, "SHARE", 100)
    f, box, options = MANY
    assert prove_nonnegative(f, box, jobs=2, **options) == prove_nonnegative(f, box, **options)


@pytest.mark.parametrize("name", [*TIGHT, *SLACK])
def test_true_inequalities_are_certified_whenever_proposals_come(name, monkeypatch):
    monkeypatch.setattr(branch, "PATIENCE", 4)
    f, box, options = {**TIGHT, **SLACK}[name]
    proof = prove_nonnegative(f, box, work=3000, **options)
    assert proof.status == "certified", proof.remaining[:3]
    assert proof.work <= 3000
    assert check(proof.certificate()).ok


@pytest.mark.parametrize("name", [*HAND_MADE, *SUNK, *STRICT])
def test_false_inequalities_are_not_certified_by_proposals(name, monkeypatch):
    monkeypatch.setattr(branch, "PATIENCE", 4)
    f, box, options = {**HAND_MADE, **SUNK, **STRICT}[name]
    assert prove_nonnegative(f, box, work=200, **options).status != "certified"


def claimed(rule):
    return lambda problem, boxes, cap: Proposals(nodes=[rule] * len(boxes), looked_at=len(boxes), worst=None)


@pytest.mark.parametrize(
    "rule",
    [
        ("ball",),
        ("mean-value",),
        ("empty", 0, "ball"),
        ("empty", 7, "mean-value"),
        ("face", {0: "lo"}, ("ball",)),
        ("split", 0, ("ball",), ("face", {0: "hi"}, ("ball",))),
    ],
)
def test_wrong_proposals_prove_nothing_and_spoil_nothing(rule, monkeypatch):
    monkeypatch.setattr(branch, "PATIENCE", 2)
    monkeypatch.setattr(branch, "propose", claimed(rule))
    for name in ("sine gap, lower constant at pi", *list(HAND_MADE)[::8]):
        f, box, options = HAND_MADE[name]
        assert prove_nonnegative(f, box, work=300, **options).status != "certified", name
    for name in ("sine gap, lower, sharp at both ends", "largest angle", "two exponentials"):
        f, box, options = TIGHT[name]
        proof = prove_nonnegative(f, box, **options)
        assert proof.status == "certified"
        assert check(proof.certificate()).ok


def test_a_violation_that_intervals_see_is_confirmed_exactly():
    # negative on a disc of radius 1/1000 only, at no nice point
    f = (x - Q(314159, 10**6)) ** 2 + (y - Q(271828, 10**6)) ** 2 + sin(40 * x) ** 2 * 0 - Q(1, 10**6)
    for strict in (False, True):
        proof = prove_nonnegative(f * exp(sin(x * y)), {x: (0, 1), y: (0, 1)}, strict=strict)
        assert proof.status == "refuted"
        assert f.subs(proof.witness) < 0


def test_rules_that_are_not_known_here_are_refused():
    problem = problem_of(x + 1, {x: (0, 1)})
    assert lower_bound(problem.f, (), False, problem.box, ["ball"]) >= 0.99
    with pytest.raises(ValueError, match="no rule"):
        lower_bound(problem.f, (), False, problem.box, ["zero"])
