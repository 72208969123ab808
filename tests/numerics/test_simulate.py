"""Simulated descent against the cancellation-free gradient, balls and samples."""

import numpy as np
import pytest
from flint import arb, fmpq

from numerics import Network
from numerics.ball import precision
from numerics.dynamics.ball_descent import ball_descent
from numerics.dynamics.simulate import empirical_gradient, population_gradient, simulate
from theory.model import find_model
from theory.quantity import Setting

MODELS = [("wang21a", 1), ("xu23a", 1), ("zhou21b", 2)]


def networks(name: str, teachers: int, size: int = 3) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    students = rng.integers(-8, 9, (size, 2, 3)) / 8
    return students, rng.integers(-8, 9, (size, teachers, 3)) / 8


def exact(rows: np.ndarray) -> np.ndarray:
    return np.frompyfunc(lambda x: fmpq(*map(int, float(x).as_integer_ratio())), 1, 1)(rows)


@pytest.mark.parametrize("name, teachers", MODELS)
def test_gradient_is_that_of_the_network(name: str, teachers: int) -> None:
    students, targets = networks(name, teachers)
    model = find_model(name)
    expected = Network(model=model, students=students, teachers=targets).gradient
    assert population_gradient(model, targets)(students) == pytest.approx(expected, rel=1e-12, abs=1e-13)


@pytest.mark.parametrize("name, teachers", MODELS)
def test_balls_hold_the_simulated_states(name: str, teachers: int) -> None:
    students, targets = networks(name, teachers)
    model = find_model(name)
    states = simulate(population_gradient(model, targets), students, np.full(3, 1 / 64), [0, 1, 7])
    setting = Setting(model=model, several_teachers=teachers > 1)
    with precision(256):
        found = ball_descent(setting, exact(students[0]), exact(targets[0]), fmpq(1, 64), 7)
    for place, step in enumerate((0, 1, 7)):
        for enclosed, value in zip(found[step].ravel(), states[0, place].ravel(), strict=True):
            ball = arb(enclosed)
            assert ball.rad() < arb("1e-20")
            assert float(ball.mid()) == pytest.approx(value, rel=1e-12, abs=1e-14)


def test_balls_hold_a_step_done_in_rationals() -> None:
    # K = 1 of the quadratic model: a⁺ = a (1 + 3η(s² − ρ)), r⁺ = r (1 + η(s² − 3ρ)).
    a, r, eta = fmpq(1, 10), fmpq(3, 10), fmpq(1, 7)
    students = np.array([[a, r]], dtype=object)
    teacher = np.array([[fmpq(1), fmpq(0)]], dtype=object)
    with precision(128):
        state = ball_descent(Setting(model=find_model("wang21a")), students, teacher, eta, 1)[1, 0]
        rho = a * a + r * r
        assert state[0].overlaps(arb(a * (1 + 3 * eta * (1 - rho))))
        assert state[1].overlaps(arb(r * (1 + eta * (1 - 3 * rho))))
        assert state[0].rad() < arb("1e-30")


def test_many_samples_lead_to_the_population() -> None:
    rng = np.random.default_rng(0)
    for name in ("wang21a", "xu23a"):
        students, targets = networks(name, 1, 1)
        samples = rng.standard_normal((1, 200_000, 3))
        model = find_model(name)
        population = population_gradient(model, targets)(students)
        empirical = empirical_gradient(model, targets, samples)(students)
        assert np.abs(empirical - population).max() < 0.05 * np.abs(population).max()


def test_records_are_what_was_asked_for() -> None:
    students, targets = networks("wang21a", 1)
    gradient = population_gradient(find_model("wang21a"), targets)
    all_steps = simulate(gradient, students, np.full(3, 0.01), range(6))
    assert (simulate(gradient, students, np.full(3, 0.01), [2, 5]) == all_steps[:, [2, 5]]).all()
    with pytest.raises(ValueError, match="ascending"):
        simulate(gradient, students, np.full(3, 0.01), [2, 2])
