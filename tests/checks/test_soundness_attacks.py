"""Claims that are built to deceive: none of them may be proved, certified or refuted wrongly."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sympy import IndexedBase, Integer, Rational, Sum, Symbol, log, pi, sin, sqrt

from checks.admissible import inadmissible
from checks.claim import Claim
from checks.engine import Engine
from checks.given import Box, Draws, Integers, Networks, Point
from checks.identities.rows import prove
from checks.method import BUDGETS, Context
from checks.relation import AtMost, Below, Equal, Relation
from checks.runs.gaussian_law import derived_law
from checks.wellformed import fault
from checks.witness import examine
from theory.heads import Distinct, dot, largest, line_angle, norm
from theory.observables import run
from theory.quantity import Quantity
from theory.symbols import a, beta, i, j, m, n, over, teachers, v, w
from theory.vocabulary import gradient, loss, theta, w_norm

X, POSITIVE = Symbol("x", real=True), Symbol("x", positive=True)
WHOLE = Symbol("k", integer=True)
ANY = Networks(model="xu23a")


def quantity(name: str, tree: object, *, nonnegative: bool = False) -> Quantity:
    return Quantity(name=name, latex=name, meaning="", source="", define=lambda setting: tree, nonnegative=nonnegative)


SIGNLESS = quantity("overlap", dot(w[0], v), nonnegative=True)
HIDING = quantity("loss", Integer(0))
ZERO = Symbol("x", zero=True)


@pytest.mark.parametrize(
    "given, then, quantities",
    [
        # √(x²) became x while the tree was built, and the range has negative numbers.
        (Box(variables={POSITIVE: (-1, 1)}), Equal(sqrt(POSITIVE**2), POSITIVE), ()),
        (Box(variables={X: (-1, 1)}), Equal(sqrt(POSITIVE**2), X), ()),
        (Box(variables={POSITIVE: (0, 1)}), AtMost(0, POSITIVE), ()),
        (Box(variables={WHOLE: (0, 1)}), Equal(sin(pi * WHOLE), 0 * WHOLE), ()),
        (Box(variables={X: (0, 1)}), Equal(ZERO + X, X), ()),
        (Integers(variables={Symbol("k", positive=True, integer=True): (0, 3)}), AtMost(1, n), ()),
        (Integers(variables={Symbol("k", even=True): (0, 3)}), AtMost(WHOLE, 3), ()),
        (ANY, Equal(IndexedBase("theta", positive=True)[i], theta[i]), ()),
        (ANY, Equal(dot(IndexedBase("w", zero=True)[i], v), 0), ()),
        # A name that means another thing than it says.
        (ANY, Equal(loss, 0), (HIDING,)),
        (Networks(model="xu23a", scalars={Symbol("loss", real=True): (5, 6)}), AtMost(5, loss), ()),
        (Networks(model="xu23a", directions=("gradient",)), AtMost(norm(gradient[i]), 1), ()),
        (Networks(model="xu23a", scalars={Symbol("n", real=True): (5, 6)}), AtMost(5, n), ()),
        # ≥ 0 by declaration only.
        (ANY, Equal(sqrt(SIGNLESS.symbol**2), SIGNLESS.symbol), (SIGNLESS,)),
    ],
)
def test_symbols_that_promise_too_much_are_refused(
    given: object, then: Relation, quantities: tuple[Quantity, ...]
) -> None:
    claim = Claim(id="attack", given=given, then=then, quantities=quantities)  # type: ignore[arg-type]
    assert inadmissible(claim)
    assert fault(claim)
    with pytest.raises(ValueError, match=r"assumed|vocabulary|known quantity|by its form"):
        Engine(context=Context(budget=BUDGETS["quick"])).outcome(claim)


@pytest.mark.parametrize(
    "given, then, quantities",
    [
        (Box(variables={POSITIVE: (Rational(1, 2), 1)}), Equal(sqrt(POSITIVE**2), POSITIVE), ()),
        (Box(variables={Symbol("x", nonnegative=True): (0, 1)}), AtMost(0, Symbol("x", nonnegative=True)), ()),
        (Integers(variables={WHOLE: (0, 3)}), AtMost(0, WHOLE), ()),
        (ANY, AtMost(0, w_norm[i] * n + loss), ()),
        (ANY, AtMost(0, (own := quantity("square", dot(w[0], v) ** 2, nonnegative=True)).symbol), (own,)),
    ],
)
def test_what_the_range_keeps_is_admitted(given: object, then: Relation, quantities: tuple[Quantity, ...]) -> None:
    assert inadmissible(Claim(given=given, then=then, quantities=quantities)) == ""  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "then",
    [
        Equal(Sum(w_norm[i], (i, 1, 1)), over(w_norm[i], i)),
        Equal(Sum(w_norm[j], (j, 1, i)), over(w_norm[j], j)),
        Equal(w_norm[-1], w_norm[0]),
        Equal(over(Distinct(i, i) * w_norm[i], i), 0),
        Equal(over(Distinct(i, a) * w_norm[i], i), 0),
    ],
)
def test_parts_of_the_rows_and_rows_from_the_end_have_no_meaning(then: Equal) -> None:
    claim = Claim(given=Networks(model="zhou21b", students=2, teachers=2), then=then)
    assert not prove(claim).complete
    assert "can't be evaluated" in fault(claim)


_FOUR = (n - 1) * (n - 2) * (n - 3) * (n - 4)
_SIX = _FOUR * (n - 5) * (n - 6)


@pytest.mark.parametrize(
    "then",
    [Equal(_FOUR * w_norm[i], 0), Equal(_SIX * w_norm[i], 0), Equal(_SIX * largest(w_norm[i], i), 0)],
)
def test_small_numbers_of_students_prove_nothing_about_larger_ones(then: Equal) -> None:
    assert not prove(Claim(given=Networks(model="xu23a", students=(1, 40)), then=then)).complete


def test_small_numbers_of_rows_prove_what_is_said_of_them() -> None:
    given = Networks(model="xu23a", students=(1, 4), dimension=1)
    assert prove(Claim(given=given, then=Equal(_FOUR * w_norm[i], 0))).complete
    several = Networks(model="zhou21b", students=(1, 2), teachers=(1, 20))
    assert not prove(Claim(given=several, then=Equal((m - 1) * (m - 2) * (m - 3) * loss, 0))).complete


def test_a_sum_of_squared_lengths_is_no_sphere() -> None:
    """Σ‖w_i‖² = 1 makes ‖w_1‖ = 1 for one student alone; coefficients of a sphere change sign, lengths don't."""
    given = Networks(model="xu23a", where=(Equal(over(w_norm[j] ** 2, j), 1),))
    assert not prove(Claim(given=given, then=Equal(w_norm[i], 1))).complete
    sphere = Networks(model="xu23a", coefficients=("beta",), where=(Equal(over(beta[j] ** 2, j), 1),))
    assert not prove(Claim(given=sphere, then=Equal(beta[i] ** 2, 1))).complete


