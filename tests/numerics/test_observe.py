"""Observables of trajectories, in floats and balls, against loops over the series."""

import numpy as np
import pytest
from flint import arb, fmpq
from sympy import Rational, Symbol

from numerics.arithmetic.ball import Balls
from numerics.arithmetic.base import Unevaluable
from numerics.arithmetic.floating import Floating
from numerics.evaluation.walk import Entry, Frame, Walk
from theory.heads import greatest, least
from theory.observables import (
    at_time,
    final,
    first_time,
    fitted_slope,
    initial,
    mean,
    median,
    occurrences,
    peak,
    peak_before,
    peak_so_far,
    product_before,
    run,
    share,
    slope,
    total_before,
    trough,
    trough_before,
    trough_so_far,
)
from theory.symbols import t

f, g = Symbol("f", real=True), Symbol("g", real=True)
SERIES = np.array([[3.0, -1.0, 4.0, 1.0, -5.0], [-2.0, -6.0, -5.0, 3.0, 5.0]])
TIMES = np.array([0.0, 1.0, 2.0, 3.0, 4.0])


def frame(arithmetic: object, series: np.ndarray = SERIES, clock: np.ndarray = TIMES, **runs: Frame) -> Frame:
    size, times = series.shape
    lift = arithmetic.lift
    entries = {
        "f": Entry(data=lift(series.reshape(-1))),
        "g": Entry(data=lift((series**2).reshape(-1))),
        "t": Entry(data=lift(np.tile(clock, size))),
    }
    return Frame(entries=entries, times=times, runs=runs)


def walk(arithmetic: object, **runs: Frame) -> Walk:
    return Walk(arithmetic=arithmetic, setting=None, frame=frame(arithmetic, **runs))


def series_of(found: object) -> np.ndarray:
    data = np.asarray(found.data)
    return np.array([float(fmpq_or_float(x)) for x in data]).reshape(SERIES.shape)


def fmpq_or_float(x: object) -> float:
    return float(x.p) / float(x.q) if isinstance(x, fmpq) else float(x.mid()) if isinstance(x, arb) else float(x)


@pytest.mark.parametrize("arithmetic", [Floating(), Balls()], ids=["floats", "balls"])
def test_one_number_or_a_running_value_per_trajectory(arithmetic: object) -> None:
    value = walk(arithmetic)
    before = np.concatenate([np.full((2, 1), 0.0), SERIES[:, :-1]], axis=1)
    expected = {
        initial(f): np.repeat(SERIES[:, :1], 5, axis=1),
        final(f): np.repeat(SERIES[:, -1:], 5, axis=1),
        peak(f): np.repeat(SERIES.max(axis=1, keepdims=True), 5, axis=1),
        trough(f): np.repeat(SERIES.min(axis=1, keepdims=True), 5, axis=1),
        peak_so_far(f): np.maximum.accumulate(SERIES, axis=1),
        trough_so_far(f): np.minimum.accumulate(SERIES, axis=1),
        peak_before(f, 0): np.maximum.accumulate(before, axis=1),
        trough_before(f, 0): np.minimum.accumulate(before, axis=1),
        total_before(f): np.cumsum(before, axis=1),
        product_before(f): np.concatenate([np.ones((2, 1)), np.cumprod(SERIES, axis=1)[:, :-1]], axis=1),
        initial(f) * t: SERIES[:, :1] * TIMES,
        greatest(f, g, 2): np.maximum(np.maximum(SERIES, SERIES**2), 2),
        least(f, g, 2): np.minimum(np.minimum(SERIES, SERIES**2), 2),
    }
    for tree, numbers in expected.items():
        assert series_of(value(tree)) == pytest.approx(numbers), tree


@pytest.mark.parametrize("arithmetic", [Floating(), Balls()], ids=["floats", "balls"])
def test_first_times_and_counts(arithmetic: object) -> None:
    value = walk(arithmetic)
    assert series_of(value(first_time(f)))[:, 0] == pytest.approx([0, 3])
    assert series_of(value(first_time(-f, g - 10)))[:, 0] == pytest.approx([4, 1])
    assert series_of(value(occurrences(f)))[:, 0] == pytest.approx([3, 2])


def test_an_event_beyond_the_horizon_is_not_a_time() -> None:
    floats = walk(Floating())
    assert np.isinf(floats(first_time(f - 100)).data).all()
    assert floats.horizon.met
    censored = walk(Floating())
    censored.horizon.censored = True
    assert (np.asarray(censored(first_time(f - 100)).data) == 5).all()
    assert not any(entry.is_finite() for entry in walk(Balls())(first_time(f - 100)).data)


def test_a_first_time_after_an_undecided_state_is_unknown() -> None:
    balls = Balls()
    data = np.array([fmpq(-1), arb(0, 1), fmpq(1), fmpq(1)], dtype=object)
    entries = {"f": Entry(data=data), "t": Entry(data=balls.lift(np.arange(4)))}
    value = Walk(arithmetic=balls, setting=None, frame=Frame(entries=entries, times=4))
    assert not any(entry.is_finite() for entry in value(first_time(f)).data)
    assert not any(arb(entry).is_finite() for entry in value(occurrences(f)).data)


def test_values_at_times_and_slopes() -> None:
    value = walk(Floating())
    assert series_of(value(at_time(f, 2)))[:, 0] == pytest.approx([4, -5])
    assert series_of(value(at_time(f, Rational(5, 2))))[:, 0] == pytest.approx([4, -5])
    clock = np.geomspace(1, 1e4, 41)
    cubes = frame(Floating(), 7 * clock[None] ** -3, clock)
    powers = Walk(arithmetic=Floating(), setting=None, frame=cubes)
    found = np.asarray(powers(slope(f, t)).data)
    assert np.isnan(found[:10]).all()
    assert found[10:] == pytest.approx(-3)


def test_labelled_runs_and_sets_of_runs() -> None:
    other = frame(Floating(), 10 * SERIES)
    value = walk(Floating(), other=other)
    assert series_of(value(run("other", f) - f)) == pytest.approx(9 * SERIES)
    short = frame(Floating(), SERIES[:, :2], TIMES[:2])
    root = Walk(arithmetic=Floating(), setting=None, frame=Frame(entries={}, runs={"a": other, "b": short}))
    # Runs of different lengths meet at their ends.
    assert np.asarray(root(run("a", f) + run("b", f)).data) == pytest.approx([-51, 44])
    assert np.unique(root(mean(run("a", f))).data) == pytest.approx([0])
    assert np.unique(root(share(run("a", f))).data) == pytest.approx([0.5])
    assert np.unique(root(median(run("a", peak(f)))).data) == pytest.approx([40])
    assert np.unique(root(fitted_slope(1, 3, 2, 12, 4, 48)).data) == pytest.approx([2])


def test_what_has_no_meaning_is_refused() -> None:
    floats, balls = walk(Floating()), walk(Balls())
    with pytest.raises(Unevaluable, match="no run is labelled"):
        floats(run("missing", f))
    with pytest.raises(Unevaluable, match="no enclosure"):
        balls(median(f))
    with pytest.raises(Unevaluable, match="no enclosure"):
        balls(slope(f, t))
    with pytest.raises(Unevaluable, match="two points"):
        floats(fitted_slope(1, 2))
    static = Walk(arithmetic=Floating(), setting=None, frame=Frame(entries={"f": Entry(data=np.ones(3))}))
    with pytest.raises(Unevaluable, match="trajectory"):
        static(initial(f))


def test_a_label_is_a_name_and_nothing_else() -> None:
    assert str(run("lambda: 1", f).args[0]) == "lambda: 1"
