"""Empirical loss, gradient and Hessian form against plain NumPy and finite differences, for every model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from sympy import Expr

from checks.given import Networks
from checks.instances import frame_of_arrays, walk_over
from numerics.arithmetic.floating import Floating
from theory.heads import directional, dot
from theory.model import models
from theory.symbols import V, i, over
from theory.vocabulary import empirical_gradient, empirical_hessian_form, empirical_loss

Floats = np.ndarray[Any, np.dtype[np.float64]]

ACTIVATION: dict[str, Callable[[Floats], Floats]] = {
    "quadratic": np.square,
    "relu": lambda z: np.maximum(z, 0.0),
    "absolute_value": np.abs,
}


def instance(model: str, rng: np.random.Generator) -> dict[str, Floats]:
    teachers = 1 if models()[model].single_teacher else 2
    rows = {"w": 3, "v": teachers, "V": 3, "x": 5}
    return {name: rng.standard_normal((1, count, 4)) for name, count in rows.items()}


def value(model: str, arrays: dict[str, Floats], tree: Expr) -> Floats:
    teachers = arrays["v"].shape[1]
    given = Networks(model=model, students=3, teachers=teachers, dimension=4, samples=5, directions=("V",))
    walk = walk_over(given, frame_of_arrays(given, arrays, Floating()), Floating())
    return np.asarray(walk(tree).data[0])


def reference(model: str, arrays: dict[str, Floats], students: Floats) -> float:
    record = models()[model]
    sigma = ACTIVATION[record.activation.name]
    norms = np.linalg.norm(students, axis=1, keepdims=True)
    effective = students * norms**record.parametrisation.exponent
    output = sigma(arrays["x"][0] @ effective.T).sum(axis=1) - sigma(arrays["x"][0] @ arrays["v"][0].T).sum(axis=1)
    return float(record.scale) * float(np.mean(output**2))


def along(model: str, arrays: dict[str, Floats], step: float) -> float:
    return reference(model, arrays, arrays["w"][0] + step * arrays["V"][0])


@pytest.mark.parametrize("model", ["wang21a", "xu23a", "zhou21b"])
def test_empirical_loss_and_its_derivatives(model: str) -> None:
    arrays = instance(model, np.random.default_rng(5))
    assert value(model, arrays, empirical_loss) == pytest.approx(reference(model, arrays, arrays["w"][0]), rel=1e-13)
    slope = (along(model, arrays, 1e-6) - along(model, arrays, -1e-6)) / 2e-6
    inner = over(dot(empirical_gradient[i], V[i]), i)
    assert value(model, arrays, inner) == pytest.approx(slope, rel=1e-6)
    assert value(model, arrays, directional(empirical_loss, 1)) == pytest.approx(
        float(value(model, arrays, inner)), rel=1e-12
    )
    h = 1e-4
    second = (along(model, arrays, h) - 2 * along(model, arrays, 0.0) + along(model, arrays, -h)) / h**2
    assert value(model, arrays, empirical_hessian_form) == pytest.approx(second, rel=1e-4)


def test_a_sample_at_a_kink_has_no_slope() -> None:
    arrays = instance("xu23a", np.random.default_rng(5))
    arrays["w"][0, 0] = arrays["x"][0, 0, [1, 0, 3, 2]] * np.array([1.0, -1.0, 1.0, -1.0])
    arrays["w"][0, 0, 2:] = 0.0
    arrays["x"][0, 0, 2:] = 0.0
    gradient = value("xu23a", arrays, empirical_gradient[i])
    assert np.isnan(gradient[0]).all()
    assert not np.isnan(gradient[1:]).any()
