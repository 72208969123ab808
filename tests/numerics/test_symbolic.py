"""The ring of rational functions: its values agree with balls at exact instances, and roots, angles and
quotients are sound.
"""

from fractions import Fraction

import pytest
import sympy
from flint import arb
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sympy import Pow, Rational, Symbol, cos, exp, log, pi, sin, sqrt, tan

from checks.claim import Claim
from checks.given import Box, Networks, Point
from checks.identities.generic import Sizes, generic_walk
from checks.instances import frame_of_point, walk_over
from checks.relation import Equal
from numerics.arithmetic.ball import Balls
from numerics.arithmetic.base import Unevaluable
from numerics.ball import ball, power, precision
from numerics.evaluation.index_degree import IndexDegree, Unbounded, free_axes
from numerics.formal.reduction import normal_form, vanishes
from numerics.formal.ring import Ring, TooLarge
from theory.heads import Distinct, after_step, angle, dot, largest, magnitude, norm, positive_part, rate
from theory.quantity import find_quantity
from theory.symbols import a, d, eta, i, j, k, n, over, teachers, v, w

x, y = Symbol("x", real=True), Symbol("y", real=True)
theta = Symbol("theta", real=True)


def quantity(name, arity=0):
    return find_quantity(name, arity).symbol


def in_box(tree, **bounds):
    """The element of a tree in x, y (any sign unless bounds say otherwise)."""
    spans = {x: (-1, 1), y: (-1, 1)} | {Symbol(name, real=True): span for name, span in bounds.items()}
    claim = Claim(given=Box(variables=spans), then=Equal(tree, 0))
    return generic_walk(claim, Sizes(), Ring())(tree).data[0]


def agree(left, right, **bounds):
    return vanishes(in_box(left - right, **bounds))


# -- roots, quotients, functions -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "left, right",
    [
        (Pow(x**2, Rational(1, 2), evaluate=False), magnitude(x)),
        (Pow((x - y) ** 2, Rational(1, 2), evaluate=False), magnitude(y - x)),
        (Pow((x - y) ** 2 * x**4, Rational(1, 2), evaluate=False), x**2 * magnitude(y - x)),
        (magnitude(x * y), magnitude(x) * magnitude(y)),
        (magnitude(-3 * x), 3 * magnitude(x)),
        (positive_part(x) - positive_part(-x), x),
        (positive_part(x) * positive_part(-x), sympy.Integer(0)),
        (sqrt(8), 2 * sqrt(2)),
        (1 / sqrt(2), sqrt(2) / 2),
        (sqrt(Rational(2, 3)), sqrt(6) / 3),
        ((x**2 - y**2) / (x - y), x + y),
        (1 / (x - y) + 1 / (y - x), sympy.Integer(0)),
        (1 / x - 1 / y, (y - x) / (x * y)),
        (x / sqrt(x**2 + y**2), x * sqrt(x**2 + y**2) / (x**2 + y**2)),
        (sqrt(x), x / sqrt(x)),
        (exp(x + y), exp(x) * exp(y)),
        (exp(2 * x), exp(x) ** 2),
        (exp(log(x)), x),
        (log(exp(x)), x),
        (sympy.sinh(x) ** 2, sympy.cosh(x) ** 2 - 1),
        (tan(x) * cos(x), sin(x)),
        (sin(x + y), sin(x) * cos(y) + cos(x) * sin(y)),
        (sin(2 * x), 2 * sin(x) * cos(x)),
        (cos(x), 1 - 2 * sin(x / 2) ** 2),
        (sin(x / 3) ** 2, 1 - cos(x / 3) ** 2),
        (sin(pi / 3 + x), sqrt(3) / 2 * cos(x) + sin(x) / 2),
        (cos(3 * pi + x), -cos(x)),
        (sin(sympy.acos(x)), sqrt(1 - x**2)),
        (sympy.asin(x), pi / 2 - sympy.acos(x)),
        (cos(sympy.atan2(y, x)), x / sqrt(x**2 + y**2)),
        (sympy.erf(x + y) - sympy.erf(y + x), sympy.Integer(0)),
    ],
)
def test_equal_trees_are_seen_to_be_equal(left, right):
    assert agree(left, right)


@pytest.mark.parametrize(
    "left, right",
    [
        (Pow(x**2, Rational(1, 2), evaluate=False), x),
        (Pow((x - y) ** 2, Rational(1, 2), evaluate=False), x - y),
        (Pow((x - y) ** 2, Rational(1, 2), evaluate=False), y - x),
        (magnitude(x), x),
        (magnitude(x + y), magnitude(x) + magnitude(y)),
        (positive_part(x), x),
        (sqrt(1 - cos(x) ** 2), sin(x)),
        (sqrt(x**2 + y**2), x + y),
        (sin(2 * x), 2 * sin(x)),
        (exp(x * y), exp(x) * exp(y)),
        (sympy.erf(x), sympy.erf(y)),
        (sympy.erf(-x), sympy.erf(x)),
        (sympy.acos(x), sympy.acos(-x)),
        (sympy.atan2(y, x), sympy.atan(y / x)),
        (x * 0 + sqrt(2), Rational(7, 5)),
        (pi, Rational(22, 7)),
    ],
)
def test_different_trees_are_not(left, right):
    assert not agree(left, right)


