"""The experiments of the paper: d = 10, n = 200 samples, ‖w_*‖ = 1, starts 0.01 · N(0, I/d), K ∈ {1, 3, 10}.

The authors' sample is not published, and times vary with it and with the start.  So features are said of
medians and shares over many draws of both, and hold for the printed curves as one such draw.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Expr

from checks.given import Experiment, Run
from checks.papers.wang21a._setting import s
from checks.relation import AtLeast, AtMost
from theory.heads import after_step, dot, magnitude, norm
from theory.observables import first_time, median, run, share
from theory.symbols import eta, i, w
from theory.vocabulary import parallel, z

SIZES: Mapping[str, int] = {"K=1": 1, "K=3": 3, "K=10": 10}

# 0.01/√10, the deviation of one coordinate of 0.01 · N(0, I/10).
_DEVIATION = "0.0031623"
_DIMENSION = 10
_SAMPLES = 200


def training(
    students: int,
    *,
    step: Any = "0.001",
    steps: int = 5000,
    every: int = 100,
    at: tuple[int, ...] = (),
    samples: int = _SAMPLES,
) -> Run:
    """A training run, recorded at the steps ``at``, by default every so many."""
    recorded = at or tuple(range(0, steps + 1, every))
    return Run(students=students, step=step, steps=steps, deviation=_DEVIATION, samples=samples, at=recorded)


def population(students: int, **options: Any) -> Run:
    """The same run on the population loss."""
    return training(students, samples=0, **options)


def experiment(runs: Mapping[str, Run], **options: Any) -> Experiment:
    """Runs of these kinds on common data; ``seeds``, ``coarse`` and ``curves`` as in `Experiment`."""
    return Experiment(model="wang21a", runs=runs, dimension=_DIMENSION, **options)


def sooner(first: str, second: str, slack: Expr) -> Expr:
    """Share of the draws in which the slack is met strictly sooner by one run than by another."""
    return share(run(second, first_time(slack)) - run(first, first_time(slack)) - 1)


def ahead(first: str, second: str, slack: Expr) -> AtMost:
    """The slack is met sooner by one run than by another in more draws than later, equal times left out."""
    return AtLeast(sooner(first, second, slack), sooner(second, first, slack))


def middle(label: str, tree: Expr) -> Expr:
    """Median of a number over the draws of a run."""
    return median(run(label, tree))


# Equation (8): what neuron i would do alone and what interaction takes from it, along the teacher and across.
part_A = parallel[i] * (1 + 3 * eta * (s**2 - dot(w[i], w[i])))
part_B = part_A - after_step(parallel[i])
part_C = z[i] * (1 + eta * (s**2 - 3 * dot(w[i], w[i])))
part_D = part_C - after_step(z[i])
ratio_BA = magnitude(part_B) / magnitude(part_A)
ratio_DC = norm(part_D) / norm(part_C)
