"""Exact values over symmetric families: for every r at once, against the same networks written out."""

from fractions import Fraction

import pytest
from sympy import Integer, Rational, Symbol, expand, pi

from theory.family_walk import FamilyWalk, NotInFamily
from theory.heads import Distinct, angle, dot, largest, line_angle, norm, smallest
from theory.model import find_model
from theory.quantity import Setting
from theory.symbols import a, b, i, j, n, over, teachers, w
from theory.symmetric_family import Group, SymmetricFamily
from theory.vocabulary import Theta, gradient_norm, loss, residual_norm, student_mass

r = Symbol("r", integer=True, positive=True)
s, k = Symbol("s", positive=True), Symbol("k", positive=True)
u = Symbol("u", positive=True)

FAR = SymmetricFamily(
    students=(Group(own={"near": k}), Group(own={"far": s})),
    teachers=(Group(own={"near": Integer(1)}),),
    copies=r,
    parameters={s: (Integer(0), Integer(1))},
    lengths={k: 1 - s**2},
)
# One student beside r others that share an axis with it, so that different copies are not orthogonal.
SHARED = SymmetricFamily(
    students=(Group(own={"own": s}, common={"all": u}), Group(common={"all": 2 * u})),
    teachers=(Group(common={"all": Integer(1)}),),
    copies=r,
    parameters={s: (Integer(0), Integer(1)), u: (Integer(0), Integer(1))},
)


def walk(family: SymmetricFamily, model: str = "zhou21b") -> FamilyWalk:
    several = family is FAR
    return FamilyWalk(family=family, setting=Setting(model=find_model(model), several_teachers=several))


def rows(family: SymmetricFamily, groups: tuple[Group, ...], copies: int, values: dict[Symbol, Rational]) -> list:
    return [[entry.xreplace(values) for entry in row] for row in family.rows(groups, copies)]


def inner(x: list, y: list) -> Fraction:
    return sum((left * right for left, right in zip(x, y, strict=True)), Integer(0))


def test_closed_forms_of_the_far_neurons() -> None:
    value = walk(FAR)
    assert value(loss) - expand((1 - 2 / pi) * r * s**4) == 0
    assert value(Theta) == r
    assert value(student_mass) == r
    assert value(residual_norm**2) == 2 * r * s**4
    assert value(n) == 2 * r
    delta = smallest(line_angle(w[i], teachers[a]), a)
    assert value(over(norm(w[i]) ** 2 * delta**2, i)) == pi**2 * r * s**2 / 4
    # ∇ of the far neurons only: 2 s (1 − 2/π) (1 + …) by hand for r = 1 is 2 (1 − 4/π²) s³ when the near one
    # is refitted; here the near one is not, so only positivity and the power of s are known.
    assert value(gradient_norm**2).has(r)


@pytest.mark.parametrize("copies", [1, 2, 3, 5])
def test_sums_over_pairs_hold_for_every_number_of_copies(copies: int) -> None:
    values = {s: Rational(1, 3), u: Rational(2, 5)}
    students = rows(SHARED, SHARED.students, copies, values)
    value = walk(SHARED, "wang21a")
    squares = sum(inner(x, y) ** 2 for x in students for y in students)
    cubes = sum(inner(x, y) * inner(y, z) for x in students for y in students for z in students)
    total = [sum(column) for column in zip(*students, strict=True)]
    off = sum(inner(x, y) for place, x in enumerate(students) for other, y in enumerate(students) if place != other)
    at = {**values, r: Integer(copies)}
    l_ = Symbol("k", integer=True)
    assert value(over(dot(w[i], w[j]) ** 2, i, j)).xreplace(at) == squares
    assert value(over(dot(w[i], w[j]) * dot(w[j], w[l_]), i, j, l_)).xreplace(at) == cubes
    assert value(dot(over(w[i], i), over(w[j], j))).xreplace(at) == inner(total, total)
    assert value(over(Distinct(i, j) * dot(w[i], w[j]), i, j)).xreplace(at) == off
    nested = over(dot(w[i], over(dot(w[i], w[j]) * w[j], j)), i)
    expected = sum(inner(x, y) ** 2 for x in students for y in students)
    assert value(nested).xreplace(at) == expected


def test_loss_of_the_quadratic_model_against_rows_written_out() -> None:
    values = {s: Rational(1, 3), u: Rational(2, 5)}
    value = walk(SHARED, "wang21a")(loss)
    for copies in (1, 2, 4):
        students = rows(SHARED, SHARED.students, copies, values)
        (teacher,) = rows(SHARED, SHARED.teachers, copies, values)
        trace = sum(inner(x, x) for x in students) - inner(teacher, teacher)
        gap = sum(inner(x, y) ** 2 for x in students for y in students)
        gap += inner(teacher, teacher) ** 2 - 2 * sum(inner(x, teacher) ** 2 for x in students)
        assert value.xreplace({**values, r: Integer(copies)}) == trace**2 / 4 + gap / 2


def test_angles_are_exact_or_refused() -> None:
    value = walk(FAR)
    assert value(largest(smallest(line_angle(w[i], teachers[a]), a), i)) == pi / 2
    with pytest.raises(NotInFamily, match="neither"):
        walk(SHARED, "wang21a")(over(angle(w[i], w[j]), i, j))


def test_an_extremum_that_needs_a_second_copy_is_refused() -> None:
    # Over other teachers the largest angle is π/2 only if there are others.
    with pytest.raises(NotInFamily, match="more copies"):
        walk(FAR)(over(largest(angle(teachers[a], teachers[b]), b), a))


def test_undeclared_symbols_are_refused() -> None:
    with pytest.raises(ValueError, match="declare"):
        SymmetricFamily(students=(Group(common={"x": s}),), teachers=(Group(common={"x": Integer(1)}),))
    real = Symbol("y", real=True)
    with pytest.raises(ValueError, match="positive"):
        SymmetricFamily(
            students=(Group(common={"x": real}),),
            teachers=(Group(common={"x": Integer(1)}),),
            parameters={real: (Integer(0), Integer(1))},
        )