def test_an_angle_between_0_and_pi_has_a_sine_of_known_sign():
    assert agree(sqrt(1 - cos(theta) ** 2), sin(theta), theta=(0, pi))
    assert not agree(sqrt(1 - cos(theta) ** 2), sin(theta), theta=(0, 2 * pi))
    assert not agree(sqrt(1 - cos(theta) ** 2), sin(theta), theta=(-1, 3))
    assert agree(sin(theta), 2 * sin(theta / 2) * cos(theta / 2), theta=(0, pi))


def test_a_bound_decides_the_sign_of_a_scalar():
    assert agree(magnitude(x), x, x=(0, 1))
    assert not agree(magnitude(x), x, x=("-1/1000", 1))


def test_division_by_zero_is_undefined_and_never_zero():
    one = sin(x) ** 2 + cos(x) ** 2
    for tree in (
        1 / (one - 1),
        1 / log(one),
        (one - 1) ** Rational(-1, 2),
        1 / ((x + y) ** 2 - x**2 - 2 * x * y - y**2),
    ):
        element = in_box(tree)
        assert element.undefined
        assert not vanishes(element)
        assert (element * 0).undefined


def test_the_root_of_a_negative_number_is_refused():
    with pytest.raises(Unevaluable, match="nowhere positive"):
        in_box(Pow(-magnitude(x), Rational(1, 2), evaluate=False))


def test_what_has_no_rule_is_refused_by_name():
    with pytest.raises(Unevaluable, match="besselj"):
        in_box(sympy.besselj(0, x))


def test_the_work_limit_stops_an_explosion():
    claim = Claim(given=Box(variables={x: (-1, 1), y: (-1, 1)}), then=Equal(x, y))
    with pytest.raises(TooLarge):
        generic_walk(claim, Sizes(), Ring(limit=2000))((x + y + 1) ** 60)


def test_equal_elements_have_equal_normal_forms():
    ring = Ring()
    claim = Claim(given=Box(variables={x: (-1, 1), y: (-1, 1)}), then=Equal(x, y))
    walk = generic_walk(claim, Sizes(), ring)
    left, right = walk((x + y) ** 2 / (x - y)).data[0], walk((x**2 + 2 * x * y + y**2) / (x - y)).data[0]
    assert normal_form(left).key == normal_form(right).key


# -- agreement with balls ------------------------------------------------------------------------------------

_rational = st.fractions(min_value=-3, max_value=3, max_denominator=5)
_row = st.tuples(_rational, _rational, _rational).filter(any)
_vector = st.recursive(
    st.sampled_from([w[0], w[1], v]),
    lambda inner: st.builds(lambda u, z, c: u + Rational(c) * z, inner, inner, st.integers(-2, 2).filter(bool)),
    max_leaves=3,
)
_scalar = st.recursive(
    st.one_of(
        st.builds(dot, _vector, _vector),
        st.builds(norm, _vector),
        st.builds(angle, _vector, _vector),
        st.builds(lambda u, z: cos(angle(u, z)), _vector, _vector),
        st.builds(lambda u, z: sin(angle(u, z) / 2), _vector, _vector),
        st.integers(-2, 2).map(sympy.Integer),
    ),
    lambda inner: st.one_of(
        st.builds(lambda p, q: p + q, inner, inner),
        st.builds(lambda p, q: p * q, inner, inner),
        st.builds(lambda p: Pow(p, -1, evaluate=False) if p != 0 else p, inner),
        st.builds(lambda p: Pow(p * p, Rational(1, 2), evaluate=False), inner),
        st.builds(magnitude, inner),
        st.builds(positive_part, inner),
    ),
    max_leaves=5,
)
_TWO = Networks(model="xu23a", students=2)


def _value_of(ring, element, point):
    """The element at the values that the generators have at an exact instance."""
    values: dict[int, arb] = {}
    walk = walk_over(_TWO, frame_of_point(_TWO, point), Balls())
    rows = {"w1": w[0], "w2": w[1], "v1": v}

    def value(terms):
        total = arb(0)
        for monomial, coefficient in terms.items():
            product = ball(coefficient)
            for number, exponent in monomial:
                product *= power(generator(number), exponent)
            total += product
        return total

    def generator(number):
        if number not in values:
            name = ring.generators[number].name
            if name.startswith("‖"):
                tree = norm(rows[name.strip("‖")])
                values[number] = ball(walk(tree).data[0])
            elif name.startswith("cos∠"):
                one, other = (rows[part.strip(" ()")] for part in name[4:].split(","))
                values[number] = ball(walk(dot(one, other) / (norm(one) * norm(other))).data[0])
            elif number in ring.rules:
                assert ring.rules[number][0] == 1
                values[number] = value(ring.rules[number][1])
            elif number in ring.angles:
                values[number] = value(ring.angles[number].cosine.terms).acos()
            else:
                assert name == "π", name
                values[number] = arb.pi()
        return values[number]

    return value(element.terms)


