"""Gaussian means of neurons, gates and forms against quadrature over the circle, which shares nothing with their derivation."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Expr

from checks.claim import Claim
from checks.given import Networks, Point
from checks.instances import frame_of_point, walk_over
from checks.relation import AtMost
from numerics.arithmetic.ball import Balls
from numerics.ball import ball, precision
from theory.half_spaces import active, gaussian_mean, silent
from theory.heads import Distinct, dot, gaussian_input, magnitude, positive_part
from theory.symbols import i, j, over, v, w

_ROWS = {"w": ((1, 2), (-3, 1), (2, -1)), "v": ((1, 0),)}
_GIVEN = Networks(model="xu23a", students=3, dimension=2)


def form(row: Expr) -> Expr:
    return dot(row, gaussian_input)


def neuron(row: Expr) -> Expr:
    return positive_part(form(row))


# The same functions in NumPy: y[a] is the form of student a, t that of the teacher.
MEANS = {
    "two neurons": (over(neuron(w[i]) * neuron(w[j]), i, j), lambda y, t: np.maximum(y, 0).sum(0) ** 2),
    "with a mask": (
        over(Distinct(i, j) * neuron(w[i]) * neuron(w[j]), i, j),
        lambda y, t: np.maximum(y, 0).sum(0) ** 2 - (np.maximum(y, 0) ** 2).sum(0),
    ),
    "residual": ((over(neuron(w[j]), j) - neuron(v)) ** 2, lambda y, t: (np.maximum(y, 0).sum(0) - np.maximum(t, 0)) ** 2),
    "silent gate": (over(neuron(w[i]) ** 2 * silent(form(v)), i), lambda y, t: (np.maximum(y, 0) ** 2 * (t < 0)).sum(0)),
    "active gate": (over(neuron(w[i]) * form(w[i]) * active(form(v)), i), lambda y, t: (np.maximum(y, 0) * y * (t >= 0)).sum(0)),
    "three rows": (
        over(neuron(w[j]) * active(form(w[i])) * form(v), i, j),
        lambda y, t: np.maximum(y, 0).sum(0) * (y >= 0).sum(0) * t,
    ),
    "moduli": ((over(magnitude(form(w[j])), j) - magnitude(form(v))) ** 2, lambda y, t: (abs(y).sum(0) - abs(t)) ** 2),
    "negative parts": (over(positive_part(-form(w[i])) * neuron(v), i), lambda y, t: (np.maximum(-y, 0) * np.maximum(t, 0)).sum(0)),
    "forms": (over(form(w[i]) * form(v) * active(form(w[j])), i, j), lambda y, t: (y.sum(0) * t) * (y >= 0).sum(0)),
    "own gate": (over(form(w[i]) * active(form(w[i])) * neuron(v), i), lambda y, t: (np.maximum(y, 0) * np.maximum(t, 0)).sum(0)),
}  # fmt: skip


@pytest.mark.parametrize("name", MEANS)
def test_means_agree_with_quadrature(name: str) -> None:
    tree, function = MEANS[name]
    mean = gaussian_mean(tree)
    claim = Claim(given=_GIVEN, then=AtMost(mean, mean + 1))
    with precision(128):
        frame = frame_of_point(_GIVEN, Point.of(students=_ROWS["w"], teachers=_ROWS["v"]))
        value = float(ball(walk_over(_GIVEN, frame, Balls(), claim)(mean).data.reshape(-1)[0]).mid())
    spokes = (np.arange(400_000) + 0.5) / 400_000 * 2 * np.pi
    circle = np.stack([np.cos(spokes), np.sin(spokes)])
    # E over the plane = E r² = 2 times the mean over the circle, for functions of degree 2.
    expected = 2 * np.mean(function(np.array(_ROWS["w"]) @ circle, np.array(_ROWS["v"][0]) @ circle))
    assert value == pytest.approx(expected, abs=2e-4)


@pytest.mark.parametrize(
    "tree",
    (
        neuron(v),
        neuron(v) ** 3,
        neuron(v) / form(v),
        over(neuron(w[i]) * neuron(w[j]) * active(form(v)), i, j),
        over(form(v) ** 2 * active(form(w[i])) * active(form(w[j])), i, j),
        positive_part(form(v) + 1) * neuron(v),
    ),
    ids=str,
)
def test_other_products_are_refused(tree: Expr) -> None:
    with pytest.raises(ValueError, match="closed form"):
        gaussian_mean(tree)
