"""Panels of figures: which lines they hold, which draw is shown, and how formulas are set."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sympy import Rational

from checks.claim import Assumption, Claim
from checks.given import Experiment, Run
from checks.instances import walk_over
from checks.method import BUDGETS, Context
from checks.relation import AtMost
from checks.runs.experiments import experiment_frame
from checks.runs.figures import _formula, _lines, _shown_draw, draw_figure
from numerics.arithmetic.floating import Floating
from numerics.evaluation.walk import Walk
from theory.heads import magnitude, norm
from theory.observables import first_time, fitted_slope, median, run
from theory.symbols import i
from theory.vocabulary import Q, alignment, dist, loss, parallel, z

CONTEXT = Context(budget=BUDGETS["quick"])
SEEDS = 6


def experiment(step: str = "0.05", **options: object) -> Experiment:
    runs = {f"K={count}, eta={step}": Run(students=count, step=step, steps=120, deviation="0.01") for count in (1, 3)}
    return Experiment(model="wang21a", runs=runs, dimension=4, seeds=(SEEDS, SEEDS), **options)  # type: ignore[arg-type]


def simulated(given: Experiment) -> Walk:
    claim = Claim(id="test/panels", title="panels", given=given, then=AtMost(0, 1))
    return walk_over(given, experiment_frame(claim, given, CONTEXT), Floating(), claim)


@pytest.fixture(scope="module")
def walk() -> Walk:
    return simulated(experiment())


def test_a_scalar_has_a_line_with_a_band_for_every_run(walk: Walk) -> None:
    lines = _lines(walk, experiment(), (dist,), 2, {})
    assert [line.label for line in lines] == ["K=1, eta=0.05", "K=3, eta=0.05"]
    values = walk.of_run("K=3, eta=0.05")(dist).data.reshape(SEEDS, -1)
    assert np.array_equal(lines[1].y, values[2])
    assert lines[1].band is not None
    low, high = lines[1].band
    inside = (values >= low) & (values <= high)
    assert inside.sum(axis=0).min() >= SEEDS // 2
    assert (values < low).any()
    assert (values > high).any()


def test_neurons_of_one_draw_stand_beside_their_total(walk: Walk) -> None:
    three = "K=3, eta=0.05"
    lines = _lines(walk, experiment(), (run(three, alignment), run(three, magnitude(parallel[i]))), 4, {})
    assert [line.neuron for line in lines] == [0, 1, 2, 3]
    total, *parts = (line.y for line in lines)
    assert np.allclose(total**2, sum(part**2 for part in parts), rtol=1e-12)
    assert all(line.band is None for line in lines)


def test_a_fit_is_drawn_as_its_points(walk: Walk) -> None:
    label = "K=3, eta=0.05"
    time = median(run(label, first_time(Q)))
    (line,) = _lines(walk, experiment(), (fitted_slope(Rational(1, 20), time, Rational(1, 10), time / 2),), 0, {})
    reached = walk(time).data.reshape(-1)[0]
    assert line.points
    assert line.label == "K=3"
    assert line.x.tolist() == [0.05, 0.1]
    assert line.y.tolist() == [reached, reached / 2]


def test_the_draw_shown_is_the_nearest_to_the_medians(walk: Walk) -> None:
    given = experiment()
    shown = _shown_draw(walk, given, [(loss,)])
    distances = np.zeros(SEEDS)
    for label in given.runs:
        values = walk.of_run(label)(loss).data.reshape(SEEDS, -1)
        middle = np.median(values, axis=0)
        distances += np.abs(values - middle).mean(axis=1) / np.ptp(middle)
    assert shown == int(np.argmin(distances))


def test_a_draw_that_diverges_among_others_is_not_shown() -> None:
    given = experiment()
    walk = simulated(given)
    label = "K=1, eta=0.05"
    trees = [(run(label, dist),)]
    nearest = _shown_draw(walk, given, trees)
    states = walk.of_run(label).frame.entries["w"].data.reshape(SEEDS, -1, 1, 4)
    states[nearest, 40:] = np.nan
    assert _shown_draw(walk_over(given, walk.frame, Floating()), given, trees) != nearest


def test_formulas_are_set_in_what_matplotlib_knows() -> None:
    assert _formula(norm(z[i]), {}) == r"$\Vert  z_{i}\Vert $"
    assert "left" not in _formula(parallel[i] * (1 - norm(z[i]) ** 2), {})


def test_every_kind_of_panel_is_drawn(tmp_path: Path) -> None:
    label = "K=3, eta=0.05"
    slope = fitted_slope(1, 2, 2, median(run(label, first_time(Q))))
    given = experiment(curves=(loss, (run(label, alignment), run(label, norm(z[i]))), (slope,)), logarithmic=(loss,))
    claim = Claim(id="test/panels", title="panels", given=given, then=AtMost(0, median(run(label, first_time(Q)))))
    target = tmp_path / "panels.svg"
    assert draw_figure(claim, CONTEXT, target)["features"][0]["holds"]
    assert target.stat().st_size > 10_000


def test_an_assumption_points_to_its_forms(tmp_path: Path) -> None:
    claim = Claim(id="test/assumed", title="assumed", assumption=Assumption(reason="no data", forms=("test/form",)))
    with pytest.raises(ValueError, match="test/form"):
        draw_figure(claim, CONTEXT, tmp_path / "figure.svg")