@settings(max_examples=250)
@given(tree=_scalar, rows=st.tuples(_row, _row, _row))
def test_elements_specialise_to_the_values_of_their_trees(tree, rows):
    point = Point.of(
        students=[[Rational(str(e)) for e in row] for row in rows[:2]],
        teachers=[[Rational(str(e)) for e in rows[2]]],
    )
    ring = Ring()
    try:
        element = generic_walk(Claim(given=_TWO, then=Equal(tree, 0)), Sizes(students=2, teachers=1), ring)(tree).data[
            0
        ]
    except Unevaluable:
        assume(False)
    with precision(256):
        expected = walk_over(_TWO, frame_of_point(_TWO, point), Balls())(tree).data[0]
        expected = ball(expected)
        assume(expected.is_finite())
        assert not element.undefined
        found = _value_of(ring, element, point)
        assume(found.is_finite())
        assert found.overlaps(expected)
        if vanishes(element):
            assert expected.contains(0)


# -- index degree --------------------------------------------------------------------------------------------


def degree_of(tree, kind="student", given=None, **options):
    given = given or Networks(model="xu23a", scalars={eta: (0, 1)})
    claim = Claim(given=given, then=Equal(tree, 0))
    walk = generic_walk(claim, Sizes(students=2, teachers=max(1, given.teachers[0])), Ring())
    return IndexDegree(walk=walk, kind=kind, **options)(tree)


loss, gradient, w_norm = quantity("loss"), quantity("gradient", 1), quantity("w_norm", 1)


@pytest.mark.parametrize(
    "tree, expected",
    [
        (norm(v), 0),
        (angle(w[i], w[j]), 0),
        (Distinct(i, j) * norm(w[i] - w[j]) ** 3, 0),
        (n, 1),
        (over(w_norm[i], i), 1),
        (over(w_norm[i] * over(w_norm[j], j), i), 2),
        (n * over(w_norm[i], i) + over(w_norm[i], i) ** 3, 3),
        (norm(over(w[i], i)) ** 2, 2),
        (quantity("residual_norm") ** 4, 4),
        (quantity("gradient_norm") ** 2, 3),
        (loss, 2),
        (dot(gradient[i], w[i]), 1),
        (rate(loss), 3),
        (after_step(dot(w[i], v)), 1),
        (after_step(dot(w[i], w[i])), 2),
        (over(w_norm[i], i) / over(w_norm[j], j), 1),
        (over(w_norm[i], i) / over(w_norm[j], j) + over(w_norm[i], i), 2),
        (over(w_norm[i] / over(w_norm[j], j), i), 1),
    ],
)
def test_index_degree(tree, expected):
    assert degree_of(tree).top == expected


@pytest.mark.parametrize(
    "tree",
    [
        norm(over(w[i], i)),
        quantity("residual_norm") ** 3,
        quantity("gradient_norm"),
        sqrt(n),
        sin(over(angle(w[i], v), i)),
        largest(w_norm[i], i),
        after_step(norm(w[i])),
        over(1 / over(Distinct(i, j) * w_norm[j], j), i),
        2**n,
    ],
)
def test_functions_of_sums_have_no_index_degree(tree):
    with pytest.raises(Unbounded):
        degree_of(tree)


def test_kinds_of_rows_are_counted_apart():
    several = Networks(model="zhou21b", teachers=(1, 3))
    tree = over(dot(w[i], teachers[a]) ** 2, i, a) * over(norm(teachers[a]), a)
    assert degree_of(tree, given=several).top == 1
    assert degree_of(tree, kind="teacher", given=several).top == 2


def test_a_generalised_quantity_has_no_derivative():
    free = Networks(model="xu23a", directions=("gradient",), scalars={eta: (0, 1)})
    names = frozenset({"gradient"})
    assert degree_of(dot(gradient[i], w[i]), given=free, generalised=names).top == 0
    assert degree_of(after_step(norm(w[i])), given=free, generalised=names).top == 0
    for tree in (rate(norm(gradient[i])), after_step(norm(gradient[i])), rate(quantity("gradient_norm"))):
        with pytest.raises(Unbounded):
            degree_of(tree, given=free, generalised=names)


def test_free_indices_are_counted_and_rows_named_by_number_refused():
    assert free_axes([w_norm[i] * w_norm[j], over(w_norm[k], k), d], "student") == 2
    with pytest.raises(Unbounded, match="named by number"):
        degree_of(w_norm[0])


def test_a_power_of_zero_with_a_symbolic_exponent_is_refused():
    with pytest.raises(Unevaluable, match="power of 0"):
        in_box((sin(x) ** 2 + cos(x) ** 2 - 1) ** y)


def test_elements_take_exact_numbers_only():
    ring = Ring()
    assert (ring.number(Fraction(1, 3)) * 3 - 1).terms == {}
    with pytest.raises(TypeError):
        ring.number(1) + 0.5
