"""The partition by nearest teachers, R_1 and R_2, the spectrum of M, displacements: floats, balls and samples."""

import numpy as np
import pytest
from flint import arb
from sympy import Rational, sqrt

from checks.given import Networks
from checks.instances import frame_of_arrays, space_of, walk_over
from numerics.arithmetic.ball import Balls
from numerics.arithmetic.floating import Floating
from numerics.ball import ball
from numerics.evaluation.indicators import attained_in_balls, attained_in_floats
from numerics.evaluation.walk import Walk
from numerics.instances.layout import draw_layout
from numerics.instances.stratum import all_strata
from theory.displacement import displaced
from theory.heads import dot, expectation, gaussian_input, magnitude, norm
from theory.indicators import Nonnegative, sgn
from theory.symbols import V, a, i, over, teachers, w
from theory.vocabulary import Delta, M_least, R1_square, R2_square, deviation, loss, near, near_mass

NETWORKS = Networks(
    model="zhou21b", students=(2, 6), teachers=(1, 3), dimension=(2, 4), directions=("V",), near_optimum=True,
    separation=Rational(1, 2),
)  # fmt: skip


def _arrays(size: int = 2) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(5)
    shapes = {"w": (size, 5, 3), "v": (size, 3, 3), "V": (size, 5, 3)}
    return {name: rng.normal(size=shape) for name, shape in shapes.items()}


def _walk(arithmetic: Floating | Balls, arrays: dict[str, np.ndarray]) -> Walk:
    return walk_over(NETWORKS, frame_of_arrays(NETWORKS, arrays, arithmetic), arithmetic)


def test_residual_parts_against_samples() -> None:
    arrays = _arrays(1)
    students, targets = arrays["w"][0], arrays["v"][0]
    effective = students * np.linalg.norm(students, axis=1, keepdims=True)
    cosines = (students / np.linalg.norm(students, axis=1, keepdims=True)) @ (
        targets / np.linalg.norm(targets, axis=1, keepdims=True)
    ).T
    owner = np.abs(cosines).argmax(axis=1)
    average = np.zeros_like(targets)
    for row, (mine, neuron) in enumerate(zip(owner, effective, strict=True)):
        average[mine] += np.sign(cosines[row, mine]) * neuron
    x = np.random.default_rng(6).normal(size=(400_000, 3))
    residual = np.abs(x @ effective.T).sum(axis=1) - np.abs(x @ targets.T).sum(axis=1)
    first = ((x @ (average - targets).T) * np.sign(x @ targets.T)).sum(axis=1)
    walk = _walk(Floating(), arrays)
    assert walk(deviation[a]).data[0] == pytest.approx(average - targets)
    assert walk(R1_square).data[0] == pytest.approx((first**2).mean(), rel=0.02)
    assert walk(R2_square).data[0] == pytest.approx(((residual - first) ** 2).mean(), rel=0.03)


def test_balls_enclose_the_floats() -> None:
    arrays = _arrays()
    floats, balls = _walk(Floating(), arrays), _walk(Balls(), arrays)
    for tree in (R1_square, R2_square, M_least, Delta, near_mass[a], near[i, a], displaced(loss, V[i])):
        for value, enclosure in zip(floats(tree).data.ravel(), balls(tree).data.ravel(), strict=True):
            assert abs(ball(enclosure) - arb(float(value))) < 1e-9


def test_r1_is_the_expectation_of_its_square() -> None:
    x = gaussian_input
    walk = _walk(Floating(), _arrays())
    written = expectation(over(dot(x, deviation[a]) * sgn(dot(x, teachers[a])), a) ** 2)
    assert written.args
    assert np.isfinite(walk(R1_square).data).all()
    diagonal_free = expectation(magnitude(dot(x, w[0])) * over(magnitude(dot(x, teachers[a])), a))
    assert np.isfinite(walk(diagonal_free).data).all()


def test_spectrum_of_two_teachers_and_of_a_frame() -> None:
    angle = 0.7
    pair = np.array([[[1.0, 0, 0], [np.cos(angle), np.sin(angle), 0]]])
    arrays = {"w": np.ones((1, 2, 3)), "v": pair, "V": np.ones((1, 2, 3))}
    assert _walk(Floating(), arrays)(M_least).data[0] == pytest.approx(2 / np.pi * (angle - np.sin(angle)))
    arrays["v"] = np.eye(3)[None]
    value = _walk(Balls(), arrays)(M_least).data[0]
    assert abs(value - (1 - 2 / arb.pi())) < 1e-9


def test_displacement_moves_the_students_alone() -> None:
    arrays = _arrays()
    moved = {**arrays, "w": arrays["w"] + arrays["V"]}
    here, there = _walk(Floating(), arrays), _walk(Floating(), moved)
    assert here(displaced(loss, V[i])).data == pytest.approx(there(loss).data)
    assert here(displaced(norm(w[i]), V[i] / 2) - norm(w[i])).data.shape == (2, 5)
    with pytest.raises(ValueError, match="one free student index"):
        here(displaced(loss, teachers[a]))


def test_conventions_are_enclosed_and_not_chosen() -> None:
    tie = np.array([[arb(1), arb(1), arb(2)]], dtype=object)
    first, second, third = attained_in_balls(tie, 1)[0]
    assert first.contains(0)
    assert first.contains(1)
    assert second.contains(1)
    assert third == 0
    assert attained_in_floats(np.array([[1.0, 1.0, 2.0], [np.nan, 1.0, 2.0]]), 1)[0].tolist() == [1.0, 0.0, 0.0]
    walk = _walk(Balls(), _arrays(1))
    assert walk(sgn(sqrt(2) ** 2 - 2)).data.item() == 0 or walk(sgn(sqrt(2) - sqrt(2))).data.item().contains(1)
    assert walk(Nonnegative(Rational(0))).data.item() == 1
    assert walk(Nonnegative(Rational(-1, 3))).data.item() == 0


def test_refitted_instances_reach_the_exact_constant() -> None:
    rng, stratum = np.random.default_rng(0), all_strata()["refitted"]
    best = 0.0
    for _ in range(12):
        layout = draw_layout(space_of(NETWORKS), rng, stratum.least)
        batch = stratum.draw(layout, rng, 100)
        walk = _walk(Floating(), batch)
        ratio = walk(over(dot(deviation[a], deviation[a]), a) / loss).data
        if batch["v"].shape[1] == 1:
            best = max(best, float(np.nanmax(ratio)))
    exact = 2 * (1 + 4 / np.pi**2) / (1 - 4 / np.pi**2)
    assert best == pytest.approx(exact, rel=0.02)
