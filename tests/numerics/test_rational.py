"""Simplest rationals and the shrinking of exact witnesses."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spaces import box, network_space

from numerics.instances.rational import complexity, exact_instance, simplest_between, simplest_near, simplify_witness
from numerics.instances.space import Family, Space

rationals = st.fractions(min_value=-50, max_value=50, max_denominator=400)


@given(rationals, rationals)
def test_simplest_between_is_the_simplest(a, b):
    low, high = min(a, b), max(a, b)
    found = simplest_between(low, high)
    assert low <= found <= high
    for denominator in range(1, found.denominator):  # none with a smaller denominator, by counting
        assert (high * denominator).__floor__() < (low * denominator).__ceil__()
    nearer = abs(found) - Fraction(1, found.denominator)
    if nearer >= 0:  # none of the same denominator and smaller magnitude
        assert not low <= (nearer if found > 0 else -nearer) <= high


def test_known_simplest_rationals():
    pi = Fraction(314159265, 10**8)
    assert simplest_between(Fraction(314, 100), Fraction(315, 100)) == Fraction(22, 7)
    assert simplest_between(pi - Fraction(1, 10**6), pi + Fraction(1, 10**6)) == Fraction(355, 113)
    assert simplest_between(Fraction(-5, 2), Fraction(-9, 4)) == Fraction(-5, 2)
    assert simplest_between(Fraction(-1), Fraction(1, 7)) == 0
    assert simplest_between(Fraction(2, 7), Fraction(2, 7)) == Fraction(2, 7)
    with pytest.raises(ValueError, match="swap them"):
        simplest_between(Fraction(1), Fraction(0))


@given(st.floats(-1e250, 1e250), st.integers(1, 12))
def test_simplest_near_keeps_its_tolerance(x, digits):
    value, tolerance = Fraction(x), Fraction(1, 10**digits)
    found = simplest_near(value, tolerance)
    assert abs(found - value) <= tolerance * abs(value)
    assert complexity(found) <= complexity(value)


def test_short_decimals_are_simple():
    assert simplest_near(Fraction(1.3e-12), Fraction(1, 2)) == Fraction(1, 10**12)
    assert simplest_near(Fraction(0.3333333), Fraction(1, 1000)) == Fraction(1, 3)
    assert simplest_near(Fraction(7.0e200), Fraction(1, 100)) == 7 * 10**200


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=4, max_size=4))
def test_exact_instances_are_the_binary_numbers(entries):
    exact = exact_instance({"W": np.array(entries).reshape(2, 2), "a": np.asarray(entries[0])})
    assert [float(x) for row in exact["W"] for x in row] == entries
    assert exact["a"] == Fraction(entries[0])


def norm2(row):
    return sum(x * x for x in row)


def dot(a, b):
    return sum(x * y for x, y in zip(a, b, strict=True))


def buried(rng, witness_students, teacher, *, students=8, dimension=10):
    """A witness among small other students, rotated into ``dimension`` coordinates."""
    rotation = np.linalg.qr(rng.standard_normal((dimension, dimension)))[0]
    small = np.zeros((students, dimension))
    for i, row in enumerate(witness_students):
        small[i, : len(row)] = row
    small[len(witness_students) :] = 1e-3 * rng.standard_normal((students - len(witness_students), dimension))
    rows = np.zeros((1, dimension))
    rows[0, : len(teacher)] = teacher
    return {"W": rng.permutation(small @ rotation), "v": rows @ rotation}


@pytest.mark.parametrize("seed", range(4))
def test_an_antiparallel_student_in_ten_dimensions_becomes_one_number(seed):
    """Violated where some student has cosine below −0.99 with the teacher."""
    calls = []

    def violated(instance):
        calls.append(instance)
        return any(
            dot(w, v) < 0 and 10000 * dot(w, v) ** 2 > 9801 * norm2(w) * norm2(v)
            for w in instance["W"] for v in instance["v"]
        )  # fmt: skip

    start = buried(np.random.default_rng(seed), [[-0.83, 0.02], [0.4, 0.7, 0.1]], [1.37])
    assert simplify_witness(start, violated) == {"W": ((-1,),), "v": ((1,),)}
    assert len(calls) < 300


@pytest.mark.parametrize("seed", range(3))
def test_what_the_predicate_needs_is_kept(seed):
    """Needs two students at an obtuse angle, and a third at less than 0.1 of their size: 2 dimensions, 3
    rows.
    """

    def violated(instance):
        w = instance["W"]
        if len(w) < 3 or any(norm2(x) == 0 for x in w):
            return False
        sizes = sorted(norm2(x) for x in w)
        pairs = [(a, b) for a in w for b in w]
        obtuse = any(dot(a, b) < 0 and 2 * dot(a, b) ** 2 < norm2(a) * norm2(b) for a, b in pairs)
        return obtuse and 100 * sizes[0] < sizes[-2]

    start = buried(np.random.default_rng(seed), [[-0.83, 0.9], [1.0, 0.1], [0.01, 0.02]], [1.0])
    found = simplify_witness(start, violated)
    assert violated(found)
    assert len(found["W"]) == 3
    assert len(found["W"][0]) == 2
    assert all(complexity(x)[0] <= 3 for row in found["W"] for x in row)
    assert found["v"] == ()


def test_a_boundary_met_exactly_is_recovered():
    """Violated only where w = −v exactly, which no binary64 rounding of the start satisfies."""

    def violated(instance):
        return any(all(3 * x == -y for x, y in zip(w, v, strict=True)) and norm2(v) > 0
                   for w in instance["W"] for v in instance["v"])  # fmt: skip

    start = {"W": np.array([[-0.1, 0.2 / 3]]), "v": np.array([[0.3, -0.2]])}
    assert not violated(exact_instance(start))
    found = simplify_witness(start, violated)
    assert found is not None
    assert violated(found)


def test_true_statements_give_no_witness():
    start = {"W": np.ones((2, 2)), "v": np.ones((1, 2))}
    assert simplify_witness(start, lambda instance: False) is None


def test_ranges_and_intervals_of_the_space_are_kept():
    space = Space(
        families=(
            Family(name="W", kind="student", rows=(2, 8)),
            Family(name="U", kind="direction", like="W"),
        ),
        scalars=box(eta=("1/3", "2/3")).scalars,
        dimension=(3, 5),
    )
    start = {"W": np.full((8, 5), 0.7), "U": np.full((8, 5), -0.3), "eta": np.asarray(0.5123)}
    shapes = []

    def violated(instance):
        shapes.append((len(instance["W"]), len(instance["U"]), len(instance["W"][0]), len(instance["U"][0])))
        return True

    found = simplify_witness(start, violated, space=space)
    assert found == {"W": ((0,) * 3,) * 2, "U": ((0,) * 3,) * 2, "eta": Fraction(1, 2)}
    assert all(n == k and d == e and n >= 2 and d >= 3 for n, k, d, e in shapes)


def test_calls_are_limited():
    calls = []

    def violated(instance):
        calls.append(1)
        return instance["a"] > Fraction(1, 3)

    found = simplify_witness({"a": np.asarray(0.71234)}, violated, calls=3)
    assert len(calls) <= 3
    assert found["a"] > Fraction(1, 3)


def test_verdicts_are_no_predicates():
    with pytest.raises(ValueError, match="return True or False"):
        simplify_witness({"a": np.asarray(0.5)}, lambda instance: "REFUTED")
    with pytest.raises(ValueError, match="finite"):
        simplify_witness({"a": np.asarray(np.nan)}, lambda instance: True)


def test_search_and_shrinking_together():
    """A false lemma, from sampling to an exact witness: |w + v| >= |w| − |v|/2 for two students and a
    teacher.
    """
    from numerics.search.adversarial import search

    def margin(batch):
        w, v = batch["W"][:, 0], batch["v"][:, 0]
        size = np.linalg.norm(w, axis=1), np.linalg.norm(v, axis=1)
        return (np.linalg.norm(w + v, axis=1) - size[0] + size[1] / 2) / (size[0] + size[1])

    def violated(instance):
        (w, *_), (v, *_) = instance["W"] or [()], instance["v"] or [()]
        if not w or not v:
            return False
        a, b, c = norm2([x + y for x, y in zip(w, v, strict=True)]), norm2(w), norm2(v)
        # √a < √b − √c/2 for rationals, by squaring: needs b > c/4 and a < b + c/4 − √(bc)
        rest = b + c / 4 - a
        return 4 * b > c and rest > 0 and rest**2 > b * c

    result = search(margin, network_space("xu23a"), np.random.default_rng(0), work=5000, stop_below=0.0)
    found = simplify_witness(result.instance, violated)
    assert found == {"W": ((-1,),), "v": ((1,),)}