ONE = Networks(model="xu23a", students=1, dimension=1)
LINE = ((Integer(1),),)
VANISHING = sqrt(3 + 2 * sqrt(2)) - 1 - sqrt(2)
BELOW_PI = Claim(given=Box(variables={X: (0, pi)}), then=AtMost(X, 3))


@pytest.mark.parametrize(
    "given, then, point",
    [
        # Values for what the network itself determines.
        (ONE, AtMost(loss, 3), Point(rows={"w": LINE, "v": LINE}, scalars={"loss": Integer(100)})),
        (ONE, AtMost(n, 1), Point(rows={"w": LINE, "v": LINE}, scalars={"n": Integer(100)})),
        (ONE, AtMost(norm(gradient[i]), 1), Point.of(students=[[1]], teachers=[[1]], gradient=[[100]])),
        # A teacher that vanishes, not at all plainly, and none at all.
        (ONE, Below(0, norm(v)), Point.of(students=[[1]], teachers=[[0]])),
        (ONE, AtMost(1, norm(v)), Point.of(students=[[1]], teachers=[[VANISHING]])),
        (ONE, AtMost(w_norm[i], 1), Point.of(students=[[100]])),
        # Sizes outside the domain, families of different lengths.
        (ONE, AtMost(w_norm[i], 1), Point.of(students=[[2], [2]], teachers=[[1]])),
        (ONE, AtMost(w_norm[i], 1), Point.of(students=[[2, 2]], teachers=[[1, 0]])),
        (ONE, AtMost(w_norm[i], 1), Point.of(students=[[2]], teachers=[[1], [1]])),
        (
            Networks(model="xu23a", students=2, directions=("V",)),
            AtMost(2, over(norm(IndexedBase("V", real=True)[i]), i)),
            Point.of(students=[[1], [2]], teachers=[[1]], V=[[1]]),
        ),
        # Teachers closer than the claim admits; a network that is not near the optimum.
        (
            Networks(model="zhou21b", teachers=2, separation=Rational(1, 2)),
            AtMost(Rational(1, 2), line_angle(teachers[0], teachers[1])),
            Point.of(students=[[1, 0]], teachers=[[1, 0], [1, 0]]),
        ),
        (replace(ONE, near_optimum=True), AtMost(loss, 1), Point.of(students=[[100]], teachers=[[1]])),
        # Beyond the end of a range by less than 64 bits can see.
        (BELOW_PI.given, AtMost(X, 3), Point(scalars={"x": pi + Rational(1, 10**40)})),
    ],
)
def test_points_outside_the_domain_refute_nothing(given: Networks | Box, then: Relation, point: Point) -> None:
    assert not examine(Claim(given=given, then=then), point).violated


