"""Experiments with several teachers, starts around given rows, and fresh batches."""

from __future__ import annotations

import numpy as np
import pytest

from checks.claim import Claim
from checks.engine import Engine
from checks.given import Experiment, Run
from checks.method import BUDGETS, Context
from checks.relation import All, AtLeast, AtMost
from checks.runs.experiments import experiment_frame
from checks.verdict import Verdict
from theory.observables import final, initial, mean, run
from theory.vocabulary import loss, near_mass

CONTEXT = Context(budget=BUDGETS["quick"])
TEACHERS = (("1", "0"), ("0", "2"))
CENTRE = (("1", "0"), ("0", "1.4142"))


def experiment(**options: object) -> Experiment:
    kind = {"step": "0.05", "steps": 20, "deviation": "0.01", "centre": CENTRE, "at": (0, 20), **options}
    runs = {"near": Run(students=2, **kind)}
    return Experiment(model="zhou21b", runs=runs, dimension=2, teacher_rows=TEACHERS, seeds=(5, 5))


def claim(given: Experiment) -> Claim:
    return Claim(given=given, then=AtMost(mean(run("near", final(loss))), 1))


def students(given: Experiment, seed: int = 0) -> np.ndarray:
    context = Context(budget=BUDGETS["quick"], seed=seed)
    frame = experiment_frame(claim(given), given, context).runs["near"]
    return np.asarray(frame.entries["w"].data).reshape(5, 2, 2, 2)


def test_starts_lie_around_their_centres_and_teachers_are_the_rows() -> None:
    given = experiment()
    frame = experiment_frame(claim(given), given, CONTEXT).runs["near"]
    assert (frame.entries["v"].data == np.array([[1.0, 0.0], [0.0, 2.0]])).all()
    start = students(given)[:, 0]
    assert np.abs(start - np.array([[1, 0], [0, 1.4142]])).max() < 0.06
    assert np.ptp(start, axis=0).min() > 0


def test_quantities_see_all_teachers() -> None:
    then = All(
        AtMost(run("near", initial(near_mass[0])), 2),
        AtLeast(run("near", initial(near_mass[1])), 1),
        AtMost(mean(run("near", final(loss))), mean(run("near", initial(loss)))),
    )
    outcome = Engine(context=CONTEXT).outcome(Claim(given=experiment(), then=then))
    assert outcome.verdict is Verdict.SUPPORTED


def test_fresh_batches_differ_from_a_fixed_sample_and_are_reproducible() -> None:
    fixed, fresh = experiment(samples=5), experiment(samples=5, fresh=True)
    assert np.array_equal(students(fresh), students(fresh))
    assert not np.allclose(students(fresh)[:, 1], students(fixed)[:, 1])
    assert not np.allclose(students(fresh, seed=1)[:, 1], students(fresh)[:, 1])


def test_large_batches_follow_the_population() -> None:
    centre = (("0.6", "0.3"), ("0.2", "0.9"))
    population = students(experiment(centre=centre, deviation=0))
    batches = students(experiment(centre=centre, deviation=0, samples=20_000, fresh=True))
    assert np.array_equal(batches[:, 0], population[:, 0])
    moved = np.abs(population[:, 1] - population[:, 0]).max()
    assert np.abs(batches[:, 1] - population[:, 1]).max() < 0.02 * moved


def test_new_fields_are_shown_only_where_they_are_used() -> None:
    plain = Run(students=2, step="0.05", steps=20, deviation="0.01")
    assert "centre" not in repr(plain)
    assert "fresh" not in repr(plain)
    assert "fresh=True" in repr(experiment(samples=5, fresh=True))
    assert "teacher_rows" not in repr(Experiment(model="zhou21b", runs={"one": plain}, dimension=2))
    assert claim(experiment(samples=5)).digest != claim(experiment(samples=5, fresh=True)).digest


def test_misfits_are_refused() -> None:
    with pytest.raises(ValueError, match="fresh"):
        Run(students=2, step="0.05", steps=20, deviation="0.01", fresh=True)
    with pytest.raises(ValueError, match="centre"):
        Run(students=3, step="0.05", steps=20, deviation="0.01", centre=CENTRE)
    with pytest.raises(ValueError, match="dimension=3"):
        Experiment(model="zhou21b", runs=experiment().runs, dimension=3, teacher_rows=TEACHERS)
