"""Quantity (9) on samples against second differences of the training loss, and its value at the origin."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from checks.given import Networks
from checks.instances import frame_of_arrays, walk_over
from numerics.arithmetic.floating import Floating
from theory.vocabulary import Q_N, empirical_loss

Floats = np.ndarray[Any, np.dtype[np.float64]]
GIVEN = Networks(model="wang21a", students=3, dimension=4, samples=7)


def drawn(scale: float) -> dict[str, Floats]:
    rng = np.random.default_rng(11)
    rows = {"w": 3, "v": 1, "x": 7}
    arrays = {name: rng.standard_normal((1, count, 4)) for name, count in rows.items()}
    return {**arrays, "w": arrays["w"] * scale}


def training_loss(students: Floats, teacher: Floats, samples: Floats) -> float:
    residual = ((samples @ students.T) ** 2).sum(axis=1) - (samples @ teacher) ** 2
    return float(np.mean(residual**2) / 4)


def test_second_difference_towards_the_nearest_minimum() -> None:
    arrays = drawn(1.0)
    w, v, x = arrays["w"][0], arrays["v"][0, 0], arrays["x"][0]
    overlaps = w @ v
    towards = np.outer(overlaps / np.linalg.norm(overlaps), v) - w
    h = 1e-3
    values = [training_loss(w + step * towards, v, x) for step in (-h, 0.0, h)]
    walk = walk_over(GIVEN, frame_of_arrays(GIVEN, arrays, Floating()), Floating())
    assert walk(Q_N).data[0] == pytest.approx((values[0] - 2 * values[1] + values[2]) / h**2, rel=1e-4)


def test_at_the_origin_it_is_minus_four_times_the_loss() -> None:
    walk = walk_over(GIVEN, frame_of_arrays(GIVEN, drawn(1e-9), Floating()), Floating())
    assert walk(Q_N).data[0] == pytest.approx(-4 * float(walk(empirical_loss).data[0]), rel=1e-6)