def test_points_inside_the_domain_still_refute() -> None:
    assert examine(Claim(given=ONE, then=AtMost(w_norm[i], 1)), Point.of(students=[[2]], teachers=[[1]])).violated
    assert examine(BELOW_PI, Point(scalars={"x": pi})).violated
    separated = Networks(model="zhou21b", teachers=2, separation=Rational(1, 2))
    point = Point.of(students=[[1, 0]], teachers=[[1, 0], [0, 1]])
    assert examine(Claim(given=separated, then=AtMost(line_angle(teachers[0], teachers[1]), 1)), point).violated


def test_laws_are_derived_for_inequalities_and_single_squares_alone() -> None:
    from checks.given import Companion

    draws = Draws(model="wang21a", students=1, dimension=3)
    assert derived_law(draws, AtMost(dot(w[0], w[0]), 60)) is not None
    assert derived_law(draws, Equal(dot(w[0], w[0]), 60)) is None  # type: ignore[arg-type]
    assert derived_law(replace(draws, deviation=0), AtMost(dot(w[0], w[0]), 60)) is None
    other = Draws(model="wang21a", students=3, dimension=3, companions={"other": Companion(students=2)})
    single = run("other", dot(w[0], v) ** 2)
    double = run("other", dot(w[0], v) ** 2 + dot(w[1], v) ** 2)
    assert derived_law(other, AtMost(dot(w[i], v) ** 2, single)) == Rational(1, 4)
    assert derived_law(other, AtMost(dot(w[i], v) ** 2, double)) is None


def test_what_is_undefined_is_neither_true_nor_false() -> None:
    for then in (AtMost(0, 1 + sqrt(X)), AtMost(log(X), 5), AtMost(5, 1 / X)):
        claim = Claim(given=Box(variables={X: (-1, 0)}), then=then)
        assert not examine(claim, Point(scalars={"x": 0 if then.right != 1 + sqrt(X) else Integer(-1)})).violated
