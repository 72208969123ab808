"""Closed forms: roots by class, zeros that are decided, relations between angles, and containment of enclosures."""

import math
from fractions import Fraction

import numpy as np
import pytest
from flint import arb, fmpq
from hypothesis import given
from hypothesis import strategies as st
from sympy import Rational, cos, pi, sin

from numerics.arithmetic.closed import ClosedForms
from numerics.ball import precision
from numerics.evaluation.angle_relations import resolved
from numerics.evaluation.closed_form import Form, TooComplex
from numerics.evaluation.radicals import Radicals, exact_root

rationals = st.fractions(min_value=-9, max_value=9, max_denominator=12)
rows = st.lists(st.integers(-6, 6), min_size=3, max_size=3)


@given(st.integers(1, 10**12), st.integers(1, 10**6))
def test_roots_of_one_class_have_one_representative(number, factor):
    radicals = Radicals()
    k, first = radicals.root(number)
    other, second = radicals.root(number * factor * factor)
    assert first == second
    assert k * k * first == number
    assert other == factor * k


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_products_of_roots(left, right):
    radicals = Radicals()
    (a, x), (b, y) = radicals.root(left), radicals.root(right)
    factor, representative = radicals.product(x, y)
    assert (a * b * factor) ** 2 * representative == left * right


def test_squares_have_exact_roots():
    assert [exact_root(number) for number in (0, 1, 2, 144)] == [0, 1, None, 12]


def form_of(forms, pieces):
    """Σ q_k √n_k θ_k^{e_k} of random pieces."""
    arithmetic = forms
    total = fmpq(0)
    for coefficient, square, tangent in pieces:
        angle = arithmetic._acute(fmpq(1) / (1 + tangent * tangent))
        total = total + arithmetic.forms.root(fmpq(square)) * angle * fmpq(
            coefficient.numerator, coefficient.denominator
        )
    return total


pieces = st.lists(st.tuples(rationals, st.integers(1, 30), st.integers(1, 7)), max_size=4)


@given(pieces, pieces)
def test_ring_identities_hold_exactly(one, other):
    arithmetic = ClosedForms()
    x, y = form_of(arithmetic, one), form_of(arithmetic, other)
    for difference in ((x + y) - y - x, x * y - y * x, (x + y) * (x - y) - x * x + y * y, x * 0, x - x):
        assert difference == 0 if isinstance(difference, fmpq) else not difference.terms


@given(pieces)
def test_enclosures_of_two_precisions_overlap_and_hold_the_float(one):
    arithmetic = ClosedForms()
    value = form_of(arithmetic, one)
    with precision(64):
        coarse = arithmetic.forms.enclosure(value)
    with precision(256):
        fine = arithmetic.forms.enclosure(value)
    assert coarse.overlaps(fine)
    expected = sum(float(q) * math.sqrt(n) * math.atan(t) for q, n, t in one)
    assert abs(float(fine) - expected) <= 1e-12 * (1 + abs(expected))


def angle_of(arithmetic, x, y):
    def dot(a, b):
        return sum((fmpq(i) * fmpq(j) for i, j in zip(a, b, strict=True)), fmpq(0))

    return arithmetic._angle(dot(x, x), dot(y, y), dot(x, y))


def is_zero(arithmetic, value):
    value = resolved(arithmetic.forms, value) if isinstance(value, Form) else value
    return not isinstance(value, Form) and value == 0


@given(rows, rows, st.integers(1, 9), st.integers(1, 9))
def test_angles_in_a_plane_add_up(x, y, a, b):
    between = [a * i + b * j for i, j in zip(x, y, strict=True)]
    if not any(x) or not any(y) or not any(between):
        return
    arithmetic = ClosedForms()
    total = angle_of(arithmetic, x, between) + angle_of(arithmetic, between, y) - angle_of(arithmetic, x, y)
    # where x and y are antiparallel, the middle row may lie on either of them
    assert is_zero(arithmetic, total)


@given(rows)
def test_mirror_images_have_the_double_angle(x):
    mirrored = [x[0], -x[1], -x[2]]
    if x[0] <= 0:
        return
    arithmetic = ClosedForms()
    assert is_zero(arithmetic, angle_of(arithmetic, x, mirrored) - fmpq(2) * angle_of(arithmetic, x, [1, 0, 0]))


def test_machin():
    arithmetic = ClosedForms()
    forms = arithmetic.forms

    def arctan(t):
        return arithmetic._acute(1 / (1 + t * t))

    def value(last):
        fifth, far = arctan(fmpq(1, 5)), arctan(fmpq(1, last))
        return fmpq(4) * fifth - far - fmpq(1, 4) * forms.pi()

    assert is_zero(arithmetic, value(239))
    assert not is_zero(arithmetic, value(240))


def test_no_relation_is_invented():
    """Angles that agree to 12 digits are not taken for equal."""
    arithmetic = ClosedForms()
    near = angle_of(arithmetic, [10**6, 1], [10**6, 0]) - angle_of(arithmetic, [10**6 + 1, 1], [10**6, 0])
    value = resolved(arithmetic.forms, near)
    assert isinstance(value, Form)
    assert arithmetic.forms.sign(value) == 1


@pytest.mark.parametrize("ratio", [Fraction(k, 12) for k in range(-13, 30)])
def test_special_angles(ratio):
    arithmetic = ClosedForms()
    found = arithmetic._special(fmpq(ratio.numerator, ratio.denominator))
    if found is None:
        assert (6 * ratio).denominator != 1
        assert (4 * ratio).denominator != 1
        return
    expected = Rational(ratio.numerator, ratio.denominator) * pi
    for value, exact in zip(found, (cos(expected), sin(expected)), strict=True):
        assert abs(float(arithmetic.forms.enclosure(value)) - float(exact)) < 1e-15


def test_undefined_values_spread_and_bounded_ones_vanish_with_zero():
    arithmetic = ClosedForms()
    forms = arithmetic.forms
    nothing = arithmetic._inverse(fmpq(0))
    assert not forms.exists(nothing)
    assert not forms.exists(nothing * fmpq(0))
    assert not forms.exists(forms.root(fmpq(-1)))
    angle = arithmetic._angle(fmpq(0), fmpq(1), fmpq(0))
    assert not forms.exists(angle)
    assert angle * fmpq(0) == 0
    assert arithmetic._cosine(angle) * fmpq(0) == 0
    assert not forms.exists(angle + fmpq(1))
    assert forms.enclosure(angle).is_nan()


def test_sign_and_extremum():
    arithmetic = ClosedForms()
    root2, root3 = arithmetic.forms.root(fmpq(2)), arithmetic.forms.root(fmpq(3))
    data = np.array([[root2, root3, fmpq(1)]], dtype=object)
    assert arithmetic.extremum(data, 1, True)[0] is root3
    assert arithmetic.extremum(data, 1, False)[0] == 1
    assert arithmetic.magnitude(np.array([root2 - root3], dtype=object))[0].terms == (root3 - root2).terms
    with pytest.raises(TooComplex):
        arithmetic.forms.sign(arithmetic.forms.undefined())


def test_opaque_values_are_enclosed():
    arithmetic = ClosedForms()
    inverse = arithmetic._inverse(arithmetic.forms.root(fmpq(2)) + arithmetic.forms.root(fmpq(3)))
    assert arithmetic.forms.enclosure(inverse).overlaps(arb(3).sqrt() - arb(2).sqrt())
