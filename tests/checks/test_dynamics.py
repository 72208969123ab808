"""Descent and flow: true statements are supported or certified, false ones not, vacuous ones undecided."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sympy import Rational, Symbol, sqrt

from checks.claim import Claim
from checks.engine import Engine
from checks.given import Companion, Descent, Flow, Networks, Point
from checks.method import BUDGETS, Context
from checks.relation import AtLeast, AtMost, Below, Bounded, Equal, Tends
from checks.runs.exact_run import examine_run
from checks.verdict import Verdict
from theory.heads import after_step, dot, least, magnitude, norm
from theory.observables import (
    final,
    first_time,
    initial,
    occurrences,
    peak,
    peak_before,
    product_before,
    run,
    slope,
)
from theory.symbols import H, eta, gamma, i, t, v, w
from theory.vocabulary import gradient_norm, h, loss, parallel, residual_norm, v_norm, w_norm, z

TINY = replace(BUDGETS["quick"], samples=200, searches=200)
u, phi = Symbol("u", real=True), Symbol("phi", real=True)
s = norm(v)
a = dot(w[0], v) / s
across = norm(z[0])


def verdict(claim: Claim, seed: int = 0) -> Verdict:
    return Engine(context=Context(budget=TINY, seed=seed)).outcome(claim).verdict


# -- one exact start --------------------------------------------------------------------------------------

START = Point.of(students=[["1e-4", "98e-4"]], teachers=[[1, 0]], gamma="0.099")
ONE_RUN = Descent(model="wang21a", steps=400, step="0.01", students=1, dimension=2, start=START)
REACHED = (gamma - magnitude(magnitude(a) - s), gamma - across)
BEFORE = Below(peak_before(least(*REACHED), -1), 0)


def about_one_run(then: object, *where: object) -> Claim:
    return Claim(id="test/run", given=replace(ONE_RUN, where=where), then=then)


@pytest.mark.parametrize(
    "then, expected",
    [
        # The largest component across the teacher along this run is 0.15284…
        (AtMost(across, Rational(1529, 10_000)), Verdict.CERTIFIED),
        (AtMost(across, Rational(1528, 10_000)), Verdict.REFUTED),
        (AtMost(peak(across), Rational(1529, 10_000)), Verdict.CERTIFIED),
        (AtMost(initial(across), across + Rational(1, 100)), Verdict.CERTIFIED),
        (Equal(after_step(a), a * (1 + 3 * eta * (1 - dot(w[0], w[0])))), Verdict.UNDECIDED),
        (Below(loss, initial(loss)), Verdict.REFUTED),
        (AtMost(loss, initial(loss)), Verdict.CERTIFIED),
        (AtMost(after_step(loss), loss), Verdict.CERTIFIED),
        (AtMost(loss, after_step(loss)), Verdict.REFUTED),
    ],
)
def test_one_exact_run(then: object, expected: Verdict) -> None:
    assert verdict(about_one_run(then)) is expected


def test_the_first_violation_is_reported_where_it_is() -> None:
    finding = examine_run(about_one_run(AtMost(across, gamma), BEFORE), START)
    assert finding.violated
    assert finding.numbers["t"] == "235"
    assert finding.numbers["left"].startswith("[0.09955")
    first = Equal(first_time(*REACHED), 348)
    assert examine_run(about_one_run(first), START).certain
    assert examine_run(about_one_run(Equal(first_time(*REACHED), 347)), START).violated


def test_a_run_that_never_meets_the_hypotheses_says_nothing() -> None:
    assert verdict(about_one_run(AtMost(across, 0), AtLeast(a, 2))) is Verdict.UNDECIDED


def test_a_start_outside_the_hypotheses_refutes_nothing() -> None:
    starts = Networks(model="wang21a", students=1, dimension=2, where=(AtMost(norm(w[0]), Rational(1, 1000)),))
    given = Descent(model="wang21a", steps=300, step="0.01", students=1, dimension=2, starts=starts)
    claim = Claim(id="test/start", given=given, then=AtMost(across, Rational(1, 100)), witness=START)
    assert not examine_run(claim, START).violated
    assert "hypothesis" in examine_run(claim, START).reason


def test_equal_starts_and_companions() -> None:
    start = Point.of(students=[["-0.0892", "0.4012"], ["0.0892", "-0.4012"], ["-0.0892", "-0.4012"]], teachers=[[1, 0]])
    given = Descent(
        model="wang21a", students=3, dimension=2, steps=6, start=start, step="0.1",
        companions={"single": Companion(rows=(w[0],))},
    )  # fmt: skip
    single = run("single", magnitude(parallel[0]))
    assert verdict(Claim(id="test/a", given=given, then=AtMost(magnitude(parallel[i]), single))) is Verdict.REFUTED
    with_room = AtMost(magnitude(parallel[i]), Rational(112, 100) * single)
    assert verdict(Claim(id="test/b", given=given, then=with_room)) is Verdict.CERTIFIED
    less_room = AtMost(magnitude(parallel[i]), Rational(111, 100) * single)
    assert verdict(Claim(id="test/c", given=given, then=less_room)) is Verdict.REFUTED


def test_balls_follow_the_relu_and_absolute_value_models() -> None:
    for model, teachers in (("xu23a", [[1, 0]]), ("zhou21b", [[1, 0], [0, 1]])):
        start = Point.of(students=[["0.5", "0.25"], ["0.25", "0.5"]], teachers=teachers)
        given = Descent(
            model=model, steps=15, step="0.05", students=2, teachers=len(teachers), dimension=2, start=start
        )
        assert verdict(Claim(id="test/x", given=given, then=AtMost(after_step(loss), loss))) is Verdict.CERTIFIED
        assert verdict(Claim(id="test/y", given=given, then=AtMost(loss, after_step(loss)))) is Verdict.REFUTED


# -- drawn starts -----------------------------------------------------------------------------------------

SINGLE = Networks(
    model="wang21a",
    students=1,
    dimension=2,
    directions=("H",),
    scalars={
        gamma: (Rational(1, 1000), Rational(10, 11)),
        u: (0, 1),
        phi: (0, 12),
        eta: (Rational(1, 100), Rational(1, 10)),
    },
    drawn_as=u * gamma / 10 * (10 ** (-phi) * v / s + sqrt(1 - 10 ** (-2 * phi)) * (H[i] - dot(H[i], v) / s**2 * v)),
    where=(
        AtMost(10 * norm(w[0]), gamma),
        Below(Rational(11, 10) * gamma, s),
        AtMost(s, 1),
        Below(0, magnitude(a)),
    ),
)
RUNS = Descent(model="wang21a", steps=300, students=1, dimension=2, starts=SINGLE, where=(BEFORE,))


def about_runs(then: object, **changes: object) -> Claim:
    return Claim(id="test/runs", given=replace(RUNS, **changes), then=then)


def test_search_over_starts_refutes_by_an_exact_run() -> None:
    claim = about_runs(AtMost(across, gamma))
    outcome = Engine(context=Context(budget=TINY)).outcome(claim)
    assert outcome.verdict is Verdict.REFUTED
    assert outcome.leading is not None
    assert outcome.leading.arithmetic == "balls"
    witness = outcome.leading.witness
    assert witness is not None
    point = Point.of(students=witness["w"], teachers=witness["v"], **{name: witness[name] for name in ("gamma", "eta")})
    assert examine_run(claim, point).violated


def test_true_statements_about_runs_are_supported() -> None:
    growth = AtMost(initial(magnitude(a)) * (1 + eta * 6 * gamma * (s - gamma)) ** t, magnitude(a))
    assert verdict(about_runs(growth)) is Verdict.SUPPORTED
    product = AtMost(across, initial(across) * product_before(1 + eta * s**2))
    assert verdict(about_runs(product)) is Verdict.SUPPORTED


def test_false_statements_about_runs_are_not() -> None:
    growth = AtMost(initial(magnitude(a)) * (1 + eta * 60 * gamma * (s - gamma)) ** t, magnitude(a))
    assert verdict(about_runs(growth)).fatal
    product = AtMost(across, initial(across) * product_before(1 - eta * s**2))
    assert verdict(about_runs(product)).fatal


def test_vacuous_hypotheses_decide_nothing() -> None:
    assert verdict(about_runs(AtMost(across, 0), where=(AtLeast(a, 10 * s),))) is Verdict.UNDECIDED
    never = replace(SINGLE, where=(*SINGLE.where, AtMost(2 * s, s)))
    assert verdict(about_runs(AtMost(across, 0), starts=never)) is Verdict.UNDECIDED


def test_first_times_beyond_the_horizon_neither_support_nor_contradict() -> None:
    soon = first_time(a - 2 * s)
    # Nothing reaches twice the teacher within 300 steps: "by step 10^6" can't be judged, "by step 100" is
    # false.
    assert verdict(about_runs(AtMost(soon, 10**6), where=())) is Verdict.UNDECIDED
    assert verdict(about_runs(AtMost(soon, 100), where=())) is Verdict.CONTRADICTED
    assert verdict(about_runs(AtLeast(soon, 200), where=())) is Verdict.SUPPORTED
    counted = occurrences(s**2 - dot(w[0], w[0]))
    assert verdict(about_runs(AtMost(counted, 301), where=())) is Verdict.SUPPORTED


def test_same_seed_same_evidence() -> None:
    claim = about_runs(AtMost(initial(magnitude(a)), magnitude(a)))
    first, second = (Engine(context=Context(budget=TINY)).outcome(claim) for _ in range(2))
    assert [piece.as_data() for piece in first.evidence] == [piece.as_data() for piece in second.evidence]


# -- flows and limits -------------------------------------------------------------------------------------

FLOW = Flow(model="xu23a", students=2, dimension=(2, 3), until=10**6)
share = final(h[0]) / v_norm


@pytest.mark.parametrize(
    "then, expected",
    [
        (AtMost(residual_norm**2, 8 * loss), Verdict.SUPPORTED),
        (AtMost(residual_norm**2, 3 * loss), Verdict.CONTRADICTED),
        (AtMost(loss, initial(loss)), Verdict.SUPPORTED),
        (AtMost(initial(loss), loss), Verdict.CONTRADICTED),
        (AtMost(first_time(initial(loss) / 1000 - loss), 10**6), Verdict.SUPPORTED),
    ],
)
def test_flows(then: object, expected: Verdict) -> None:
    given = Flow(model="xu23a", students=(1, 2), dimension=(2, 3), until=300)
    if "first_time" in str(then):
        given = FLOW
    assert verdict(Claim(id="test/flow", given=given, then=then)) is expected


def test_a_flow_without_states_that_meet_the_hypotheses_decides_nothing() -> None:
    given = Flow(model="xu23a", students=1, until=10, where=(AtMost(loss, 0 * loss - 1),))
    assert verdict(Claim(id="test/flow", given=given, then=AtMost(loss, 0))) is Verdict.UNDECIDED


@pytest.mark.parametrize(
    "seed", [0, pytest.param(1, marks=pytest.mark.soundness), pytest.param(2, marks=pytest.mark.soundness)]
)
@pytest.mark.parametrize(
    "then, expected",
    [
        (Tends(slope(loss, t), -3), Verdict.MEASURED),
        (Tends(slope(loss, t), Rational(-29, 10)), Verdict.CONTRADICTED),
        (Tends(loss * t**2, 0), Verdict.MEASURED),
        (Tends(loss * t**3, 0), Verdict.CONTRADICTED),
        (Tends(loss * t**4, 1), Verdict.CONTRADICTED),
        (Bounded(ratio=loss * t**3 / v_norm**2), Verdict.MEASURED),
        (Bounded(ratio=loss * t**4 / v_norm**2), Verdict.CONTRADICTED),
        (Bounded(ratio=gradient_norm / loss, side="below"), Verdict.MEASURED),
        (Bounded(ratio=gradient_norm / loss), Verdict.CONTRADICTED),
    ],
)
def test_limits_and_bounds_along_flows(then: object, expected: Verdict, seed: int) -> None:
    assert verdict(Claim(id="test/limit", given=FLOW, then=then), seed) is expected


def test_limits_along_descent() -> None:
    slow = Descent(model="wang21a", students=2, dimension=2, steps=4000, step=Rational(1, 10))
    # Geometric for one neuron, t⁻² for two.
    assert verdict(Claim(id="test/d", given=slow, then=Tends(slope(loss, t), -2))) is Verdict.MEASURED
    assert verdict(Claim(id="test/d", given=slow, then=Tends(loss * t**3, 0))) is Verdict.CONTRADICTED
    fast = replace(slow, students=1)
    assert verdict(Claim(id="test/d", given=fast, then=Tends(loss * t**3, 0))) is Verdict.MEASURED


def test_a_run_that_is_too_short_decides_nothing() -> None:
    short = Flow(model="xu23a", students=2, until=20)
    assert verdict(Claim(id="test/short", given=short, then=Tends(loss * t**3, 1))) is Verdict.UNDECIDED


def test_runs_that_leave_the_hypotheses_early_measure_nothing() -> None:
    early = replace(FLOW, where=(AtMost(t, FLOW.until / 1000),))
    assert verdict(Claim(id="test/early", given=FLOW, then=Bounded(loss * t**3 / v_norm**2))) is Verdict.MEASURED
    for ratio in (loss * t**3 / v_norm**2, loss * t**4 / v_norm**2):
        assert verdict(Claim(id="test/early", given=early, then=Bounded(ratio))) is Verdict.UNDECIDED


def test_a_descent_without_step_is_refused() -> None:
    given = Descent(model="wang21a", steps=3, students=1)
    with pytest.raises(ValueError, match="step"):
        verdict(Claim(id="test/nostep", given=given, then=AtMost(0, w_norm[0])))
    with pytest.raises(ValueError, match="steps"):
        Descent(model="wang21a", steps=0, step=1)
