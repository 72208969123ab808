"""Moments with signs: closed forms in floats and balls against a product rule on the sphere."""

import numpy as np
import pytest
from flint import arb

from numerics.arithmetic.ball import Balls
from numerics.arithmetic.floating import Floating
from numerics.evaluation.walk import Entry, Frame, Walk
from theory.heads import dot, expectation, gaussian_input, magnitude
from theory.indicators import sgn
from theory.model import find_model
from theory.quantity import Setting
from theory.symbols import w

x = gaussian_input
forms = [dot(x, w[k]) for k in range(5)]
ROWS = np.array([[[0.5, -1.0, 0.25], [1.0, 0.75, 0.5], [-0.5, 0.25, 2.0], [0.25, 1.5, -1.0], [1.0, 1.0, 1.0]]])
TREES = (
    magnitude(forms[0]) * magnitude(forms[1]),
    sgn(forms[0]) * sgn(forms[1]) * forms[2] * forms[3],
    magnitude(forms[0]) * forms[1] * forms[2],
    sgn(forms[0]) * sgn(forms[1]) * sgn(forms[2]) * forms[3],
    sgn(forms[0]) * sgn(forms[1]) * sgn(forms[2]) * forms[3] ** 3,
    magnitude(forms[0]) * magnitude(forms[1]) * forms[2] * forms[4],
)
DEGREES = (2, 2, 3, 1, 3, 4)
SIGNED = (
    lambda f: abs(f[0] * f[1]),
    lambda f: np.sign(f[0] * f[1]) * f[2] * f[3],
    lambda f: abs(f[0]) * f[1] * f[2],
    lambda f: np.sign(f[0] * f[1] * f[2]) * f[3],
    lambda f: np.sign(f[0] * f[1] * f[2]) * f[3] ** 3,
    lambda f: abs(f[0] * f[1]) * f[2] * f[4],
)
# E r^k of a Gaussian in R³.
RADIAL = {1: 4 / np.sqrt(2 * np.pi), 2: 3.0, 3: 16 / np.sqrt(2 * np.pi), 4: 15.0}


def _walk(arithmetic: Floating | Balls) -> Walk:
    entries = {"w": Entry(data=arithmetic.lift(ROWS), axis="student", vector=True)}
    return Walk(arithmetic=arithmetic, setting=Setting(model=find_model("zhou21b")), frame=Frame(entries=entries))


@pytest.mark.parametrize("number", range(len(TREES)))
def test_against_the_sphere(number: int) -> None:
    height = (np.arange(1500) + 0.5) / 750 - 1
    turn = 2 * np.pi * (np.arange(1500) + 0.5) / 1500
    radius = np.sqrt(1 - height**2)[:, None]
    points = np.stack(
        np.broadcast_arrays(radius * np.cos(turn), radius * np.sin(turn), height[:, None]), axis=-1
    ).reshape(-1, 3)
    average = SIGNED[number]((points @ ROWS[0].T).T).mean()
    expected = average * RADIAL[DEGREES[number]]
    value = _walk(Floating())(expectation(TREES[number])).data[0]
    assert value == pytest.approx(expected, abs=3e-3)
    enclosed = _walk(Balls())(expectation(TREES[number])).data[0]
    assert abs(enclosed - arb(float(value))) < 1e-12


def test_a_sign_left_out_is_noticed() -> None:
    walk = _walk(Floating())
    right = walk(expectation(TREES[1])).data[0]
    wrong = walk(expectation(sgn(forms[0]) ** 2 * forms[2] * forms[3])).data[0]
    assert abs(right - wrong) > 0.1
