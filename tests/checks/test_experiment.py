"""Experiments: features are asserted one by one, a false one contradicts, and figures are drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from sympy import Rational

from checks.claim import Claim
from checks.engine import Engine
from checks.given import Experiment, Networks, Run
from checks.method import BUDGETS, Context
from checks.relation import All, AtLeast, AtMost, Below
from checks.runs.experiments import experiment_frame
from checks.runs.figures import draw_figure
from checks.verdict import Verdict
from theory.observables import at_time, final, first_time, fitted_slope, median, run, share
from theory.symbols import i
from theory.vocabulary import Q, dist, loss, w_norm

CONTEXT = Context(budget=BUDGETS["quick"])
STEPS = (Rational(1, 20), Rational(1, 40), Rational(1, 80))


def label(size: int, step: Rational) -> str:
    return f"K={size}, eta={step}"


def settings(samples: int = 0, coarse: int = 1) -> Experiment:
    runs = {
        label(size, step): Run(
            students=size,
            step=step,
            steps=int(4 / step),
            deviation="1/100",
            samples=samples,
            at=range(int(4 / step)),
        )
        for size in (1, 4)
        for step in STEPS
    }
    return Experiment(model="wang21a", runs=runs, dimension=5, seeds=(12, 20), coarse=coarse, curves=(loss, dist))


def time(size: int, step: Rational) -> object:
    return median(run(label(size, step), first_time(Q)))


def fit(size: int) -> object:
    return fitted_slope(*(entry for step in STEPS for entry in (step, time(size, step))))


def verdict(then: object, given: Experiment | None = None) -> Verdict:
    claim = Claim(id="test/experiment", given=given or settings(), then=then)
    return Engine(context=CONTEXT).outcome(claim).verdict


def test_true_features_are_supported() -> None:
    features = All(
        AtLeast(fit(1), Rational(-12, 10)),
        AtMost(fit(1), Rational(-8, 10)),
        Below(time(4, STEPS[2]), time(1, STEPS[2])),
        AtLeast(share(run(label(1, STEPS[0]), Rational(1, 10) - final(loss))), Rational(2, 3)),
        AtMost(median(run(label(1, STEPS[0]), at_time(loss, 0))), Rational(76, 100)),
    )
    assert verdict(features) is Verdict.SUPPORTED


@pytest.mark.parametrize(
    "feature",
    [
        AtMost(fit(1), Rational(-3, 2)),
        Below(time(1, STEPS[2]), time(4, STEPS[2])),
        AtLeast(share(run(label(1, STEPS[0]), final(loss) - Rational(1, 10))), Rational(2, 3)),
    ],
)
def test_a_false_feature_contradicts(feature: object) -> None:
    true = AtLeast(fit(1), -2)
    assert verdict(feature) is Verdict.CONTRADICTED
    assert verdict(All(true, feature)) is Verdict.CONTRADICTED


def test_a_feature_without_a_summary_is_about_every_seed() -> None:
    ends = run(label(4, STEPS[0]), final(loss))
    assert verdict(AtLeast(ends, 0)) is Verdict.SUPPORTED
    assert verdict(AtMost(ends, median(ends))) is Verdict.CONTRADICTED


def test_what_is_not_a_number_does_not_hold() -> None:
    diverged = Run(students=1, step=2, steps=60, deviation="1/100")
    given = Experiment(model="wang21a", runs={"wild": diverged}, dimension=3)
    assert verdict(AtMost(median(run("wild", final(loss))), 10**300), given) is Verdict.CONTRADICTED


def test_samples_are_shared_by_the_runs_of_a_seed() -> None:
    given = settings(samples=30)
    claim = Claim(id="test/samples", given=given, then=AtMost(0, time(1, STEPS[0])))
    frame = experiment_frame(claim, given, CONTEXT)
    first, second = (frame.runs[label(size, STEPS[0])] for size in (1, 4))
    assert (first.entries["x"].data[0] == second.entries["x"].data[0]).all()
    assert verdict(Below(time(4, STEPS[1]), time(1, STEPS[1])), given) is Verdict.SUPPORTED


def test_coarse_steps_keep_the_clock() -> None:
    given = settings(coarse=4)
    claim = Claim(id="test/coarse", given=given, then=AtMost(0, time(1, STEPS[0])))
    frame = experiment_frame(claim, given, CONTEXT)
    times = frame.runs[label(1, STEPS[2])].entries["t"].data[:3]
    assert times.tolist() == [0.0, 4.0, 8.0]
    small = time(1, STEPS[2])
    assert verdict(All(AtLeast(small, 80), AtMost(small, 260)), given) is Verdict.SUPPORTED
    assert verdict(AtMost(small, 40), given) is Verdict.CONTRADICTED


def test_a_figure_is_drawn(tmp_path: Path) -> None:
    claim = Claim(id="test/figure", title="a figure", given=settings(), then=AtMost(fit(1), Rational(-1, 2)))
    target = tmp_path / "figure.svg"
    found = draw_figure(claim, CONTEXT, target)
    assert found["id"] == "test/figure"
    assert found["features"][0]["holds"]
    assert target.read_text(encoding="utf-8").startswith("<?xml")


def test_what_can_not_be_drawn_is_said_in_one_line(tmp_path: Path) -> None:
    claim = Claim(id="test/figure", title="a figure", given=settings(), then=AtMost(fit(1), 0))
    with pytest.raises(ValueError, match="unknown format"):
        draw_figure(claim, CONTEXT, tmp_path / "figure.xyz")
    other = Claim(id="test/other", given=Networks(model="xu23a"), then=AtMost(0, w_norm[i]))
    with pytest.raises(ValueError, match="no figure"):
        draw_figure(other, CONTEXT, tmp_path / "figure.svg")
